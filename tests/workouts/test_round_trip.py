"""Any workout that can exist, saved and printed, reads back as the same draft."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from exercises.models import Exercise
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from tests.factories import ExerciseFactory, read_workout
from tests.workouts.text_format.test_round_trip import fitting_sets, names, notes, titles
from workouts.models import Workout
from workouts.reading import Draft, DraftEntry, When, local_to_utc
from workouts.saving import is_same, log_workout
from workouts.text_format import MAX_TEXT, EntryText

ZONES = ["UTC", "Europe/London", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"]
NOW = datetime(2041, 1, 1, tzinfo=UTC)

some_exercises = st.lists(
    st.tuples(names.filter(name_key), st.sampled_from(sorted(fitting_sets))),
    min_size=1,
    max_size=4,
    unique_by=lambda exercise: name_key(exercise[0]),
)


@st.composite
def entries(draw: st.DrawFn, exercise: Exercise) -> DraftEntry:
    text = EntryText(
        name=exercise.name,
        sets=draw(fitting_sets[exercise.load_type]),
        superset=draw(st.sampled_from(["", "", "A", "B"])),
        notes=draw(notes),
    )
    return DraftEntry(exercise, text)


@st.composite
def drafts(draw: st.DrawFn, exercises: list[Exercise]) -> Draft:
    zone = draw(st.sampled_from(ZONES))
    day = draw(st.dates(date(1900, 1, 1), date(2040, 12, 31)))
    clock = draw(st.builds(time, st.integers(0, 23), st.integers(0, 59)))
    started_at = local_to_utc(day, clock, zone)
    assume(started_at)
    assert started_at
    return Draft(
        started_at=started_at,
        day=day,
        time_zone=zone,
        title=draw(titles),
        minutes=draw(st.none() | st.integers(1, 1_440)),
        notes=draw(notes),
        entries=tuple(draw(entries(draw(st.sampled_from(exercises)))) for _ in range(3)),
    )


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_saved_workout_reads_back_as_the_same_draft(alice, data):
    with transaction.atomic():
        exercises = [
            ExerciseFactory.create(name=name, load_type=load_type, owner=alice)
            for name, load_type in data.draw(some_exercises)
        ]
        draft = data.draw(drafts(exercises))
        assume(len(draft.text) <= MAX_TEXT)

        workout, _ = log_workout(athlete=alice.athlete, key=uuid4(), draft=draft)
        stored = Workout.objects.with_entries().get(pk=workout.pk)
        reading = read_workout(
            stored.text,
            index=NameIndex.for_user(alice),
            unit=data.draw(st.sampled_from(["kg", "lb"])),
            when=When(None, None, stored.time_zone),
            now=NOW,
        )

        assert stored.text == draft.text
        assert reading.draft == draft
        assert is_same(stored, draft)
        transaction.set_rollback(True)
