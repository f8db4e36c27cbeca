"""From a file to rows and back. Forms of files are tests of the importers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.models import Exercise
from tests.factories import log
from tests.workouts.data.samples import SAMPLES
from workouts.data.importing import NotReady, finish, keep, opened
from workouts.data.name_uses import LEAVE_OUT, MINE
from workouts.data.planning import plan, read_file
from workouts.data.taking_back import Undone, undo
from workouts.favourites import set_favourite
from workouts.models import Entry, Import, LoggedSet, Workout
from workouts.own_exercises import make_own_exercise, names_of
from workouts.vocabulary import Unit
from workouts.weighings import record_body_weight

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
STRONG = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE\n"
)

pytestmark = pytest.mark.usefixtures("catalogue")


def of_strong(*rows: str) -> str:
    return STRONG + "\n".join(rows)


PULL = of_strong(
    '2024-03-01 18:05:00,"Pull",1h 5m,"Bent Over Row (Barbell)",W,40,10,0,0,"belt",slept badly,',
    '2024-03-01 18:05:00,"Pull",1h 5m,"Bent Over Row (Barbell)",1,62.5,8,0,0,"",slept badly,8',
    '2024-03-01 18:05:00,"Pull",1h 5m,"Pull Up",1,0,8,0,0,"",slept badly,',
    '2024-03-01 18:05:00,"Pull",1h 5m,"Pull Up",2,10,5,0,0,"",slept badly,',
    '2024-03-03 07:00:00,"Push",40m,"Dumbbell Row",1,60,8,0,0,"",,',
)

MYSTERY = PULL.replace("Dumbbell Row", "Mystery Press")


def brought(user: User, text: str, **fields: object) -> Import:
    data = text.encode()
    export = read_file(user.athlete, data, index=names_of(user))
    one = opened(athlete=user.athlete, data=data, file_name="strong.csv", export=export)
    for name, value in {"unit": "kg", **fields}.items():
        setattr(one, name, value)
    return keep(one)


def rows(user: User) -> list[tuple[object, ...]]:
    """Everything about the athlete's sets, in the order of the history."""
    sets = LoggedSet.objects.filter(athlete=user.athlete).order_by(
        "entry__workout__day", "entry__workout__started_at", "entry__position", "position"
    )
    return list(
        sets.values_list(
            "entry__workout__started_at",
            "entry__workout__day",
            "entry__workout__time_zone",
            "entry__workout__title",
            "entry__workout__minutes",
            "entry__workout__notes",
            "entry__position",
            "entry__exercise__name",
            "entry__superset",
            "entry__notes",
            "position",
            "kind",
            "side",
            "weight",
            "unit",
            "reps",
            "seconds",
            "metres",
            "rpe",
        )
    )


class TestPlan:
    def test_counts_what_would_come_and_saves_nothing(self, alice: User) -> None:
        planned = plan(brought(alice, PULL))

        assert planned.is_ready
        assert (len(planned.workouts), planned.set_count, planned.skipped) == (2, 5, ())
        assert (planned.first_day, planned.last_day) == (date(2024, 3, 1), date(2024, 3, 3))
        assert not Workout.objects.exists()

    def test_sets_with_weight_are_of_the_version_with_weight(self, alice: User) -> None:
        uses = {use.key: str(use.exercise) for use in plan(brought(alice, PULL)).uses}

        assert uses["Pull Up"] == "Pull-up"
        assert uses["Pull Up [weight]"] == "Weighted pull-up"

    def test_a_name_that_is_not_known_is_asked_about_with_offers(self, alice: User) -> None:
        planned = plan(
            brought(alice, of_strong("2024-03-01 18:05:00,A,1h,Bent Ovr Row,1,60,8,0,0,,,"))
        )

        assert not planned.is_ready
        [use] = planned.asked
        assert use.name == "Bent Ovr Row"
        assert "Bent-over barbell row" in map(str, use.offers)

    def test_the_unit_is_asked_where_the_file_has_none(self, alice: User) -> None:
        planned = plan(brought(alice, PULL, unit=""))

        assert planned.lacks_unit
        assert not planned.is_ready

    def test_a_line_that_its_exercise_cant_have_is_left_out_with_the_reason(
        self, alice: User
    ) -> None:
        planned = plan(
            brought(
                alice,
                of_strong(
                    "2024-03-01 18:05:00,A,1h,Plank,1,0,0,0,60,,,",
                    "2024-03-01 18:05:00,A,1h,Plank,2,0,8,0,0,,,",
                ),
            )
        )

        [skipped] = planned.skipped
        assert (skipped.line, planned.set_count) == (3, 1)
        assert skipped.reason.startswith("Plank: This exercise is logged by time.")

    def test_costs_the_same_for_many_workouts(
        self, alice: User, django_assert_num_queries: object
    ) -> None:
        few = brought(alice, PULL)
        many = brought(
            alice,
            of_strong(
                *(
                    f"2024-03-{day:02} 18:05:00,A,1h,Bent Over Row (Barbell),1,60,8,0,0,,,"
                    for day in range(1, 29)
                )
            ),
        )
        plan(few)

        for one in (few, many):
            one = Import.objects.select_related("athlete__user").get(pk=one.pk)
            with django_assert_num_queries(2):  # type: ignore[operator]
                plan(one)


