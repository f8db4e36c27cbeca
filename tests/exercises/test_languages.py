"""Numbers, lists and labels, as each language has them."""

from datetime import date

import pytest
from django.utils import translation

from exercises.languages import (
    filled,
    listed,
    short_weekday,
    shown_count,
    shown_day,
    shown_sets,
    told,
    within,
)
from exercises.sentences import gettext
from exercises.translating import in_words


class TestLists:
    @pytest.mark.parametrize(
        ("parts", "text"),
        [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
    )
    def test_in_english(self, parts, text):
        assert listed(parts) == text

    @pytest.mark.parametrize(
        ("last", "text"),
        [
            ("oblicuos", "pecho y oblicuos"),
            ("isquiotibiales", "pecho e isquiotibiales"),
            ("Ileso", "pecho e Ileso"),
            ("hígado", "pecho e hígado"),
            ("<strong>isquiotibiales</strong> (2)", "pecho e <strong>isquiotibiales</strong> (2)"),
            ("«inclinado»", "pecho e «inclinado»"),
            ("hielo", "pecho y hielo"),
            ("iones", "pecho y iones"),
            ("yunque", "pecho y yunque"),
            ("", "pecho y "),
        ],
    )
    def test_in_spanish_end_with_the_and_that_is_said(self, last, text):
        with translation.override("es"):
            assert listed(["pecho", last]) == text

    @pytest.mark.parametrize(
        ("last", "text"),
        [
            ("oblicuos", "pecho u oblicuos"),
            ("hombro", "pecho u hombro"),
            ("Press", "pecho o Press"),
            ("8", "pecho u 8"),
            ("80 kg x 5", "pecho u 80 kg x 5"),
            ("11", "pecho u 11"),
            ("110", "pecho o 110"),
            ("10", "pecho o 10"),
        ],
    )
    def test_in_spanish_have_the_or_that_is_said(self, last, text):
        with translation.override("es"):
            assert filled("%(first)s o %(second)s", {"first": "pecho", "second": last}) == text

    def test_of_the_rules_too(self):
        message = gettext("%(first)s or %(second)s", first="3 x 10", second="8 x 10")

        with translation.override("es"):
            assert in_words(message) == "3 x 10 u 8 x 10"

    def test_with_an_amount_have_the_decimals_of_the_language(self):
        message = gettext("%(first)s or %(second)s", first="22.5 kg", second="22.5 kg x 8")

        with translation.override("de"):
            assert in_words(message) == "22,5 kg oder 22.5 kg x 8"

    def test_in_french_are_as_they_are_translated(self):
        with translation.override("fr"):
            assert listed(["pectoraux", "ischio-jambiers"]) == "pectoraux et ischio-jambiers"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "1 Nov: 3"), ("de", "1 Nov: 3"), ("es", "1 Nov: 3"), ("fr", "1 Nov\u00a0: 3")],
)
def test_has_a_space_before_the_colon_in_french(language, text):
    with translation.override(language):
        assert told("1 Nov", "3") == text


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["999", "3,461", "12,345", "1,234,567"]),
        ("de", ["999", "3.461", "12.345", "1.234.567"]),
        ("es", ["999", "3461", "12\u00a0345", "1\u00a0234\u00a0567"]),
        ("fr", ["999", "3\u00a0461", "12\u00a0345", "1\u00a0234\u00a0567"]),
    ],
)
def test_groups_digits_as_the_language_does(language, texts):
    with translation.override(language):
        assert list(map(shown_count, (999, 3461, 12345, 1234567))) == texts


@pytest.mark.parametrize(
    ("language", "label", "text"),
    [
        ("en", "Top set", "top set"),
        ("de", "Top set", "Top set"),
        ("de", "Schräge Bauchmuskeln", "schräge Bauchmuskeln"),
        ("de", "Schwerster Satz", "schwerster Satz"),
        ("de", "Kniebeuge mit der Langhantel", "Kniebeuge mit der Langhantel"),
        ("de", "Reverse Fly", "Reverse Fly"),
        ("es", "Índice", "índice"),
        ("en", "TFL", "TFL"),
        ("es", "Remo en T", "remo en T"),
        ("fr", "Rowing T-bar", "rowing T-bar"),
    ],
)
def test_leaves_capitals_to_abbreviations_and_to_german_nouns(language, label, text):
    with translation.override(language):
        assert within(label) == text


@pytest.mark.parametrize(
    ("language", "monday", "sunday"),
    [("en", "Mon", "Sun"), ("de", "Mo", "So"), ("es", "lun", "dom"), ("fr", "lun.", "dim.")],
)
def test_cuts_days_of_the_week_as_the_language_does(language, monday, sunday):
    with translation.override(language):
        assert (short_weekday(1), short_weekday(7)) == (monday, sunday)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "82.5 kg × 6, 5 @8.5"), ("de", "82,5 kg × 6, 5 @8,5"), ("fr", "82,5 kg × 6, 5 @8,5")],
)
def test_has_the_decimals_of_the_language_in_sets(language, text):
    with translation.override(language):
        assert shown_sets("82.5 kg × 6, 5 @8.5") == text


def test_cuts_months_in_french_as_is_usual():
    with translation.override("fr"):
        months = [shown_day(date(2026, month, 1), "M Y") for month in (1, 2, 3, 7, 9)]

    assert months == ["janv. 2026", "févr. 2026", "mars 2026", "juil. 2026", "sept. 2026"]
