"""What a page shows of a grid: columns by what the exercise is, the last time beside each set."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.vocabulary import LoadType
from workouts.grid.changes import blank_block, heaviest, offer
from workouts.grid.equipment import BARBELL
from workouts.grid.fields import Block, Grid, Row, block_fields, next_number
from workouts.last_sets import LastTime
from workouts.reading import LastOf, Reading, ReadLine
from workouts.reckoning.steps import (
    FAR_STEP,
    LONG_STEP,
    METRES_STEP,
    REPS_STEP,
    SECONDS_STEP,
    weight_step,
)
from workouts.text_format import (
    Load,
    SetText,
    clean_name,
    name_problem,
    print_decimal,
)
from workouts.text_format.cells import SetCells, offered_cells
from workouts.vocabulary import SetKind, Side, Unit
from workouts.wording import in_short

_MAIN: Mapping[LoadType | None, tuple[str, ...]] = {
    None: ("weight", "reps"),
    LoadType.BODYWEIGHT: ("reps",),
    LoadType.BODYWEIGHT_PLUS: ("weight", "reps"),
    LoadType.ASSISTED_BODYWEIGHT: ("weight", "reps"),
    LoadType.EXTERNAL: ("weight", "reps"),
    LoadType.PER_HAND: ("weight", "reps"),
    LoadType.DURATION: ("time",),
    LoadType.WEIGHTED_DURATION: ("weight", "distance"),
    LoadType.DISTANCE: ("distance", "time"),
}
_HEADS = {
    "reps": gettext_noop("reps"),
    "time": gettext_noop("time"),
    "distance": gettext_noop("metres"),
}
_WEIGHT_HEADS = {
    LoadType.BODYWEIGHT_PLUS: gettext_noop("added %(unit)s"),
    LoadType.ASSISTED_BODYWEIGHT: gettext_noop("help %(unit)s"),
}
_LABELS = {
    "weight": gettext_noop("Weight, set %(mark)s"),
    "reps": gettext_noop("Reps, set %(mark)s"),
    "time": gettext_noop("Time, set %(mark)s"),
    "distance": gettext_noop("Distance, set %(mark)s"),
}
_STEPS = {"reps": REPS_STEP, "time": SECONDS_STEP, "distance": METRES_STEP}
_MARKS = {SetKind.WARMUP: "W", SetKind.DROP: "D", SetKind.FAILURE: "F"}
_SIDE_MARKS = {Side.LEFT: "L", Side.RIGHT: "R"}
MOST_OFFERS = 5  # names, since finding what may be meant takes time
Equipment = Callable[[Exercise], Collection[str]]
Offers = Callable[[str], Sequence[Exercise]]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """An input with its steppers; `light` stands in it lightly."""

    name: str
    cell: str
    label: str
    value: str
    light: str
    step: str
    error: str
    has_unit: bool = False

    @property
    def keypad(self) -> str:
        """Which keys a phone shows; times have a colon, which number pads lack."""
        if self.has_unit:
            return "text"
        return "numeric" if self.cell in ("reps", "time") else "decimal"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A set as a page shows it. `mark` is its number among the working sets, or its kind. It
    `is_open` where what its one line doesn't show has to be put right.
    """

    row: Row
    name: str
    mark: str
    cells: tuple[ShownCell, ...]
    last: str
    error: str
    is_open: bool = False

    @property
    def said(self) -> str:
        """The effort, which its one line doesn't show."""
        rpe = self.row.cells.rpe.strip()
        return f"@{rpe}" if rpe else ""


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """What a routine asks of an exercise, and `why` its sets are offered as they are."""

    targets: str
    why: str = ""
    rest_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """An exercise as a page shows it: `lines` are those of the text that ask something, `plan` is
    the routine's that it was started from.
    """

    block: Block
    exercise: Exercise | None
    heads: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    last: LastTime | None
    lines: tuple[ReadLine, ...]
    errors: Mapping[str, str]
    has_bar: bool
    offers: Sequence[Exercise] = ()
    plan: BlockPlan | None = None

    @property
    def number(self) -> str:
        """Its block's, as its fields have it: a template writes numbers as the reader's language
        does.
        """
        return str(self.block.number)

    @property
    def to_load(self) -> Load | None:
        """The heaviest working set, where it is on a bar."""
        return heaviest(self.block, _load_type(self.exercise)) if self.has_bar else None

    @property
    def label(self) -> str:
        return clean_name(self.block.name) or _("New exercise")

    @property
    def fields(self) -> Iterable[tuple[str, str]]:
        return block_fields(self.block)

    @property
    def may_tick_all(self) -> bool:
        return any(row.row.offered and not row.row.is_ticked for row in self.rows)

    @property
    def is_unknown(self) -> bool:
        """Whether its name is unknown, and no line of the text asks about it yet."""
        return bool(
            self.exercise is None
            and not self.lines
            and name_problem(clean_name(self.block.name)) is None
            and not self.block.is_removed
        )

    @property
    def is_asked(self) -> bool:
        if self.block.is_removed:
            return False
        return bool(self.lines or self.errors or any(row.error for row in self.rows))

    @property
    def letters(self) -> str:
        """Supersets to choose from."""
        usual = "ABCDEF"
        return usual if self.block.superset in usual else usual + self.block.superset


