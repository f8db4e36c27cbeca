"""Years of plausible training for the demo athlete, the same for the same seed and day."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from random import Random

from django.db import transaction

from exercises.models import Exercise
from exercises.vocabulary import LoadType
from workouts.models import Athlete, BodyWeight, Entry, LoggedSet, Routine, Workout
from workouts.reading import Draft, DraftEntry
from workouts.reckoning.targets import Span, Target
from workouts.reckoning.weights import to_kg
from workouts.routine_format import PlannedEntry
from workouts.routines.reading import RoutineDraft
from workouts.routines.saving import make_routine
from workouts.saving import build_entries
from workouts.text_format import EntryText, Load, SetText, sign_of
from workouts.vocabulary import SetKind, Source, Unit

YEARS = 2
WARM_UP_REPS = (8, 4)
WEEKS_TO_DELOAD = 8


@dataclass(frozen=True, slots=True)
class Lift:
    """How the demo athlete trains an exercise: sets, reps, and the weight's way up in kg."""

    slug: str
    sets: int
    reps: int
    start_kg: float = 0
    gain_kg: float = 0
    plate_kg: float = 2.5
    seconds: int = 0
    warm_ups: int = 0
    superset: str = ""


PROGRAMME: dict[str, tuple[Lift, ...]] = {
    "Pull": (
        Lift("weighted-pull-up", 4, 6, start_kg=2.5, gain_kg=22, plate_kg=1.25),
        Lift("bent-over-barbell-row", 4, 8, start_kg=45, gain_kg=32, warm_ups=2),
        Lift("lat-pulldown", 3, 10, start_kg=45, gain_kg=22),
        Lift("rope-face-pull", 3, 15, start_kg=15, gain_kg=12, superset="A"),
        Lift("barbell-curl", 3, 10, start_kg=20, gain_kg=12, superset="A"),
        Lift("back-raise", 2, 12),
    ),
    "Push": (
        Lift("barbell-bench-press", 4, 6, start_kg=55, gain_kg=27, warm_ups=2),
        Lift("overhead-press", 3, 8, start_kg=30, gain_kg=15),
        Lift("dip", 3, 10),
        Lift("dumbbell-lateral-raise", 3, 15, start_kg=6, gain_kg=5, plate_kg=1),
        Lift("triceps-pushdown", 3, 12, start_kg=20, gain_kg=14),
    ),
    "Legs and lower back": (
        Lift("back-squat", 4, 6, start_kg=60, gain_kg=45, warm_ups=2),
        Lift("romanian-deadlift", 3, 8, start_kg=55, gain_kg=40),
        Lift("barbell-good-morning", 3, 10, start_kg=20, gain_kg=20),
        Lift("standing-calf-raise", 3, 12, start_kg=40, gain_kg=40),
        Lift("superman-raise", 3, 0, seconds=30),
    ),
    "Back, light": (
        Lift("pull-up", 4, 7),
        Lift("single-arm-dumbbell-row", 3, 10, start_kg=20, gain_kg=14, plate_kg=2),
        Lift("seated-cable-row", 3, 10, start_kg=40, gain_kg=25),
        Lift("reverse-fly", 3, 12, start_kg=5, gain_kg=5, plate_kg=1),
        Lift("dumbbell-shrug", 3, 12, start_kg=18, gain_kg=16, plate_kg=2),
        Lift("two-point-box", 2, 10),
    ),
}
WEEK = ((0, "Pull"), (2, "Push"), (4, "Back, light"), (5, "Legs and lower back"))
REST_SECONDS = {"Pull": 120, "Push": 120, "Back, light": 90, "Legs and lower back": 150}
WEEKS_WITH_ROUTINES = 26
NOTES = (
    "slept badly",
    "gym was full, waited for the rack",
    "felt strong",
    "left elbow a bit stiff, fine once warm",
    "short on time",
    "new belt",
    "first day back, kept it easy",
)


@transaction.atomic
def make_demo_training(
    athlete: Athlete, *, today: date, years: int = YEARS, seed: int = 1918
) -> int:
    """Write routines, and the history up to yesterday; returns the number of workouts. 8 queries or
    so.
    """
    athlete.renew_version()
    random = Random(seed)  # noqa: S311  (a story, not a secret)
    slugs = {lift.slug for lifts in PROGRAMME.values() for lift in lifts}
    exercises = {each.slug: each for each in Exercise.objects.catalogue().filter(slug__in=slugs)}
    weeks = years * 52
    begun = today - timedelta(weeks=weeks)
    apart = Random(seed + 1)  # noqa: S311  (so that the training stays)
    weights = _body_weights(athlete, today, weeks + 1, apart)
    BodyWeight.objects.bulk_create(weights.values())
    routines = _routines(athlete, exercises)
    plans = {title: routine.text for title, routine in routines.items()}
    workouts: list[Workout] = []
    entries: list[Entry] = []
    sets: list[LoggedSet] = []
    for day, title in _training_days(today, weeks, random):
        week = (day - begun).days // 7
        draft = _draft(day, title, exercises, athlete, week, weeks, random)
        if not draft.entries:
            continue
        weighed = weights[max(on for on in weights if on <= day)]
        workout = Workout(athlete=athlete, source=Source.DEMO, weighing=weighed, **draft.columns)
        if week >= weeks - WEEKS_WITH_ROUTINES:
            workout.routine, workout.plan = routines[title], plans[title]
        built, logged = build_entries(workout, draft, bodyweight_kg=weighed.weight_kg)
        workouts.append(workout)
        entries += built
        sets += chain.from_iterable(logged)
    Workout.objects.bulk_create(workouts)
    Entry.objects.bulk_create(entries, batch_size=500)
    LoggedSet.objects.bulk_create(sets, batch_size=500)
    return len(workouts)


