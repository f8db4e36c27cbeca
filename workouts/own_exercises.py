"""An athlete's own exercises: what the catalogue does not have. Each verb is one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils.text import slugify
from django.utils.translation import gettext as _

from exercises.models import Equipment, Exercise, LoadType, Muscle, Role, Status, Step, Target
from exercises.names import NAMELESS, RESERVED_SLUGS, free_slug, name_key
from exercises.prepared import Parameter
from exercises.search.lookup import NameIndex
from exercises.translating import in_words
from exercises.vocabulary import Pace
from workouts.models import Athlete, Entry, OwnName, RoutineEntry
from workouts.reckoning.pace import KILOMETRE
from workouts.saving import SUMMARY_FIELDS, load_rule, recount, set_summary
from workouts.text_format import (
    SetText,
    as_logged,
    clean_name,
    name_problem,
    print_sets,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MAX_ALIASES = 20
MAX_STEPS = 30
MAX_STEP = 500  # characters
MAX_CLASHES = 3  # of a kind that are worth showing


class BadName(Exception):
    """The name can't be used; the message says why."""


class NotAlike(Exception):
    """Sets that no one exercise can have; the message says why."""


@dataclass(frozen=True, slots=True)
class TakenName:
    """A name that leads to another exercise already."""

    name: str
    exercise: Exercise
    is_alias: bool


class NamesTaken(Exception):
    """Names of an exercise that lead to another one already."""

    def __init__(self, taken: Sequence[TakenName]) -> None:
        super().__init__(", ".join(each.name for each in taken))
        self.taken = taken


class Gone(Exception):
    """The exercise was deleted, or merged into another one."""


class Unreadable(Exception):
    """Sets that were logged can't be read the way they would be from now on."""

    def __init__(self, reread: "Reread") -> None:
        super().__init__(f"{reread.clash_count} of {reread.set_count} sets")
        self.reread = reread


class NotMergeable(Exception):
    """One of the two exercises is not there (any more), or they are one and the same."""


@dataclass(frozen=True, slots=True)
class OwnExerciseFacts:
    """What an athlete says of an exercise. Muscles and equipment are slugs, names clean ones.

    ``implements`` are as ``workouts.reckoning.strength.LoadRule`` counts them. ``pattern`` is its
    movement, empty where that is left to its main muscles.
    """

    name: str
    load_type: LoadType
    implements: int = 1
    implements_one_side: int = 1
    bodyweight_fraction: Decimal | None = None
    pace: Pace = Pace.PER_KM
    pattern: str = ""
    primary: Sequence[str] = ()
    secondary: Sequence[str] = ()
    equipment: Sequence[str] = ()
    aliases: Sequence[str] = ()
    steps: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """A logged set that another load type can't have, as text, and why not."""

    day: date
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reread:
    """Entries as they are under another exercise, or another load type; not saved yet.

    Volumes are kilograms, None where no rule gives any.
    """

    entries: list[Entry]
    set_count: int
    volume_before_kg: Decimal | None
    volume_after_kg: Decimal | None
    clashes: list[Clash]

    @property
    def workout_count(self) -> int:
        return len({entry.workout_id for entry in self.entries})

    @property
    def clash_count(self) -> int:
        return len(self.clashes)

    @property
    def reasons(self) -> dict[str, list[Clash]]:
        """The first few clashes of each kind, by why they clash."""
        by_reason: dict[str, list[Clash]] = {}
        for clash in self.clashes:
            by_reason.setdefault(clash.why, []).append(clash)
        return {why: clashes[:MAX_CLASHES] for why, clashes in by_reason.items()}

    @property
    def is_volume_changed(self) -> bool:
        return self.volume_before_kg != self.volume_after_kg


def names_of(owner: "User", *, first: Iterable[Exercise] = ()) -> NameIndex:
    """Every name by which ``owner`` may log an exercise, their private ones too. 1 query, and one
    more after a write to the catalogue.
    """
    return NameIndex.for_user(owner, first=first, private=_own_names)


