"""What each page asks of the database: the same for 2 rows and for 200."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from string import ascii_lowercase

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.models import Exercise, Muscle
from exercises.search.lookup import NameIndex
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    TargetFactory,
    log,
    log_each_day,
    make_routine,
    weigh_daily,
)
from tests.workouts.views.log_form import PREVIEW, filled
from workouts.bars import Rack, set_racks
from workouts.models import Routine, Workout
from workouts.own_exercises import make_own_exercise, remove_own_exercise
from workouts.vocabulary import Unit

pytestmark = pytest.mark.usefixtures("catalogue")

CODES = [f"{one}{other}" for one in ascii_lowercase for other in ascii_lowercase]
WHO = ["backtrain_session", "auth_user", "workouts_athlete"]
NAMES = ["exercises_exercise"]  # the athlete's own; the catalogue's are read once a version
LATELY = ["workouts_loggedset"]  # what the athlete did of each exercise the last time
BEFORE = ["workouts_loggedset"]  # the same, of what was not done lately
WORKOUT = ["workouts_workout", "workouts_entry"]


class Asked(CaptureQueriesContext):
    """The statements of a block, each as what it does to which table."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def statements(self) -> list[str]:
        """Without those that begin and end a transaction."""
        words = [self._outermost(query["sql"]).split() for query in self.captured_queries]
        return [
            " ".join([statement[0], self._table(statement)])
            for statement in words
            if statement[0] in ("SELECT", "INSERT", "UPDATE", "DELETE")
        ]

    @staticmethod
    def _outermost(sql: str) -> str:
        """Without what is in brackets, but for those that PostgreSQL's unions begin with."""
        sql, brackets = sql.replace('"', "").lstrip("("), 1
        while brackets:
            sql, brackets = re.subn(r"\([^()]*\)", "", sql)
        return sql

    @staticmethod
    def _table(statement: list[str]) -> str:
        before = {"INSERT": "INTO", "UPDATE": "UPDATE"}.get(statement[0], "FROM")
        return next(word for key, word in pairwise(statement) if key == before)


def selects(*tables: str) -> list[str]:
    return [f"SELECT {table}" for table in tables]


def know_the_catalogue() -> None:
    NameIndex.for_user(AnonymousUser())


@pytest.fixture(params=[2, 200])
def workouts(request, alice) -> list[Workout]:
    return log_each_day(alice, "Pull-up: 8", days=request.param, first=date(2026, 4, 1))


@pytest.fixture(params=[2, 200])
def workout(request, alice) -> Workout:
    """One with so many exercises."""
    return log(alice, "\n".join(["Pull-up: 8"] * request.param))