def _routines(athlete: Athlete, exercises: dict[str, Exercise]) -> dict[str, Routine]:
    """The four sessions of the programme, each on its day of the week."""
    made = {}
    for weekday, title in WEEK:
        lifts = [lift for lift in PROGRAMME[title] if lift.slug in exercises]
        entries = tuple(
            (exercises[lift.slug], _planned(lift, exercises[lift.slug], REST_SECONDS[title]))
            for lift in lifts
        )
        draft = RoutineDraft(title, str(weekday + 1), "", entries)
        if entries:
            made[title], _ = make_routine(athlete=athlete, key=uuid.uuid4(), draft=draft)
    return made


def _planned(lift: Lift, exercise: Exercise, rest_seconds: int) -> PlannedEntry:
    warm_ups = [
        Target(reps=Span(reps, reps), kind=SetKind.WARMUP) for reps in WARM_UP_REPS[: lift.warm_ups]
    ]
    if lift.seconds:
        target = Target(seconds=Span(lift.seconds, lift.seconds + 15))
    elif lift.start_kg:
        target = Target(reps=Span(max(lift.reps - 2, 1), lift.reps))
    else:
        target = Target(reps=Span(lift.reps, lift.reps + 4))
    return PlannedEntry(
        name=exercise.name,
        targets=(*warm_ups, *[target] * lift.sets),
        rest_seconds=rest_seconds,
        superset=lift.superset,
        load_type=LoadType(exercise.load_type),
    )


def _body_weights(
    athlete: Athlete, today: date, weeks: int, random: Random
) -> dict[date, BodyWeight]:
    """Every other day or so, from about 78 to 82 kg."""
    weighed = {}
    for days in range(weeks * 7 + 1):
        if days % 7 and random.random() < 0.45:
            continue
        on = today - timedelta(days=weeks * 7 - days)
        kg = 78 + 4 * days / (weeks * 7) + random.gauss(0, 0.4)
        weight = Decimal(round(kg, 1)).quantize(Decimal("0.1"))
        weighed[on] = BodyWeight(
            athlete=athlete,
            weighed_on=on,
            weight=weight,
            unit=Unit.KG,
            weight_kg=to_kg(weight, Unit.KG),
        )
    return weighed


def _training_days(today: date, weeks: int, random: Random) -> Iterator[tuple[date, str]]:
    """Four days a week, less what life takes: missed days and two holidays a year."""
    monday = today - timedelta(days=today.weekday(), weeks=weeks)
    while monday < today:
        is_holiday = monday.isocalendar().week in (1, 31, 32)
        for offset, title in WEEK:
            day = monday + timedelta(days=offset)
            if day < today and not is_holiday and random.random() > 0.16:
                yield day, title
        monday += timedelta(weeks=1)


def _draft(
    day: date,
    title: str,
    exercises: dict[str, Exercise],
    athlete: Athlete,
    week: int,
    weeks: int,
    random: Random,
) -> Draft:
    share = 1 - (1 - week / weeks) ** 1.6  # quick gains first, slower later
    ease = 0.85 if week % WEEKS_TO_DELOAD == WEEKS_TO_DELOAD - 1 else 1.0
    drafted = [
        DraftEntry(exercises[lift.slug], _entry(lift, exercises[lift.slug], share, ease, random))
        for lift in PROGRAMME[title]
        if lift.slug in exercises
    ]
    clock = time(random.choice((7, 17, 18, 18, 19)), random.choice((0, 10, 15, 30, 40)))
    return Draft(
        started_at=datetime.combine(day, clock, tzinfo=athlete.zone),
        day=day,
        time_zone=athlete.time_zone,
        title=title,
        minutes=random.randrange(45, 80, 5),
        notes=random.choice(NOTES) if random.random() < 0.15 else "",
        entries=tuple(drafted),
    )


def _entry(lift: Lift, exercise: Exercise, share: float, ease: float, random: Random) -> EntryText:
    sets = [*_warm_ups(lift, exercise, share), *_working(lift, exercise, share, ease, random)]
    return EntryText(name=exercise.name, sets=tuple(sets), superset=lift.superset)


def _warm_ups(lift: Lift, exercise: Exercise, share: float) -> Iterator[SetText]:
    for number in range(lift.warm_ups):
        part = (0.5, 0.75)[number]
        kg = (lift.start_kg + lift.gain_kg * share) * part
        load = _load(kg, lift, exercise)
        yield SetText(load=load, reps=WARM_UP_REPS[number], kind=SetKind.WARMUP)


def _working(
    lift: Lift, exercise: Exercise, share: float, ease: float, random: Random
) -> Iterator[SetText]:
    if lift.seconds:
        held = round((lift.seconds + 15 * share) / 5) * 5
        yield from (SetText(seconds=held) for _ in range(lift.sets))
        return
    form = random.gauss(0, 0.02)
    kg = (lift.start_kg + lift.gain_kg * share) * ease * (1 + form)
    load = _load(kg, lift, exercise) if lift.start_kg else None
    reps = lift.reps + (0 if lift.start_kg else round(4 * share * ease))
    for number in range(lift.sets):
        tired = number // 2 + (random.random() < 0.3)
        is_last = number == lift.sets - 1
        rpe = random.choice((Decimal(8), Decimal("8.5"), Decimal(9))) if is_last else None
        yield SetText(load=load, reps=max(reps - tired, 1), rpe=rpe if lift.warm_ups else None)


def _load(kg: float, lift: Lift, exercise: Exercise) -> Load:
    amount = Decimal(str(max(round(kg / lift.plate_kg), 1) * lift.plate_kg)).quantize(
        Decimal("0.01")
    )
    return Load(amount, Unit.KG, sign_of(exercise.load_type))