def _own_names(athlete: Parameter) -> QuerySet[OwnName]:
    return OwnName.objects.filter(athlete=athlete)


@transaction.atomic
def make_own_exercise(
    *,
    owner: "User",
    name: str,
    like: Sequence[SetText] = (),
    load_type: LoadType | None = None,
) -> Exercise:
    """An exercise that only ``owner`` has, loaded the way the sets ``like`` this are written, if no
    ``load_type`` is given.

    Raises ``BadName``, and ``NotAlike`` for sets that are not of one kind. An own exercise of that
    name is returned as it is, and brought back if it was archived.
    """
    name = _checked_name(name)
    owner.athlete.renew_version()
    existing = Exercise.objects.filter(owner=owner, name_key=name_key(name)).first()
    if existing:
        restore_own_exercise(exercise=existing)
        return existing
    return _new(owner, name, load_type=load_type or _load_type(like))


def unmade_exercise(
    *, name: str, like: Sequence[SetText], load_type: LoadType | None = None
) -> Exercise:
    """The exercise that ``make_own_exercise`` would make, not saved. Raises the same."""
    return Exercise(name=_checked_name(name), load_type=load_type or _load_type(like))


def _checked_name(name: str) -> str:
    name = clean_name(name)
    if problem := name_problem(name):
        raise BadName(in_words(problem))
    if not name_key(name):
        raise BadName(in_words(NAMELESS))
    return name


@transaction.atomic
def create_own_exercise(*, owner: "User", facts: OwnExerciseFacts) -> Exercise:
    """An exercise with all that its owner says of it. Raises ``NamesTaken``."""
    owner.athlete.renew_version()
    _check_names(owner, facts, exercise=None)
    exercise = _new(owner, facts.name, **_said(facts))
    _write_details(owner, exercise, facts)
    return exercise


@transaction.atomic
def revise_own_exercise(*, owner: "User", exercise: Exercise, facts: OwnExerciseFacts) -> Exercise:
    """Change an own exercise; a name that it had goes on leading to it.

    Where it is loaded another way, what was logged of it is reckoned anew, as after any such change
    (``workouts.summaries``). Raises ``NamesTaken``, ``Gone``, and ``Unreadable`` where a set can't
    be read under another load type.
    """
    owner.athlete.renew_version()
    if not owner.own_exercises.filter(pk=exercise.pk).exists():
        raise Gone
    _check_names(owner, facts, exercise=exercise)
    former = exercise.name
    if facts.load_type != exercise.load_type:
        _check_readable(owner, exercise, facts.load_type)
    exercise.name = facts.name
    for field, value in _said(facts).items():
        setattr(exercise, field, value)
    exercise.save()
    _write_details(owner, exercise, facts)
    if name_key(former) != exercise.name_key:
        _remember_name(owner, former, exercise)
    return exercise


@transaction.atomic
def remove_own_exercise(*, owner: "User", exercise: Exercise) -> Literal["archived", "deleted"]:
    """Delete an own exercise, or archive it where a workout or routine has it."""
    owner.athlete.renew_version()
    if is_used(exercise):
        exercise.status = Status.ARCHIVED
        exercise.save()
        return "archived"
    exercise.delete()
    return "deleted"


def restore_own_exercise(*, exercise: Exercise) -> None:
    """Bring an archived own exercise back."""
    if exercise.status != Status.PUBLISHED:
        exercise.status = Status.PUBLISHED
        exercise.save()


