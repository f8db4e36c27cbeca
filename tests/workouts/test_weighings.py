"""Writing body weights, and what the workouts make of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import log
from tests.workouts.test_saving import AT, DAY, draft_of, everything, failing_at
from workouts.models import BodyWeight, Entry, LoggedSet, Workout
from workouts.saving import delete_workout, revise_workout
from workouts.summaries import batches, differences
from workouts.vocabulary import Unit
from workouts.weighings import (
    DayTaken,
    DeletedWeighing,
    change_body_weight,
    delete_body_weight,
    reckoned_with,
    record_body_weight,
    restore_body_weight,
)

pytestmark = pytest.mark.usefixtures("catalogue")


def weigh(user: Any, day: int, kg: int | str) -> BodyWeight:
    return record_body_weight(
        athlete=user.athlete, on=DAY.replace(day=day), weight=Decimal(kg), unit=Unit.KG
    )


def used(user: Any) -> set[Decimal | None]:
    """The body weights that sets are reckoned with."""
    return {one.bodyweight_kg for one in user.athlete.sets.all()}


class TestWeigh:
    def test_fills_the_sets_that_waited_and_their_summaries(self, alice):
        log(alice, "Weighted pull-up: +20 kg x 5\nBent-over barbell row: 60 kg x 8")

        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")

        assert {one.bodyweight_kg for one in alice.athlete.sets.all()} == {80}
        pull_up, row = alice.athlete.entries.order_by("position")
        assert round(pull_up.best_e1rm_kg, 3) == Decimal("116.667")
        assert pull_up.volume_kg == 500
        assert row.best_e1rm_kg == Decimal("76.000")

    def test_leaves_sets_that_have_one(self, alice):
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")
        log(alice, "Pull-up: 5")
        before = everything()

        record_body_weight(
            athlete=alice.athlete, on=DAY.replace(day=1), weight=Decimal(90), unit="kg"
        )

        assert everything() == before

    def test_leaves_other_peoples_sets(self, alice, charlie):
        log(alice, "Pull-up: 5")
        before = everything()

        record_body_weight(athlete=charlie.athlete, on=DAY, weight=Decimal(80), unit="kg")

        assert everything() == before

    def test_reaches_deleted_workouts_which_may_come_back(self, alice):
        workout = log(alice, "Pull-up: 5")
        delete_workout(athlete=alice.athlete, key=workout.pk, at=AT)

        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")

        assert round(alice.athlete.entries.get().best_e1rm_kg, 3) == Decimal("93.333")

    def test_once_a_day_the_last_one_counts(self, alice):
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(180), unit="lb")

        weighed = alice.athlete.body_weights.get()
        assert (weighed.weight, weighed.unit, weighed.weight_kg) == (180, "lb", Decimal("81.647"))
        assert str(weighed) == "180 lb on 2026-11-22"

    @pytest.mark.parametrize("statement", ["UPDATE workouts_loggedset", "UPDATE workouts_entry"])
    def test_that_fails_half_way_changes_nothing(self, alice, statement):
        log(alice, "Pull-up: 5")
        before = everything()

        with failing_at(statement):
            record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")

        assert everything() == before
        assert not alice.athlete.body_weights.exists()

    def test_costs_the_same_for_two_workouts_and_for_thirty(
        self, alice, charlie, django_assert_num_queries
    ):
        for user, count in ((alice, 2), (charlie, 30)):
            for _ in range(count):
                log(user, "Pull-up: 5\nPlank: 60 s")

            # SAVEPOINT; another version; the day's weight, SAVEPOINT, its insert, RELEASE
            # (get_or_create); the workouts that wait, their update; update of sets; their entries
            # with exercises, their sets; SAVEPOINT, update of entries, RELEASE; RELEASE
            with django_assert_num_queries(15):
                record_body_weight(athlete=user.athlete, on=DAY, weight=Decimal(80), unit="kg")


class TestCorrectingABodyWeight:
    def test_corrects_the_workouts_that_took_it(self, alice):
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(800), unit="kg")
        entry = log(alice, "Pull-up: 8, 8, 6").entries.get()
        assert (round(entry.best_e1rm_kg, 1), entry.volume_kg) == (Decimal("1013.3"), 17_600)

        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")

        entry.refresh_from_db()
        assert (round(entry.best_e1rm_kg, 1), entry.volume_kg) == (Decimal("101.3"), 1_760)
        assert {one.bodyweight_kg for one in alice.athlete.sets.all()} == {80}

    def test_reaches_those_before_it_and_after_it_that_took_it(self, alice):
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(800), unit="kg")
        log(alice, "Pull-up: 5", on=DAY.replace(day=1))
        log(alice, "Pull-up: 5", on=DAY.replace(day=25))

        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")

        assert {one.bodyweight_kg for one in alice.athlete.sets.all()} == {80}

    @pytest.mark.parametrize("day", [1, 19, 21, 28])
    def test_on_another_day_shifts_nothing(self, alice, day):
        record_body_weight(
            athlete=alice.athlete, on=DAY.replace(day=20), weight=Decimal(80), unit="kg"
        )
        log(alice, "Pull-up: 5", on=DAY.replace(day=18))
        log(alice, "Pull-up: 5", on=DAY.replace(day=22))
        before = everything()

        record_body_weight(
            athlete=alice.athlete, on=DAY.replace(day=day), weight=Decimal(90), unit="kg"
        )

        assert everything() == before

    def test_leaves_those_that_took_one_of_equal_weight(self, alice):
        for day in (1, 20):
            record_body_weight(
                athlete=alice.athlete, on=DAY.replace(day=day), weight=Decimal(80), unit="kg"
            )
        old = log(alice, "Pull-up: 5", on=DAY.replace(day=2)).entries.get()

        record_body_weight(
            athlete=alice.athlete, on=DAY.replace(day=20), weight=Decimal(90), unit="kg"
        )

        assert {one.bodyweight_kg for one in old.sets.all()} == {80}

    def test_reaches_a_workout_that_was_edited_and_one_that_was_deleted(self, alice):
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(800), unit="kg")
        edited, deleted = log(alice, "Pull-up: 5"), log(alice, "Pull-up: 5")
        draft = draft_of(alice, "Pull-up: 5, 5")
        revise_workout(athlete=alice.athlete, key=edited.pk, revision=1, draft=draft)
        delete_workout(athlete=alice.athlete, key=deleted.pk, at=AT)

        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")

        assert {one.bodyweight_kg for one in alice.athlete.sets.all()} == {80}

    def test_reaches_those_that_waited_for_a_weight(self, alice):
        workout = log(alice, "Pull-up: 5")
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(800), unit="kg")

        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")

        assert workout.entries.get().volume_kg == 400

    def test_that_fails_half_way_changes_nothing(self, alice):
        record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(800), unit="kg")
        log(alice, "Pull-up: 5")
        before = everything()

        with failing_at("UPDATE workouts_entry"):
            record_body_weight(athlete=alice.athlete, on=DAY, weight=Decimal(80), unit="kg")

        assert everything() == before
        assert alice.athlete.body_weights.get().weight == 800


class TestChanging:
    def test_corrects_the_workouts_that_took_it(self, alice):
        weighing = weigh(alice, 20, 80)
        entry = log(alice, "Pull-up: 5").entries.get()

        change_body_weight(
            athlete=alice.athlete,
            key=weighing.pk,
            on=weighing.weighed_on,
            weight=Decimal(180),
            unit=Unit.LB,
        )

        entry.refresh_from_db()
        assert entry.volume_kg == Decimal("408.235")  # 5 x 81.647
        weighing.refresh_from_db()
        assert weighing.shown == "180 lb"

    @pytest.mark.parametrize(
        ("to", "kg"),
        [
            (19, 80),  # still the last before the workout's day
            (14, 75),  # the one of the 15th is nearer now
            (28, 75),  # after the workout
        ],
    )
    def test_on_another_day_lets_those_that_took_it_choose_anew(self, alice, to, kg):
        weigh(alice, 15, 75)
        weighing = weigh(alice, 20, 80)
        log(alice, "Pull-up: 5")

        change_body_weight(
            athlete=alice.athlete,
            key=weighing.pk,
            on=DAY.replace(day=to),
            weight=Decimal(80),
            unit=Unit.KG,
        )

        assert used(alice) == {kg}
        assert alice.athlete.entries.get().volume_kg == 5 * kg

    def test_on_another_day_shifts_no_other_workout(self, alice):
        weigh(alice, 15, 75)
        log(alice, "Pull-up: 5", on=DAY.replace(day=18))
        weighing = weigh(alice, 20, 80)
        before = everything()

        change_body_weight(
            athlete=alice.athlete,
            key=weighing.pk,
            on=DAY.replace(day=17),
            weight=Decimal(80),
            unit=Unit.KG,
        )

        assert everything() == before

    def test_to_a_day_that_has_one_is_refused(self, alice):
        weigh(alice, 15, 75)
        weighing = weigh(alice, 20, 80)

        with pytest.raises(DayTaken):
            change_body_weight(
                athlete=alice.athlete,
                key=weighing.pk,
                on=DAY.replace(day=15),
                weight=Decimal(80),
                unit=Unit.KG,
            )

        assert [each.shown for each in alice.athlete.body_weights.all()] == ["80 kg", "75 kg"]

    def test_of_a_stranger_finds_none(self, alice, charlie):
        weighing = weigh(alice, 20, 80)

        with pytest.raises(BodyWeight.DoesNotExist):
            change_body_weight(
                athlete=charlie.athlete, key=weighing.pk, on=DAY, weight=Decimal(90), unit=Unit.KG
            )
        with pytest.raises(BodyWeight.DoesNotExist):
            delete_body_weight(athlete=charlie.athlete, key=weighing.pk)

        weighing.refresh_from_db()
        assert weighing.shown == "80 kg"


class TestDeleting:
    def test_gives_its_workouts_the_last_before_else_the_first_after(self, alice):
        weigh(alice, 15, 75)
        weighing = weigh(alice, 20, 80)
        workout = log(alice, "Pull-up: 5")

        delete_body_weight(athlete=alice.athlete, key=weighing.pk)

        assert used(alice) == {75}
        assert workout.entries.get().volume_kg == 375
        delete_body_weight(athlete=alice.athlete, key=alice.athlete.body_weights.get().pk)
        assert used(alice) == {None}
        assert workout.entries.get().volume_kg is None
        weigh(alice, 28, 82)
        assert used(alice) == {82}

    def test_leaves_the_others_alone(self, alice, charlie):
        for user in (alice, charlie):
            weigh(user, 15, 75)
            log(user, "Pull-up: 5", on=DAY.replace(day=16))
        weighing = weigh(alice, 20, 80)
        before = everything()

        delete_body_weight(athlete=alice.athlete, key=weighing.pk)

        assert everything() == before

    def test_can_be_undone(self, alice):
        """Also for a workout that would take another one if it were logged now."""
        weighing = weigh(alice, 15, 75)
        log(alice, "Pull-up: 5")
        weigh(alice, 20, 80)
        log(alice, "Pull-up: 5")
        before = figures()

        deleted = delete_body_weight(athlete=alice.athlete, key=weighing.pk)
        assert used(alice) == {80}
        restore_body_weight(
            athlete=alice.athlete, deleted=DeletedWeighing.from_json(deleted.as_json())
        )

        assert figures() == before
        assert used(alice) == {75, 80}

    def test_is_not_undone_over_another_of_its_day(self, alice):
        deleted = delete_body_weight(athlete=alice.athlete, key=weigh(alice, 20, 80).pk)
        weigh(alice, 20, 81)

        with pytest.raises(DayTaken):
            restore_body_weight(athlete=alice.athlete, deleted=deleted)

        assert alice.athlete.body_weights.get().weight == 81

    def test_undone_reaches_no_workouts_of_others(self, alice, charlie):
        log(charlie, "Pull-up: 5")
        deleted = delete_body_weight(athlete=alice.athlete, key=weigh(alice, 20, 80).pk)
        theirs = tuple(charlie.athlete.workouts.values_list("pk", flat=True))

        restore_body_weight(
            athlete=alice.athlete,
            deleted=DeletedWeighing(deleted.on, deleted.weight, deleted.unit, theirs),
        )

        assert used(charlie) == {None}

    @pytest.mark.parametrize("statement", ["UPDATE workouts_loggedset", "UPDATE workouts_entry"])
    def test_that_fails_half_way_changes_nothing(self, alice, statement):
        weighing = weigh(alice, 20, 80)
        log(alice, "Pull-up: 5")
        before = everything()

        with failing_at(statement):
            delete_body_weight(athlete=alice.athlete, key=weighing.pk)

        assert everything() == before
        assert alice.athlete.body_weights.get() == weighing

    def test_costs_the_same_for_two_workouts_and_for_thirty(
        self, alice, charlie, django_assert_num_queries
    ):
        for user, number in ((alice, 2), (charlie, 30)):
            weighing = weigh(user, 20, 80)
            for _ in range(number):
                log(user, "Pull-up: 5\nPlank: 60 s")

            # SAVEPOINT; another version; the weighing; who took it; theirs is none, the deletion;
            # which they take; update of sets; entries with exercises, their sets, their update;
            # RELEASE
            with django_assert_num_queries(12):
                delete_body_weight(athlete=user.athlete, key=weighing.pk)


class TestReckonedWith:
    def test_counts_the_live_workouts_that_lift_the_body(self, alice, charlie):
        weighing = weigh(alice, 22, 80)
        weigh(charlie, 22, 80)
        log(charlie, "Pull-up: 5")
        for text in ("Pull-up: 8\nPull-up: 5", "Pull-up: 5", "Plank: 60 s"):
            log(alice, text)
        gone = log(alice, "Pull-up: 5")
        delete_workout(athlete=alice.athlete, key=gone.pk, at=AT)

        assert reckoned_with(weighing) == 2


def figures() -> list[tuple[Any, ...]]:
    """What each set and entry is reckoned with and comes to."""
    rows = LoggedSet.objects.order_by("pk")
    return list(
        rows.values_list(
            *("pk", "bodyweight_kg", "entry__volume_kg", "entry__best_e1rm_kg"),
            "entry__workout__weighing__weighed_on",
        )
    )


DAYS = st.integers(0, 9).map(lambda n: DAY + timedelta(days=n))
WEIGHTS = st.sampled_from(
    [(Decimal(80), Unit.KG), (Decimal("81.5"), Unit.KG), (Decimal(181), Unit.LB)]
)
STEPS = st.tuples(
    st.sampled_from(["log", "weigh", "change", "delete", "undo", "delete and undo"]),
    DAYS,
    WEIGHTS,
    st.integers(0, 99),
)


class TestAnySequence:
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=st.lists(STEPS, min_size=1, max_size=12))
    def test_leaves_figures_that_are_right(self, alice, steps):
        athlete = alice.athlete
        Workout.objects.all().delete()
        athlete.body_weights.all().delete()
        deleted = None
        for verb, day, (weight, unit), pick in steps:
            there = list(athlete.body_weights.order_by("weighed_on"))
            one = there[pick % len(there)] if there else None
            try:
                if verb == "log":
                    log(alice, "Pull-up: 5, 4\nWeighted pull-up: +10 kg x 3", on=day)
                elif verb == "weigh":
                    record_body_weight(athlete=athlete, on=day, weight=weight, unit=unit)
                elif verb == "change" and one:
                    change_body_weight(
                        athlete=athlete, key=one.pk, on=day, weight=weight, unit=unit
                    )
                elif verb == "delete" and one:
                    deleted = delete_body_weight(athlete=athlete, key=one.pk)
                elif verb == "undo" and deleted:
                    restore_body_weight(athlete=athlete, deleted=deleted)
                elif verb == "delete and undo" and one:
                    before = figures()
                    gone = delete_body_weight(athlete=athlete, key=one.pk)
                    restore_body_weight(athlete=athlete, deleted=gone)
                    assert figures() == before
            except DayTaken:
                pass
            self.assert_right(athlete)

    def assert_right(self, athlete: Any) -> None:
        is_weighed = athlete.body_weights.exists()
        rows = athlete.sets.values_list("bodyweight_kg", "entry__workout__weighing__weight_kg")
        for in_set, in_weighing in rows:
            assert in_set == in_weighing
            assert (in_set is not None) == is_weighed
        assert [each for keys in batches(Entry.objects.all()) for each in differences(keys)] == []