class TestFinish:
    def test_saves_what_the_plan_showed(self, alice: User) -> None:
        finish(brought(alice, PULL), at=AT)

        workout = alice.athlete.workouts.get(day=date(2024, 3, 1))
        assert workout.text == (
            "2024-03-01 18:05 Pull\n"
            "> slept badly, 65 min\n"
            "Bent-over barbell row: 40 kg x 10 w, 62.5 kg x 8 @8\n"
            "> belt\n"
            "Pull-up: 8\n"
            "Weighted pull-up: +10 kg x 5"
        )
        assert workout.source == "strong"

    def test_keeps_the_names_of_the_other_app(self, alice: User) -> None:
        finish(brought(alice, PULL), at=AT)

        names = Entry.objects.order_by("workout__day", "position").values_list("imported_name")
        assert [name for (name,) in names] == [
            "Bent Over Row (Barbell)",
            "Pull Up",
            "Pull Up",
            "Dumbbell Row",
        ]

    def test_times_are_by_the_athletes_clock(self, alice: User) -> None:
        alice.athlete.time_zone = "America/Los_Angeles"
        alice.athlete.save()

        finish(brought(alice, PULL), at=AT)

        workout = alice.athlete.workouts.get(day=date(2024, 3, 1))
        assert workout.started_at == datetime(2024, 3, 2, 2, 5, tzinfo=UTC)

    def test_a_time_that_the_clocks_skipped_is_an_hour_later(self, alice: User) -> None:
        alice.athlete.time_zone = "Europe/Berlin"
        alice.athlete.save()

        finish(brought(alice, PULL.replace("2024-03-03 07:00", "2024-03-31 02:30")), at=AT)

        workout = alice.athlete.workouts.get(day=date(2024, 3, 31))
        assert workout.local_start.hour == 3

    def test_sets_of_the_body_are_reckoned_with_its_weight_that_day(self, alice: User) -> None:
        for on, weight in ((date(2024, 2, 1), 80), (date(2024, 3, 2), 90)):
            record_body_weight(athlete=alice.athlete, on=on, weight=Decimal(weight), unit="kg")

        finish(brought(alice, PULL), at=AT)

        assert LoggedSet.objects.get(entry__exercise__name="Pull-up").bodyweight_kg == 80
        call_command("rebuild_summaries", "--check")

    def test_a_second_import_of_the_file_adds_nothing(self, alice: User) -> None:
        finish(brought(alice, PULL), at=AT)
        before = rows(alice)

        again = brought(alice, PULL)
        planned = plan(again)
        finish(again, at=AT)

        assert (planned.before, len(planned.workouts)) == (2, 0)
        assert rows(alice) == before

    def test_finishing_twice_adds_nothing(self, alice: User) -> None:
        one = brought(alice, PULL)
        finish(one, at=AT)
        before = rows(alice)

        finish(Import.objects.get(pk=one.pk), at=AT)

        assert rows(alice) == before

    @pytest.mark.parametrize(("days", "times"), [(9, 0), (10, 1)])
    def test_many_sets_are_made_known_to_the_planner_of_queries(
        self,
        alice: User,
        django_capture_on_commit_callbacks: Any,
        days: int,
        times: int,
    ) -> None:
        rows = (
            f"2024-03-{day:02} 18:05:00,A,1h,Dumbbell Row,1,20,8,0,0,,,"
            for day in range(1, days + 1)
            for _ in range(100)
        )
        one = brought(alice, of_strong(*rows))

        with (
            CaptureQueriesContext(connection) as asked,
            django_capture_on_commit_callbacks(execute=True),
        ):
            finish(one, at=AT)

        analysed = [query for query in asked.captured_queries if "ANALYZE" in query["sql"]]
        assert len(analysed) == (times if connection.vendor == "postgresql" else 0)

    def test_what_was_deleted_since_does_not_come_back(self, alice: User) -> None:
        finish(brought(alice, PULL), at=AT)
        alice.athlete.workouts.filter(day=date(2024, 3, 1)).update(deleted_at=AT)

        planned = plan(brought(alice, PULL))

        assert (planned.before, planned.deleted, len(planned.workouts)) == (1, 1, 0)

    def test_days_that_have_a_workout_are_said_and_can_be_left_out(self, alice: User) -> None:
        log(alice, "Pull-up: 8", on=date(2024, 3, 1))
        one = brought(alice, PULL, takes_days_with_workouts=False)

        planned = plan(one)
        finish(one, at=AT)

        assert len(planned.on_days_with_workouts) == 1
        assert alice.athlete.workouts.filter(day=date(2024, 3, 1)).count() == 1
        assert alice.athlete.workouts.filter(day=date(2024, 3, 3)).count() == 1

    def test_nothing_is_saved_while_something_is_asked(self, alice: User) -> None:
        one = brought(alice, PULL.replace("Dumbbell Row", "Mystery"))

        with pytest.raises(NotReady):
            finish(one, at=AT)

        assert not Workout.objects.exists()


