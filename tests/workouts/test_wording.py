from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from exercises.languages import active_language
from exercises.templatetags.counting import COUNTED
from workouts.reckoning.calendar import CalendarWorkout, training_year
from workouts.templatetags import history
from workouts.wording import _how_many, day_text, how_many, how_many_in, workout_name

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "2 Mar 2026"), ("de", "2. März 2026"), ("es", "2 mar 2026")]
)
def test_says_a_day_in_each_language_however_often(language, text):
    for _ in range(2):
        with translation.override(language):
            assert day_text(DAY, "j M Y") == text


@pytest.mark.parametrize(
    ("sets", "text"), [("½", "½ set"), ("1", "1 set"), ("1½", "1½ sets"), ("0", "0 sets")]
)
def test_takes_half_a_set_for_one(sets, text):
    number = Decimal(sets.replace("½", ".5"))

    assert how_many_in(sets, number, "set") == text


@pytest.mark.parametrize(("language", "text"), [("en", "1,204 sets"), ("de", "1.204 Sätze")])
def test_counts_anew_in_another_language(language, text):
    words = {"en": "%(count)s sets", "de": "%(count)s Sätze"}
    named = {"set": lambda number: words[active_language()]}
    _how_many.cache_clear()

    with patch.dict(COUNTED, named), translation.override(language):
        assert [how_many(1204, "set") for _ in range(2)] == [text, text]

    _how_many.cache_clear()


def test_says_a_day_of_the_calendar_anew_in_another_language():
    done = CalendarWorkout(DAY, "Pull", 12, "/workouts/1/")
    days = training_year(2026, [done], week_start=1, today=DAY).quarters[0].days

    assert "<title>Mon 2 Mar: Pull, 12 sets</title>" in history.squares(days)
    with (
        translation.override("de"),
        patch("exercises.translating.ngettext", lambda one, many, n: "%(count)s Sätze"),
    ):
        assert "<title>Mo, 2. März: Pull, 12 Sätze</title>" in history.squares(days)


def test_draws_the_same_beam_in_each_language():
    side = {"is_empty": False, "reach": Decimal("82.5"), "aim": Decimal("50.0")}

    for language in ("en", "de"):
        with translation.override(language):
            drawn = render_to_string("progress/beam.html", {"side": side})
        assert 'width="82.5"' in drawn
        assert "M50.0 0V10" in drawn


@pytest.mark.parametrize(
    ("title", "exercises", "name"),
    [
        ("Back day", ["Pull-up"], "Back day"),
        ("", ["Pull-up", "Plank", "Dip"], "Pull-up and 2 more"),
        ("", ["Pull-up", "Pull-up"], "Pull-up"),
        ("", [], "Workout"),
    ],
)
def test_a_workout_is_called_by_its_title_or_what_was_done(title, exercises, name):
    assert workout_name(title, exercises) == name
