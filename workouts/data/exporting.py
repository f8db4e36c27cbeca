"""All that an athlete has, as files that other programs and this site read (docs/data.md).

Each is made piece by piece, a hundred workouts at a time, so that ten years need no more memory
than one. Deleted workouts are not in them.
"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from exercises.models import Role
from workouts.data.importers.notebook import ZONE
from workouts.data.importers.own import COLUMNS, safe
from workouts.models import Athlete, Entry, LoggedSet, Workout
from workouts.reckoning.weights import plain

FORMAT, VERSION = "backtrain", 1
AT_ONCE = 100  # workouts


def as_csv(athlete: Athlete) -> Iterator[str]:
    """A row a set, in ``importers.own.COLUMNS``; what a spreadsheet would reckon with is quoted."""
    yield _csv_line(COLUMNS)
    for workout in _workouts(athlete):
        yield "".join(map(_csv_line, _rows(workout)))


def as_notebook(athlete: Athlete) -> Iterator[str]:
    """The whole log in the text format, the oldest workout first."""
    zone = ""
    for workout in _workouts(athlete):
        if workout.time_zone != zone:
            zone = workout.time_zone
            yield f"{ZONE}{zone}\n\n"
        yield f"{workout.text}\n\n"


def as_json(athlete: Athlete, *, at: datetime) -> Iterator[str]:
    """Everything of the athlete in one document. 3 queries for every hundred workouts."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": _utc(at), **_besides(athlete)}
    text = json.dumps(head, ensure_ascii=False, indent=1)
    yield text.removesuffix("\n}") + ',\n "workouts": ['
    comma = ""
    for workout in _workouts(athlete):
        yield comma + "\n" + json.dumps(workout_document(workout), ensure_ascii=False)
        comma = ","
    yield "\n ]\n}\n"


def _workouts(athlete: Athlete) -> Iterator[Workout]:
    live = (
        athlete.workouts.live().oldest_first().select_related("weighing", "routine").with_entries()
    )
    yield from live.iterator(chunk_size=AT_ONCE)


def _csv_line(cells: Any) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _rows(workout: Workout) -> Iterator[list[str]]:
    start = workout.local_start
    about = [
        str(workout.day),
        f"{start:%H:%M}",
        workout.time_zone,
        safe(workout.title),
        _text(workout.minutes),
        safe(workout.notes),
    ]
    for entry in workout.entries.all():
        of_entry = [entry.superset, str(entry.position), safe(entry.exercise.name)]
        for number, one in enumerate(entry.sets.all(), start=1):
            yield [*about, *of_entry, safe(entry.notes), str(number), *_cells(one)]


def _cells(one: LoggedSet) -> list[str]:
    load = one.as_text().load
    weight = f"{'-' if load.sign == '-' else ''}{plain(load.amount)}" if load else ""
    measures = (one.reps, one.seconds, one.metres, one.rpe)
    return [str(one.kind), str(one.side), safe(weight), one.unit, *map(_text, measures)]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else plain(value)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def workout_document(workout: Workout) -> dict[str, Any]:
    """A workout, entries, weighing and routine loaded, as everything.json has it."""
    return {
        "id": str(workout.pk),
        "day": str(workout.day),
        "started_at": _utc(workout.started_at),
        "time_zone": workout.time_zone,
        "title": workout.title,
        "minutes": workout.minutes,
        "notes": workout.notes,
        "source": str(workout.source),
        "weighed_on": str(workout.weighing.weighed_on) if workout.weighing else None,
        "routine": workout.routine.name if workout.routine else "",
        "plan": workout.plan,
        "entries": [_entry_document(entry) for entry in workout.entries.all()],
    }


def _entry_document(entry: Entry) -> dict[str, Any]:
    return {
        "exercise": entry.exercise.name,
        "superset": entry.superset,
        "notes": entry.notes,
        "imported_name": entry.imported_name,
        "sets": [
            {
                "kind": str(one.kind),
                "side": str(one.side),
                "weight": None if one.weight is None else plain(one.weight),
                "unit": one.unit,
                "reps": one.reps,
                "seconds": one.seconds,
                "metres": None if one.metres is None else plain(one.metres),
                "rpe": None if one.rpe is None else plain(one.rpe),
            }
            for one in entry.sets.all()
        ],
    }


def _besides(athlete: Athlete) -> dict[str, Any]:
    """What an athlete has besides workouts. 13 queries."""
    return {
        "settings": {
            "unit": str(athlete.unit),
            "time_zone": athlete.time_zone,
            "week_start": athlete.week_start,
            "balance_target": plain(athlete.balance_target),
            "equipment": list(athlete.equipment.values_list("slug", flat=True)),
            "bars": [
                {"unit": str(bar.unit), "weight": plain(bar.weight)} for bar in athlete.bars.all()
            ],
            "plates": [
                {"unit": str(one.unit), "weight": plain(one.weight), "count": one.count}
                for one in athlete.plates.all()
            ],
        },
        "goal": {"weight": plain(athlete.goal_weight), "unit": athlete.goal_unit}
        if athlete.goal_weight is not None
        else None,
        "own_exercises": list(_own_exercises(athlete)),
        "own_names": [
            {"name": name, "exercise": exercise}
            for name, exercise in athlete.own_names.order_by("key").values_list(
                "name", "exercise__name"
            )
        ],
        "routines": [
            {"name": one.name, "weekdays": one.weekdays, "text": one.text}
            for one in athlete.routines.live().in_order().with_entries()
        ],
        "favourites": list(
            athlete.favourites.order_by("exercise__name").values_list("exercise__name", flat=True)
        ),
        "body_weights": [
            {"on": str(on), "weight": plain(weight), "unit": str(unit)}
            for on, weight, unit in athlete.body_weights.order_by("weighed_on").values_list(
                "weighed_on", "weight", "unit"
            )
        ],
    }


def _own_exercises(athlete: Athlete) -> Iterator[dict[str, Any]]:
    own = athlete.user.own_exercises.order_by("name", "pk").prefetch_related(
        "targets__muscle", "equipment", "aliases", "steps"
    )
    for exercise in own:
        fraction = exercise.bodyweight_fraction
        yield {
            "name": exercise.name,
            "status": str(exercise.status),
            "load_type": str(exercise.load_type),
            "implements": exercise.implements,
            "implements_one_side": exercise.implements_one_side,
            "pace": str(exercise.pace),
            "pattern": str(exercise.pattern),
            "bodyweight_fraction": None if fraction is None else plain(fraction),
            **{
                str(role): [
                    each.muscle.slug for each in exercise.targets.all() if each.role == role
                ]
                for role in (Role.PRIMARY, Role.SECONDARY)
            },
            "equipment": [each.slug for each in exercise.equipment.all()],
            "aliases": [each.name for each in exercise.aliases.all()],
            "steps": [each.text for each in exercise.steps.all()],
        }