class TestAnswers:
    MYSTERY = PULL.replace("Dumbbell Row", "Mystery Press")

    def test_another_exercise(self, alice: User, catalogue: dict[str, Exercise]) -> None:
        slug = catalogue["external"].slug
        one = brought(alice, self.MYSTERY, names={"Mystery Press": slug})

        finish(one, at=AT)

        entry = Entry.objects.get(workout__day=date(2024, 3, 3))
        assert (str(entry.exercise), entry.imported_name) == (
            "Bent-over barbell row",
            "Mystery Press",
        )

    def test_what_is_to_be_ones_own_counts_in_the_plan_and_is_not_made_yet(
        self, alice: User
    ) -> None:
        one = brought(alice, self.MYSTERY, names={"Mystery Press": MINE})

        planned = plan(one)

        assert (len(planned.workouts), planned.set_count) == (2, 5)
        assert not Exercise.objects.filter(owner=alice).exists()
        done = finish(one, at=AT)
        assert (done.workout_count, done.set_count) == (2, 5)

    def test_an_exercise_of_ones_own(self, alice: User) -> None:
        one = brought(alice, self.MYSTERY, names={"Mystery Press": MINE})

        finish(one, at=AT)

        own = Exercise.objects.get(owner=alice)
        assert (own.name, own.load_type) == ("Mystery Press", "external")
        assert Entry.objects.get(workout__day=date(2024, 3, 3)).exercise == own

    def test_left_out(self, alice: User) -> None:
        one = brought(alice, self.MYSTERY, names={"Mystery Press": LEAVE_OUT})

        finish(one, at=AT)

        assert [str(each.day) for each in alice.athlete.workouts.all()] == ["2024-03-01"]

    def test_are_remembered_for_the_next_file(
        self, alice: User, catalogue: dict[str, Exercise]
    ) -> None:
        brought(alice, self.MYSTERY, names={"Mystery Press": catalogue["external"].slug})

        assert plan(brought(alice, self.MYSTERY)).is_ready

    def test_an_exercise_that_is_gone_is_asked_about_again(self, alice: User) -> None:
        one = brought(alice, self.MYSTERY, names={"Mystery Press": "no-such-exercise"})

        assert [use.name for use in plan(one).asked] == ["Mystery Press"]

    def test_nobody_elses_exercise_is_an_answer(self, alice: User, charlie: User) -> None:
        finish(brought(charlie, self.MYSTERY, names={"Mystery Press": MINE}), at=AT)
        slug = Exercise.objects.get(owner=charlie).slug

        one = brought(alice, self.MYSTERY, names={"Mystery Press": slug})

        assert not plan(one).is_ready


