"""What a routine is as text: plain values that cannot hold anything the format can't write."""

from dataclasses import dataclass, field

from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType
from workouts.reckoning.targets import Target
from workouts.text_format.values import check_entry, check_notes

MAX_PLAN = 20_000  # characters
MAX_ENTRIES = 60
MAX_SETS = 20  # of one exercise
MAX_REST = 3_600  # seconds
REST_PROBLEM = _("A rest lasts from 1 second to an hour.")
TOO_MANY = _("A routine has at most %(most)s exercises.", most=MAX_ENTRIES)


@dataclass(frozen=True)
class PlannedEntry:
    """One exercise of a routine, a target for each set. ``load_type`` is not said by the text.

    Raises ValueError with a sentence that can be shown to a person, as all values here.
    """

    name: str
    targets: tuple[Target, ...]
    rest_seconds: int | None = None
    superset: str = ""
    notes: str = ""
    load_type: LoadType | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        check_entry(self.name, self.superset, self.notes)
        if not 1 <= len(self.targets) <= MAX_SETS:
            raise ValueError(_("An exercise of a routine has 1 to %(most)s sets.", most=MAX_SETS))
        if self.rest_seconds is not None and not 1 <= self.rest_seconds <= MAX_REST:
            raise ValueError(REST_PROBLEM)

    @property
    def working_sets(self) -> int:
        return sum(not target.is_warmup for target in self.targets)


@dataclass(frozen=True)
class RoutineText:
    """The exercises of a routine in their order, and notes about all of it."""

    notes: str = ""
    entries: tuple[PlannedEntry, ...] = ()

    def __post_init__(self) -> None:
        if len(self.entries) > MAX_ENTRIES:
            raise ValueError(TOO_MANY)
        check_notes(self.notes)
