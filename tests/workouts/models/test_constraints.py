"""What the database itself refuses, whoever writes: code, the shell or SQL."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, UniqueConstraint

from exercises.models import Exercise
from workouts.models import (
    ApiToken,
    Athlete,
    Bar,
    BodyWeight,
    Entry,
    Favourite,
    Import,
    LoggedSet,
    OwnName,
    Plate,
    Rest,
    Routine,
    RoutineEntry,
    Workout,
    WorkoutDraft,
)

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)

# By the constraint: the model, and what no row of it may hold
REFUSED: list[tuple[str, type[Model], dict[str, Any]]] = [
    ("workouts_athlete_unit_valid", Athlete, {"unit": "st"}),
    ("workouts_athlete_week_start_valid", Athlete, {"week_start": 2}),
    ("workouts_athlete_goal_has_a_unit", Athlete, {"goal_weight": 80}),
    ("workouts_athlete_goal_has_a_unit", Athlete, {"goal_unit": "kg"}),
    ("workouts_athlete_goal_has_a_unit", Athlete, {"goal_weight": 0, "goal_unit": "kg"}),
    ("workouts_athlete_goal_has_a_unit", Athlete, {"goal_weight": 80, "goal_unit": "st"}),
    ("workouts_athlete_balance_target_in_range", Athlete, {"balance_target": 0}),
    ("workouts_athlete_balance_target_in_range", Athlete, {"balance_target": 5}),
    ("workouts_apitoken_has_a_name", ApiToken, {"name": ""}),
    ("workouts_bar_unit_valid", Bar, {"unit": "st"}),
    ("workouts_bar_positive", Bar, {"weight": 0}),
    ("workouts_plate_unit_valid", Plate, {"unit": "st"}),
    ("workouts_plate_positive", Plate, {"weight": 0}),
    ("workouts_plate_positive", Plate, {"count": 0}),
    ("workouts_bodyweight_unit_valid", BodyWeight, {"unit": "st"}),
    ("workouts_bodyweight_positive", BodyWeight, {"weight": 0}),
    ("workouts_bodyweight_positive", BodyWeight, {"weight_kg": -80}),
    ("workouts_workout_source_valid", Workout, {"source": "hearsay"}),
    ("workouts_workout_minutes", Workout, {"minutes": 0}),
    ("workouts_workout_minutes", Workout, {"minutes": 1441}),
    ("workouts_workout_revision_from_one", Workout, {"revision": 0}),
    ("workouts_entry_superset_letter", Entry, {"superset": "a"}),
    ("workouts_entry_superset_letter", Entry, {"superset": "1"}),
    ("workouts_loggedset_kind_valid", LoggedSet, {"kind": "heavy"}),
    ("workouts_loggedset_side_valid", LoggedSet, {"side": "top"}),
    ("workouts_set_measures_something", LoggedSet, {"reps": None}),
    ("workouts_set_reps_or_metres", LoggedSet, {"metres": 40}),
    ("workouts_set_weight_has_unit_and_kg", LoggedSet, {"unit": ""}),
    ("workouts_set_weight_has_unit_and_kg", LoggedSet, {"unit": "st"}),
    ("workouts_set_weight_has_unit_and_kg", LoggedSet, {"weight_kg": None}),
    ("workouts_set_weight_has_unit_and_kg", LoggedSet, {"weight": None}),
    ("workouts_set_weight_has_unit_and_kg", LoggedSet, {"weight": None, "weight_kg": None}),
    ("workouts_set_weight_has_unit_and_kg", LoggedSet, {"weight": -60}),
    ("workouts_set_weight_has_unit_and_kg", LoggedSet, {"weight_kg": -60}),
    ("workouts_set_measures_in_range", LoggedSet, {"reps": 0}),
    ("workouts_set_measures_in_range", LoggedSet, {"reps": 10_000}),
    ("workouts_set_measures_in_range", LoggedSet, {"seconds": 0}),
    ("workouts_set_measures_in_range", LoggedSet, {"seconds": 86_401}),
    ("workouts_set_measures_in_range", LoggedSet, {"reps": None, "metres": 0}),
    (
        "workouts_set_measures_in_range",
        LoggedSet,
        {"reps": None, "metres": Decimal("500000.01")},
    ),
    ("workouts_set_rpe_steps", LoggedSet, {"rpe": Decimal("8.3")}),
    ("workouts_set_rpe_steps", LoggedSet, {"rpe": Decimal("0.5")}),
    ("workouts_set_rpe_steps", LoggedSet, {"rpe": Decimal("10.5")}),
    ("workouts_set_bodyweight_positive", LoggedSet, {"bodyweight_kg": 0}),
    ("workouts_import_source_valid", Import, {"source": "hearsay"}),
    ("workouts_import_unit", Import, {"unit": "st"}),
    ("workouts_import_undone_after_done", Import, {"undone_at": AT}),
    ("workouts_ownname_has_a_key", OwnName, {"key": ""}),
    ("workouts_rest_seconds", Rest, {"seconds": 4}),
    ("workouts_rest_seconds", Rest, {"seconds": 1801}),
    ("workouts_routine_has_a_name", Routine, {"name": ""}),
    ("workouts_routine_weekdays", Routine, {"weekdays": "0"}),
    ("workouts_routine_weekdays", Routine, {"weekdays": "8"}),
    ("workouts_routine_weekdays", Routine, {"weekdays": "31"}),
    ("workouts_routine_weekdays", Routine, {"weekdays": "11"}),
    ("workouts_routine_revision_from_one", Routine, {"revision": 0}),
    ("workouts_routineentry_has_targets", RoutineEntry, {"targets": ""}),
    ("workouts_routineentry_rest", RoutineEntry, {"rest_seconds": 0}),
    ("workouts_routineentry_rest", RoutineEntry, {"rest_seconds": 3_601}),
    ("workouts_routineentry_superset_letter", RoutineEntry, {"superset": "é"}),
]

# By the constraint: a second row like one that is there
TWICE: dict[str, Callable[[dict[type[Model], Any]], Model]] = {
    "workouts_bodyweight_once_a_day": lambda rows: BodyWeight(
        athlete=rows[Athlete], weighed_on=DAY, weight=81, unit="kg", weight_kg=81
    ),
    "workouts_workout_source_key_once": lambda rows: Workout(
        athlete=rows[Athlete], started_at=AT, day=DAY, time_zone="UTC", source_key="line 1"
    ),
    "workouts_entry_one_at_a_position": lambda rows: Entry(
        athlete=rows[Athlete], workout=rows[Workout], exercise=rows[Exercise], position=1
    ),
    "workouts_set_one_at_a_position": lambda rows: LoggedSet(
        athlete=rows[Athlete], entry=rows[Entry], position=1, reps=8
    ),
    "workouts_ownname_one_meaning_a_name": lambda rows: OwnName(
        athlete=rows[Athlete], exercise=rows[Exercise], name="My Row", key="myrow"
    ),
    "workouts_routine_name_of_athlete": lambda rows: Routine(
        athlete=rows[Athlete], name="Back day"
    ),
    "workouts_routineentry_one_at_a_position": lambda rows: RoutineEntry(
        athlete=rows[Athlete],
        routine=rows[Routine],
        exercise=rows[Exercise],
        position=1,
        targets="3 x 8",
    ),
    "workouts_bar_once": lambda rows: Bar(athlete=rows[Athlete], unit="kg", weight=20),
    "workouts_plate_once": lambda rows: Plate(athlete=rows[Athlete], unit="kg", weight=20, count=4),
    "workouts_favourite_once": lambda rows: Favourite(
        athlete=rows[Athlete], exercise=rows[Exercise]
    ),
    "workouts_rest_one_default": lambda rows: Rest(athlete=rows[Athlete], seconds=90),
    "workouts_rest_one_an_exercise": lambda rows: Rest(
        athlete=rows[Athlete], exercise=rows[Exercise], seconds=90
    ),
    "workouts_workoutdraft_one_new": lambda rows: WorkoutDraft(athlete=rows[Athlete], key=uuid4()),
    "workouts_workoutdraft_one_of_each": lambda rows: WorkoutDraft(
        athlete=rows[Athlete], workout=rows[Workout], key=uuid4()
    ),
}


@pytest.fixture
def rows(alice, row) -> dict[type[Model], Any]:
    """One valid row of each model, Alice's."""
    me = alice.athlete
    weighed = BodyWeight.objects.create(
        athlete=me, weighed_on=DAY, weight=80, unit="kg", weight_kg=80
    )
    workout = Workout.objects.create(
        athlete=me, started_at=AT, day=DAY, time_zone="UTC", source_key="line 1"
    )
    entry = Entry.objects.create(athlete=me, workout=workout, exercise=row, position=1)
    one = LoggedSet.objects.create(
        athlete=me, entry=entry, position=1, reps=8, weight=60, unit="kg", weight_kg=60
    )
    routine = Routine.objects.create(athlete=me, name="Back day")
    planned = RoutineEntry.objects.create(
        athlete=me, routine=routine, exercise=row, position=1, targets="3 x 8-12"
    )
    name = OwnName.objects.create(athlete=me, exercise=row, name="My row", key="myrow")
    favourite = Favourite.objects.create(athlete=me, exercise=row)
    WorkoutDraft.objects.create(athlete=me, key=uuid4())
    Rest.objects.create(athlete=me, exercise=row, seconds=60)
    rest = Rest.objects.create(athlete=me, seconds=120)
    WorkoutDraft.objects.create(athlete=me, workout=workout, key=workout.pk)
    brought = Import.objects.create(athlete=me, source="strong")
    bar = Bar.objects.create(athlete=me, unit="kg", weight=20)
    plate = Plate.objects.create(athlete=me, unit="kg", weight=20, count=2)
    token = ApiToken.objects.create(athlete=me, name="watch", digest="0", made_on=DAY)
    made = (
        token,
        bar,
        plate,
        brought,
        me,
        weighed,
        workout,
        entry,
        one,
        routine,
        planned,
        name,
        favourite,
        row,
        rest,
    )
    return {type(each): each for each in made}


