"""What scripts write comes in the reader's language; in English they have it themselves."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from backtrain.templatetags.script_words import WORDS, _words
from tests.backtrain.test_messages import LANGUAGES, messages

pytestmark = pytest.mark.django_db

FOLDER = Path(settings.BASE_DIR) / "static/js"
SAID = re.compile(r'\bsaid\("([^"]+)"|\basItWas\(\w+, "([^"]+)", "([^"]+)"\)')
HAS_OWN = re.compile(r'\?\? "([A-Z][^"]+)"')  # where the page brings no other
SENTENCE = re.compile(r'["`]([A-Z][a-z’]+[ .:][^"`\n]*)["`]')
WRITTEN = re.compile(
    r'(?:textContent|ariaLabel|confirm)(?: = |\()["`](?:\$\{[^}]*\} )?[A-Za-z][^"`]*["`]'
)
BLOCK = re.compile(r'<script type="application/json" data-words>(.*?)</script>')
PAGES = {
    "/muscles/": [],
    "/exercises/": ["facet-counts"],
    "/offline/": ["unsent"],
    "/": ["unsent"],
    "/workouts/new/?view=text": ["unsent", "draft", "name-completion"],
    "/workouts/new/?view=grid": ["unsent", "draft", "name-completion", "set-grid"],
    "/workouts/new/?start": [
        *("unsent", "draft", "name-completion", "set-grid"),
        *("live-session", "rest-timer"),
    ],
    "/routines/new/": ["name-completion"],
}


def scripts():
    """Those of pages that are translated, without their comments."""
    for path in sorted(FOLDER.glob("*.js")):
        if not path.name.startswith("admin-"):
            yield path.stem, re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def said(script):
    return {text for found in SAID.findall(script) for text in found if text}


def words_of(client, address):
    page = client.get(address).content.decode()
    blocks = [json.loads(block) for block in BLOCK.findall(page)]
    return {text: said for block in blocks for text, said in block.items()}


class TestScripts:
    def test_say_what_pages_bring_in_other_languages(self):
        assert {name: said(script) for name, script in scripts() if said(script)} == {
            name: set(texts) for name, texts in WORDS.items()
        }

    def test_say_no_sentence_in_english_alone(self):
        alone = {
            name: sentences
            for name, script in scripts()
            if (
                sentences := [
                    *(set(SENTENCE.findall(script)) - said(script) - set(HAS_OWN.findall(script))),
                    *WRITTEN.findall(script),
                ]
            )
        }

        assert alone == {}

    def test_have_of_their_own_only_what_is_translated(self):
        own = {text for _, script in scripts() for text in HAS_OWN.findall(script)}

        assert "Copied" in own
        assert own <= {message for _, message, *_ in messages("de")}

    @pytest.mark.parametrize(
        "script",
        ['say("Draft kept.");', "note(`No signal. It is ${when}`);", 'x.textContent = "kept";'],
    )
    def test_with_a_sentence_in_english_are_found(self, script):
        assert SENTENCE.findall(script) or WRITTEN.findall(script)


class TestPages:
    @pytest.mark.parametrize("address", PAGES)
    def test_bring_what_their_scripts_say(self, alices_client, address):
        alices_client.cookies["django_language"] = "de"

        with translation.override("de"):
            expected = {
                text: gettext(text) for name in ["device", *PAGES[address]] for text in WORDS[name]
            }

        assert words_of(alices_client, address) == expected
        assert "data-words" in alices_client.get(address).content.decode()

    @pytest.mark.parametrize("address", PAGES)
    def test_bring_nothing_in_english(self, alices_client, address):
        assert "data-words" not in alices_client.get(address).content.decode()

    def test_bring_nothing_that_could_end_the_block(self, monkeypatch):
        monkeypatch.setitem(WORDS, "device", ("</script><b>",))

        [block] = BLOCK.findall(_words.__wrapped__(("device",), "de"))

        assert json.loads(block) == {"</script><b>": "</script><b>"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sets_are_called_so_in_each_label(language):
    """The grid writes another mark behind the word."""
    translated = {message: said[0] for _, message, _, said, _ in messages(language)}
    labels = [
        said for message, said in translated.items() if re.search("[Ss]et %\\(mark\\)s", message)
    ]

    assert len(labels) >= 6
    for label in labels:
        assert f"{translated['Set']} %(mark)s".lower() in label.lower()
