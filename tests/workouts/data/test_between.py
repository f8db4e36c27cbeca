"""Files that wait, and files of several apps that meet on the same days."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from exercises.models import Exercise
from tests.factories import log
from tests.workouts.data.test_importing import brought, of_strong, rows
from tests.workouts.views.test_imports import MYSTERY, answers, page_of
from tests.workouts.views.test_imports import brought as sent
from workouts.data.importing import finish
from workouts.data.planning import plan
from workouts.data.taking_back import undo
from workouts.models import Import

pytestmark = pytest.mark.usefixtures("catalogue")

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
STRONG = of_strong(
    "2024-03-01 18:05:00,Pull,1h,Bent Over Row (Barbell),1,62.5,8,0,0,,,",
    "2024-03-01 18:05:00,Pull,1h,Bent Over Row (Barbell),2,62.5,7,0,0,,,8",
    "2024-03-01 18:05:00,Pull,1h,Pull Up,1,0,8,0,0,,,",
    "2024-03-03 07:00:00,Push,40m,Dumbbell Row,1,60,8,0,0,,,",
)
HEVY_HEADER = (
    '"title","start_time","end_time","description","exercise_title","superset_id",'
    '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
    '"duration_seconds","rpe"\n'
)
# The session of 1 March as its athlete took it along to Hevy, and another one in the evening
HEVY = HEVY_HEADER + (
    '"Pull, again","1 Mar 2024, 18:05","1 Mar 2024, 19:05","","Pull Up",,"",0,"normal",,8,,,\n'
    '"Pull, again","1 Mar 2024, 18:05","1 Mar 2024, 19:05","","Bent Over Row (Barbell)",,"",0,'
    '"normal",62.5,7,,,\n'
    '"Pull, again","1 Mar 2024, 18:05","1 Mar 2024, 19:05","","Bent Over Row (Barbell)",,"",1,'
    '"warmup",62.5,8,,,\n'
    '"Evening","1 Mar 2024, 21:00","1 Mar 2024, 21:20","","Plank",,"",0,"normal",,,,60,\n'
)
FITNOTES = (
    "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
    "2024-03-01,Plank,Abs,,,,,,0:00:45,\n"
    "2024-03-05,Plank,Abs,,,,,,0:00:50,\n"
)


class TestWaitingFile:
    def test_goes_on_a_week_later_where_it_was_left(
        self, alice: User, catalogue: dict[str, Exercise]
    ) -> None:
        text = MYSTERY.replace("Bent Over Row (Barbell)", "Odd Row")
        first, later = Client(), Client()
        with time_machine.travel(AT, tick=False) as clock:
            first.force_login(alice)
            one = sent(first, text)
            asked = answers(first, one, catalogue["external"].slug, unit="lb").context["asked"]
            clock.shift(timedelta(days=7))
            later.force_login(alice)
            call_command("clear_deleted_workouts", verbosity=0)

            listed = later.get("/data/import/").content.decode()
            page = later.get(page_of(one))
            still_asked = page.context["asked"]
            [(_, use)] = still_asked
            answers(later, one, "+", unit="lb", finish="1")

        assert "waits for you</strong> until 28 Feb 2027" in listed
        assert "waits here until 28 February 2027" in page.content.decode()
        assert [name.key for _, name in asked] == [use.key]
        assert {one.unit for one in alice.athlete.sets.exclude(weight=None)} == {"lb"}
        assert alice.athlete.workouts.count() == 2

    @pytest.mark.parametrize(("days", "stays"), [(89, True), (90, False)])
    def test_is_thrown_away_after_ninety_days(self, alice: User, days: int, stays: bool) -> None:
        with time_machine.travel(AT, tick=False) as clock:
            waits = brought(alice, MYSTERY)
            done = finish(brought(alice, STRONG), at=AT)
            alice.athlete.refresh_from_db()
            version = alice.athlete.version
            clock.shift(timedelta(days=days))
            call_command("clear_deleted_workouts", verbosity=0)

        left = {done.pk, waits.pk} if stays else {done.pk}
        assert set(Import.objects.values_list("pk", flat=True)) == left
        alice.athlete.refresh_from_db()
        assert (alice.athlete.version == version) is stays


class TestFilesOfSeveralApps:
    def test_meet_on_a_day_and_double_nothing(self, alice: User) -> None:
        strong = finish(brought(alice, STRONG), at=AT)
        after_strong = rows(alice)

        planned = plan(hevy := brought(alice, HEVY))
        assert [(one.line, one.reason) for one in planned.skipped] == [
            (line, "Your log has a workout of that day with just these sets.") for line in (2, 3, 4)
        ]
        assert planned.logged_otherwise == 1
        assert [one.draft.title for one in planned.on_days_with_workouts] == ["Evening"]
        finish(hevy, at=AT)

        planned = plan(fitnotes := brought(alice, FITNOTES))
        assert [one.draft.day for one in planned.on_days_with_workouts] == [date(2024, 3, 1)]
        assert planned.logged_otherwise == 0
        finish(fitnotes, at=AT)
        of_march = alice.athlete.workouts.filter(day=date(2024, 3, 1)).order_by("started_at")
        assert [one.source for one in of_march] == ["fitnotes", "strong", "hevy"]

        before = rows(alice)
        for text in (STRONG, HEVY, FITNOTES):
            finish(brought(alice, text), at=AT)
        assert rows(alice) == before

        undo(hevy, at=AT)
        assert [one.source for one in of_march.all()] == ["fitnotes", "strong"]
        undo(fitnotes, at=AT)
        assert rows(alice) == after_strong
        undo(strong, at=AT)
        assert rows(alice) == []

    def test_say_so_on_the_page_and_in_what_came(self, alice: User, alices_client: Client) -> None:
        finish(brought(alice, STRONG), at=AT)
        one = sent(alices_client, HEVY)

        page = alices_client.get(page_of(one)).content.decode()
        alices_client.post(page_of(one), {"leave_out_days": "on", "finish": "1"})
        done = alices_client.get(page_of(one)).content.decode()

        assert "1 workout with just these sets on that day: not doubled" in page
        assert '<a href="/workouts/?day=2024-03-01">1 Mar 2024</a> Evening' in page
        assert "Your log has a workout of that day with just these sets." in done
        assert "Your log had a workout on that day, and you left such days out." in done
        assert alice.athlete.workouts.count() == 2

    def test_two_alike_on_one_day_are_two(self, alice: User) -> None:
        """One of them is in the log already, typed by hand."""
        log(alice, "Plank: 60 s", on=date(2024, 3, 1))
        row = "2024-03-01 {}:00:00,{},1h,Plank,1,0,0,0,60,,,"

        planned = plan(
            brought(alice, of_strong(row.format("08", "Early"), row.format("20", "Late")))
        )

        assert (planned.logged_otherwise, len(planned.workouts)) == (1, 1)

    def test_a_session_whose_title_was_changed_since_is_known(self, alice: User) -> None:
        finish(brought(alice, STRONG), at=AT)
        before = rows(alice)

        finish(brought(alice, STRONG.replace(",Pull,", ",Back,")), at=AT)

        assert rows(alice) == before

    @pytest.mark.parametrize(
        "other", ["62 kg x 8", "62.5 kg x 9", "62.5 kg x 8, 62.5 kg x 8", "62.5 kg x 60 s"]
    )
    def test_other_sets_are_another_session(self, alice: User, other: str) -> None:
        log(
            alice,
            f"Farmer's walk: {other}" if " s" in other else f"Dumbbell row: {other}",
            on=date(2024, 3, 1),
        )

        planned = plan(
            brought(alice, of_strong("2024-03-01 18:05:00,A,1h,Dumbbell Row,1,62.5,8,0,0,,,"))
        )

        assert (planned.logged_otherwise, len(planned.on_days_with_workouts)) == (0, 1)
