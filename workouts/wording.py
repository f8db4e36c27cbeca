"""What athletes read of their training, in the language of a page."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.languages import active_language, day_in, shown_number, shown_sets
from exercises.templatetags.counting import COUNTED, counted
from exercises.vocabulary import LoadType
from workouts.text_format import SetText, print_in_short

MOST_COUNTS = 2_000  # that are kept as they were said


def how_many(number: int, what: str) -> str:
    """As ``counted``; a page has hundreds, and most of them were said before."""
    return _how_many(number, what, active_language())


def how_many_in(text: str, number: Decimal, what: str) -> str:
    """ "½ set", "1,204½ sets": so many as the text says, of what ``counted`` counts."""
    return COUNTED[what](1 if 0 < number <= 1 else 2) % {"count": shown_number(text)}


def workout_name(title: str, exercises: Sequence[str]) -> str:
    """What a workout's own page calls it: its title, or else by its exercises, "Pull-up", "Pull-up
    and 4 more". Lists, which say the day first, leave out what has no title.
    """
    if title or not exercises:
        return title or _("Workout")
    first, *others = dict.fromkeys(exercises)
    if not others:
        return first
    text = ngettext("%(first)s and %(count)s more", "%(first)s and %(count)s more", len(others))
    return text % {"first": first, "count": len(others)}


def in_short(sets: Sequence[SetText], *, load_type: LoadType | None = None) -> str:
    """The sets of one exercise at a glance."""
    return shown_sets(print_in_short(sets, load_type=load_type))


def day_text(day: date, pattern: str, language: str = "") -> str:
    """As ``shown_day``; who says many may ask for the ``active_language`` once."""
    return day_in(language or active_language(), day, pattern)


@lru_cache(maxsize=MOST_COUNTS)
def _how_many(number: int, what: str, _language: str) -> str:
    return counted(number, what)