class GridPage:
    """A grid with what is known of its exercises. Where ``last_of`` is given, it offers what was
    done the last time: 1 query.
    """

    def __init__(
        self,
        grid: Grid,
        *,
        index: Callable[[], NameIndex],
        unit: Unit,
        equipment: Equipment,
        offers: Offers,
        last_of: LastOf | None = None,
        reading: Reading | None = None,
        places: Mapping[int, int] | None = None,
        problems: Mapping[str, str] | None = None,
        plans: Mapping[int, BlockPlan] | None = None,
    ) -> None:
        self.grid = grid
        self.plans = plans or {}
        self.reading = reading
        self.problems = problems or {}
        self._index = index
        self._unit = unit
        self._equipment = equipment
        self._offers = offers
        self._last_of = last_of
        self._places = places or {}

    @cached_property
    def blocks(self) -> list[ShownBlock]:
        shown = [self._shown(block) for block in self.grid.blocks]
        for place in [at for at, one in enumerate(shown) if one.is_unknown][:MOST_OFFERS]:
            one = shown[place]
            shown[place] = replace(one, offers=self._offers(clean_name(one.block.name)))
        return shown

    @cached_property
    def blank(self) -> ShownBlock:
        """An exercise to add, for scripts to copy."""
        return self._shown(blank_block(0))

    @property
    def removed(self) -> str:
        """That something was just removed, and can be brought back; empty for nothing."""
        for block in self.grid.blocks:
            name = clean_name(block.name)
            if block.is_removed:
                if name:
                    return _("%(name)s is removed.") % {"name": name}
                return _("The exercise is removed.")
            if any(row.is_removed for row in block.rows):
                if name:
                    return _("A set of %(name)s is removed.") % {"name": name}
                return _("A set of the exercise is removed.")
        return ""

    @property
    def has_more(self) -> bool:
        """Whether there is anything beside the sets."""
        return bool(
            self.grid.notes or self.grid.minutes or {"notes", "minutes"} & set(self.problems)
        )

    @property
    def loose_lines(self) -> tuple[ReadLine, ...]:
        """Lines with a question that are of no block."""
        lines = self.reading.lines if self.reading else ()
        return tuple(line for line in lines if line.marks and line.number not in self._places)

    @property
    def asked(self) -> list[ShownBlock]:
        """The exercises of which something has to be put right."""
        return [shown for shown in self.blocks if shown.is_asked]

    def _shown(self, block: Block) -> ShownBlock:
        name = clean_name(block.name)
        exercise = self._index().find(name) if name else None
        last = self._last_of(exercise) if self._last_of and exercise else None
        plan = self.plans.get(block.number)
        if plan is None:
            block = _with_offers(block, exercise, last, self._unit)
        columns = _columns(block, exercise)
        return ShownBlock(
            block,
            exercise,
            tuple(self._head(block, column, exercise) for column in columns),
            self._rows(block, columns, exercise, last),
            last,
            self._lines_of(block),
            {
                part: self.problems[f"{part}-{block.number}"]
                for part in ("exercise", "superset", "notes")
                if f"{part}-{block.number}" in self.problems
            },
            has_bar=exercise is not None and BARBELL in self._equipment(exercise),
            plan=plan,
        )

    def _lines_of(self, block: Block) -> tuple[ReadLine, ...]:
        if self.reading is None:
            return ()
        return tuple(
            line
            for line in self.reading.lines
            if self._places.get(line.number) == block.number and (line.marks or line.is_unknown)
        )

    def _head(self, block: Block, column: str, exercise: Exercise | None) -> str:
        if column == "distance" and _load_type(exercise) == LoadType.DISTANCE:
            return _("distance")
        if column != "weight":
            return _(_HEADS[column])
        units = Counter(row.cells.unit or self._unit for row in block.rows)
        unit = units.most_common(1)[0][0] if units else self._unit
        said = _WEIGHT_HEADS.get(exercise.load_type) if exercise else None
        return _(said) % {"unit": unit} if said else unit

    def _rows(
        self,
        block: Block,
        columns: Sequence[str],
        exercise: Exercise | None,
        last: LastTime | None,
    ) -> tuple[ShownRow, ...]:
        load_type = _load_type(exercise)
        beside = _beside(block.rows, last.sets if last else ())
        labels = {column: _(_LABELS[column]) for column in columns}
        shown, number = [], 0
        for row, before in zip(block.rows, beside, strict=True):
            kind = row.cells.kind
            if kind in ("", SetKind.WORKING):
                number += 1
            name = f"set-{block.number}-{row.number}"
            mark = _MARKS.get(kind, str(number)) + _SIDE_MARKS.get(row.cells.side, "")  # type: ignore[call-overload]
            errors = {
                cell: self.problems[f"{name}-{cell}"]
                for cell in ("weight", "reps", "time", "distance", "rpe", "kind", "side")
                if f"{name}-{cell}" in self.problems
            }
            light = offered_cells(row.offered, load_type)
            unit = Unit(row.cells.unit) if row.cells.unit in Unit.values else self._unit
            row = replace(row, cells=replace(row.cells, unit=unit))
            shown.append(
                ShownRow(
                    row,
                    name,
                    mark,
                    tuple(
                        ShownCell(
                            f"{name}-{column}",
                            column,
                            labels[column] % {"mark": mark},
                            getattr(row.cells, column),
                            getattr(light, column),
                            self._step(column, exercise, unit),
                            errors.get(column, ""),
                            has_unit=column == "distance" and load_type == LoadType.DISTANCE,
                        )
                        for column in columns
                    ),
                    _in_short(before, load_type) if before else "",
                    " ".join(errors.values()),
                    is_open=not errors.keys() <= set(columns),
                )
            )
        return tuple(shown)

    @staticmethod
    def _plain_step(column: str, exercise: Exercise | None) -> Decimal:
        if _load_type(exercise) == LoadType.DISTANCE:
            return {"distance": FAR_STEP, "time": LONG_STEP}.get(column, _STEPS[column])
        return _STEPS[column]

    def _step(self, column: str, exercise: Exercise | None, unit: Unit) -> str:
        if column != "weight":
            return print_decimal(self._plain_step(column, exercise))
        things = self._equipment(exercise) if exercise else ()
        return print_decimal(weight_step(_load_type(exercise), things, unit))


