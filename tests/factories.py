"""Rows for tests. Each is valid as it stands; a test names only what it is about."""

from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.base import ModelState
from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from exercises.models import Alias, Equipment, Exercise, Muscle, Source, Step, Target
from workouts.models import Athlete, BodyWeight, Entry, LoggedSet, Routine, Workout
from workouts.own_exercises import names_of
from workouts.reading import Reading, When, read_days
from workouts.routines import saving
from workouts.routines.reading import read_routine
from workouts.saving import log_workout

Row = TypeVar("Row", bound=Model)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"user-{n}")
    email = LazyAttribute(lambda user: f"{user.username}@example.org")
    password = Password("a good password")


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    key = Sequence(lambda n: f"source{n}")
    title = LazyAttribute(lambda source: f"Study {source.key}")
    url = LazyAttribute(lambda source: f"https://example.org/{source.key}")


class MuscleFactory(DjangoModelFactory[Muscle]):
    class Meta:
        model = Muscle

    slug = Sequence(lambda n: f"muscle-{n}")
    name = LazyAttribute(lambda muscle: muscle.slug.replace("-", " ").capitalize())
    latin = LazyAttribute(lambda muscle: f"m. {muscle.name.lower()}")
    common_name = LazyAttribute(lambda muscle: muscle.name)
    kind = "muscle"
    region = "back"
    view = "back"
    layer = "superficial"
    is_volume_unit = True
    position = Sequence(int)
    origin = "Here"
    insertion = "There"
    actions = "Pulls"
    nerve = "A nerve"


class EquipmentFactory(DjangoModelFactory[Equipment]):
    class Meta:
        model = Equipment

    slug = Sequence(lambda n: f"thing-{n}")
    name = LazyAttribute(lambda thing: thing.slug.replace("-", " ").capitalize())
    kind = "free-weight"
    position = Sequence(int)


class ExerciseFactory(DjangoModelFactory[Exercise]):
    class Meta:
        model = Exercise

    slug = Sequence(lambda n: f"exercise-{n}")
    name = LazyAttribute(lambda exercise: exercise.slug.replace("-", " ").capitalize())
    status = "published"
    summary = "What it is."
    pattern = "horizontal_pull"
    force = "pull"
    mechanic = "compound"
    level = "beginner"
    load_type = "external"
    implements = LazyAttribute(lambda exercise: 2 if exercise.load_type == "per_hand" else 1)


class StepFactory(DjangoModelFactory[Step]):
    class Meta:
        model = Step

    exercise = SubFactory(ExerciseFactory)
    position = Sequence(lambda n: n + 1)
    text = "Do this."


class TargetFactory(DjangoModelFactory[Target]):
    class Meta:
        model = Target

    exercise = SubFactory(ExerciseFactory)
    muscle = SubFactory(MuscleFactory)
    role = "primary"


class AliasFactory(DjangoModelFactory[Alias]):
    class Meta:
        model = Alias

    exercise = SubFactory(ExerciseFactory)
    name = Sequence(lambda n: f"Other name {n}")


def read_workout(text: str, **options: Any) -> Reading:
    """The text as one day."""
    (day,) = read_days(text, many=False, **options).days
    return day


def log(user: User, text: str, *, on: date = date(2026, 11, 22), **options: Any) -> Workout:
    """A workout of ``user`` from its text, saved the way the site saves it."""
    athlete: Athlete = user.athlete
    reading = read_workout(
        text,
        index=names_of(user),
        unit=athlete.unit,  # type: ignore[arg-type]
        when=When(on, options.pop("at", time(18, 30)), athlete.time_zone),
        now=datetime(2030, 1, 1, tzinfo=UTC),
    )
    assert reading.draft, (reading.problems, reading.parsed.problems)
    key = options.pop("key", None) or uuid4()
    workout, _ = log_workout(athlete=athlete, key=key, draft=reading.draft, **options)
    return workout


def make_routine(
    user: User, text: str, *, name: str = "Back day", weekdays: str = "", key: UUID | None = None
) -> Routine:
    """A routine of ``user`` from its text, saved the way the site saves it."""
    athlete: Athlete = user.athlete
    reading = read_routine(text, index=names_of(user), unit=athlete.unit)  # type: ignore[arg-type]
    draft = reading.draft(name, weekdays)
    assert draft, (reading.problems, reading.parsed.problems)
    routine, _ = saving.make_routine(athlete=athlete, key=key or uuid4(), draft=draft)
    return routine


def log_each_day(user: User, text: str, *, days: int, first: date) -> list[Workout]:
    """The same workout on so many days: saved once as the site saves it, then row for row."""
    logged = log(user, text, on=first)
    entries = list(logged.entries.all())
    sets = [list(entry.sets.all()) for entry in entries]
    later = Workout.objects.bulk_create(
        _copy(
            logged,
            pk=uuid4(),
            day=logged.day + timedelta(days=number),
            started_at=logged.started_at + timedelta(days=number),
        )
        for number in range(1, days)
    )
    copies = Entry.objects.bulk_create(
        _copy(entry, pk=None, workout=workout) for workout in later for entry in entries
    )
    LoggedSet.objects.bulk_create(
        _copy(each, pk=None, entry=entry)
        for entry, of_entry in zip(copies, sets * len(later), strict=True)
        for each in of_entry
    )
    return [logged, *later]


def weigh_daily(user: User, days: int, *, last: date = date(2026, 11, 22)) -> None:
    """A weighing of 80 kg on each of so many days."""
    BodyWeight.objects.bulk_create(
        BodyWeight(
            athlete=user.athlete,
            weighed_on=last - timedelta(days=number),
            weight=80,
            unit="kg",
            weight_kg=80,
        )
        for number in range(days)
    )


def _copy(row: Row, **changes: Any) -> Row:
    new = copy(row)
    new._state = ModelState()
    for name, value in changes.items():
        setattr(new, name, value)
    return new
