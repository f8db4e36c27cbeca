import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from exercises.models import Exercise
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory, log
from tests.markup import on_one_line
from workouts.models import Entry, Workout
from workouts.saving import delete_workout

pytestmark = pytest.mark.django_db


class TestVisitor:
    def test_sees_the_muscles_of_the_back_without_their_parts(self, client):
        traps = MuscleFactory(name="Trapezius", kind="group", is_volume_unit=False, position=1)
        upper = MuscleFactory(name="Upper part", kind="part", parent=traps)
        lats = MuscleFactory(name="Lats", position=2)
        MuscleFactory(name="Quadriceps", region="legs")
        TargetFactory(muscle=upper)

        response = client.get("/")

        assert list(response.context["muscles"]) == [traps, lats]
        assert [muscle.exercise_count for muscle in response.context["muscles"]] == [1, 0]
        assert f'href="{traps.get_absolute_url()}"' in response.content.decode()

    def test_sees_the_article_s_exercises_in_its_order(self, client, alice):
        ExerciseFactory(name="A second", article_place=2)
        ExerciseFactory(name="B first", article_place=1)
        ExerciseFactory(name="C third, a draft", article_place=3, status="draft")
        ExerciseFactory(name="D in no article")
        ExerciseFactory(name="E of Alice", owner=alice)

        shown = client.get("/").context["exercises"]

        assert [exercise.name for exercise in shown] == ["B first", "A second"]

    def test_finds_an_exercise_in_two_taps(self, client):
        page = client.get("/").content.decode()

        assert page.count('<details class="finder-place" name="find">') == 6
        assert 'href="/exercises/?muscle=back&amp;level=beginner"' in page
        assert "What I own" not in page

    def test_is_invited_to_sign_up(self, client):
        page = client.get("/").content.decode()

        assert "Start a log" in page
        assert "Sign in" in page
        assert "History" not in page

    @pytest.mark.parametrize("count", [2, 200])
    def test_costs_four_queries(self, client, django_assert_num_queries, count):
        MuscleFactory.create_batch(count)
        exercises = ExerciseFactory.build_batch(min(count, 24))
        for place, exercise in enumerate(exercises, start=1):
            exercise.set_key()
            exercise.article_place = place
        Exercise.objects.bulk_create(exercises)

        # version, muscles with their counts, exercises, their targets
        with django_assert_num_queries(4):
            client.get("/")