def _load_type(exercise: Exercise | None) -> LoadType | None:
    return LoadType(exercise.load_type) if exercise else None


def _columns(block: Block, exercise: Exercise | None) -> tuple[str, ...]:
    """What such an exercise is measured by, and whatever else its sets have."""
    load_type = _load_type(exercise)
    cells = [
        *(row.cells for row in block.rows),
        *(offered_cells(row.offered, load_type) for row in block.rows),
    ]
    used = {
        name
        for name in ("weight", "reps", "distance", "time")
        if any(getattr(each, name).strip() for each in cells)
    }
    main = set(_MAIN[load_type])
    if used - {"weight"}:
        main &= {"weight"}
    return tuple(n for n in ("weight", "reps", "distance", "time") if n in main | used)


def _with_offers(
    block: Block, exercise: Exercise | None, last: LastTime | None, unit: Unit
) -> Block:
    """The block with the sets of the last time in rows that hold nothing yet, each that which
    stands beside it; where no row holds anything, there are as many as then.
    """
    if last is None or exercise is None or block.lines is not None:
        return block
    load_type, sets = LoadType(exercise.load_type), last.sets
    rows, offers = list(block.rows), _beside(block.rows, sets)
    if all(row.is_blank for row in rows):
        further = range(next_number(rows), next_number(rows) + len(sets) - len(rows))
        rows = [*rows[: len(sets)], *(Row(number, SetCells()) for number in further)]
        offers = list(sets)
    offered = [
        offer(one, row.number, load_type, unit=unit) if row.is_blank and one else row
        for row, one in zip(rows, offers, strict=True)
    ]
    return replace(block, rows=tuple(offered))


def _beside(rows: Iterable[Row], sets: Sequence[SetText]) -> list[SetText | None]:
    """For each row the set of the last time that it goes on from: the first working set beside the
    first, warm-ups beside warm-ups.
    """
    left = {
        is_warmup: [one for one in sets if (one.kind == SetKind.WARMUP) == is_warmup][::-1]
        for is_warmup in (True, False)
    }
    beside = []
    for row in rows:
        waiting = left[row.cells.kind == SetKind.WARMUP]
        beside.append(waiting.pop() if waiting else None)
    return beside


def _in_short(one: SetText, load_type: LoadType | None) -> str:
    """ "60 kg × 8 @8", "8 reps"."""
    short = in_short((one,), load_type=load_type)
    return _("%(reps)s reps") % {"reps": short} if short.isdecimal() else short
