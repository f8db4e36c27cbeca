"""Workouts, their entries and sets."""

import uuid
import zoneinfo
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.db.models.lookups import In
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from exercises.languages import shown_sets, within
from exercises.models import Exercise, LoadType
from exercises.models.fields import WordField, one_of
from workouts.models.athlete import Athlete, BodyWeight
from workouts.models.imports import Import
from workouts.models.keys import OfAthlete, OwnKey, is_of
from workouts.reckoning.strength import KEPT_PLACES, SetFigures, Summary
from workouts.reckoning.weights import exact_kg, plain
from workouts.text_format import (
    EntryText,
    Load,
    SetText,
    WorkoutText,
    clean_notes,
    print_load,
    print_measure,
    print_workout,
    sign_of,
)
from workouts.vocabulary import RPE_STEPS, SetKind, Side, Source, Unit
from workouts.wording import how_many

KEPT: dict[str, Any] = {"max_digits": 21, "decimal_places": KEPT_PLACES}  # see strength.kept


def beside(side: Literal["lt", "gt"], day: Any, at: Any, key: Any, *, prefix: str = "") -> Q:
    """Workouts before (lt) or after (gt) the one at this place in the order of the history.

    The first condition says no more than the others, but lets the index find where to begin.
    """
    return Q(**{f"{prefix}day__{side}e": day}) & (
        Q(**{f"{prefix}day__{side}": day})
        | Q(**{f"{prefix}started_at__{side}": at})
        | Q(**{f"{prefix}started_at": at, f"{prefix}pk__{side}": key})
    )


NO_KEY = uuid.UUID(int=0)


def workout_address(key: uuid.UUID | str, page: str = "detail") -> str:
    """Where a workout is shown, or another page of it. A list has hundreds, so the address is
    reversed once a process.
    """
    before, after = address_around_key(page)
    return f"{before}{key}{after}"


def address_around_key(page: str) -> tuple[str, str]:
    """What stands before and after the key in such an address."""
    return _address_around_key(page, get_script_prefix())


