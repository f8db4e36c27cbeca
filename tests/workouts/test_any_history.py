"""Whatever is logged, changed, deleted and brought back, what is kept and shown is what the sets
come to.
"""

from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.models import Exercise, Muscle
from exercises.vocabulary import BODYWEIGHT_LOADS, Role
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory
from tests.workouts.text_format.test_round_trip import fitting_sets
from workouts.models import Athlete, BodyWeight, Entry, LoggedSet, Workout
from workouts.models.one_workout import one_workout
from workouts.own_exercises import Unreadable, make_own_exercise, merge_own_exercise
from workouts.progress.equal_sets import address_of, day_of, equal_sets
from workouts.progress.exercise import RECORD_LABELS, exercise_progress
from workouts.progress.muscle import muscle_progress
from workouts.reading import Draft, DraftEntry, local_to_utc
from workouts.reckoning.muscle_sets import in_halves
from workouts.reckoning.records import (
    SET_RECORD_KINDS,
    Session,
    bests,
    in_sessions,
    new_records,
    updated_bests,
)
from workouts.reckoning.rep_maxes import EqualSets
from workouts.reckoning.strength import Summary, kept, ranked_weight, sets_added, summarise
from workouts.saving import (
    delete_workout,
    load_rule,
    log_workout,
    restore_workout,
    revise_workout,
)
from workouts.summaries import differences
from workouts.text_format import EntryText
from workouts.vocabulary import Unit
from workouts.weighings import (
    DayTaken,
    change_body_weight,
    delete_body_weight,
    record_body_weight,
)
from workouts.workout_page import session_page

DAYS = st.dates(date(2026, 2, 26), date(2026, 3, 5))
MUCH_LATER = date(2026, 4, 1)
ZONES = ["Pacific/Apia", "Europe/London", "America/St_Johns"]
WEIGHTS = st.decimals(40, 150, places=1)
LOGGED = {
    "Pull-up": {"load_type": "bodyweight", "bodyweight_fraction": Decimal(1)},
    "Weighted pull-up": {"load_type": "bodyweight_plus", "bodyweight_fraction": Decimal(1)},
    "Assisted dip": {"load_type": "assisted_bodyweight", "bodyweight_fraction": Decimal("0.9")},
    "Row": {"load_type": "external"},
    "Curl": {"load_type": "per_hand", "implements": 2},
    "Plank": {"load_type": "duration"},
    "Carry": {"load_type": "weighted_duration"},
    "Run": {"load_type": "distance"},
}