@transaction.atomic
def merge_own_exercise(*, owner: "User", source: Exercise, target: Exercise) -> Reread:
    """Turn all that ``owner`` logged as ``source`` into ``target``, and give ``source`` up.

    Its names go on, for the owner, as names of ``target``, which is another own exercise or one of
    the catalogue. Entries are reckoned anew the way ``target`` is loaded; their workouts count as
    changed, deleted ones too. Raises ``NotMergeable`` and ``Unreadable``; then nothing is changed.
    """
    owner.athlete.renew_version()
    there = owner.own_exercises.filter(pk=source.pk).first()
    goal = Exercise.objects.loggable_by(owner).filter(pk=target.pk).first()
    if there is None or goal is None or there == goal:
        raise NotMergeable
    source, target = there, goal
    moved = _move(owner, source, target)
    athlete = owner.athlete
    RoutineEntry.objects.filter(athlete=athlete, exercise=source).update(exercise=target)
    if not athlete.favourites.filter(exercise=target).exists():
        athlete.favourites.filter(exercise=source).update(exercise=target)
    athlete.own_names.filter(exercise=source).update(exercise=target)
    _remember_name(owner, source.name, target)
    source.delete()
    return moved


def reread(athlete: Athlete, source: Exercise, target: Exercise) -> Reread:
    """What the athlete logged as ``source``, reckoned as ``target``. Saves nothing. 2 queries."""
    entries = list(
        athlete.entries.filter(exercise=source)
        .oldest_first()
        .select_related("workout", "exercise")
        .prefetch_related("sets")
    )
    clashes = list(_clashes(entries, target.load_type))
    before = _total(entries)
    for entry in entries:
        entry.exercise = target
        set_summary(entry, entry.sets.all())
    return Reread(
        entries=entries,
        set_count=sum(len(entry.sets.all()) for entry in entries),
        volume_before_kg=before,
        volume_after_kg=_total(entries),
        clashes=clashes,
    )


@transaction.atomic
def forget_own_name(name: OwnName) -> None:
    """Let a private name of an exercise go."""
    name.athlete.renew_version()
    name.delete()


def is_used(exercise: Exercise) -> bool:
    """Whether a workout, also a deleted one, or a routine has it. 1-2 queries."""
    entries = Entry.objects.filter(exercise=exercise)
    return entries.exists() or RoutineEntry.objects.filter(exercise=exercise).exists()


def is_reckoned_alike(one: Exercise, other: Exercise) -> bool:
    """Whether a set comes to the same figures for both."""
    return load_rule(one) == load_rule(other)


def _check_names(owner: "User", facts: OwnExerciseFacts, *, exercise: Exercise | None) -> None:
    """Raises ``NamesTaken`` for names that lead to another exercise. 3 queries."""
    archived = owner.own_exercises.filter(status=Status.ARCHIVED)
    index = names_of(owner, first=archived)
    names = [(facts.name, False), *((alias, True) for alias in facts.aliases)]
    taken = [
        TakenName(name, found, is_alias)
        for name, is_alias in names
        if (found := index.find(name)) and found != exercise
    ]
    if taken:
        raise NamesTaken(taken)


def _new(owner: "User", name: str, **loading: Any) -> Exercise:
    return Exercise.objects.create(
        owner=owner,
        name=name,
        slug=_free_slug(owner, name),
        status=Status.PUBLISHED,
        **loading,
    )


def _said(facts: OwnExerciseFacts) -> dict[str, Any]:
    """How an exercise is loaded, and its movement, as its fields."""
    return {
        "pattern": facts.pattern,
        "load_type": facts.load_type,
        "implements": facts.implements,
        "implements_one_side": facts.implements_one_side,
        "bodyweight_fraction": facts.bodyweight_fraction,
        "pace": facts.pace,
    }


def _write_details(owner: "User", exercise: Exercise, facts: OwnExerciseFacts) -> None:
    """Muscles, equipment, steps and further names, in place of those that there were."""
    roles = dict.fromkeys(facts.secondary, Role.SECONDARY)
    roles |= dict.fromkeys(facts.primary, Role.PRIMARY)
    muscles = Muscle.objects.volume_units().filter(slug__in=roles)
    exercise.targets.all().delete()
    Target.objects.bulk_create(
        Target(exercise=exercise, muscle=muscle, role=roles[muscle.slug], position=place)
        for place, muscle in enumerate(muscles, start=1)
    )
    exercise.equipment.set(Equipment.objects.filter(slug__in=facts.equipment))
    exercise.steps.all().delete()
    Step.objects.bulk_create(
        Step(exercise=exercise, position=place, text=text)
        for place, text in enumerate(facts.steps, start=1)
    )
    owner.athlete.own_names.filter(exercise=exercise).delete()
    for name in facts.aliases:
        _remember_name(owner, name, exercise)


