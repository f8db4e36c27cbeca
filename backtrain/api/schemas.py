"""What is sent and answered. Numbers that may have decimals are text, as in everything.json."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from django.db.models import QuerySet
from ninja import Field, Schema
from pydantic import AfterValidator

from workouts.text_format.values import MAX_ENTRIES, MAX_SETS
from workouts.vocabulary import SetKind, Side, Unit

Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")


def _is_local(time: dt.time) -> dt.time:
    if time.tzinfo:
        raise ValueError("Write the time without an offset, and name the time_zone.")
    return time


LocalTime = Annotated[dt.time, AfterValidator(_is_local)]


class Problem(Schema):
    """What is wrong with a line, or with all of it where there is no line."""

    message: str
    line: int | None = Field(None, description="Counts from 1, in `text`.")
    column: int | None = Field(None, description="Counts from 1, in characters.")
    length: int | None = None
    answers: list[str] = Field([], description="What the line may be instead.")
    exercises: list[str] = Field([], description="Names that may be meant.")


class Refusal(Schema):
    """Nothing was written. `text` is what was read, whose lines the problems are about."""

    detail: str
    problems: list[Problem] = []
    text: str = ""


class Message(Schema):
    detail: str


class SetOut(Schema):
    kind: SetKind
    side: Side
    weight: str | None
    unit: str
    reps: int | None
    seconds: int | None
    metres: str | None
    rpe: str | None


class EntryOut(Schema):
    exercise: str
    superset: str
    notes: str
    imported_name: str
    sets: list[SetOut]


class WorkoutOut(Schema):
    """A workout, as in everything.json, with its text, and the revision that a change begins at."""

    id: uuid.UUID
    revision: int
    day: dt.date
    started_at: str
    time_zone: str
    title: str
    minutes: int | None
    notes: str
    source: str
    weighed_on: str | None
    routine: str
    plan: str
    entries: list[EntryOut]
    text: str


class Days(Schema):
    """All days, or those from `since` to `until`, both included."""

    since: dt.date | None = None
    until: dt.date | None = None

    def among(self, rows: Rows, *, day: str) -> Rows:
        """Those of the rows whose column ``day`` is one of them."""
        limits = {f"{day}__gte": self.since, f"{day}__lte": self.until}
        return rows.filter(**{name: limit for name, limit in limits.items() if limit})


class WantedWorkouts(Days):
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=1_000_000)


class Workouts(Schema):
    count: int
    workouts: list[WorkoutOut]


class Saved(Schema):
    """The workouts of a notebook; those that were there already are among them."""

    new: int
    workouts: list[WorkoutOut]


class Conflicting(Schema):
    """The workout as it is stored."""

    detail: str
    stored: WorkoutOut


class Read(Schema):
    """How a text reads, and what saving it would keep."""

    is_ready: bool
    problems: list[Problem]
    workouts: list[str] = Field(description="Canonical texts.")


class SetIn(Schema):
    kind: SetKind = SetKind.WORKING
    side: Side = Side.BOTH
    weight: Decimal | None = None
    unit: Unit | Literal[""] | None = Field(None, description="Without one, the athlete's.")
    reps: int | None = None
    seconds: int | None = None
    metres: Decimal | None = None
    rpe: Decimal | None = None


class EntryIn(Schema):
    exercise: str = Field(description="A name that the log knows.")
    superset: str = ""
    notes: str = ""
    sets: Annotated[list[SetIn], Field(min_length=1, max_length=MAX_SETS)]


class TextIn(Schema):
    text: str = Field("", description="In the text format; many days are many workouts.")
    day: dt.date | None = Field(None, description="A date in the text wins over it.")
    time: LocalTime | None = None
    time_zone: str = Field("", description="Without one, the athlete's.")


class NotebookIn(TextIn):
    id: uuid.UUID = Field(description="Chosen by you: the same one again adds nothing.")


class WorkoutIn(TextIn):
    """A workout, as `text` or as `entries`."""

    title: str = ""
    minutes: int | None = None
    notes: str = ""
    entries: Annotated[list[EntryIn], Field(max_length=MAX_ENTRIES)] = []


class NewWorkout(WorkoutIn):
    id: uuid.UUID = Field(description="Chosen by you: the same one again adds nothing.")


class ChangedWorkout(WorkoutIn):
    time_zone: str = Field("", description="Without one, the workout's.")
    revision: int = Field(ge=1, description="Of the workout that the change begins at.")


class WeighingOut(Schema):
    day: dt.date
    weight: str
    unit: Unit


class WeighingIn(Schema):
    weight: Decimal
    unit: Unit | None = Field(None, description="Without one, the athlete's.")
    confirmed: str = Field("", description="The `confirm` of a question, if the answer is yes.")


class Unconfirmed(Schema):
    """The weight looks like a slip, or workouts were reckoned with another one."""

    detail: str
    confirm: str


class NamedOut(Schema):
    slug: str
    name: str


class TargetOut(Schema):
    muscle: str = Field(description="Its slug.")
    role: str


class ExerciseOut(NamedOut):
    summary: str
    level: str
    pattern: str
    mechanic: str
    load_type: str
    is_own: bool
    primary: list[str] = Field(description="Slugs of muscles.")
    equipment: list[str]


class ExerciseSearch(Schema):
    """As in the address of the catalogue's page. All lists may repeat."""

    q: str = ""
    muscle: list[str] = []
    equipment: list[str] = []
    only: str = Field("", description="equipment: what needs nothing but these.")
    level: list[str] = []
    pattern: list[str] = []
    mechanic: list[str] = []
    load: list[str] = []
    sort: str = Field("", description="article, name or level.")
    page: int = Field(1, ge=1)


class Exercises(Schema):
    count: int
    exercises: list[ExerciseOut]


class ExerciseDetail(ExerciseOut):
    steps: list[str]
    cues: str
    mistakes: str
    safety: str
    targets: list[TargetOut]
    aliases: list[str]


class MuscleOut(NamedOut):
    latin: str
    common_name: str
    kind: str
    region: str
    layer: str
    origin: str
    insertion: str
    actions: list[str]
    nerve: str
    part_of: str | None


class MuscleDetail(MuscleOut):
    text: str
    parts: list[str]
    antagonists: list[str]


class EquipmentOut(NamedOut):
    kind: str