class TestUndo:
    def test_takes_back_all_that_came(self, alice: User) -> None:
        log(alice, "Pull-up: 8", on=date(2024, 3, 1))
        before = rows(alice)
        one = finish(brought(alice, PULL), at=AT)

        assert undo(one, at=AT) == Undone(workouts=2, changed=0, exercises=0, weighings=0)

        assert rows(alice) == before

    def test_what_was_changed_since_can_be_restored(self, alice: User) -> None:
        one = finish(brought(alice, PULL), at=AT)
        alice.athlete.workouts.filter(day=date(2024, 3, 1)).update(revision=2)

        assert undo(one, at=AT) == Undone(workouts=1, changed=1, exercises=0, weighings=0)

        [left] = alice.athlete.workouts.all()
        assert left.deleted_at == AT

    def test_the_file_can_be_brought_in_again(self, alice: User) -> None:
        first = finish(brought(alice, PULL), at=AT)
        before = rows(alice)
        undo(first, at=AT)

        finish(brought(alice, PULL), at=AT)

        assert rows(alice) == before

    def test_exercises_that_it_made_go_too(self, alice: User) -> None:
        one = finish(brought(alice, MYSTERY, names={"Mystery Press": MINE}), at=AT)

        assert undo(one, at=AT).exercises == 1

        assert not Exercise.objects.filter(owner=alice).exists()
        assert [use.name for use in plan(brought(alice, MYSTERY)).asked] == ["Mystery Press"]

    @pytest.mark.parametrize("use", ["workout", "favourite", "before"])
    def test_exercises_that_something_else_uses_stay(self, alice: User, use: str) -> None:
        if use == "before":
            make_own_exercise(owner=alice, name="Mystery Press")
        one = finish(brought(alice, MYSTERY, names={"Mystery Press": MINE}), at=AT)
        made = Exercise.objects.get(owner=alice)
        if use == "workout":
            log(alice, "Mystery Press: 20 kg x 8")
        elif use == "favourite":
            set_favourite(athlete=alice.athlete, exercise=made, is_favourite=True)

        assert undo(one, at=AT).exercises == 0

        assert Exercise.objects.filter(owner=alice).exists()


STRONGLIFTS = (
    "Date (yyyy/mm/dd),Workout Name,Body Weight (KG),Exercise,Start Time (h:mm),Set 1 (Reps),"
    "Set 1 (KG)\n"
    "2024/03/01,A,83.5,Dumbbell Row,6:00 PM,5,60\n"
    "2024/03/03,B,84,Pull-up,6:00 PM,5,0\n"
    "2024/03/05,A,5,Dumbbell Row,6:00 PM,5,60\n"
)