class Training:
    """An athlete's history, and what may happen to it."""

    def __init__(self, user, draw):
        self.user, self.athlete, self.draw = user, user.athlete, draw
        for name, loading in LOGGED.items():
            ExerciseFactory.create(name=name, **loading)
        make_own_exercise(owner=user, name="Odd row")
        self.athlete.week_start = draw(st.integers(1, 7))
        self._train_muscles()

    def _train_muscles(self):
        group = MuscleFactory.create(slug="trapezius", kind="group", is_volume_unit=False)
        parts = [MuscleFactory.create(kind="part", parent=group) for _ in range(2)]
        for muscle in (*parts, MuscleFactory.create(slug="lats")):
            for exercise in Exercise.objects.order_by("pk"):
                if role := self.draw(st.sampled_from([None, *Role])):
                    TargetFactory.create(exercise=exercise, muscle=muscle, role=role)

    def draft(self) -> Draft:
        zone, day = self.draw(st.sampled_from(ZONES)), self.draw(DAYS)
        clock = time(self.draw(st.integers(0, 23)), 30)
        started_at = local_to_utc(day, clock, zone)
        assert started_at
        some = st.sampled_from(list(Exercise.objects.order_by("pk")))
        exercises = self.draw(st.lists(some, min_size=1, max_size=3))
        entries = [
            DraftEntry(one, EntryText(one.name, self.draw(fitting_sets[one.load_type])))
            for one in exercises
        ]
        return Draft(started_at, day, zone, "", None, "", tuple(entries))

    def one_of(self, rows):
        return self.draw(st.sampled_from(list(rows.order_by("pk")) or [None]))

    def log(self):
        log_workout(athlete=self.athlete, key=uuid4(), draft=self.draft())

    def revise(self):
        """Another day, time, exercise, other sets, or all of them."""
        if workout := self.one_of(self.athlete.workouts.live()):
            revise_workout(
                athlete=self.athlete,
                key=workout.pk,
                revision=workout.revision,
                draft=self.draft(),
            )

    def move(self):
        """To another day, with all that is in it."""
        if workout := self.one_of(self.athlete.workouts.live().with_entries()):
            texts = [(entry.exercise, entry.as_text()) for entry in workout.entries.all()]
            entries = tuple(DraftEntry(exercise, text) for exercise, text in texts)
            draft = replace(self.draft(), entries=entries)
            revise_workout(
                athlete=self.athlete, key=workout.pk, revision=workout.revision, draft=draft
            )

    def delete(self):
        if workout := self.one_of(self.athlete.workouts.live()):
            at = datetime(2026, 12, 1, tzinfo=UTC)
            delete_workout(athlete=self.athlete, key=workout.pk, at=at)

    def restore(self):
        if workout := self.one_of(self.athlete.workouts.deleted()):
            restore_workout(athlete=self.athlete, key=workout.pk, beside=True)

    def come_from_elsewhere(self):
        if workout := self.one_of(self.athlete.workouts.filter(source="typed")):
            self.athlete.workouts.filter(pk=workout.pk).update(source="hevy", source_key=workout.pk)

    def weigh(self):
        record_body_weight(
            athlete=self.athlete, on=self.draw(DAYS), weight=self.draw(WEIGHTS), unit=Unit.LB
        )

    def correct_a_weighing(self):
        if weighing := self.one_of(self.athlete.body_weights):
            with suppress(DayTaken):
                change_body_weight(
                    athlete=self.athlete,
                    key=weighing.pk,
                    on=self.draw(DAYS),
                    weight=self.draw(WEIGHTS),
                    unit=Unit.KG,
                )

    def forget_a_weighing(self):
        if weighing := self.one_of(self.athlete.body_weights):
            delete_body_weight(athlete=self.athlete, key=weighing.pk)

    def merge(self):
        source = self.one_of(self.user.own_exercises)
        if source:
            target = self.one_of(Exercise.objects.exclude(pk=source.pk))
            with suppress(Unreadable):
                merge_own_exercise(owner=self.user, source=source, target=target)

    def load_otherwise(self):
        exercise = self.one_of(Exercise.objects.all())
        exercise.load_type = self.draw(st.sampled_from(sorted(fitting_sets)))
        is_of_the_body = exercise.load_type in BODYWEIGHT_LOADS
        exercise.implements = 1 if is_of_the_body else self.draw(st.integers(1, 2))
        exercise.bodyweight_fraction = Decimal("0.5") if is_of_the_body else None
        with suppress(ValidationError, IntegrityError), transaction.atomic():
            exercise.save()


STEPS = [name for name, step in vars(Training).items() if callable(step) and name[0] != "_"]
STEPS = [name for name in STEPS if name not in ("draft", "one_of")]
OFTEN = ["log", "log", "log", "revise", "move"]


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_is_kept_and_shown_comes_of_the_sets(alice, data):
    with transaction.atomic():
        training = Training(alice, data.draw)
        training.log()

        for step in data.draw(st.lists(st.sampled_from(OFTEN + STEPS), max_size=14)):
            getattr(training, step)()

        assert differences(list(Entry.objects.values_list("pk", flat=True))) == []
        assert_sets_have_the_weighing_of_their_workout(alice.athlete)
        assert_counts_are_right(alice.athlete)
        for exercise in Exercise.objects.all():
            assert_progress_is_right(alice.athlete, exercise)
            assert_bests_are_right(alice.athlete, exercise)
        assert_records_are_right(alice.athlete)
        for muscle in Muscle.objects.all():
            assert_muscle_is_right(alice.athlete, muscle)
        transaction.set_rollback(True)