class TestConstraints:
    @pytest.mark.parametrize(("constraint", "model", "values"), REFUSED)
    def test_refuse_a_value(self, rows, constraint, model, values):
        row = model._default_manager.filter(pk=rows[model].pk)

        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            row.update(**values)

    @pytest.mark.parametrize("constraint", TWICE)
    def test_refuse_a_second_one(self, rows, constraint):
        second = TWICE[constraint](rows)
        named = constraint if connection.vendor == "postgresql" else "UNIQUE"
        if "PARTITIONS" in os.environ:  # whose partition's is named instead
            named = f'unique constraint "{second._meta.db_table}_p'

        with pytest.raises(IntegrityError, match=named), transaction.atomic():
            second.save(force_insert=True)

    @pytest.mark.parametrize(
        ("model", "values"),
        [
            (Workout, {"minutes": 1440, "source_key": ""}),
            (Entry, {"superset": "Z"}),
            (LoggedSet, {"weight": None, "weight_kg": None, "unit": ""}),
            (LoggedSet, {"weight": 0, "weight_kg": 0, "unit": "lb"}),
            (LoggedSet, {"weight": "9999.999", "weight_kg": "9999.999"}),
            (LoggedSet, {"reps": 9999, "seconds": 86_400}),
            (LoggedSet, {"reps": None, "metres": 500_000}),
            (LoggedSet, {"rpe": 10}),
            (LoggedSet, {"rpe": Decimal("8.5")}),
            (RoutineEntry, {"rest_seconds": 3_600, "superset": "A"}),
            (Routine, {"weekdays": "1234567"}),
        ],
    )
    def test_take_what_is_just_allowed(self, rows, model, values):
        row = model._default_manager.filter(pk=rows[model].pk)

        assert row.update(**values) == 1

    def test_take_many_workouts_without_a_source_key(self, rows, alice):
        for _ in range(2):
            Workout.objects.create(athlete=alice.athlete, started_at=AT, day=DAY, time_zone="UTC")

        assert alice.athlete.workouts.filter(source_key="").count() == 2

    def test_take_the_same_source_key_from_someone_else(self, rows, charlie):
        Workout.objects.create(
            athlete=charlie.athlete, started_at=AT, day=DAY, time_zone="UTC", source_key="line 1"
        )

        assert Workout.objects.filter(source_key="line 1").count() == 2

    def test_are_each_violated_above(self):
        declared = {
            (constraint.name, isinstance(constraint, UniqueConstraint))
            for model in apps.get_app_config("workouts").get_models()
            for constraint in model._meta.constraints
        }

        assert declared == {(name, False) for name, _, _ in REFUSED} | {
            (name, True) for name in TWICE
        }


class TestExercisesInUse:
    def test_cannot_be_deleted(self, rows, row):
        """A catalogue change never takes anyone's history with it."""
        from django.db.models import RestrictedError

        with pytest.raises(RestrictedError):
            row.delete()

    def test_go_with_their_owner(self, rows, alice):
        """Own exercises too, though workouts and routines have them."""
        own = Exercise.objects.create(owner=alice, slug="x", name="X", load_type="external")
        Entry.objects.update(exercise=own)
        RoutineEntry.objects.update(exercise=own)

        alice.delete()

        assert not Exercise.objects.filter(pk=own.pk).exists()
        assert not Workout.objects.exists()
