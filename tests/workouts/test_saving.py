"""Writing workouts. What a test breaks half-way, it breaks in the database's own driver."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from exercises.search.lookup import NameIndex
from tests.factories import ExerciseFactory, log, read_workout
from tests.workouts.test_own_exercises import wait_until_another_waits
from workouts import saving
from workouts.models import Entry, LoggedSet, Workout
from workouts.reading import Draft, When
from workouts.saving import (
    SUMMARY_FIELDS,
    Conflict,
    delete_workout,
    load_rule,
    log_notebook,
    log_workout,
    restore_workout,
    revise_workout,
    set_summary,
)
from workouts.weighings import record_body_weight

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 20, tzinfo=UTC)
TEXT = "2026-11-22 18:30 Back day\n> sore, 65 min\nPull-up: 8, 8, 6\n> slow"

pytestmark = pytest.mark.usefixtures("catalogue")


def draft_of(user: User, text: str) -> Draft:
    reading = read_workout(
        text,
        index=NameIndex.for_user(user),
        unit="kg",
        when=When(DAY, time(18, 30), "UTC"),
        now=AT,
    )
    assert reading.draft, (reading.problems, reading.parsed.problems)
    return reading.draft


def stored(workout: Workout) -> Workout:
    """The workout as another request would load it."""
    return Workout.objects.with_entries().get(pk=workout.pk)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that saving writes."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in (Workout, Entry, LoggedSet)
    }


@contextmanager
def failing_at(start: str) -> Iterator[None]:
    """The database goes away at the first statement that begins like this."""

    def run(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.replace('"', "").startswith(start):
            raise OperationalError("The database has gone away.")
        return execute(sql, *rest)

    with connection.execute_wrapper(run), pytest.raises(OperationalError):
        yield


class TestLogWorkout:
    def test_keeps_all_of_it(self, alice):
        key = uuid4()

        workout, is_new = log_workout(athlete=alice.athlete, key=key, draft=draft_of(alice, TEXT))

        assert is_new
        assert workout.pk == key
        assert stored(workout).text == TEXT
        assert stored(workout).revision == 1
        assert stored(workout).source == "typed"

    def test_keeps_weights_as_typed_and_in_kilograms(self, alice):
        workout = log(alice, "Bent-over barbell row: 132.25 lb x 8")

        (one,) = workout.athlete.sets.all()
        assert (one.weight, one.unit, one.weight_kg) == (
            Decimal("132.25"),
            "lb",
            Decimal("59.988"),
        )

    def test_puts_the_athletes_key_on_every_row(self, alice, charlie):
        log(charlie, TEXT)
        log(alice, TEXT)

        assert alice.athlete.entries.count() == 1
        assert alice.athlete.sets.count() == 3

    def test_twice_is_once(self, alice):
        key, draft = uuid4(), draft_of(alice, TEXT)
        first, _ = log_workout(athlete=alice.athlete, key=key, draft=draft)
        before = everything()

        second, is_new = log_workout(athlete=alice.athlete, key=key, draft=draft)

        assert not is_new
        assert second == first
        assert everything() == before

    @pytest.mark.parametrize(
        "other",
        [
            TEXT.replace("8, 8, 6", "8, 8, 7"),
            TEXT.replace("8, 8, 6", "8, 8"),
            TEXT.replace("18:30", "18:31"),
            TEXT.replace("Back day", "Pull day"),
            TEXT.replace("sore", "fine"),
            TEXT.replace("65", "60"),
            TEXT.replace("slow", "fast"),
            TEXT.replace("Pull-up", "A1 Pull-up"),
            TEXT.replace("Pull-up", "Weighted pull-up"),
            TEXT.replace("8, 8, 6", "8, 8, 6 w"),
            TEXT + "\nPlank: 60 s",
        ],
    )
    def test_of_another_content_under_the_same_key_conflicts(self, alice, other):
        workout = log(alice, TEXT)
        before = everything()

        with pytest.raises(Conflict) as conflict:
            log_workout(athlete=alice.athlete, key=workout.pk, draft=draft_of(alice, other))

        assert conflict.value.current == workout
        assert everything() == before

    def test_under_a_strangers_key_gets_one_of_its_own(self, alice, charlie):
        theirs = log(alice, TEXT)
        before = Workout.objects.filter(pk=theirs.pk).values().get()

        mine, is_new = log_workout(
            athlete=charlie.athlete, key=theirs.pk, draft=draft_of(charlie, "Pull-up: 1")
        )

        assert is_new
        assert mine.pk != theirs.pk
        assert stored(mine).athlete == charlie.athlete
        assert "Back day" not in stored(mine).text
        assert Workout.objects.filter(pk=theirs.pk).values().get() == before

    def test_twice_under_a_strangers_key_is_once(self, alice, charlie):
        theirs = log(alice, TEXT)
        draft = draft_of(charlie, "Pull-up: 1")
        first, _ = log_workout(athlete=charlie.athlete, key=theirs.pk, draft=draft)

        second, is_new = log_workout(athlete=charlie.athlete, key=theirs.pk, draft=draft)

        assert (second, is_new) == (first, False)
        assert charlie.athlete.workouts.count() == 1

    def test_under_the_key_of_a_deleted_one_logs_it_anew_once(self, alice):
        gone = log(alice, TEXT)
        delete_workout(athlete=alice.athlete, key=gone.pk, at=AT)
        draft = draft_of(alice, TEXT)

        first, is_new = log_workout(athlete=alice.athlete, key=gone.pk, draft=draft)
        second, is_new_again = log_workout(athlete=alice.athlete, key=gone.pk, draft=draft)

        assert (is_new, is_new_again) == (True, False)
        assert first == second
        assert list(alice.athlete.workouts.live()) == [first]

    @pytest.mark.parametrize(
        "statement", ["INSERT INTO workouts_entry", "INSERT INTO workouts_loggedset"]
    )
    def test_that_fails_half_way_leaves_nothing(self, alice, statement):
        draft = draft_of(alice, TEXT)

        with failing_at(statement):
            log_workout(athlete=alice.athlete, key=uuid4(), draft=draft)

        assert everything() == {"Workout": [], "Entry": [], "LoggedSet": []}

    def test_takes_as_much_as_can_be_typed(self, alice):
        """100 sets of 9,999 reps with the heaviest weight there is, in both hands."""
        workout = log(alice, "Dumbbell row: 9999.999 kg x " + ", ".join(["9999"] * 100))

        (entry,) = stored(workout).entries.all()
        assert entry.volume_kg == Decimal("9999.999") * 9999 * 100 * 2
        assert entry.reps == 999_900


class TestBodyWeightUsed:
    def test_is_the_last_one_before_the_day(self, alice):
        for day, kg in ((1, 78), (20, 80), (25, 82)):
            record_body_weight(
                athlete=alice.athlete, on=DAY.replace(day=day), weight=Decimal(kg), unit="kg"
            )

        workout = log(alice, "Pull-up: 5")

        assert {one.bodyweight_kg for one in workout.athlete.sets.all()} == {80}
        assert round(workout.entries.get().best_e1rm_kg, 3) == Decimal("93.333")

    def test_is_the_first_one_after_when_there_is_none_before(self, alice):
        for day in (24, 28):
            record_body_weight(
                athlete=alice.athlete, on=DAY.replace(day=day), weight=Decimal(day), unit="kg"
            )

        log(alice, "Pull-up: 5")

        assert alice.athlete.sets.get().bodyweight_kg == 24

    def test_is_unknown_without_any(self, alice, charlie):
        record_body_weight(athlete=charlie.athlete, on=DAY, weight=Decimal(80), unit="kg")

        log(alice, "Pull-up: 5")

        assert alice.athlete.sets.get().bodyweight_kg is None
        assert alice.athlete.entries.get().best_e1rm_kg is None

    def test_stays_when_the_workout_is_edited(self, alice):
        record_body_weight(
            athlete=alice.athlete, on=DAY.replace(day=1), weight=Decimal(80), unit="kg"
        )
        workout = log(alice, "Pull-up: 5")
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(90), unit="kg")

        revise_workout(
            athlete=alice.athlete,
            key=workout.pk,
            revision=1,
            draft=draft_of(alice, "Pull-up: 5, 5"),
        )

        assert {one.bodyweight_kg for one in alice.athlete.sets.all()} == {80}

    def test_is_that_of_the_day_to_which_a_workout_is_moved(self, alice):
        for day, kg in ((1, 78), (20, 80)):
            record_body_weight(
                athlete=alice.athlete, on=DAY.replace(day=day), weight=Decimal(kg), unit="kg"
            )
        workout = log(alice, "Pull-up: 5")

        revise_workout(
            athlete=alice.athlete,
            key=workout.pk,
            revision=1,
            draft=draft_of(alice, "2026-11-02 18:00\nPull-up: 5"),
        )

        workout.refresh_from_db()
        assert workout.weighing.weighed_on == date(2026, 11, 1)
        assert alice.athlete.sets.get().bodyweight_kg == 78
        assert round(alice.athlete.entries.get().best_e1rm_kg, 3) == Decimal("91.000")


class TestReviseWorkout:
    def test_replaces_the_content(self, alice):
        workout = log(alice, TEXT)
        text = "2026-11-21 07:00 Early\nBent-over barbell row: 60 kg x 8"

        revise_workout(
            athlete=alice.athlete, key=workout.pk, revision=1, draft=draft_of(alice, text)
        )

        assert stored(workout).text == text
        assert stored(workout).revision == 2
        assert alice.athlete.sets.count() == 1

    def test_says_when_it_was(self, alice):
        workout = log(alice, TEXT)
        Workout.objects.update(updated_at=datetime(2020, 1, 1, tzinfo=UTC))

        revise_workout(
            athlete=alice.athlete, key=workout.pk, revision=1, draft=draft_of(alice, "Pull-up: 1")
        )

        assert stored(workout).updated_at.year > 2020

    @pytest.mark.parametrize("revision", [0, 1, 3, 2**40])
    def test_of_another_revision_conflicts_and_changes_nothing(self, alice, revision):
        workout = log(alice, TEXT)
        revise_workout(
            athlete=alice.athlete, key=workout.pk, revision=1, draft=draft_of(alice, "Pull-up: 2")
        )
        before = everything()

        with pytest.raises(Conflict) as conflict:
            revise_workout(
                athlete=alice.athlete,
                key=workout.pk,
                revision=revision,
                draft=draft_of(alice, "Pull-up: 3"),
            )

        assert conflict.value.current.revision == 2
        assert "Pull-up: 2" in conflict.value.current.text
        assert everything() == before

    def test_retried_is_done_once(self, alice):
        workout = log(alice, TEXT)
        again = {"athlete": alice.athlete, "key": workout.pk, "revision": 1}
        draft = draft_of(alice, "Pull-up: 2")
        revise_workout(**again, draft=draft)
        before = everything()

        revise_workout(**again, draft=draft)

        assert everything() == before

    def test_of_a_strangers_workout_finds_none(self, alice, charlie):
        workout = log(alice, TEXT)
        before = everything()

        with pytest.raises(Workout.DoesNotExist):
            revise_workout(
                athlete=charlie.athlete,
                key=workout.pk,
                revision=1,
                draft=draft_of(charlie, "Pull-up: 1"),
            )

        assert everything() == before

    def test_of_a_deleted_workout_finds_none(self, alice):
        workout = log(alice, TEXT)
        delete_workout(athlete=alice.athlete, key=workout.pk, at=AT)

        with pytest.raises(Workout.DoesNotExist):
            revise_workout(
                athlete=alice.athlete,
                key=workout.pk,
                revision=1,
                draft=draft_of(alice, "Pull-up: 1"),
            )

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM workouts_loggedset",
            "DELETE FROM workouts_entry",
            "INSERT INTO workouts_entry",
            "INSERT INTO workouts_loggedset",
        ],
    )
    def test_that_fails_half_way_changes_nothing(self, alice, statement):
        workout = log(alice, TEXT)
        draft, before = draft_of(alice, "Pull-up: 1"), everything()

        with failing_at(statement):
            revise_workout(athlete=alice.athlete, key=workout.pk, revision=1, draft=draft)

        assert everything() == before


class TestDeleteAndRestore:
    def test_bring_back_the_same_workout(self, alice):
        workout = log(alice, TEXT)

        assert delete_workout(athlete=alice.athlete, key=workout.pk, at=AT)
        assert list(alice.athlete.workouts.live()) == []
        assert alice.athlete.workouts.deleted().get().deleted_at == AT

        assert restore_workout(athlete=alice.athlete, key=workout.pk)
        assert alice.athlete.workouts.live().with_entries().get().text == TEXT

    def test_are_done_once(self, alice):
        workout = log(alice, TEXT)
        mine = {"athlete": alice.athlete, "key": workout.pk}

        assert not restore_workout(**mine)
        assert delete_workout(**mine, at=AT)
        assert not delete_workout(**mine, at=datetime(2030, 1, 1, tzinfo=UTC))
        assert stored(workout).deleted_at == AT

    def test_bring_back_only_with_a_will_what_was_logged_again(self, alice):
        workout = log(alice, TEXT)
        mine = {"athlete": alice.athlete, "key": workout.pk}
        delete_workout(**mine, at=AT)
        again = log(alice, TEXT)

        with pytest.raises(Conflict) as raised:
            restore_workout(**mine)

        assert raised.value.current == again
        assert list(alice.athlete.workouts.live()) == [again]
        assert restore_workout(**mine, beside=True)
        assert alice.athlete.workouts.live().count() == 2

    def test_bring_back_what_another_athlete_has_at_that_time_too(self, alice, charlie):
        workout = log(alice, TEXT)
        delete_workout(athlete=alice.athlete, key=workout.pk, at=AT)
        log(charlie, TEXT)

        assert restore_workout(athlete=alice.athlete, key=workout.pk)

    def test_leave_a_strangers_workout_alone(self, alice, charlie):
        workout, other = log(alice, TEXT), log(alice, TEXT)
        delete_workout(athlete=alice.athlete, key=other.pk, at=AT)
        before = everything()

        assert not delete_workout(athlete=charlie.athlete, key=workout.pk, at=AT)
        assert not restore_workout(athlete=charlie.athlete, key=other.pk)
        assert everything() == before


class TestSummaries:
    def test_match_what_the_sets_come_to(self, alice):
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal("80.5"), unit="kg")
        log(
            alice,
            "Pull-up: 8, 8, 6 w\nWeighted pull-up: +10 lb x 5 L, 5 R\n"
            "Assisted pull-up: -22.5 kg x 8, 12\nDumbbell row: 30 kg x 10 d, 15\n"
            "Plank: 90 s, 60 s\nFarmer's walk: 32 kg x 40 m, 20 m",
        )

        for entry in alice.athlete.entries.prefetch_related("sets").select_related("exercise"):
            kept = {field: getattr(entry, field) for field in SUMMARY_FIELDS}
            set_summary(entry, entry.sets.all())
            assert {field: getattr(entry, field) for field in SUMMARY_FIELDS} == kept

    def test_count_what_the_exercise_says_a_rep_moves(self):
        exercise = ExerciseFactory.build(load_type="per_hand", implements=2, implements_one_side=1)

        rule = load_rule(exercise)

        assert (rule.implements, rule.implements_one_side) == (2, 1)


@pytest.mark.usefixtures("editors_again")
@pytest.mark.django_db(transaction=True)
def test_posted_twice_at_once_is_logged_once(alice, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection.")
    key, draft = uuid4(), draft_of(alice, TEXT)

    def log_it() -> tuple[Workout, bool]:
        try:
            return log_workout(athlete=alice.athlete, key=key, draft=draft)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        others, write = [], saving.write_entries

        def in_the_middle(*args, **options):
            if not others:
                others.append(pool.submit(log_it))
                wait_until_another_waits()
            write(*args, **options)

        monkeypatch.setattr(saving, "write_entries", in_the_middle)
        first = log_workout(athlete=alice.athlete, key=key, draft=draft)
        second = others[0].result(timeout=10)

    assert (first, second) == ((first[0], True), (first[0], False))
    assert (Workout.objects.count(), LoggedSet.objects.count()) == (1, 3)


class TestLogNotebook:
    KEY = UUID(int=7)
    DAYS = ("2026-11-20\nPull-up: 8, 8", "2026-11-21\nPull-up: 7", "2026-11-21\nPull-up: 6")

    def log(self, user, texts=DAYS, **options):
        drafts = [draft_of(user, text) for text in texts]
        return log_notebook(athlete=user.athlete, key=self.KEY, drafts=drafts, **options)

    def test_logs_each_day_under_a_key_of_its_own(self, alice):
        logged = self.log(alice)

        assert [(workout.day.day, is_new) for workout, is_new in logged] == [
            *((20, True), (21, True), (21, True))
        ]
        assert [workout.pk for workout, _ in logged] == [
            *(uuid5(self.KEY, "2026-11-20 1"), uuid5(self.KEY, "2026-11-21 1")),
            uuid5(self.KEY, "2026-11-21 2"),
        ]

    def test_a_second_post_adds_nothing(self, alice):
        self.log(alice)
        before = everything()

        logged = self.log(alice)

        assert [is_new for _, is_new in logged] == [False, False, False]
        assert everything() == before

    def test_leaves_out_a_day_that_has_the_same_exercises_and_sets(self, alice):
        stored = log(alice, "Pull-up: 8, 8\n> another note", on=date(2026, 11, 20))

        logged = self.log(alice)

        assert logged[0] == (stored, False)
        assert [is_new for _, is_new in logged] == [False, True, True]

    def test_saves_such_a_day_anyway_where_that_is_wanted_and_only_once(self, alice):
        log(alice, "Pull-up: 8, 8", on=date(2026, 11, 20))
        log(alice, "Pull-up: 6", on=date(2026, 11, 21))

        first = self.log(alice, anyway={"2026-11-20 1"})
        again = self.log(alice, anyway={"2026-11-20 1"})

        assert [is_new for _, is_new in first] == [True, True, False]
        assert first[0][0].pk == uuid5(self.KEY, "2026-11-20 1")
        assert [is_new for _, is_new in again] == [False, False, False]
        assert alice.athlete.workouts.count() == 4

    @pytest.mark.parametrize("other", ["Pull-up: 8, 7", "Plank: 60 s", "Pull-up: 8, 8, 8"])
    def test_keeps_a_day_that_has_others(self, alice, other):
        log(alice, other, on=date(2026, 11, 20))

        assert all(is_new for _, is_new in self.log(alice))

    def test_of_a_stranger_is_not_there_already(self, alice, charlie):
        log(charlie, "Pull-up: 8, 8", on=date(2026, 11, 20))

        assert all(is_new for _, is_new in self.log(alice))

    def test_is_all_or_nothing(self, alice):
        self.log(alice, self.DAYS[2:])
        before = everything()

        with pytest.raises(Conflict):
            self.log(alice, ("2026-11-20\nPull-up: 8, 8", "2026-11-21\nPull-up: 5"))

        assert everything() == before
