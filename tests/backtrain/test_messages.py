"""The translations are whole: nothing that people read is left unmarked, empty, or out of step.

Message files are read here by themselves: neither the site nor its tests need gettext.
"""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
LOCALE = Path(settings.BASE_DIR) / "backtrain/locale"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
# For staff and for scripts: in English, whoever reads them
IN_ENGLISH = ("admin/", "styleguide", "api/")
# What people read and nobody has marked yet. Nothing may be added.
NOT_YET: frozenset[str] = frozenset()
# Text in the log's grammar, which is the same in every language
SAMPLES = ("Bent-over barbell row", "Plank", "Pull-up", "bb row", "plank", "rest")
# The same in every language
NAMES = {"Backtrain", "Back", "train", "kg", "lb", "min", "CSV", "JSON"}
HIDDEN = re.compile(
    r"\{% if language == \"en\" %\}.*?\{% else %\}|"  # how English has always had it
    r"\{% comment.*?endcomment %\}|\{#.*?#\}|<!--.*?-->|<(pre|code|script|svg)\b.*?</\1>"
    r"|\{% blocktrans(?:late)?\b.*?endblocktrans(?:late)? %\}|\{%.*?%\}|\{\{.*?\}\}"
    r"|<meta (?:name|property)=\"(?!description|og:title)[^>]*>",
    re.DOTALL,
)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r"\b(?:aria-label|title|placeholder|alt|content)=\"([^\"]*)\"")
WORD = re.compile(r"[^\W\d_]{2,}")
PLACE = re.compile(r"%\((\w+)\)s|%%")


def bare_words(html):
    """The words of a template that no tag translates."""
    shown = HIDDEN.sub(" ", html)
    attributes = [said for tag in TAG.findall(shown) for said in SPOKEN.findall(tag)]
    text = re.sub(r"&\w+;", " ", " ".join([TAG.sub(" ", shown), *attributes]))
    text = re.sub("|".join(SAMPLES), " ", text)
    return [word for word in WORD.findall(text) if word not in NAMES]


def templates():
    for path in sorted(TEMPLATES.rglob("*.html")) + sorted(TEMPLATES.rglob("*.txt")):
        name = str(path.relative_to(TEMPLATES))
        if not name.startswith(IN_ENGLISH):
            yield name, path.read_text(encoding="utf-8")


def entries(language):
    """The messages of a language's file: (context, message, plural, translations, flags)."""
    text = (LOCALE / language / "LC_MESSAGES/django.po").read_text(encoding="utf-8")
    for block in text.split("\n\n"):
        fields, name, flags = {}, "", ""
        for line in block.splitlines():
            if line.startswith("#"):
                flags += line if line.startswith("#,") else ""
                continue
            if not line.startswith('"'):
                name, _, line = line.partition(" ")
            fields[name] = fields.get(name, "") + ast.literal_eval(line)
        if "msgid" in fields:
            said = [text for name, text in fields.items() if name.startswith("msgstr")]
            yield fields.get("msgctxt"), fields["msgid"], fields.get("msgid_plural"), said, flags


def messages(language):
    return [each for each in entries(language) if each[1]]


class TestTemplates:
    def test_say_nothing_that_is_not_translated(self):
        bare = {name: bare_words(html)[:8] for name, html in templates() if name not in NOT_YET}

        assert {name: words for name, words in bare.items() if words} == {}

    def test_that_are_done_leave_the_list(self):
        assert {name for name, html in templates() if not bare_words(html)} & NOT_YET == set()

    @pytest.mark.parametrize(
        "html",
        ["<p>Some words</p>", '<a aria-label="Close it">×</a>', "{% if a %}Words{% endif %}"],
    )
    def test_with_bare_words_are_found(self, html):
        assert bare_words(html)

    @pytest.mark.parametrize(
        "html",
        [
            '<p>{% translate "Some words" %}</p>',
            "{% blocktranslate %}Some <b>words</b>{% endblocktranslate %}",
            '<p class="some words">{{ name }} · 3 kg</p>',
        ],
    )
    def test_without_any_pass(self, html):
        assert not bare_words(html)


@pytest.mark.parametrize("language", LANGUAGES)
class TestMessages:
    def test_are_all_translated(self, language):
        all_of_them = messages(language)

        assert len(all_of_them) > 1000
        assert [message for _, message, _, said, _ in all_of_them if not all(said)] == []
        assert [message for _, message, _, _, flags in all_of_them if "fuzzy" in flags] == []

    def test_have_the_places_of_the_english_ones(self, language):
        for _, message, plural, said, _ in messages(language):
            places = set(PLACE.findall(message)) | set(PLACE.findall(plural or ""))
            for text in said:
                assert set(PLACE.findall(text)) <= places, message
            if plural is None:
                assert set(PLACE.findall(said[0])) == places, message

    def test_have_two_forms_where_they_count(self, language):
        assert [
            message
            for _, message, plural, said, _ in messages(language)
            if plural and len(said) != 2
        ] == []

    def test_have_the_tags_of_the_english_ones(self, language):
        """Else a translation could break the page around it."""
        for _, message, _, said, _ in messages(language):
            for text in said:
                assert sorted(re.findall(r"</?\w+", text)) == sorted(re.findall(r"</?\w+", message))

    def test_are_compiled_as_they_are_written(self, language):
        compiled = (LOCALE / language / "LC_MESSAGES/django.mo").open("rb")
        with compiled:
            catalogue = gettext.GNUTranslations(compiled)._catalog
        written = {}
        for context, message, plural, said, _ in entries(language):
            key = f"{context}\x04{message}" if context else message
            if plural is None:
                written[key] = said[0]
            else:
                written |= {(key, form): text for form, text in enumerate(said)}

        assert {key: text for key, text in catalogue.items() if key} == {
            key: text for key, text in written.items() if key
        }

    def test_are_the_same_in_all_languages(self, language):
        assert {each[:3] for each in messages(language)} == {each[:3] for each in messages("de")}


class TestFrench:
    def test_has_no_space_that_breaks_before_a_sign(self):
        """A colon and quotes keep a wide one, the others a narrow one."""
        said = [text for *_, texts, _ in messages("fr") for text in texts]

        assert [text for text in said if re.search(r"[ \u202f][:»]|« |[ \u00a0][;!?]", text)] == []
        assert [text for text in said if re.search(r"[a-zà-ÿ»)][;!?](?!\S)", text)] == []