class TestPagesCost:
    @pytest.mark.parametrize("query", ["", "?page=2"])
    def test_history_seven(self, workouts, alices_client, query):
        with Asked() as asked:
            alices_client.get(f"/workouts/{query}")

        assert asked.statements == selects(
            *WHO, "workouts_workout", "workouts_workout", "workouts_workout", "workouts_entry"
        )  # all days, a year's workouts, the page of workouts, their entries with exercises

    @pytest.mark.parametrize("query", ["?year=2026", "?year=2026&page=2"])
    def test_history_of_a_year_seven(self, workouts, alices_client, query):
        with Asked() as asked:
            alices_client.get(f"/workouts/{query}")

        assert asked.statements == selects(
            *WHO, *["workouts_workout"] * 2, *["workouts_entry"] * 2
        )  # all days, a year's workouts, its exercises, those of the list

    def test_history_of_a_month_eight(self, workouts, alices_client):
        with Asked() as asked:
            alices_client.get("/workouts/?month=2026-04")

        assert asked.statements == selects(
            *WHO, *["workouts_workout"] * 2, *["workouts_entry"] * 3
        )  # what was best before the month, besides

    def test_history_of_a_day_six(self, workouts, alices_client):
        with Asked() as asked:
            alices_client.get("/workouts/?day=2026-04-01")

        assert len(asked) == 6

    @pytest.mark.parametrize("page", ["", "picture.png"])
    def test_a_year_in_review_eight(self, workouts, alices_client, page):
        with Asked() as asked:
            alices_client.get(f"/progress/years/2026/{page}")

        assert asked.statements == selects(
            *WHO,
            # the year's workouts, its exercises, what was best before, muscles, body weights
            *["workouts_workout", "workouts_entry", "workouts_entry"],
            *["exercises_exercise", "workouts_bodyweight"],
        )

    @pytest.mark.parametrize("names", [0, 2, 40])
    def test_a_search_of_the_history_eight(self, alice, workouts, alices_client, names):
        log(alice, "2026-11-20 pullup day\nPlank: 60 s")
        pull_up = Exercise.objects.get(name="Pull-up")
        for number in range(names):
            AliasFactory.create(exercise=pull_up, name=f"Alias {number}")
            alice.athlete.own_names.create(
                exercise=pull_up, name=f"Own {number}", key=f"own{number}"
            )

        with Asked() as asked:
            alices_client.get("/workouts/?q=pullup")

        assert len(asked) == 8
        assert asked.statements[3:] == selects(
            # names, workouts with their texts, the calendar, the sets found, and what was done
            # where the title was
            *["exercises_exercise", "workouts_workout", "workouts_workout"],
            *["workouts_loggedset", "workouts_entry"],
        )

    @pytest.mark.parametrize("more", ["", "&q=pullup", "&title=day", "&q=pullup&month=2026-11"])
    def test_a_filtered_history_at_most_eight(self, alice, workouts, alices_client, more):
        log(alice, "2026-11-20 pullup day\nPlank: 60 s")
        slug = Exercise.objects.get(name="Pull-up").slug

        with Asked() as asked:
            alices_client.get(f"/workouts/?filter=1&exercise={slug}{more}")

        assert len(asked) <= 8

    def test_history_after_a_deletion_eight(self, workouts, alices_client):
        alices_client.post(f"/workouts/{workouts[0].pk}/delete/")

        with Asked() as asked:
            alices_client.get(f"/workouts/?deleted={workouts[0].pk}")

        assert len(asked) == 8

    def test_one_workout_seven(self, workout, alices_client):
        with Asked() as asked:
            alices_client.get(workout.get_absolute_url())

        # what was best before, and sets by muscle
        assert asked.statements == selects(*WHO, *WORKOUT, "workouts_entry", "workouts_entry")

    @pytest.mark.parametrize("exercises", [1, 4])
    def test_one_with_records_eight(self, alice, alices_client, exercises):
        names = ["Pull-up", "Plank", "Bent-over barbell row", "Weighted pull-up"][:exercises]
        sets = {
            "Plank": "{} s",
            "Bent-over barbell row": "{} kg x 5",
            "Weighted pull-up": "+{} kg x 5",
        }
        for day in (1, 2):
            lines = [f"{name}: {sets.get(name, '{}').format(day * 10)}" for name in names]
            workout = log(alice, "\n".join(lines), on=date(2026, 4, day))

        with Asked() as asked:
            page = alices_client.get(workout.get_absolute_url())

        assert page.content.count(b"session-record") >= exercises
        # what was best before, where that was, and sets by muscle
        assert asked.statements == selects(*WHO, *WORKOUT, *["workouts_entry"] * 3)

    @pytest.mark.parametrize(("page", "further"), [("edit", []), ("copy", LATELY)])
    def test_a_workout_as_text_at_most_eight(self, workout, alices_client, page, further):
        know_the_catalogue()

        with Asked() as asked:
            alices_client.get(f"{workout.get_absolute_url()}{page}/?view=text")

        assert asked.statements == selects(*WHO, *WORKOUT, *NAMES, *further)

    @pytest.mark.parametrize(("page", "further"), [("edit", BEFORE), ("copy", [])])
    def test_a_workout_as_a_grid_at_most_eight(self, workout, alices_client, page, further):
        know_the_catalogue()
        alices_client.get(f"{workout.get_absolute_url()}{page}/?view=grid")

        with Asked() as asked:
            alices_client.get(f"{workout.get_absolute_url()}{page}/")

        assert asked.statements == selects(*WHO, *WORKOUT, *NAMES, *LATELY, *further)

    def test_what_a_grid_comes_to_four(self, workouts, alices_client):
        """At every pause in typing: nothing of the last time, which no summary shows."""
        cells = {"exercise-1": "Pull-up", "set-1-1-reps": "8"}
        grid = filled("", press="preview", view="grid", **cells)
        alices_client.post("/workouts/new/", grid)  # what the catalogue's exercises are done with

        with Asked() as asked:
            alices_client.post("/workouts/new/", grid, headers=PREVIEW)

        assert sorted(asked.statements) == sorted(selects(*WHO, *NAMES))

    def test_an_empty_grid_four(self, workouts, alices_client):
        with Asked() as asked:
            alices_client.get("/workouts/new/?view=grid")

        assert asked.statements == selects(*WHO, "workouts_workout")

    def test_the_question_before_deleting_four(self, workout, alices_client):
        with Asked() as asked:
            alices_client.get(f"{workout.get_absolute_url()}delete/")

        assert asked.statements == selects(*WHO, "workouts_workout")

    @pytest.mark.parametrize("kinds", [1, 12])
    def test_plates_six(self, alice, alices_client, kinds):
        plates = {Decimal(number): 4 for number in range(1, kinds + 1)}
        set_racks(athlete=alice.athlete, racks=[Rack(Unit.KG, [Decimal(20)], plates)])
        slug = Exercise.objects.get(name="Pull-up").slug

        with Asked() as asked:
            alices_client.get(f"/plates/?weight=60&exercise={slug}")

        assert asked.statements == selects(
            *WHO, "workouts_bar", "workouts_plate", "exercises_exercise"
        )

    def test_plates_of_a_visitor_none(self, client):
        with Asked() as asked:
            client.get("/plates/?weight=60")

        assert asked.statements == []

    @pytest.mark.parametrize("days", [2, 3650])
    @pytest.mark.parametrize("query", ["", "?range=year", "?range=all", "?page=2"])
    def test_body_weight_six(self, alice, alices_client, days, query):
        weigh_daily(alice, days)

        with Asked() as asked:
            alices_client.get(f"/bodyweight/{query}")

        # how many, a page of them, those of the range
        assert asked.statements == selects(*WHO, *["workouts_bodyweight"] * 3)

    @pytest.mark.parametrize("query", ["", "?range=all", "?range=all&page=2", "?from=2026-04-02"])
    def test_progress_seven(self, workouts, alices_client, query):
        slug = workouts[0].entries.get().exercise.slug

        with Asked() as asked:
            alices_client.get(f"/progress/exercises/{slug}/{query}")

        # its sessions, the routines that have it, the sets shown
        assert asked.statements == selects(
            *(*WHO, "exercises_exercise", "workouts_entry", "workouts_routineentry"),
            "workouts_loggedset",
        )

    @pytest.mark.parametrize(
        ("show", "more"),
        [
            ("bests", ["workouts_entry", "workouts_loggedset"]),
            # what it varies; its relatives; the sessions of both
            ("compare", ["exercises_exercise"] * 2 + ["workouts_entry"] * 2),
        ],
    )
    def test_its_bests_and_comparison_eight_at_most(
        self, alice, workouts, alices_client, show, more
    ):
        pull_up = workouts[0].entries.get().exercise
        other = Exercise.objects.get(name="Weighted pull-up")
        Exercise.objects.filter(pk=other.pk).update(variation_of=pull_up)
        log(alice, "Weighted pull-up: +10 kg x 5")

        with Asked() as asked:
            alices_client.get(f"/progress/exercises/{pull_up.slug}/?show={show}")

        assert asked.statements == selects(*WHO, "exercises_exercise", *more)

    def test_what_is_at_hand_of_an_exercise_seven(self, workouts, alices_client):
        slug = workouts[0].entries.get().exercise.slug

        with Asked() as asked:
            alices_client.get(f"/progress/exercises/{slug}/?part=own-history")

        assert asked.statements == selects(
            *(*WHO, "exercises_exercise", "workouts_entry"),
            *("workouts_loggedset", "workouts_favourite"),
        )

    @pytest.mark.parametrize("query", ["", "?range=all"])
    def test_a_muscle_eight(self, workouts, alices_client, query):
        lats = MuscleFactory.create(slug="lats")
        TargetFactory.create(exercise=Exercise.objects.get(name="Pull-up"), muscle=lats)

        with Asked() as asked:
            alices_client.get(f"/progress/muscles/lats/{query}")

        # the muscle, what trains it, what was done; since when and the last week's sets, or when it
        # was done at all
        asked_for_sets = ["workouts_workout", *LATELY]
        lately = asked_for_sets if query or len(workouts) == 200 else ["workouts_entry"]
        assert asked.statements == selects(
            *WHO, "exercises_muscle", "exercises_exercise", "workouts_entry", *lately
        )

    def test_a_muscle_that_was_never_trained_eight(self, workouts, alices_client):
        lats = MuscleFactory.create(slug="lats")
        TargetFactory.create(exercise=Exercise.objects.get(name="Plank"), muscle=lats)

        with Asked() as asked:
            page = alices_client.get("/progress/muscles/lats/")

        assert "To begin with" in page.content.decode()
        # the muscle, what trains it, what was done lately, or ever, and what would train it
        assert asked.statements == selects(
            *WHO, "exercises_muscle", "exercises_exercise", *["workouts_entry"] * 2, *NAMES
        )

    @pytest.mark.parametrize("sort", ["recent", "most", "name"])
    def test_logged_exercises_seven_at_most(self, alice, workouts, alices_client, sort):
        log(alice, "Plank: 60 s", on=date(2016, 1, 3))
        alices_client.get("/progress/exercises/")  # what the catalogue's exercises look like

        with Asked() as asked:
            alices_client.get(f"/progress/exercises/?sort={sort}")

        far_back = ["workouts_entry"] if len(workouts) == 200 else []  # further than the last sets
        assert asked.statements == selects(
            *WHO, "workouts_entry", "workouts_loggedset", *far_back, "exercises_exercise"
        )

    def test_records_of_all_exercises_five(self, workouts, alices_client):
        with Asked() as asked:
            alices_client.get("/progress/records/")

        assert asked.statements == selects(*WHO, "workouts_entry", "exercises_exercise")

    def test_the_log_form_seven_at_most(self, workouts, alices_client):
        with Asked() as asked:
            alices_client.get("/workouts/new/?exercise=no-such")

        assert sorted(asked.statements) == sorted(
            selects(
                *WHO,
                *["exercises_exercise"] * 2,  # under its slug, and under one that it had
                "workouts_workout",  # to begin with
                "workouts_entry",  # exercises done lately
            )
        )

    def test_an_empty_log_form_five(self, workouts, alices_client):
        with Asked() as asked:
            alices_client.get("/workouts/new/")

        assert asked.statements == selects(*WHO, "workouts_workout", "workouts_entry")

    def test_settings_seven(self, workouts, alices_client):
        with Asked() as asked:
            alices_client.get("/accounts/settings/")

        # what they own, the last weighing; then what there is, which PostgreSQL streams unseen
        first, last = asked.statements[:6], asked.statements[6:]
        tables = ("exercises_equipment", "workouts_rest", "workouts_bodyweight")
        assert first == selects(*WHO, *tables)
        assert last in ([], selects("exercises_equipment"))

    def test_the_way_to_what_they_own_four(self, workouts, alice, alices_client):
        alice.athlete.equipment.add(EquipmentFactory())

        with Asked() as asked:
            alices_client.get("/exercises/own/equipment/")

        assert asked.statements == selects(*WHO, "exercises_equipment")


