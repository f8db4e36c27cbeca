"""Backtrain as production runs it, with twelve years of one athlete among many others.

DEBUG is off, static files are hashed and compressed, all middleware is there.
"""

import os
import uuid
from collections.abc import Sequence
from copy import copy
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

YEARS = 12  # so that an exercise has 500 sessions
SETS_OF_OTHERS = 1_000  # each
BATCH = 2_000  # rows an INSERT
PORTION = 100  # athletes whose rows are copied at once
ATHLETE = "athlete"


def set_up(folder: Path) -> None:
    """Django for production, with files in ``folder``; SQLite, unless DATABASE_URL says else."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "backtrain.settings",
        "DEBUG": "0",
        "LOG_LEVEL": "CRITICAL",
        "SECRET_KEY": "a key for measuring, which keeps no secrets",
        "ALLOWED_HOSTS": "localhost",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
    }
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ.setdefault("DATABASE_SECONDS", "0")  # filling it takes longer than a page may
    import django
    from django.conf import settings

    settings.TEMPLATES[0]["DIRS"].append(folder)
    settings.DATABASES["default"]["CONN_MAX_AGE"] = None  # one process of PostgreSQL to the end
    django.setup()


def fill(*, others: int, partitions: int = 0) -> None:
    """Make static files, and in the empty database the catalogue and the athletes.

    On PostgreSQL personal tables have as many partitions, if any.
    """
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    if User.objects.exists():
        raise SystemExit("The benchmark fills an empty database, and this one has accounts.")
    call_command("sync_catalog", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    make_athletes(others)
    if connection.vendor == "postgresql":
        if partitions:
            call_command("distribute", partitions=partitions, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does in time
    connection.close()


def make_athletes(others: int) -> None:
    """One with a long history, and others who each did the last part of the same."""
    from django.contrib.auth.models import User

    from workouts.demo import make_demo_training
    from workouts.models import Athlete
    from workouts.own_exercises import make_own_exercise

    user = User.objects.create_user(ATHLETE)
    make_own_exercise(owner=user, name="Zercher carry")
    make_demo_training(user.athlete, today=date.today(), years=YEARS)
    recent: list[Any] = []
    for workout in user.athlete.workouts.newest_first().with_entries()[:100]:
        if sum(map(count_sets, recent)) < SETS_OF_OTHERS:
            recent.append(workout)
    users = User.objects.bulk_create([User(username=f"other-{n}") for n in range(others)], BATCH)
    athletes = Athlete.objects.bulk_create([Athlete(user=user) for user in users], BATCH)
    if athletes:
        first, *rest = athletes
        write([copied(workout, first) for workout in recent])
        done_by_others(first, [each.pk for each in rest])


def done_by_others(athlete: Any, others: Sequence[int]) -> None:
    """Copy what the athlete logged for users who came right after, in SQL.

    The athlete's rows are the last of their tables, and go with no routine, weighing or import.
    """
    from django.core.management.color import no_style
    from django.db import connection
    from django.db.models import Max, Min

    from workouts.models import Entry, LoggedSet, Workout

    entries = athlete.entries.aggregate(first=Min("pk"), last=Max("pk"))
    step = entries["last"] - entries["first"] + 1
    entry = f"one.{{}} + {step} * (other.user_id - {athlete.pk})"
    workout = "md5(cast(one.{} as text) || cast(other.user_id as text))"
    workout += "::uuid" if connection.vendor == "postgresql" else ""
    copies = {
        Workout: {"id": workout.format("id")},
        Entry: {"id": entry.format("id"), "workout_id": workout.format("workout_id")},
        LoggedSet: {"entry_id": entry.format("entry_id")},
    }
    with connection.cursor() as cursor:
        for start in range(0, len(others), PORTION):
            some = others[start : start + PORTION]
            for model, of_other in copies.items():
                table, values = model._meta.db_table, {"athlete_id": "other.user_id", **of_other}
                columns = [
                    field.column
                    for field in model._meta.concrete_fields
                    if field.column in values or not field.primary_key
                ]
                chosen = [values.get(column, f"one.{column}") for column in columns]
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(chosen)}"
                    f" FROM {table} one JOIN workouts_athlete other ON other.user_id"
                    f" BETWEEN {some[0]} AND {some[-1]}"
                    f" WHERE one.athlete_id = {athlete.pk}"
                )
        for statement in connection.ops.sequence_reset_sql(no_style(), [Entry]):
            cursor.execute(statement)


Rows = tuple[Any, list[Any], list[Any]]


def count_sets(workout: Any) -> int:
    return sum(len(entry.sets.all()) for entry in workout.entries.all())


def copied(workout: Any, athlete: Any) -> Rows:
    """The rows of the same workout, entries and sets loaded, for another athlete; not written."""
    new = changed(workout, pk=uuid.uuid4(), athlete=athlete, weighing=None, routine=None)
    entries, sets = [], []
    for entry in workout.entries.all():
        entries.append(changed(entry, pk=None, athlete=athlete, workout=new))
        sets += [
            changed(each, pk=None, athlete=athlete, entry=entries[-1]) for each in entry.sets.all()
        ]
    return new, entries, sets


def changed(row: Any, **values: Any) -> Any:
    new = copy(row)  # Django gives the copy a state of its own
    new._state.adding = True
    for name, value in values.items():
        setattr(new, name, value)
    return new


def write(copies: list[Rows]) -> None:
    """Insert workouts with their entries and sets, and nothing besides. 3 queries for one."""
    from workouts.models import Entry, LoggedSet, Workout

    Workout.objects.bulk_create([workout for workout, _, _ in copies], BATCH)
    Entry.objects.bulk_create(chain.from_iterable(entries for _, entries, _ in copies), BATCH)
    LoggedSet.objects.bulk_create(chain.from_iterable(sets for _, _, sets in copies), BATCH)
