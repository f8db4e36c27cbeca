"""``{{ 2|counted:"set" }}`` is "2 sets", in the language of the page; ``noun`` is the word, where
markup stands between.
"""

from collections.abc import Callable

from django import template
from django.utils.translation import ngettext

from exercises.counting import Number
from exercises.languages import shown_count

register = template.Library()

COUNTED: dict[str, Callable[[int], str]] = {
    "body weight": lambda n: ngettext("%(count)s body weight", "%(count)s body weights", n),
    "complete week": lambda n: ngettext("%(count)s complete week", "%(count)s complete weeks", n),
    "day": lambda n: ngettext("%(count)s day", "%(count)s days", n),
    "exercise": lambda n: ngettext("%(count)s exercise", "%(count)s exercises", n),
    "field": lambda n: ngettext("%(count)s field", "%(count)s fields", n),
    "lighter load": lambda n: ngettext("%(count)s lighter load", "%(count)s lighter loads", n),
    "line": lambda n: ngettext("%(count)s line", "%(count)s lines", n),
    "muscle": lambda n: ngettext("%(count)s muscle", "%(count)s muscles", n),
    "name": lambda n: ngettext("%(count)s name", "%(count)s names", n),
    "record": lambda n: ngettext("%(count)s record", "%(count)s records", n),
    "rep": lambda n: ngettext("%(count)s rep", "%(count)s reps", n),
    "session": lambda n: ngettext("%(count)s session", "%(count)s sessions", n),
    "set": lambda n: ngettext("%(count)s set", "%(count)s sets", n),
    "time": lambda n: ngettext("%(count)s time", "%(count)s times", n),
    "warm-up": lambda n: ngettext("%(count)s warm-up", "%(count)s warm-ups", n),
    "week": lambda n: ngettext("%(count)s week", "%(count)s weeks", n),
    "weighing": lambda n: ngettext("%(count)s weighing", "%(count)s weighings", n),
    "working set": lambda n: ngettext("%(count)s working set", "%(count)s working sets", n),
    "workout": lambda n: ngettext("%(count)s workout", "%(count)s workouts", n),
}


@register.filter
def counted(number: int, what: str) -> str:
    """ "1 set", "1,204 sets"; ``what`` is one of those above, other words raise KeyError."""
    return COUNTED[what](number) % {"count": shown_count(number)}


@register.filter
def noun(number: Number, what: str) -> str:
    """What stands behind the number: half a set and 1 set, but 0 sets."""
    return (COUNTED[what](1 if 0 < number <= 1 else 2) % {"count": ""}).strip()