@pytest.fixture(params=[2, 26])
def owned(request, alice) -> Exercise:
    """One of so many own exercises, all logged in so many workouts; one of them archived."""
    MuscleFactory.create_batch(3)
    names = [f"Odd lift {letter}x" for letter in ascii_lowercase[: request.param]]
    for name in names:
        exercise = make_own_exercise(owner=alice, name=name)
        TargetFactory.create(exercise=exercise, muscle=Muscle.objects.first())
    text = "\n".join(f"{name}: 20 kg x 8" for name in names)
    log_each_day(alice, text, days=request.param, first=date(2026, 4, 1))
    remove_own_exercise(owner=alice, exercise=exercise)
    return Exercise.objects.get(name=names[0])


class TestOwnExercisesCost:
    def test_the_list_seven_and_eight_with_undo(self, owned, alices_client):
        aside = Exercise.objects.get(status="archived")

        with Asked() as plain:
            alices_client.get("/exercises/own/")
        with Asked() as with_undo:
            alices_client.get(f"/exercises/own/?archived={aside.slug}")

        assert len(plain) == 7  # WHO, how many, the page of them, their muscles, own names
        assert len(with_undo) == 8

    def test_a_new_one_four(self, owned, alices_client):
        with Asked() as asked:
            alices_client.get("/exercises/own/new/?name=Another")

        assert asked.statements == selects(
            *["backtrain_session", "auth_user", "exercises_muscle", "exercises_equipment"]
        )  # muscles with their roles, equipment with what is used

    def test_an_edit_seven(self, owned, alices_client):
        with Asked() as asked:
            alices_client.get(f"/exercises/own/{owned.slug}/edit/")

        assert asked.statements == selects(
            "backtrain_session",
            "auth_user",
            *["exercises_exercise", "exercises_muscle", "exercises_equipment"],
            *["workouts_ownname", "exercises_step"],
        )  # muscles with their roles, equipment with what is used

    def test_the_question_before_deleting_at_most_five(self, owned, alices_client):
        with Asked() as asked:
            alices_client.get(f"/exercises/own/{owned.slug}/delete/")

        assert len(asked) <= 5, asked.statements

    def test_what_merging_would_do_seven(self, owned, alices_client):
        target = Exercise.objects.get(name="Bent-over barbell row")

        with Asked() as asked:
            page = alices_client.get(f"/exercises/own/{owned.slug}/merge/?into={target.pk}")

        assert "Stay as they are" in page.content.decode()
        assert sorted(asked.statements) == sorted(
            selects(
                *WHO,
                *["exercises_exercise"] * 2,
                "workouts_entry",
                "workouts_loggedset",
            )
        )

    def test_merging_itself_the_same_however_much_is_moved(self, owned, alices_client):
        target = Exercise.objects.get(name="Bent-over barbell row")

        with Asked() as asked:
            answer = alices_client.post(f"/exercises/own/{owned.slug}/merge/", {"into": target.pk})

        assert answer.status_code == 302
        # which exercise, and how many sets where it stood in the workout already
        assert asked.statements.count("UPDATE workouts_entry") == 2
        assert len(asked.statements) < 60


