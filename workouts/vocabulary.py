"""The words that sets and weights are described in, for grammar, rules and rows. No Django."""

from decimal import Decimal

from exercises.sentences import gettext_noop as _
from exercises.vocabulary import Vocabulary, pgettext

RPE_STEPS = tuple(Decimal(halves) / 2 for halves in range(2, 21))


class Unit(Vocabulary):
    KG = "kg", pgettext("Unit", "Kilograms (kg)")
    LB = "lb", pgettext("Unit", "Pounds (lb)")


class SetKind(Vocabulary):
    WORKING = "working"
    WARMUP = "warm-up", _("Warm-up")
    DROP = "drop", _("Drop")
    FAILURE = "failure", _("Failure")


class Side(Vocabulary):
    BOTH = "both"
    LEFT = "left", _("Left")
    RIGHT = "right", _("Right")


class Source(Vocabulary):
    """Where a workout came from."""

    TYPED = "typed"
    DEMO = "demo"
    STRONG = "strong"
    HEVY = "hevy"
    FITNOTES = "fitnotes", "FitNotes"
    STRONGLIFTS = "stronglifts", "StrongLifts"
    JEFIT = "jefit"
    FITBOD = "fitbod"
    WGER = "wger", "wger"
    BACKTRAIN = "backtrain"
    TABLE = "table", pgettext("Source", "A table")
    NOTEBOOK = "notebook", pgettext("Source", "A notebook")