def assert_sets_have_the_weighing_of_their_workout(athlete: Athlete) -> None:
    for one in athlete.sets.select_related("entry__workout__weighing"):
        weighing = one.entry.workout.weighing
        assert one.bodyweight_kg == (weighing.weight_kg if weighing else None)
    if not BodyWeight.objects.filter(athlete=athlete).exists():
        return
    assert not athlete.workouts.filter(weighing=None, entries__isnull=False).exists()


def assert_counts_are_right(athlete: Athlete) -> None:
    by_exercise = defaultdict(list)
    for entry in athlete.entries.order_by("workout", "position").prefetch_related("sets"):
        by_exercise[entry.workout_id, entry.exercise_id].append(entry)
    for entries in by_exercise.values():
        is_counted = not load_rule(entries[0].exercise).is_conditioning
        working = [
            [one.figures for one in entry.sets.all() if is_counted and not one.is_warmup]
            for entry in entries
        ]
        assert [entry.hard_sets for entry in entries] == sets_added(working)


def sessions_of(athlete: Athlete, exercise: Exercise) -> list[Session]:
    """Reckoned from the sets alone, oldest first."""
    entries = (
        Entry.objects.live()
        .filter(athlete=athlete, exercise=exercise)
        .oldest_first()
        .prefetch_related("sets")
    )
    return in_sessions(
        Session(str(entry.workout_id), entry.workout.day, reckoned(entry, exercise))
        for entry in entries
    )


def reckoned(entry: Entry, exercise: Exercise) -> Summary:
    figures = [one.figures for one in entry.sets.all()]
    return summarise(load_rule(exercise), figures)._replace(hard_sets=entry.hard_sets)


def assert_progress_is_right(athlete: Athlete, exercise: Exercise) -> None:
    expected = sessions_of(athlete, exercise)

    shown = exercise_progress(athlete, exercise)

    assert [one.workout.replace("-", "") for one in shown.sessions] == [
        one.workout.replace("-", "") for one in expected
    ]
    assert {kind: exactly(record.value) for kind, record in shown.best.items()} == {
        kind: exactly(value) for kind, value in bests(expected).items() if value is not None
    }


def assert_bests_are_right(athlete: Athlete, exercise: Exercise) -> None:
    """What the page's tables are made of: all that was done, and where for the first time."""
    entries = Entry.objects.live().filter(athlete=athlete, exercise=exercise).oldest_first()
    firsts: dict[tuple, tuple] = {}
    for entry in entries.prefetch_related("sets"):
        for one in entry.sets.all():
            if one.kind != "warm-up":
                load = ranked_weight(load_rule(exercise), one.figures)
                done = (kept(load), one.reps, one.seconds, one.metres)
                firsts.setdefault(done, (entry.workout.day, entry.workout.get_absolute_url()))

    shown = {one[:4]: one for one in sorted(equal_sets(athlete, exercise), key=place_last_first)}

    assert {done: (day_of(one), address_of(one)) for done, one in shown.items()} == firsts


def place_last_first(one: EqualSets) -> list[int]:
    """45.359 kg and 100 lb may be the same load."""
    return [-ord(letter) for letter in one.place]


def exactly(value):
    """As the database keeps it, of a float or a decimal."""
    return value if isinstance(value, int) else kept(Decimal(repr(value).strip("Decimal()'")))