class TestLoggingCosts:
    @pytest.mark.parametrize("lines", [2, 200])
    @pytest.mark.parametrize("known", [2, 200])
    def test_for_a_preview_six(self, alices_client, known, lines):
        """However many lines, and however many exercises there are. Those done lately need five."""
        ExerciseFactory.create_batch(known)
        form = filled("\n".join(["Pull-up: 8", "Plank: 60 s"] * (lines // 2)), press="preview")
        know_the_catalogue()

        with Asked() as asked:
            alices_client.post("/workouts/new/", form, headers=PREVIEW)

        assert asked.statements == selects(*WHO, *NAMES, *LATELY, *BEFORE)

    def test_for_what_last_time_decides_six(self, alices_client):
        know_the_catalogue()

        with Asked() as asked:
            form = filled("Dumbbell row 3x8\nDumbbell row 3x8", press="preview")
            alices_client.post("/workouts/new/", form, headers=PREVIEW)

        assert asked.statements == selects(*WHO, *NAMES, *LATELY, *BEFORE)

    @pytest.mark.parametrize("lines", [2, 200])
    def test_for_a_preview_with_unknown_names_seven(self, alices_client, lines):
        form = filled("\n".join(["Pull-up: 8", "Zzyzx: 60 s"] * (lines // 2)), press="preview")
        know_the_catalogue()

        with Asked() as asked:
            alices_client.post("/workouts/new/", form, headers=PREVIEW)

        assert asked.statements == selects(*WHO, *NAMES, "workouts_entry", *LATELY, *BEFORE)

    def test_for_a_tap_on_what_was_meant_eight(self, alices_client):
        slug = Exercise.objects.get(name="Plank").slug
        text = "Pull-up: 8\nPlnk: 60 s\nZzyzx: 8"
        know_the_catalogue()

        with Asked() as asked:
            alices_client.post("/workouts/new/", filled(text, press=None, replace=f"2:{slug}"))

        recent = ["workouts_entry"]
        assert asked.statements == selects(
            *WHO, *NAMES, "workouts_entry", *recent, *LATELY, *BEFORE
        )

    def test_for_a_workout_of_20_sets_twelve(self, alices_client):
        rows = "Bent-over barbell row: 60 kg x 8, 8, 8, 8, 8"
        text = "\n".join(["Pull-up: 8, 8, 7, 6, 6", rows, "Plank: 5 x 60 s", rows])
        know_the_catalogue()

        with Asked() as asked:
            response = alices_client.post("/workouts/new/", filled(text))

        assert response.status_code == 302
        assert asked.statements == [
            *selects(*WHO, *NAMES),
            "UPDATE workouts_athlete",  # another version of their pages
            "SELECT workouts_workout",  # is the key taken?
            *selects("workouts_bodyweight", "workouts_bodyweight"),  # before the day, after it
            "INSERT workouts_workout",  # with the weighing that it takes
            "INSERT workouts_entry",
            "INSERT workouts_loggedset",
            "SELECT workouts_workoutdraft",  # has another device written on?
        ]
        assert len(asked.statements) == 12

    def test_for_one_with_a_draft_as_many(self, alice, alices_client):
        know_the_catalogue()
        form = filled("Pull-up: 8", owner=str(alice.pk))
        version = alices_client.post("/workouts/draft/", form).json()["version"]

        with Asked() as asked:
            response = alices_client.post("/workouts/new/", {**form, "draft": version})

        assert response.status_code == 302
        assert asked.statements[-1] == "DELETE workouts_workoutdraft"
        assert len(asked.statements) <= 12

    def test_for_what_is_kept_while_it_is_typed_seven(self, alice, alices_client):
        form = filled("Pull-up: 8", press=None, owner=str(alice.pk))
        version = alices_client.post("/workouts/draft/", form).json()["version"]

        with Asked() as asked:
            alices_client.post("/workouts/draft/", {**form, "draft": version})

        assert asked.statements == [
            *selects(*WHO),
            "SELECT workouts_athlete",  # held
            *selects("workouts_workout", "workouts_workoutdraft"),
            "UPDATE workouts_workoutdraft",
        ]

    def test_for_a_second_post_no_more(self, alices_client):
        form = filled("Pull-up: 8, 8, 7, 6, 6")
        alices_client.post("/workouts/new/", form)

        with Asked() as asked:
            alices_client.post("/workouts/new/", form)

        assert len(asked.statements) <= 11
        writes = [one for one in asked.statements if not one.startswith("SELECT")]
        assert writes == ["UPDATE workouts_athlete"]

    def test_for_an_edit_the_same_whatever_its_length(self, workout, alices_client):
        text = "\n".join(["Pull-up: 9"] * workout.entries.count())

        with Asked() as asked:
            response = alices_client.post(
                f"{workout.get_absolute_url()}edit/", filled(text, revision="1")
            )

        assert response.status_code == 302
        writes = {one for one in asked.statements if not one.startswith("SELECT")}
        assert writes == {
            "UPDATE workouts_athlete",
            "UPDATE workouts_workout",
            "DELETE workouts_loggedset",
            "DELETE workouts_entry",
            "INSERT workouts_entry",
            "INSERT workouts_loggedset",
        }


class TestRoutinesCost:
    """The same with two exercises and with 40, and with two workouts and with 60."""

    @pytest.fixture(params=[2, 40])
    def routine(self, request, alice) -> Routine:
        names = [
            ExerciseFactory.create(name=f"Lift {name}").name for name in CODES[: request.param]
        ]
        routine = make_routine(alice, "\n".join(f"{name}: 3 x 8-12" for name in names))
        text = "\n".join(f"{name}: 60 kg x 8, 8, 8" for name in names)
        done = log_each_day(alice, text, days=request.param, first=date(2026, 4, 1))
        Workout.objects.filter(pk__in=[each.pk for each in done]).update(
            routine=routine, plan=routine.text
        )
        return routine

    @pytest.mark.parametrize("count", [2, 40])
    def test_their_list_five(self, alice, alices_client, count):
        for number in range(count):
            make_routine(alice, "Pull-up: 3 x 5-8", name=f"Plan {number}")

        with Asked() as asked:
            alices_client.get("/routines/")

        assert asked.statements == selects(*WHO, "workouts_routine", "workouts_routineentry")

    def test_one_of_them_eight(self, routine, alices_client):
        alices_client.get(
            make_routine(routine.athlete.user, "Pull-up: 5", name="x").get_absolute_url()
        )

        with Asked() as asked:
            alices_client.get(routine.get_absolute_url())

        assert asked.statements == selects(
            *WHO,
            *("workouts_routine", "workouts_routineentry"),
            "workouts_loggedset",  # of the last times, in it and outside it
            *NAMES,
            "exercises_exercise",  # with the muscles
        )

    @pytest.mark.parametrize("view", ["text", "grid"])
    def test_starting_one_eight(self, routine, alices_client, view):
        address = f"/workouts/new/?view={view}&routine={routine.pk}"
        alices_client.get(address)  # what the catalogue's exercises are done with

        with Asked() as asked:
            alices_client.get(address)

        assert len(asked) == 8

    def test_a_workout_from_one_no_more_than_another(self, routine, alices_client):
        workout = routine.workouts.first()

        with Asked() as asked:
            alices_client.get(workout.get_absolute_url())

        assert len(asked) == 7

    @time_machine.travel("2026-11-30 12:00Z", tick=False)
    def test_what_is_due_no_more_on_the_home_page(self, alice, alices_client):
        alices_client.get("/workouts/")  # lets the session of days ago last on
        with Asked() as without:
            alices_client.get("/")
        for number in range(20):
            make_routine(alice, "Pull-up: 3 x 5-8", name=f"Plan {number}", weekdays="1")

        with Asked() as asked:
            alices_client.get("/")

        assert len(asked) == len(without)