@cache
def _address_around_key(page: str, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(f"workouts:{page}", args=[NO_KEY]).partition(str(NO_KEY))
    return before, after


class WorkoutQuerySet(models.QuerySet["Workout"]):
    def live(self) -> Self:
        """Those that are not deleted."""
        return self.filter(deleted_at=None)

    def deleted(self) -> Self:
        """Those that wait to be restored or cleared away."""
        return self.filter(deleted_at__isnull=False)

    def last_deleted_first(self) -> Self:
        return self.order_by("-deleted_at", "-pk")

    def newest_first(self) -> Self:
        """By the workout's own day, then by when it began: whoever crosses the date line trains on
        a day that they had before, and both stand where the athlete's calendar has them.
        """
        return self.order_by("-day", "-started_at", "-pk")

    def oldest_first(self) -> Self:
        """``newest_first`` the other way round."""
        return self.order_by("day", "started_at", "pk")

    def with_exercises(self) -> Self:
        """Each with its entries and their exercises loaded, without sets. 1 more query."""
        entries = Entry.objects.select_related("exercise").order_by("position")
        return self.prefetch_related(Prefetch("entries", queryset=entries))

    def with_entries(self) -> Self:
        """Each with its entries, their exercises and their sets loaded. 2 more queries."""
        sets = LoggedSet.objects.order_by("position")
        return self.with_exercises().prefetch_related(Prefetch("entries__sets", queryset=sets))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The workout before or after another, enough to name it and to go there."""

    id: uuid.UUID
    day: date
    title: str


class Workout(OfAthlete):
    """One session. The client may choose the key, so that a retried post logs it once.

    Notes that came in a file are byte for byte as they stood there, here and on entries; the text
    of a workout has them tidied.
    """

    if TYPE_CHECKING:
        earlier: Neighbour | None  # of one that was read by itself (one_workout)
        later: Neighbour | None
        has_draft: bool

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="workouts")
    started_at = models.DateTimeField()
    day = models.DateField(help_text="The day in the workout's time zone.")
    time_zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=100, blank=True)
    notes = models.TextField(blank=True)
    weighing = OwnKey(
        BodyWeight,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="workouts",
        help_text="The one whose weight its sets are reckoned with; correcting it corrects them.",
    )
    routine = OwnKey(
        "workouts.Routine",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="workouts",
        help_text="The one that it was started from.",
    )
    plan = models.TextField(blank=True, help_text="The routine's text when it was started.")
    source = WordField(Source, max_length=12, default=Source.TYPED)
    source_key = models.CharField(
        max_length=200, blank=True, help_text="What tells it from others of its source."
    )
    imported_in = OwnKey(
        Import, on_delete=models.SET_NULL, null=True, blank=True, related_name="workouts"
    )
    revision = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkoutQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-started_at", "-pk")
        indexes = (
            models.Index(
                fields=["athlete", "-day", "-started_at", "-id", "deleted_at"],
                name="workouts_workout_in_order",
            ),
            models.Index(
                fields=["athlete"],
                condition=Q(deleted_at__isnull=False),
                name="workouts_workout_deleted",
            ),
        )
        constraints = (
            one_of("source", Source),
            models.UniqueConstraint(
                fields=["athlete", "source", "source_key"],
                condition=~Q(source_key=""),
                name="workouts_workout_source_key_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 1440)),
                name="workouts_workout_minutes",
            ),
            models.CheckConstraint(
                condition=Q(revision__gte=1), name="workouts_workout_revision_from_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return workout_address(self.pk)

    @property
    def local_start(self) -> datetime:
        """When it began, by the clock on the wall.

        It has no time zone, since a template shows what has one in the server's.
        """
        return self._zoned_start.replace(tzinfo=None)

    @property
    def start_stamp(self) -> str:
        """``local_start`` with its distance from UTC, for machines."""
        return self._zoned_start.isoformat(timespec="minutes")

    @property
    def _zoned_start(self) -> datetime:
        return self.started_at.astimezone(zoneinfo.ZoneInfo(self.time_zone))

    def as_text(self) -> WorkoutText:
        """The workout, entries loaded, as a value of the text format."""
        return WorkoutText(
            day=self.day,
            time=self.local_start.time().replace(second=0, microsecond=0),
            title=self.title,
            minutes=self.minutes,
            notes=clean_notes(self.notes),
            entries=tuple(entry.as_text() for entry in self.entries.all()),
        )

    @property
    def text(self) -> str:
        """The workout, entries loaded, in the canonical text that reads back as itself."""
        return print_workout(self.as_text())


class TargetSets(NamedTuple):
    """Working sets of an exercise, and one of its muscles with its role; "" where it has none."""

    exercise: int
    working_sets: int
    role: str
    slug: str
    permanent_slug: str
    name: str
    region: str


class EntryQuerySet(models.QuerySet["Entry"]):
    def live(self) -> Self:
        """Entries of workouts that are not deleted."""
        return self.filter(workout__deleted_at=None)

    def in_workouts(self, athlete: Any, workouts: Any) -> Self:
        """Those of some of the athlete's workouts."""
        return self.filter(is_of(athlete), In(F("workout"), workouts))

    def oldest_first(self) -> Self:
        """In the order they were done, workouts loaded."""
        place = ("workout__day", "workout__started_at", "workout_id")
        return self.select_related("workout").order_by(*place, "position", "pk")

    def before(self, *, athlete: Any, day: Any, started_at: Any, pk: Any) -> Self:
        """Those of the athlete's workouts that come earlier in its history than the one at this
        place and are not deleted.

        The others are left out by their keys: they are fewer than the entries of an exercise, each
        of whose workouts would be looked up.
        """
        history = Workout.objects.filter(athlete=athlete).order_by()
        later = history.filter(beside("gt", day, started_at, pk))
        return (
            self.filter(athlete=athlete)
            .exclude(workout=pk)
            .exclude(workout__in=later)
            .exclude(workout__in=history.deleted())
        )

    def per_exercise(self) -> dict[int, int]:
        """How many there are of each exercise, by its key. 1 query, which reads an index alone."""
        return dict(self.order_by().values_list("exercise").annotate(count=Count("pk")))

    def by_target(self) -> "models.QuerySet[Any, Any]":
        """A row for each entry and muscle that its exercise trains, in the muscles' order, for
        ``sets_by_target``. 1 query.
        """
        target = "exercise__targets__"
        muscle = [
            f"{target}muscle__{name}" for name in ("slug", "permanent_slug", "name", "region")
        ]
        rows = self.values_list("exercise", f"{target}role", *muscle, "hard_sets")
        return rows.order_by(f"{target}muscle__position", muscle[0], "exercise")


def sets_by_target(rows: Iterable[tuple[Any, ...]]) -> list[TargetSets]:
    """One for each exercise and muscle, of rows ``by_target``: the database would sort them all to
    sum them.
    """
    sets: Counter[tuple[Any, ...]] = Counter()
    for *one, count in rows:
        sets[tuple(one)] += count
    return [
        TargetSets(exercise, count, *(text or "" for text in texts))
        for (exercise, *texts), count in sets.items()
    ]


class Entry(OfAthlete):
    """One exercise in a workout, with the summary of its sets kept beside it."""

    # No index of its own, by which PostgreSQL listed all that the athlete ever did for each workout
    athlete = models.ForeignKey(
        Athlete, on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    workout = OwnKey(Workout, on_delete=models.CASCADE, related_name="entries")
    exercise = OwnKey(Exercise, on_delete=models.RESTRICT, related_name="entries")
    position = models.PositiveSmallIntegerField()
    superset = models.CharField(max_length=1, blank=True)
    notes = models.TextField(blank=True)
    imported_name = models.CharField(
        max_length=200, blank=True, help_text="What the app that it came from calls the exercise."
    )
    best_e1rm_kg = models.DecimalField(**KEPT, null=True, blank=True)
    best_e1rm_reps = models.PositiveSmallIntegerField(null=True, blank=True)
    top_weight_kg = models.DecimalField(**KEPT, null=True, blank=True)
    volume_kg = models.DecimalField(**KEPT, null=True, blank=True)
    reps = models.PositiveIntegerField(default=0)
    best_reps = models.PositiveSmallIntegerField(null=True, blank=True)
    best_seconds = models.PositiveIntegerField(null=True, blank=True)
    best_metres = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    best_speed = models.DecimalField(**KEPT, null=True, blank=True, help_text="In metres a second.")
    hard_sets = models.PositiveSmallIntegerField(
        default=0,
        help_text="Working sets that it adds to those of its exercise before it in the workout.",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("workout", "position")
        verbose_name_plural = "entries"
        # With all that pages about progress read, so that they need not look up each entry.
        indexes = (
            models.Index(
                fields=["athlete", "exercise", "workout", *Summary._fields, "position"],
                name="workouts_entry_of_exercise",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["athlete", "workout", "position"], name="workouts_entry_one_at_a_position"
            ),
            models.CheckConstraint(
                condition=Q(superset="") | Q(superset__regex=r"^[A-Z]$"),
                name="workouts_entry_superset_letter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.exercise} in {self.workout_id}"

    def as_text(self) -> EntryText:
        """The entry, sets loaded, as a value of the text format."""
        return EntryText(
            name=self.exercise.name,
            sets=tuple(logged.as_text() for logged in self.sets.all()),
            superset=self.superset,
            notes=clean_notes(self.notes),
            load_type=self.exercise.load_type,
        )


def load_of(weight: Decimal | None, unit: str, *, load_type: LoadType) -> Load | None:
    """A weight as the text format has it: with the sign that the load type gives it."""
    if weight is None:
        return None
    return Load(weight, Unit(unit), sign_of(load_type) if weight else "")


# The columns of a set that say what was done, as ``set_text`` takes them
SET_COLUMNS = ("kind", "side", "weight", "unit", "reps", "seconds", "metres", "rpe")


@lru_cache(maxsize=2_000, typed=True)
def set_text(
    kind: SetKind,
    side: Side,
    weight: Decimal | None,
    unit: str,
    reps: int | None,
    seconds: int | None,
    metres: Decimal | None,
    rpe: Decimal | None,
    *,
    load_type: LoadType,
) -> SetText:
    """A set, by what its row has, as a value of the text format. Most sets say what others said:
    a process makes these once, since each checks itself.
    """
    return SetText(
        load=load_of(weight, unit, load_type=load_type),
        reps=reps,
        seconds=seconds,
        metres=metres,
        kind=kind,
        side=side,
        rpe=rpe,
    )


class LoggedSet(OfAthlete):
    """One set, its weight as typed and in kilograms."""

    # No index of its own, as in entries
    athlete = models.ForeignKey(
        Athlete, on_delete=models.CASCADE, related_name="sets", db_index=False
    )
    entry = OwnKey(Entry, on_delete=models.CASCADE, related_name="sets")
    position = models.PositiveSmallIntegerField()
    kind = WordField(SetKind, max_length=8, default=SetKind.WORKING)
    side = WordField(Side, max_length=5, default=Side.BOTH)
    weight = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=2, choices=Unit.choices, blank=True)
    weight_kg = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    metres = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    rpe = models.DecimalField("RPE", max_digits=3, decimal_places=1, null=True, blank=True)
    bodyweight_kg = models.DecimalField(
        max_digits=7,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Used at the time, so that weighing in again does not shift history.",
    )

    class Meta:
        ordering = ("entry", "position")
        verbose_name = "set"
        constraints = (
            one_of("kind", SetKind),
            one_of("side", Side),
            models.UniqueConstraint(
                fields=["athlete", "entry", "position"], name="workouts_set_one_at_a_position"
            ),
            models.CheckConstraint(
                condition=Q(reps__isnull=False)
                | Q(seconds__isnull=False)
                | Q(metres__isnull=False),
                name="workouts_set_measures_something",
            ),
            models.CheckConstraint(
                condition=Q(reps__isnull=True) | Q(metres__isnull=True),
                name="workouts_set_reps_or_metres",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True, weight_kg__isnull=True, unit="")
                | Q(
                    # a comparison with NULL is no violation, so NULL is ruled out by name
                    weight__isnull=False,
                    weight_kg__isnull=False,
                    weight__gte=0,
                    weight_kg__gte=0,
                    unit__in=Unit.values,
                ),
                name="workouts_set_weight_has_unit_and_kg",
            ),
            models.CheckConstraint(
                condition=(Q(reps__isnull=True) | Q(reps__range=(1, 9999)))
                & (Q(seconds__isnull=True) | Q(seconds__range=(1, 86_400)))
                & (Q(metres__isnull=True) | Q(metres__gt=0, metres__lte=500_000)),
                name="workouts_set_measures_in_range",
            ),
            models.CheckConstraint(
                condition=Q(rpe__isnull=True) | Q(rpe__in=[*RPE_STEPS]),
                name="workouts_set_rpe_steps",
            ),
            models.CheckConstraint(
                condition=Q(bodyweight_kg__isnull=True) | Q(bodyweight_kg__gt=0),
                name="workouts_set_bodyweight_positive",
            ),
        )

    def __str__(self) -> str:
        return f"Set {self.position} of entry {self.entry_id}"

    @property
    def is_warmup(self) -> bool:
        return self.kind == SetKind.WARMUP

    @property
    def load(self) -> str:
        """ "60 kg", "+10 kg"; empty where there is none."""
        load = self.as_text().load
        return shown_sets(print_load(load)) if load else ""

    @property
    def measure(self) -> str:
        """ "× 8" after a load, else "8 reps", "30 s", "40 m"."""
        measure = shown_sets(print_measure(self.as_text(), self.entry.exercise.load_type))
        if self.weight is not None:
            return f"× {measure}"
        return measure if self.reps is None or self.seconds else how_many(self.reps, "rep")

    @property
    def detail(self) -> str:
        """What is particular to the set: "warm-up, left, RPE 9"; often empty."""
        parts = (
            within(_(self.get_kind_display())) if self.kind != SetKind.WORKING else "",
            within(_(self.get_side_display())) if self.side != Side.BOTH else "",
            f"RPE {shown_sets(plain(self.rpe))}" if self.rpe is not None else "",
        )
        return ", ".join(part for part in parts if part)

    def as_text(self) -> SetText:
        """The set as a value of the text format."""
        return set_text(
            self.kind,
            self.side,
            self.weight,
            self.unit,
            self.reps,
            self.seconds,
            self.metres,
            self.rpe,
            load_type=self.entry.exercise.load_type,
        )

    @property
    def figures(self) -> SetFigures:
        """What ``workouts.reckoning.strength`` reckons with."""
        return SetFigures(
            weight_kg=None if self.weight is None else exact_kg(self.weight, Unit(self.unit)),
            reps=self.reps,
            seconds=self.seconds,
            metres=self.metres,
            is_warmup=self.is_warmup,
            side=self.side,
            bodyweight_kg=self.bodyweight_kg,
        )
