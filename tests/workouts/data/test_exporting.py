"""What is exported is read back as it was."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.models import Exercise
from exercises.vocabulary import LoadType, Pace
from tests.factories import MuscleFactory, UserFactory, log
from tests.workouts.data.samples import SAMPLES
from tests.workouts.data.test_importing import rows
from workouts.bars import Rack, set_racks
from workouts.data.exporting import as_csv, as_json, as_notebook
from workouts.data.importers.own import as_written
from workouts.data.importing import finish, keep, opened
from workouts.data.name_uses import MINE
from workouts.data.planning import plan, read_file
from workouts.favourites import set_favourite
from workouts.models import Import, OwnName
from workouts.own_exercises import (
    OwnExerciseFacts,
    create_own_exercise,
    names_of,
    remove_own_exercise,
)
from workouts.routines.reading import RoutineDraft, read_routine
from workouts.routines.saving import make_routine
from workouts.saving import delete_workout
from workouts.vocabulary import Unit
from workouts.weighings import record_body_weight

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
SETS = {
    "Pull-up": ["8", "8 w", "3 L, 4 R", "5 @8.5", "12 f"],
    "Weighted pull-up": ["+10 kg x 5", "+22.5 lb x 3 @9", "5"],
    "Assisted pull-up": ["-20 kg x 8", "-45 lb x 8 d"],
    "Bent-over barbell row": [
        "60 kg x 8",
        "62.5 kg x 8 @7",
        "135 lb x 5",
        "0 kg x 3",
        "2.25 lb x 1",
    ],
    "Dumbbell row": ["10 kg x 8 L, 10 kg x 7 R", "32.5 kg x 10"],
    "Plank": ["60 s", "1:30", "45 s @9"],
    "Farmer's walk": ["32 kg x 40 m", "40 m", "24 kg x 30 s", "20 kg x 50 m 40 s"],
}
NOTES = ["", "slow", "=SUM(A1)", "-5 kg next time", "'quoted'", "two\nlines", "größer 💪", "65 min"]
ZONES = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"]

pytestmark = pytest.mark.usefixtures("catalogue")


def fill(user: User, seed: int) -> None:
    """Workouts of all kinds, the same for the same seed."""
    random = Random(seed)
    day = date(2024, 1, 1)
    for _ in range(12):
        day += timedelta(days=random.randint(0, 3))
        user.athlete.time_zone = random.choice(ZONES)
        user.athlete.save()
        header = f"{day} {random.randint(0, 23):02}:{random.randint(0, 59):02}"
        if random.random() < 0.7:
            header += " " + random.choice(["Pull", "Push @ home", "3x8", "=1+1", "Beine & Rücken"])
        lines = [header, *_notes(random)]
        letter = random.choice(["", "A", "B"])
        for place, name in enumerate(random.sample(sorted(SETS), random.randint(1, 5)), start=1):
            mark = f"{letter}{place} " if letter and place < 3 else ""
            sets = ", ".join(random.choices(SETS[name], k=random.randint(1, 4)))
            lines += [f"{mark}{name}: {sets}", *_notes(random)]
        log(user, "\n".join(lines), on=day)


def _notes(random: Random) -> Iterator[str]:
    note = random.choice(NOTES)
    yield from (f"> {line}" for line in note.split("\n") if line)


def bring_in(user: User, text: str, name: str = "export", unit: str = "") -> Import:
    data = text.encode()
    export = read_file(user.athlete, data, index=names_of(user))
    one = opened(athlete=user.athlete, data=data, file_name=name, export=export)
    one.unit = unit
    assert plan(one).is_ready, (plan(one).asked, plan(one).lacks_unit)
    return finish(keep(one), at=AT)


def exported_json(user: User) -> str:
    return "".join(as_json(user.athlete, at=AT))


FORMS: dict[str, Callable[[User], str]] = {
    "csv": lambda user: "".join(as_csv(user.athlete)),
    "json": exported_json,
    "notebook": lambda user: "".join(as_notebook(user.athlete)),
}


@pytest.fixture
def bob(db: None) -> User:
    """Has logged nothing."""
    return UserFactory.create(username="bob")


class TestRoundTrip:
    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize("seed", range(4))
    def test_of_any_log(self, alice: User, bob: User, form: str, seed: int) -> None:
        fill(alice, seed)

        done = bring_in(bob, FORMS[form](alice))

        assert rows(bob) == rows(alice)
        assert done.skipped == []

    @pytest.mark.parametrize("form", FORMS)
    def test_a_second_time_adds_nothing(self, alice: User, bob: User, form: str) -> None:
        fill(alice, 5)
        text = FORMS[form](alice)
        bring_in(bob, text)

        bring_in(bob, text)

        assert rows(bob) == rows(alice)

    def test_into_the_log_it_is_from_adds_nothing(self, alice: User) -> None:
        fill(alice, 6)
        before = rows(alice)

        bring_in(alice, exported_json(alice))

        assert rows(alice) == before

    @pytest.mark.parametrize("form", FORMS)
    def test_workouts_with_one_start_and_title_stay_apart(
        self, alice: User, bob: User, form: str
    ) -> None:
        for sets in ("Pull-up: 8", "Pull-up: 8", "Pull-up: 8, 7\nPlank: 60 s"):
            log(alice, f"2024-03-01 18:05 Pull\n{sets}")

        for _ in range(2):
            bring_in(bob, FORMS[form](alice))

        assert sorted(rows(bob), key=str) == sorted(rows(alice), key=str)
        assert bob.athlete.workouts.count() == 3

    @pytest.mark.parametrize("form", FORMS)
    def test_deleted_workouts_stay_behind(self, alice: User, bob: User, form: str) -> None:
        gone = log(alice, "2024-03-01 18:05 Pull\nPull-up: 8")
        log(alice, "2024-03-02 18:05 Pull\nPull-up: 9")
        delete_workout(athlete=alice.athlete, key=gone.pk, at=AT)

        bring_in(bob, FORMS[form](alice))

        assert [str(one.day) for one in bob.athlete.workouts.all()] == ["2024-03-02"]


class TestEverything:
    def test_besides_workouts(self, alice: User, bob: User, catalogue: dict[str, Exercise]) -> None:
        MuscleFactory.create(slug="biceps")
        alice.athlete.unit, alice.athlete.week_start = "lb", 7
        alice.athlete.save()
        facts = OwnExerciseFacts(
            name="Zercher carry",
            load_type="external",  # type: ignore[arg-type]
            primary=["biceps"],
            aliases=["zercher"],
            steps=["Hug it.", "Walk."],
        )
        create_own_exercise(owner=alice, facts=facts)
        old = create_own_exercise(
            owner=alice,
            facts=OwnExerciseFacts(name="Old curl", load_type="external"),  # type: ignore[arg-type]
        )
        row = OwnExerciseFacts("Sea kayak", LoadType.DISTANCE, pace=Pace.PER_500_M)
        create_own_exercise(owner=alice, facts=row)
        log(
            alice,
            "2024-03-01 18:05\nOld curl: 20 kg x 8\nzercher: 60 kg x 10\nSea kayak: 3 mi in 40:00",
        )
        remove_own_exercise(owner=alice, exercise=old)
        OwnName.objects.create(
            athlete=alice.athlete, exercise=catalogue["external"], name="Ruderer", key="ruderer"
        )
        set_favourite(athlete=alice.athlete, exercise=catalogue["duration"], is_favourite=True)
        for on, weight in ((date(2024, 2, 1), "80.5"), (date(2024, 3, 2), "81")):
            record_body_weight(
                athlete=alice.athlete,
                on=on,
                weight=Decimal(weight),
                unit="kg",  # type: ignore[arg-type]
            )

        index = names_of(alice)
        reading = read_routine(
            "> slow\nPull-up: 3 x 5-8 @8, rest 120 s\n", index=index, unit=Unit.KG
        )
        assert reading.entries
        routine, _ = make_routine(
            athlete=alice.athlete,
            key=uuid4(),
            draft=RoutineDraft("Pull day", "14", "slow", reading.entries),
        )
        log(alice, "2024-03-08 18:05\nPull-up: 8")
        alice.athlete.workouts.filter(day=date(2024, 3, 8)).update(
            routine=routine, plan=routine.text
        )
        rack = Rack(Unit.LB, [Decimal(45)], {Decimal(45): 4, Decimal("2.5"): 2})
        set_racks(athlete=alice.athlete, racks=[rack])
        alice.athlete.goal_weight, alice.athlete.goal_unit = Decimal("78.5"), "kg"
        alice.athlete.save()

        bring_in(bob, exported_json(alice))

        again, before = json.loads(exported_json(bob)), json.loads(exported_json(alice))
        for document in (again, before):
            for workout in document["workouts"]:
                del workout["id"], workout["source"]
                for entry in workout["entries"]:
                    del entry["imported_name"]
        assert again == before
        assert again["own_exercises"][0]["status"] == "archived"
        assert again["own_exercises"][1]["pace"] == "per_500_m"
        assert "Sea kayak: 3 mi in 40:00" in bob.athlete.workouts.last().text

    def test_sets_keep_the_body_weight_that_they_were_reckoned_with(
        self, alice: User, bob: User
    ) -> None:
        record_body_weight(
            athlete=alice.athlete,
            on=date(2024, 3, 5),
            weight=Decimal(80),
            unit="kg",  # type: ignore[arg-type]
        )
        log(alice, "2024-03-10 18:05\nPull-up: 8")
        record_body_weight(
            athlete=alice.athlete,
            on=date(2024, 3, 9),
            weight=Decimal(90),
            unit="kg",  # type: ignore[arg-type]
        )

        bring_in(bob, exported_json(alice))

        [used] = bob.athlete.sets.values_list("bodyweight_kg", flat=True)
        assert used == 80

    @pytest.mark.parametrize(("target", "kept"), [("1.5", "1.5"), ("9", "1"), ("-1", "1")])
    def test_the_aim_of_the_balance(self, alice: User, bob: User, target: str, kept: str) -> None:
        text = exported_json(alice)
        assert '"balance_target": "1"' in text

        bring_in(bob, text.replace('"balance_target": "1"', f'"balance_target": "{target}"'))

        bob.athlete.refresh_from_db()
        assert bob.athlete.balance_target == Decimal(kept)

    def test_settings_of_someone_who_has_logged_stay(self, alice: User, bob: User) -> None:
        alice.athlete.unit = "lb"
        alice.athlete.save()
        log(alice, "2024-03-01 18:05\nPull-up: 8")
        log(bob, "2024-03-02 18:05\nPull-up: 8")

        bring_in(bob, exported_json(alice))

        bob.athlete.refresh_from_db()
        assert bob.athlete.unit == "kg"

    def test_what_cant_be_is_left_out(self, bob: User, catalogue: dict[str, Exercise]) -> None:
        document = json.loads(SAMPLES["Backtrain"])
        own = {"name": "Odd", "load_type": "bodyweight"}
        document["settings"] |= {"time_zone": ["UTC"], "week_start": True, "plates": [[], {}]}
        document["settings"]["bars"] = [
            *[{"unit": "kg", "weight": "20"}] * 2,
            {"unit": "lb", "weight": "-45"},
        ]
        document["own_exercises"] = [
            {**own, "bodyweight_fraction": "NaN", "implements": 2},
            {**own, "name": "Odder", "bodyweight_fraction": "1.5", "steps": ["", " "]},
            {**own, "name": ["a"]},
            {**own, "name": "Oddly", "bodyweight_fraction": "-1"},
            {**own, "name": "Oddest", "aliases": ["💪", "oddie", 1]},
        ]
        document["goal"] = {"weight": "Infinity", "unit": "kg"}
        document["body_weights"] = [
            {"on": "2024-02-01", "weight": "0.0001", "unit": "kg"},
            {"on": "2024-02-02", "weight": "80.00049", "unit": "kg"},
        ]
        document["workouts"] = []

        bring_in(bob, json.dumps(document))

        bob.athlete.refresh_from_db()
        made = json.loads(exported_json(bob))
        assert (made["settings"]["time_zone"], made["settings"]["week_start"]) == ("UTC", 1)
        assert made["settings"]["bars"] == [{"unit": "kg", "weight": "20"}]
        assert [
            (one["name"], one["bodyweight_fraction"], one["implements"], one["steps"])
            for one in made["own_exercises"]
        ] == [
            ("Odd", None, 1, []),
            ("Odder", None, 1, []),
            ("Oddest", None, 1, []),
            ("Oddly", None, 1, []),
        ]
        assert made["own_names"] == [
            {"name": "oddie", "exercise": "Oddest"},
            {"name": "Ruderer", "exercise": "Bent-over barbell row"},
        ]
        assert made["goal"] is None
        assert made["body_weights"] == [{"on": "2024-02-02", "weight": "80", "unit": "kg"}]


class TestCsv:
    def test_a_spreadsheet_reckons_with_nothing(self, alice: User) -> None:
        for seed in range(4):
            fill(alice, seed)

        cells = [cell for row in csv.reader(io.StringIO(FORMS["csv"](alice))) for cell in row]

        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]

    def test_of_nobody_is_a_header(self, alice: User) -> None:
        assert FORMS["csv"](alice).startswith("date,time,time zone,workout,")
        assert FORMS["csv"](alice).count("\n") == 1


class TestNotebook:
    def test_is_read_by_people(self, alice: User) -> None:
        log(alice, "2024-03-01 18:05 Pull\n> tired\nPull-up: 8, 7\nPlank 60 s")

        assert FORMS["notebook"](alice) == (
            "Time zone: UTC\n\n2024-03-01 18:05 Pull\n> tired\nPull-up: 8, 7\nPlank: 60 s\n\n"
        )


def test_costs_three_queries_for_every_hundred_workouts(
    alice: User, django_assert_num_queries: Any
) -> None:
    for day in range(1, 29):
        log(alice, "Pull-up: 8\nPlank 60 s", on=date(2024, 3, day))

    for make in (as_csv, as_notebook):
        with django_assert_num_queries(3):
            list(make(alice.athlete))


def test_a_file_that_was_changed_by_hand_says_so(alice: User) -> None:
    log(alice, "2024-03-01 18:05\nPull-up: 8")
    document = json.loads(exported_json(alice))
    document["workouts"][0]["entries"][0]["sets"][0]["reps"] = "many"

    export = read_file(alice.athlete, json.dumps(document).encode(), index=names_of(alice))

    assert [(one.line, one.reason) for one in export.skipped] == [(1, "“many” is not a number.")]


def test_a_workout_that_a_file_has_twice_comes_once(alice: User, bob: User) -> None:
    log(alice, "2024-03-01 18:05\nPull-up: 8, 7")
    document = json.loads(exported_json(alice))
    document["workouts"] *= 2

    done = bring_in(bob, json.dumps(document))

    assert rows(bob) == rows(alice)
    assert done.skipped == [[line, "The file has this workout twice."] for line in (3, 4)]


def test_an_own_exercise_of_the_file_is_made_only_when_it_is_brought_in(
    alice: User, bob: User
) -> None:
    create_own_exercise(
        owner=alice,
        facts=OwnExerciseFacts(name="Zercher carry", load_type="external"),  # type: ignore[arg-type]
    )
    log(alice, "2024-03-01 18:05\nZercher carry: 60 kg x 10")
    data = exported_json(alice).encode()
    export = read_file(bob.athlete, data, index=names_of(bob))

    one = opened(athlete=bob.athlete, data=data, file_name="a.json", export=export)

    [use] = plan(one).uses
    assert use.answer == MINE
    assert not Exercise.objects.filter(owner=bob).exists()


WRITTEN = st.text(
    st.sampled_from("aß9 =-'\"#>:,;\\👩💪日é\u200d\u0301\ufe0f\u202e\u00a0")
    | st.characters(codec="utf-8", exclude_characters="\x00"),
    max_size=60,
)


@given(lines=st.lists(WRITTEN, min_size=1, max_size=3), ending=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_note_survives_to_the_export(alice: User, lines: list[str], ending: str) -> None:
    """Byte for byte, unless it is nothing but white space."""
    note = ending.join(lines)
    written = io.StringIO()
    csv.writer(written).writerow(["2024-03-01", "Plank", "60", note])

    with transaction.atomic():
        bring_in(alice, f"date,exercise,seconds,exercise notes\n{written.getvalue()}")
        [workout] = json.loads(exported_json(alice))["workouts"]
        again = UserFactory.create()
        bring_in(again, exported_json(alice))
        [copy] = json.loads(exported_json(again))["workouts"]
        transaction.set_rollback(True)

    kept = as_written(note) if as_written(note).strip() else ""
    assert workout["entries"][0]["notes"] == kept
    assert copy["entries"][0]["notes"] == workout["entries"][0]["notes"]
