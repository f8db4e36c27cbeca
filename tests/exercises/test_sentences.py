import json
import pickle
from collections.abc import Iterator
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from exercises import translating
from exercises.sentences import Sentence, gettext, gettext_noop, grouped, ngettext
from exercises.translating import in_words, translated

LINE = "No exercise is called “%(name)s”."
LINES = ("%(count)s line of %(day)s", "%(count)s lines of %(day)s")


class TestSentence:
    def test_is_its_english_text(self) -> None:
        line = gettext(LINE, name="bench")

        assert line == "No exercise is called “bench”."
        assert {str(line)} == {line}
        assert json.dumps([line]) == json.dumps(["No exercise is called “bench”."])

    @pytest.mark.parametrize(
        ("count", "text"),
        [(0, "0 lines of May"), (1, "1 line of May"), (1204, "1,204 lines of May")],
    )
    def test_counts(self, count: int, text: str) -> None:
        assert ngettext(*LINES, count, day="May") == text

    def test_without_values_takes_a_sign_as_it_stands(self) -> None:
        assert gettext("100 % of it") == "100 % of it"

    @given(st.dictionaries(st.sampled_from("abc"), st.text() | st.integers(), min_size=3))
    def test_says_its_values_where_the_message_has_them(self, values: dict[str, object]) -> None:
        line = gettext("%(c)s, %(a)s 100 %% %(b)s", **values)

        assert str(line) == f"{values['c']}, {values['a']} 100 % {values['b']}"
        assert type(str(line)) is str

    def test_can_be_kept(self) -> None:
        line = ngettext(*LINES, 3, day=gettext("yesterday"))

        again = pickle.loads(pickle.dumps(line))

        assert again == line
        assert (again.message, again.plural, again.number) == (*LINES, 3)
        assert isinstance(again.values["day"], Sentence)


class GermanWords:
    """German for the words of these tests, whatever the catalogue has."""

    words = {
        LINE: "Keine Übung heißt „%(name)s“.",
        "yesterday": "gestern",
    }

    def gettext(self, message: str) -> str:
        return self.words.get(message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        if one == "%(count)s":
            return one
        return "%(count)s Zeile von %(day)s" if count == 1 else "%(count)s Zeilen von %(day)s"


@pytest.fixture
def german() -> Iterator[None]:
    words = GermanWords()
    with (
        translation.override("de"),
        patch.object(translating, "gettext", words.gettext),
        patch.object(translating, "ngettext", words.ngettext),
    ):
        yield


@pytest.mark.usefixtures("german")
class TestTranslated:
    def test_says_a_sentence_in_the_active_language(self) -> None:
        assert translated(gettext(LINE, name="bench")) == "Keine Übung heißt „bench“."
        assert in_words(Sentence(gettext_noop("yesterday"))) == "gestern"

    def test_says_the_sentences_in_it(self) -> None:
        line = ngettext(*LINES, 1, day=gettext("yesterday"))

        assert in_words(line) == "1 Zeile von gestern"
        assert in_words(ngettext(*LINES, 2, day="May")) == "2 Zeilen von May"

    def test_writes_numbers_as_the_language_does(self) -> None:
        line = gettext("%(kg)s kg, %(all)s", kg=Decimal("62.5"), all=grouped(20_000))

        assert line == "62.5 kg, 20,000"
        assert in_words(line) == "62,5 kg, 20.000"

    def test_leaves_all_else_alone(self) -> None:
        assert in_words("bench") == "bench"
        assert translated(None) is None
        assert translated(3) == 3

    def test_escapes_in_a_page(self) -> None:
        page = Template("{% load sentences %}{{ line|translated }} {{ name|translated }}")

        shown = page.render(Context({"line": gettext(LINE, name="<b>"), "name": "a & b"}))

        assert shown == "Keine Übung heißt „&lt;b&gt;“. a &amp; b"


def test_english_is_what_it_says_itself() -> None:
    with translation.override("en-gb"):
        for line in (gettext(LINE, name="a"), ngettext(*LINES, 2, day=gettext("yesterday"))):
            assert in_words(line) == line