class TestBodyWeight:
    def test_comes_along_where_the_log_has_none(self, alice: User) -> None:
        self.weigh(alice, date(2024, 3, 1), 80)
        one = brought(alice, STRONGLIFTS)

        assert plan(one).weighings == {date(2024, 3, 3): (Decimal(84), "kg")}
        finish(one, at=AT)

        assert self.weighings(alice) == [(date(2024, 3, 1), 80), (date(2024, 3, 3), 84)]
        assert alice.athlete.sets.get(weight=None).bodyweight_kg == 84

    def test_of_workouts_that_are_left_out_does_not_come(self, alice: User) -> None:
        log(alice, "Pull-up: 8", on=date(2024, 3, 3))

        finish(brought(alice, STRONGLIFTS, takes_days_with_workouts=False), at=AT)

        assert self.weighings(alice) == [(date(2024, 3, 1), Decimal("83.5"))]
        assert alice.athlete.sets.get(weight=None).bodyweight_kg == Decimal("83.5")

    def test_is_taken_back_where_it_is_as_it_came(self, alice: User) -> None:
        one = finish(brought(alice, STRONGLIFTS), at=AT)
        log(alice, "Pull-up: 8", on=date(2024, 3, 10))
        self.weigh(alice, date(2024, 3, 1), 85)

        assert undo(one, at=AT).weighings == 1

        assert self.weighings(alice) == [(date(2024, 3, 1), 85)]
        assert alice.athlete.sets.get().bodyweight_kg == 85

    def test_without_a_unit_is_in_that_of_the_file(self, alice: User) -> None:
        text = (
            "Name,StartTime,EndTime,BodyWeight,Exercise,Equipment,Reps,Weight,Time,Distance,Status,"
            "IsWarmup,RPE,RIR,Categories,Note\n"
            'Pull,2025-02-23T18:13:53Z,,"194,5",Pull-up,,8,,,,Done,false,,,,\n'
        )
        assert plan(brought(alice, text, unit="")).lacks_unit

        finish(brought(alice, text, unit="lb"), at=AT)

        assert self.weighings(alice) == [(date(2025, 2, 23), Decimal("194.5"))]

    def weigh(self, user: User, on: date, weight: int) -> None:
        record_body_weight(athlete=user.athlete, on=on, weight=Decimal(weight), unit=Unit.KG)

    def weighings(self, user: User) -> list[tuple[date, Decimal]]:
        weighed = user.athlete.body_weights.order_by("weighed_on")
        return list(weighed.values_list("weighed_on", "weight"))


class TestDates:
    TEXT = "Date;Exercise;Weight;Reps\n3/4/2024;Dumbbell Row;60;8\n"

    def test_are_asked_about_where_nothing_decides(self, alice: User) -> None:
        one = brought(alice, self.TEXT)

        assert plan(one).lacks_date_order
        with pytest.raises(NotReady):
            finish(one, at=AT)

    @pytest.mark.parametrize(
        ("is_month_first", "day"), [(False, date(2024, 4, 3)), (True, date(2024, 3, 4))]
    )
    def test_are_read_as_told(self, alice: User, is_month_first: bool, day: date) -> None:
        finish(brought(alice, self.TEXT, is_month_first=is_month_first), at=AT)

        assert alice.athlete.workouts.get().day == day


class TestTooMuch:
    def test_a_note_is_cut_and_that_is_said(self, alice: User) -> None:
        text = of_strong(f"2024-03-01 18:05:00,A,1h,Plank,1,0,0,0,60,{'a' * 5_001},,")

        done = finish(brought(alice, text), at=AT)

        [[line, reason, _kept]] = done.skipped
        assert (line, reason) == (2, "A note has at most 5,000 characters: its end is left out.")
        assert len(Entry.objects.get().notes) == 5_000

    def test_exercises_beyond_those_that_a_workout_may_have(self, alice: User) -> None:
        names = ("Plank", "Dumbbell Row")
        lines = [
            f"2024-03-01 18:05:00,A,1h,{names[number % 2]},1,20,8,0,0,,,"
            if number % 2
            else f"2024-03-01 18:05:00,A,1h,{names[0]},1,0,0,0,60,,,"
            for number in range(303)
        ]

        done = finish(brought(alice, of_strong(*lines)), at=AT)

        reason = "A workout has at most 300 exercises: 3 sets are left out."
        [[line, said, _kept]] = done.skipped
        assert (done.set_count, line, said) == (300, 2, reason)


class TestSamples:
    @pytest.mark.parametrize("name", sorted(SAMPLES))
    def test_every_row_is_accounted_for_and_comes_once(self, alice: User, name: str) -> None:
        one = brought(alice, SAMPLES[name], is_month_first=False)
        planned = plan(one)
        one.names |= {use.key: MINE for use in planned.asked}
        done = finish(keep(one), at=AT)

        again = finish(brought(alice, SAMPLES[name], is_month_first=False, names=done.names), at=AT)

        export = planned.export
        lines = {each.line for one in export.workouts for each in one.sets()}
        assert export.rows == len(lines | {one.line for one in export.skipped})
        assert done.set_count + len(done.skipped) == export.set_count + len(export.skipped)
        assert done.set_count
        assert (again.workout_count, again.set_count) == (0, 0)
