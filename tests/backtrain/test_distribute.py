"""Personal tables spread by athlete, on a PostgreSQL.

All is done within the test's transaction, so that the next one finds the tables as they were.
"""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from backtrain.management.commands import distribute
from backtrain.postgresql import distribution
from exercises.models import Exercise, Muscle
from tests.factories import EquipmentFactory, log, make_routine
from workouts.models import Athlete, Entry, LoggedSet, Rest, Routine, Workout
from workouts.vocabulary import Unit
from workouts.weighings import record_body_weight

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql" or "PARTITIONS" in os.environ,
    reason="of a PostgreSQL without partitions",
)

PERSONAL = {
    model._meta.db_table: "user_id" if model is Athlete else "athlete_id"
    for model in apps.get_app_config("workouts").get_models(include_auto_created=True)
}
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid),
    confrelid::regclass::text
FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s) AND conparentid = 0"""
INDEXES = """
SELECT indrelid::regclass::text, indexrelid::regclass::text, indisunique,
    pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid::regclass::text = ANY(%s)"""
PARTITIONS = """
SELECT inhparent::regclass::text, count(*) FROM pg_inherits
JOIN pg_partitioned_table ON partrelid = inhparent GROUP BY 1"""


def distributed(*words: str, **options: Any) -> str:
    """What the command says."""
    connection.check_constraints()  # what waits for the end of the transaction holds the tables
    said = StringIO()
    call_command("distribute", *words, stdout=said, **options)
    return said.getvalue()


def asked(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()


def rows() -> dict[str, list[Any]]:
    return {name: sorted(asked(f"SELECT * FROM {name}"), key=repr) for name in PERSONAL}


def partitions() -> dict[str, int]:
    return {name: count for name, count in asked(PARTITIONS) if name in PERSONAL}


@pytest.fixture
def logged(alice, charlie, pull_up, row) -> Workout:
    """Rows of two athletes in most tables."""
    for user in (alice, charlie):
        athlete = user.athlete
        record_body_weight(athlete=athlete, on=date(2026, 11, 20), weight=Decimal(80), unit=Unit.KG)
        athlete.rests.create(seconds=90)
        athlete.rests.create(exercise=pull_up, seconds=120)
        athlete.favourites.create(exercise=row)
        athlete.equipment.add(EquipmentFactory.create())
        make_routine(user, "Pull-up: 3 x 8")
        log(user, "2026-11-21 18:30\nPull-up: 8, 8, 6\nBent-over barbell row: 60 kg x 8")
    return log(alice, "2026-11-22 18:30\nPull-up: 9")


@pytest.fixture
def spread(logged) -> Workout:
    distributed("--partitions", "2")
    return logged


@pytest.mark.skipif(connection.vendor == "postgresql", reason="of the others")
def test_refuses_what_is_no_postgresql():
    with pytest.raises(CommandError, match=r"Only PostgreSQL can spread a table.* SQLite"):
        distributed()


@on_postgresql
class TestPartitions:
    def test_every_key_begins_with_the_athlete(self, spread):
        constraints = asked(CONSTRAINTS, [*PERSONAL])
        keys = {
            name: (table, definition)
            for table, name, kind, definition, _ in constraints
            if kind in "pu"
        }
        keys |= {
            name: (table, definition)
            for table, name, is_unique, definition in asked(INDEXES, [*PERSONAL])
            if is_unique
        }
        between = [
            (table, definition)
            for table, _, kind, definition, other in constraints
            if kind == "f" and other in PERSONAL
        ]

        assert partitions() == dict.fromkeys(PERSONAL, 2)
        assert {each[0] for each in constraints if each[2] == "p"} == set(PERSONAL)
        assert len(keys) > len(PERSONAL)
        for table, definition in keys.values():
            assert definition.partition("(")[2].startswith(PERSONAL[table]), definition
        assert len(between) > len(PERSONAL)
        for table, definition in between:
            assert definition.startswith(f"FOREIGN KEY ({PERSONAL[table]}"), definition
            assert "DEFERRABLE INITIALLY DEFERRED" in definition

    def test_the_second_time_does_nothing(self, spread):
        said = distributed("--partitions", "4")

        assert said == f"All {len(PERSONAL)} personal tables are partitioned already.\n"
        assert partitions() == dict.fromkeys(PERSONAL, 2)

    def test_names_stay(self, logged):
        def names() -> set[tuple[str, str]]:
            return {row[:2] for sql in (CONSTRAINTS, INDEXES) for row in asked(sql, [*PERSONAL])}

        before = {each for each in names() if not each[1].endswith("_not_null")}
        distributed("--partitions", "2")

        assert len(before) > 100
        assert before <= names()

    def test_rows_stay_and_numbers_go_on(self, logged):
        before, last = rows(), LoggedSet.objects.latest("pk").pk
        distributed("--partitions", "2")

        assert rows() == before
        assert sum(map(bool, before.values())) > 8
        more = log(logged.athlete.user, "2026-11-23 18:30\nPull-up: 10")
        assert more.entries.get().sets.get().pk == last + 1

    def test_none_refers_to_a_strangers_row(self, spread, charlie, pull_up):
        Entry.objects.create(athlete=charlie.athlete, workout=spread, exercise=pull_up, position=9)

        with pytest.raises(IntegrityError, match="foreign key"):
            connection.check_constraints()

    def test_a_position_has_one_entry(self, spread, pull_up):
        again = Entry(athlete=spread.athlete, workout=spread, exercise=pull_up, position=1)

        with pytest.raises(IntegrityError, match="unique"):
            again.save()

    def test_deleting_a_routine_leaves_its_workouts(self, spread):
        routine = Routine.objects.filter(athlete=spread.athlete).get()
        Workout.objects.filter(pk=spread.pk).update(routine=routine)
        routine.delete()
        connection.check_constraints()
        spread.refresh_from_db()

        assert spread.routine is None

    def test_partitions_what_came_later(self, logged, monkeypatch):
        tables = distribution.tables
        monkeypatch.setattr(
            distribution,
            "tables",
            lambda: [
                replace(each, is_partitioned=True) if each.name == "workouts_rest" else each
                for each in tables()
            ],
        )
        distributed("--partitions", "2")
        monkeypatch.undo()
        asked_nothing(
            "ALTER TABLE workouts_favourite ADD rest_id bigint CONSTRAINT to_later"
            " REFERENCES workouts_rest (id)"
        )
        before = rows()

        said = distributed("--partitions", "2")

        assert said == "Partitioned by athlete, each into 2: personal tables: 1.\n"
        assert partitions() == dict.fromkeys(PERSONAL, 2)
        assert rows() == before
        [definition] = [
            each[3] for each in asked(CONSTRAINTS, [*PERSONAL]) if each[1] == "to_later"
        ]
        assert definition.startswith("FOREIGN KEY (athlete_id, rest_id) REFERENCES workouts_rest")

    def test_all_is_as_before_where_it_fails(self, logged, monkeypatch):
        before = rows()
        copy = distribute.copy

        def fail(copying, progress):
            if copying.source == "workouts_entry":
                raise OSError("No space left on device")
            copy(copying, progress)

        monkeypatch.setattr(distribute, "copy", fail)
        with pytest.raises(CommandError, match="No space left"):
            distributed("--partitions", "2")

        assert partitions() == {}
        assert rows() == before

    def test_rows_can_be_grouped_by_what_django_takes_for_their_key(self, spread):
        routines = Routine.objects.with_last_day().in_order()

        assert [each.last_on for each in routines] == [None, None]

    def test_says_which_row_is_in_the_way(self, logged, charlie):
        Workout.objects.filter(pk=logged.pk).update(
            routine=Routine.objects.get(athlete=charlie.athlete)
        )
        with pytest.raises(CommandError, match=r"Nothing was changed\..*routine_id"):
            distributed("--partitions", "2")

        assert partitions() == {}

    def test_a_large_table_is_copied_part_by_part(self, logged, monkeypatch):
        monkeypatch.setattr(distribution, "PAGES", 1)
        LoggedSet.objects.bulk_create(
            LoggedSet(athlete_id=logged.athlete_id, entry=entry, position=number, reps=8)
            for entry in logged.entries.all()
            for number in range(100, 400)
        )
        told = []
        monkeypatch.setattr(distribute, "bars", lambda: _Told(told))
        before = rows()
        distributed("--partitions", "2")

        parts = [each for each in told if each[0] == "workouts_loggedset"]
        assert len(parts) > 2
        assert parts[-1][1] == parts[-1][2] == len(parts)
        assert rows() == before

    def test_a_dry_run_prints_what_would_be_done(self, logged):
        before = rows()
        script = distributed("--dry-run", "--partitions", "2")

        assert partitions() == {}
        begin, *statements, commit, _ = script.split(";\n")
        assert (begin, commit) == ("BEGIN", "COMMIT")
        for statement in statements:
            asked_nothing(statement)
        assert partitions() == dict.fromkeys(PERSONAL, 2)
        assert rows() == before

    @pytest.mark.parametrize("count", ["1", "65"])
    def test_refuses_other_numbers(self, count):
        with pytest.raises(CommandError, match="2 to 64"):
            distributed("--partitions", count)


class _Told:
    def __init__(self, told: list[Any]) -> None:
        self.told = told

    def __enter__(self) -> Any:
        return lambda *said: self.told.append(said)

    def __exit__(self, *_: Any) -> None:
        pass


def asked_nothing(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@on_postgresql
class TestLaterMigrations:
    def test_none_is_wanted(self, spread):
        said = StringIO()
        call_command("migrate", stdout=said)
        call_command("makemigrations", "--check", "--dry-run", stdout=said)

        assert "No migrations to apply." in said.getvalue()
        assert "No changes detected" in said.getvalue()

    def test_one_that_waits_comes_first(self, logged, monkeypatch):
        monkeypatch.setattr(
            distribute.MigrationExecutor, "migration_plan", lambda *_: [("a migration", False)]
        )

        with pytest.raises(CommandError, match=r"run manage\.py migrate first"):
            distributed()

    def test_a_field_with_an_index_can_be_added_and_removed(self, spread):
        field = models.CharField(max_length=20, default="gym", db_index=True)
        field.set_attributes_from_name("place")
        with connection.schema_editor() as editor:
            editor.add_field(Workout, field)
        assert set(asked("SELECT place FROM workouts_workout")) == {("gym",)}
        connection.check_constraints()
        with connection.schema_editor() as editor:
            editor.remove_field(Workout, field)

        assert Workout.objects.count() == 3

    def test_a_check_and_a_unique_constraint_of_the_athlete_can_be_added(self, spread):
        check = models.CheckConstraint(condition=~models.Q(seconds=7), name="not_seven")
        unique = models.UniqueConstraint(fields=["athlete", "seconds"], name="once_a_length")
        with connection.schema_editor() as editor:
            editor.add_constraint(Rest, check)
            editor.add_constraint(Rest, unique)

        with pytest.raises(IntegrityError, match="not_seven"), transaction.atomic():
            Rest.objects.update(seconds=7)
        with pytest.raises(IntegrityError, match="unique"), transaction.atomic():
            Rest.objects.update(seconds=60)

    def test_a_foreign_key_to_a_personal_table_gets_the_athlete(self, spread, charlie):
        field = models.ForeignKey(Workout, models.SET_NULL, null=True, related_name="+")
        field.set_attributes_from_name("last")
        field.model = Rest
        with connection.schema_editor() as editor:
            editor.add_field(Rest, field)
        [definition] = [row[3] for row in asked(CONSTRAINTS, ["workouts_rest"]) if "last" in row[1]]
        asked_nothing(f"UPDATE workouts_rest SET last_id = '{spread.pk}' WHERE seconds = 90")

        assert definition.startswith("FOREIGN KEY (athlete_id, last_id)")
        with pytest.raises(IntegrityError, match="foreign key"):  # of Charlie's rest
            connection.check_constraints()

    def test_a_unique_constraint_gets_the_athlete(self, spread):
        once = models.UniqueConstraint(fields=["seconds", "exercise"], name="once_a_length")
        one = models.UniqueConstraint(
            fields=["seconds"], condition=models.Q(exercise=None), name="one_of_all"
        )
        with connection.schema_editor() as editor:
            editor.add_constraint(Rest, once)
            editor.add_constraint(Rest, one)
        definitions = [row[3] for row in asked(INDEXES, ["workouts_rest"])]
        with connection.schema_editor() as editor:
            editor.remove_constraint(Rest, once)
            editor.remove_constraint(Rest, one)

        for columns in ("(athlete_id, seconds, exercise_id)", "(athlete_id, seconds)"):
            assert any(columns in each for each in definitions)
        names = {row[1] for row in asked(INDEXES, ["workouts_rest"])}
        assert not names & {"once_a_length", "one_of_all"}


@on_postgresql
def test_what_is_not_partitioned_gets_none(db):
    field = models.ForeignKey(Workout, models.SET_NULL, null=True, related_name="+")
    field.set_attributes_from_name("last")
    field.model = Rest
    once = models.UniqueConstraint(fields=["seconds", "exercise"], name="once_a_length")
    with connection.schema_editor() as editor:
        editor.add_field(Rest, field)
        editor.add_constraint(Rest, once)
    definitions = {row[3] for row in asked(CONSTRAINTS, ["workouts_rest"])}

    assert "UNIQUE (seconds, exercise_id)" in definitions
    assert any(each.startswith("FOREIGN KEY (last_id)") for each in definitions)


CATALOGUE = {
    model._meta.db_table
    for model in apps.get_app_config("exercises").get_models(include_auto_created=True)
}
# What Citus would do is not done: these only let its functions be called.
DOUBLE = """
CREATE FUNCTION create_reference_table(regclass) RETURNS text RETURN $1::text;
CREATE FUNCTION create_distributed_table(
    regclass, name, shard_count int DEFAULT 0, colocate_with text DEFAULT ''
) RETURNS text RETURN $1::text;
"""


@on_postgresql
class TestCitus:
    @pytest.fixture
    def statements(self, logged) -> list[str]:
        begin, *statements, commit, _ = distributed("--citus", "--shards", "8").split(";\n")
        assert (begin, commit) == ("BEGIN", "COMMIT")
        return statements

    def test_is_printed_and_not_run(self, statements):
        primary_keys = {row[3] for row in asked(CONSTRAINTS, [*PERSONAL]) if row[2] == "p"}

        assert primary_keys == {"PRIMARY KEY (id)", "PRIMARY KEY (user_id)"}

    def test_every_model_has_its_place(self, statements):
        first = "workouts_athlete"
        of_athletes = {
            f"""SELECT create_distributed_table('"{table}"', '{column}', """
            + ("shard_count => 8)" if table == first else f"""colocate_with => '"{first}"')""")
            for table, column in PERSONAL.items()
        }
        of_all = {
            f"""SELECT create_reference_table('"{table}"')""" for table in CATALOGUE | {"auth_user"}
        }

        assert {each for each in statements if each.startswith("SELECT")} == of_athletes | of_all

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [("auth_user", Exercise), (Exercise, Exercise.equipment.through), (Muscle, Athlete)],
    )
    def test_what_is_referred_to_comes_first(self, statements, earlier, later):
        first, second = (
            each if isinstance(each, str) else each._meta.db_table for each in (earlier, later)
        )
        made = [each for each in statements if each.startswith("SELECT create_")]
        places = [
            next(place for place, each in enumerate(made) if f'"{table}"' in each)
            for table in (first, second)
        ]

        assert places == sorted(places)

    def test_nothing_refers_to_anything_while_tables_are_made_reference_tables(self, statements):
        """Citus takes what refers to one along, and then refuses to make it one by its identity."""
        dropped = {each.split('"')[3] for each in statements if "_fk_" in each and "DROP" in each}
        added = {each.split('"')[3] for each in statements if "_fk_" in each and " ADD " in each}
        made = [each.startswith("SELECT create_") for each in statements]
        last = len(made) - 1 - made[::-1].index(True)

        tables = [*PERSONAL, *CATALOGUE, "auth_user"]
        assert dropped == added == {row[1] for row in asked(CONSTRAINTS, tables) if row[2] == "f"}
        assert not any(" ADD " in each and "_fk_" in each for each in statements[:last])
        assert not any("DROP" in each for each in statements[made.index(True) :])

    def test_plain_postgresql_takes_all_but_what_is_citus_own(self, statements):
        before = rows()
        asked_nothing(DOUBLE)
        for each in statements:
            asked_nothing(each)

        keys = {row[0]: row[3] for row in asked(CONSTRAINTS, [*PERSONAL]) if row[2] == "p"}
        assert keys.pop("workouts_athlete") == "PRIMARY KEY (user_id)"
        assert set(keys.values()) == {"PRIMARY KEY (athlete_id, id)"}
        assert rows() == before

    def test_is_not_run_without_citus(self, logged):
        with pytest.raises(CommandError, match="has no Citus"):
            distributed("--citus", "--run")

    def test_refuses_what_has_partitions(self, spread):
        with pytest.raises(CommandError, match="have partitions on this server"):
            distributed("--citus")


@on_postgresql
def test_run_belongs_to_citus():
    with pytest.raises(CommandError, match="--run belongs to --citus"):
        distributed("--run")
