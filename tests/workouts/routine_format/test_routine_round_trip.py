"""Every routine that there can be is read back as it was."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from exercises.vocabulary import LoadType
from workouts.reckoning.targets import Span, Target, Weight
from workouts.routine_format import (
    MAX_SETS,
    PlannedEntry,
    RoutineText,
    parse_routine,
    print_routine,
    print_targets,
    read_targets,
)
from workouts.text_format import clean_notes
from workouts.vocabulary import SetKind, Unit

NAMES = {
    "Pull-up": LoadType.BODYWEIGHT,
    "1-arm row": LoadType.PER_HAND,
    "Squat": LoadType.EXTERNAL,
    "Weighted pull-up": LoadType.BODYWEIGHT_PLUS,
    "Assisted pull-up": LoadType.ASSISTED_BODYWEIGHT,
    "Plank": LoadType.DURATION,
    "Farmer's walk": LoadType.WEIGHTED_DURATION,
    "Run": LoadType.DISTANCE,
}
WEIGHTLESS = (LoadType.BODYWEIGHT, LoadType.DURATION, LoadType.DISTANCE)


@st.composite
def spans(draw: st.DrawFn, highest: int) -> Span:
    least = draw(st.integers(1, highest))
    return Span(least, draw(st.none() | st.integers(least, highest)))


@st.composite
def targets(draw: st.DrawFn, load_type: LoadType) -> Target:
    measures = {
        "reps": spans(9_999),
        "seconds": spans(86_400),
        "metres": st.decimals("0.01", 500_000, places=2),
    }
    if load_type == LoadType.DURATION:
        measures = {"seconds": measures["seconds"]}
    if load_type in (LoadType.WEIGHTED_DURATION, LoadType.DISTANCE):
        del measures["reps"]
    measure = draw(st.sampled_from(sorted(measures)))
    amounts = st.decimals(0, Decimal("9999.999"), places=3)
    weights = st.builds(Weight, amounts, st.sampled_from(Unit))
    return Target(
        **{measure: draw(measures[measure])},
        weight=None if load_type in WEIGHTLESS else draw(st.none() | weights),
        rpe=draw(st.none() | st.integers(2, 20).map(lambda halves: Decimal(halves) / 2)),
        kind=draw(st.sampled_from(SetKind)),
        is_each_side=draw(st.booleans()),
    )


@st.composite
def entries(draw: st.DrawFn) -> PlannedEntry:
    name = draw(st.sampled_from(sorted(NAMES)))
    groups = draw(
        st.lists(st.tuples(targets(NAMES[name]), st.integers(1, 3)), min_size=1, max_size=6)
    )
    return PlannedEntry(
        name=name,
        targets=tuple(target for target, count in groups for _ in range(count))[:MAX_SETS],
        rest_seconds=draw(st.none() | st.integers(1, 3_600)),
        superset=draw(st.sampled_from(["", "A", "B"])),
        notes=draw(notes),
        load_type=NAMES[name],
    )


notes = st.lists(st.text(max_size=20), max_size=4).map("\n".join).map(clean_notes)
routines = st.builds(RoutineText, notes=notes, entries=st.lists(entries(), max_size=5).map(tuple))


@given(routines)
def test_is_read_back_as_it_was(routine):
    parsed = parse_routine(print_routine(routine), find=NAMES.get, unit=Unit.KG)

    assert parsed.problems == ()
    assert parsed.routine == routine
    assert print_routine(parsed.routine) == print_routine(routine)


@given(entries())
def test_targets_alone_are_read_back_however_their_exercise_is_loaded_since(entry):
    written = print_targets(entry.targets, entry.load_type)

    assert read_targets(written, entry.load_type) == entry.targets
    for load_type in LoadType:
        assert len(read_targets(written, load_type)) == len(entry.targets)


@given(st.text(alphabet="squatx3 8-12@+kglbsrest,.:/%>wdfA1\n\t\x00\ud800", max_size=60))
def test_takes_any_text(text):
    parsed = parse_routine(text, find=lambda name: LoadType.EXTERNAL, unit=Unit.LB)

    if not parsed.problems:
        printed = print_routine(parsed.routine)
        again = parse_routine(printed, find=lambda name: LoadType.EXTERNAL, unit=Unit.LB)
        assert again.routine == parsed.routine