class TestAthlete:
    def test_sees_the_last_five_workouts(self, alices_client, alice, row):
        for day in range(1, 8):
            log(alice, f"{row.name}: 60 kg x 8", on=date(2024, 2, 22 + day))

        shown = alices_client.get("/").context["workouts"]

        assert [workout.day.isoformat() for workout in shown] == [
            *("2024-02-29", "2024-02-28", "2024-02-27", "2024-02-26", "2024-02-25")
        ]

    def test_sees_what_was_done(self, alices_client, alice, row):
        workout = log(alice, f"2026-11-22 Back day\n{row.name}: 60 kg x 8, 60 kg x 7")

        page = alices_client.get("/").content.decode()

        assert f'href="{workout.get_absolute_url()}"' in page
        assert "Back day" in page
        assert f'{row.name}</a>&nbsp;<span class="numbers">2</span>' in page
        assert "Hello, alice" in page

    def test_sees_nobody_else_s(self, charlies_client, alice, row):
        log(alice, f"2026-11-22 Back day\n{row.name}: 60 kg x 8")

        page = charlies_client.get("/").content.decode()

        assert "Back day" not in page
        assert "Your log starts here" in page

    def test_begins_by_a_log_a_session_or_a_plan(self, alices_client):
        page = alices_client.get("/").content.decode()

        assert "Log a workout" not in page
        assert "Log your first workout" in page
        assert 'href="/workouts/new/?start"' in page
        assert 'href="/routines/starters/">Choose a routine' in page

    def test_finds_an_exercise_for_what_they_own_in_two_taps(self, alices_client):
        page = alices_client.get("/").content.decode()

        assert "What I own" in page
        assert 'href="/exercises/own/equipment/?muscle=back&amp;level=beginner"' in page

    def test_sees_no_deleted_ones(self, alices_client, alice, row):
        workout = log(alice, f"{row.name}: 60 kg x 8")
        delete_workout(athlete=alice.athlete, key=workout.pk, at=datetime(2026, 11, 23, tzinfo=UTC))

        assert "Your log starts here" in alices_client.get("/").content.decode()

    def test_repeats_a_workout(self, alices_client, alice, row):
        workout = log(alice, f"2026-11-22 Back day\n{row.name}: 60 kg x 8")

        assert f'href="/workouts/{workout.pk}/copy/"' in alices_client.get("/").content.decode()

    @time_machine.travel(datetime(2026, 11, 24, 20, tzinfo=UTC), tick=False)
    def test_sees_this_week_by_their_own_clock(self, alices_client, alice, row):
        alice.athlete.time_zone = "Pacific/Auckland"  # where it is Wednesday already
        alice.athlete.save()
        log(alice, f"2026-11-23 18:00 Back day\n{row.name}: 60 kg x 8, 60 kg x 7")

        response = alices_client.get("/")

        days = response.context["week"].days
        assert [day.on.day for day in days if day.is_today] == [25]
        assert [day.on.day for day in days if day.sessions] == [23]
        assert "Back day, 2 sets" in response.content.decode()
        assert "1 workout this week. Trained in 1 of the last 12 weeks." in on_one_line(
            response.content.decode()
        )

    @time_machine.travel(datetime(2026, 11, 25, 20, tzinfo=UTC), tick=False)
    def test_is_told_what_each_day_of_the_week_was(self, alices_client, alice, row):
        first = log(alice, f"2026-11-23 18:00 <b>Back & up\n{row.name}: 60 kg x 8")
        log(alice, f"2026-11-23 20:00 Second\n{row.name}: 60 kg x 8")
        log(alice, f"2026-11-25 18:00\n{row.name}: 60 kg x 8, 60 kg x 8")

        page = alices_client.get("/").content.decode()

        days = re.findall(r'<li class="week-day.*?</li>', page, re.DOTALL)
        assert days[0] == (
            '<li class="week-day"><span class="week-name"><span aria-hidden="true">Mon</span>'
            '<span class="visually-hidden">Monday 23 November</span></span>'
            f' <a class="week-mark" href="/workouts/{first.pk}/">'
            '<span aria-hidden="true" class="numbers">23</span>'
            '<span class="visually-hidden">&lt;b&gt;Back &amp; up, 1 set</span></a></li>'
        )
        assert "Tuesday 24 November: no workout</span>" in days[1]
        assert days[2].startswith('<li class="week-day is-today" aria-current="date">')
        assert ">A workout, 2 sets</span>" in days[2]
        assert days[3] == (
            '<li class="week-day is-ahead"><span class="week-name">'
            '<span aria-hidden="true">Thu</span>'
            '<span class="visually-hidden">Thursday 26 November</span></span>'
            ' <span class="week-mark numbers" aria-hidden="true">26</span></li>'
        )

    @time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), tick=False)
    def test_sees_the_last_seven_days_by_their_own_clock(self, alices_client, alice, row):
        alice.athlete.time_zone = "Pacific/Auckland"  # where it is the 23rd
        alice.athlete.save()
        TargetFactory(exercise=row, muscle=MuscleFactory(slug="latissimus-dorsi", name="Lats"))
        for day in (15, 16, 17, 23):
            log(alice, f"{row.name}: 60 kg x 8", on=date(2026, 11, day))

        response = alices_client.get("/")

        assert response.context["trained"].sets == 2
        assert "Latissimus dorsi: 2 sets" in response.content.decode()

    def test_sees_that_the_last_seven_days_were_empty(self, alices_client, alice, row):
        log(alice, f"{row.name}: 60 kg x 8", on=date(2024, 2, 29))

        assert "No sets in these days" in alices_client.get("/").content.decode()

    @time_machine.travel(datetime(2026, 11, 22, 20, tzinfo=UTC), tick=False)
    @pytest.mark.parametrize("count", [2, 200])
    def test_costs_eight_queries(self, alices_client, alice, row, django_assert_num_queries, count):
        begun = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
        workouts = [
            Workout(
                athlete=alice.athlete,
                started_at=begun - timedelta(days=number),
                day=(begun - timedelta(days=number)).date(),
                time_zone="UTC",
            )
            for number in range(count)
        ]
        Workout.objects.bulk_create(workouts)
        Entry.objects.bulk_create(
            Entry(athlete=alice.athlete, workout=workout, exercise=row, position=1)
            for workout in workouts
        )

        # session, user, athlete, the last weeks, workouts, their entries, the week's workouts,
        # sets by muscle
        with django_assert_num_queries(8):
            alices_client.get("/")

    def test_costs_six_queries_with_nothing_logged(self, alices_client, django_assert_num_queries):
        with django_assert_num_queries(6):
            alices_client.get("/")


def test_only_reads(client, db):
    assert client.post("/").status_code == 405