def assert_records_are_right(athlete: Athlete) -> None:
    """On each workout's page: what it beat of all that came before it, where that was, and whether
    there has been more since. Where it was imported, nothing.
    """
    reached: dict[int, dict] = {}
    holders: dict[tuple[int, str], str] = {}  # the page of the first workout that had the best
    told = []
    for row in athlete.workouts.live().oldest_first():
        workout = one_workout(athlete.pk, row.pk)
        now, beaten = dict(reached), dict(holders)
        shown = [one for block in session_page(athlete, workout).blocks for one in block.entries]
        for one in shown:
            exercise = one.entry.exercise
            summary, before = reckoned(one.entry, exercise), now.get(exercise.pk, {})
            kinds = new_records(before, summary)
            assert one.is_first == (exercise.pk not in reached)
            if row.source == "typed":
                assert [(each.label, each.before.address) for each in one.records] == [
                    (RECORD_LABELS[kind], beaten[exercise.pk, kind]) for kind in kinds
                ]
                told += [
                    (exercise.pk, kind, getattr(summary, kind), each.is_beaten)
                    for kind, each in zip(kinds, one.records, strict=True)
                ]
            else:
                assert one.records == ()
            beaten |= {(exercise.pk, kind): "" for kind in kinds}
            if before:
                now[exercise.pk] = {
                    kind: best
                    for kind, best in updated_bests(before, summary).items()
                    if before.get(kind) is not None
                }
        for one in shown:
            summary, pk = reckoned(one.entry, one.entry.exercise), one.entry.exercise_id
            before = reached.get(pk, {})
            best = updated_bests(before, summary)
            reached[pk] = {kind: best[kind] for kind in SET_RECORD_KINDS}
            for kind in SET_RECORD_KINDS:
                if best[kind] != before.get(kind):
                    holders[pk, kind] = workout.get_absolute_url()
    for pk, kind, value, is_beaten in told:
        assert is_beaten == (reached[pk][kind] > value)


def assert_muscle_is_right(athlete: Athlete, muscle: Muscle) -> None:
    """The page of a muscle or a group says what a sum over all raw sets says."""
    family = [muscle, *muscle.parts.all()]
    given = [
        (workout.day, exercise, sets, share)
        for workout in Workout.objects.filter(athlete=athlete, deleted_at=None)
        for exercise in Exercise.objects.all()
        if (sets := sets_logged(workout, exercise)) and (share := share_of(exercise, family))
    ]
    weeks: dict[date, Decimal] = defaultdict(Decimal)
    days = defaultdict(set)
    by_exercise: dict[str, Decimal] = defaultdict(Decimal)
    for day, exercise, sets, share in given:
        weeks[first_of_week(athlete, day)] += sets * share
        days[first_of_week(athlete, day)].add(day)
        by_exercise[exercise.name] += sets * share
    all_days = [workout.day for workout in Workout.objects.filter(athlete=athlete, deleted_at=None)]

    shown = muscle_progress(athlete, family, today=MUCH_LATER, chosen="52-weeks")

    assert {week.first: week.counted for week in shown.weeks if week.days} == weeks
    assert {week.first: week.days for week in shown.weeks if week.days} == {
        week: len(some) for week, some in days.items()
    }
    assert shown.last_day == max((day for day, *_ in given), default=None)
    assert {row.exercise.name: row.counts for row in shown.given} == {
        name: in_halves(count) for name, count in by_exercise.items()
    }
    assert sum(row.exercise.share * row.sets for row in shown.given) == sum(weeks.values())
    if given:
        begun = first_of_week(athlete, min(all_days))
        complete = (first_of_week(athlete, MUCH_LATER) - begun).days // 7
        assert shown.mean.sets_a_week == sum(weeks.values()) / complete
        assert shown.mean.days_a_week == Decimal(sum(map(len, days.values()))) / complete
    if shown.stretch:
        assert sum(Fraction(each.reckoned.split()[0]) for each in shown.behind) == sum(
            sets for day, _, sets, _ in given if first_of_week(athlete, day) == shown.stretch.first
        )


def sets_logged(workout: Workout, exercise: Exercise) -> int:
    """Working sets of an exercise in a workout; what one side did and the other too is one. None of
    conditioning.
    """
    if load_rule(exercise).is_conditioning:
        return 0
    sets = LoggedSet.objects.filter(entry__workout=workout, entry__exercise=exercise)
    sides = [one.side for one in sets if one.kind != "warm-up"]
    return sides.count("both") + max(sides.count("left"), sides.count("right"))


def share_of(exercise: Exercise, family: list[Muscle]) -> Decimal:
    roles = [target.role for target in exercise.targets.filter(muscle__in=family)]
    return Decimal("1") if "primary" in roles else Decimal("0.5") * ("secondary" in roles)


def first_of_week(athlete: Athlete, day: date) -> date:
    while day.isoweekday() != athlete.week_start:
        day -= timedelta(days=1)
    return day