def _remember_name(owner: "User", name: str, exercise: Exercise) -> None:
    """Let ``name`` lead to the exercise, unless it is its own name."""
    key = name_key(name)
    if key != exercise.name_key:
        owner.athlete.own_names.update_or_create(
            key=key, defaults={"name": name, "exercise": exercise}
        )


def _check_readable(owner: "User", exercise: Exercise, load_type: LoadType) -> None:
    """Raises ``Unreadable``."""
    changed = copy(exercise)
    changed.load_type = load_type
    outlook = reread(owner.athlete, exercise, changed)
    if outlook.clashes:
        raise Unreadable(outlook)


def _move(owner: "User", source: Exercise, target: Exercise) -> Reread:
    """Save what was logged as ``source`` as ``target``. Raises ``Unreadable``.

    The workouts come first, so that an edit of one of them waits, and then finds a new revision.
    """
    athlete = owner.athlete
    touched = athlete.entries.filter(exercise=source).values("workout")
    athlete.workouts.filter(pk__in=touched).update(revision=F("revision") + 1, updated_at=Now())
    moved = reread(athlete, source, target)
    if moved.clashes:
        raise Unreadable(moved)
    athlete.entries.bulk_update(moved.entries, ["exercise", *SUMMARY_FIELDS], batch_size=200)
    workouts = {entry.workout_id for entry in moved.entries}
    recount(athlete.entries.filter(exercise=target, workout__in=workouts))
    return moved


def _clashes(entries: Iterable[Entry], load_type: LoadType) -> Iterator[Clash]:
    for entry in entries:
        for logged in entry.sets.all():
            text = logged.as_text()
            try:
                as_logged(text, load_type)
            except ValueError as error:
                yield Clash(entry.workout.day, print_sets((text,)), error.args[0])


def _total(entries: Iterable[Entry]) -> Decimal | None:
    volumes = [entry.volume_kg for entry in entries if entry.volume_kg is not None]
    return sum(volumes, Decimal(0)) if volumes else None


def _load_type(like: Sequence[SetText]) -> LoadType:
    """How an exercise is loaded that has such sets. Raises ``NotAlike``."""
    if not like:
        return LoadType.EXTERNAL
    loads = [one.load for one in like if one.load]
    signs = {load.sign for load in loads if load.amount}
    if len(signs) > 1:
        raise NotAlike(
            _(
                "A weight is either all of it, or added to the body (+10 kg), or help (-20 kg). An"
                " exercise has one of these: give the others a name of their own."
            )
        )
    if all(one.reps is None for one in like):
        if loads:
            return LoadType.WEIGHTED_DURATION
        metres = [one.metres for one in like if one.metres]
        is_far = any(each >= KILOMETRE for each in metres)
        if is_far or any(one.metres and one.seconds for one in like):
            return LoadType.DISTANCE
        return LoadType.WEIGHTED_DURATION if metres else LoadType.DURATION
    if not loads:
        return LoadType.BODYWEIGHT
    if signs == {"+"}:
        return LoadType.BODYWEIGHT_PLUS
    return LoadType.ASSISTED_BODYWEIGHT if signs == {"-"} else LoadType.EXTERNAL


def _free_slug(owner: "User", name: str) -> str:
    """A slug that neither the owner's exercises nor the catalogue have, nor a page of its own."""
    base = slugify(name)[:60] or "my-exercise"
    taken = RESERVED_SLUGS | set(
        Exercise.objects.visible_to(owner)
        .filter(slug__startswith=base)
        .values_list("slug", flat=True)
    )
    return free_slug(base, taken)
