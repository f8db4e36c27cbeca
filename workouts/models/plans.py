"""Routines, and the exercises that an athlete keeps at hand."""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Max, Prefetch, Q
from django.urls import reverse

from exercises.languages import listed, short_weekday
from exercises.models import Exercise, LoadType
from workouts.models.athlete import Athlete
from workouts.models.keys import OfAthlete, OwnKey
from workouts.routine_format import PlannedEntry, RoutineText, print_routine, read_targets
from workouts.routine_format.values import MAX_REST


class RoutineQuerySet(models.QuerySet["Routine"]):
    def live(self) -> Self:
        """Those that are not deleted."""
        return self.filter(deleted_at=None)

    def deleted(self) -> Self:
        """Those that wait to be restored or cleared away."""
        return self.filter(deleted_at__isnull=False)

    def in_order(self) -> Self:
        """As the athlete put them."""
        return self.order_by("position", "name", "pk")

    def with_entries(self) -> Self:
        """Each with its entries and their exercises loaded. 1 more query."""
        entries = RoutineEntry.objects.select_related("exercise").order_by("position")
        return self.prefetch_related(Prefetch("entries", queryset=entries))

    def with_last_day(self) -> Self:
        """Each with ``last_on``, the day on which it was done last, None where it never was."""
        live = Q(workouts__deleted_at=None)
        return self.annotate(last_on=Max("workouts__day", filter=live))


class Routine(OfAthlete):
    """The plan of a session that an athlete does again and again.

    The key may be chosen by the form, so that a retried post makes it once; ``weekdays`` are the
    digits of the days it is due on, Monday is 1, in their order.
    """

    if TYPE_CHECKING:
        last_on: date | None  # of one that was read ``with_last_day``

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="routines")
    name = models.CharField(max_length=100)
    weekdays = models.CharField(max_length=7, blank=True)
    notes = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = RoutineQuerySet.as_manager()

    class Meta:
        ordering = ("position", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["athlete", "name"],
                condition=Q(deleted_at=None),
                name="workouts_routine_name_of_athlete",
                violation_error_message="You already have a routine with this name.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="workouts_routine_has_a_name"),
            models.CheckConstraint(
                condition=Q(weekdays__regex=r"^1?2?3?4?5?6?7?$"), name="workouts_routine_weekdays"
            ),
            models.CheckConstraint(
                condition=Q(revision__gte=1), name="workouts_routine_revision_from_one"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("routines:detail", args=[self.pk])

    def is_due_on(self, day: date) -> bool:
        return str(day.isoweekday()) in self.weekdays

    def left_since(self, day: date) -> date | None:
        """The last of the six days before this one on which it was due, if it was not done since.
        None where it was never done: nothing is left of what has not begun.
        """
        before = (day - timedelta(days=back) for back in range(1, 7))
        due = next((each for each in before if self.is_due_on(each)), None)
        return due if due and self.last_on and self.last_on < due else None

    @property
    def days(self) -> str:
        """ "Mon and Thu"; empty where it has no days."""
        return listed([short_weekday(int(number)) for number in self.weekdays])

    def as_text(self) -> RoutineText:
        """The routine, entries loaded, as a value of the format."""
        return RoutineText(self.notes, tuple(entry.as_text() for entry in self.entries.all()))

    @property
    def text(self) -> str:
        return print_routine(self.as_text())


class RoutineEntry(OfAthlete):
    """One exercise of a routine. ``targets`` is the canonical text of its planned sets."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="+")
    routine = OwnKey(Routine, on_delete=models.CASCADE, related_name="entries")
    exercise = OwnKey(Exercise, on_delete=models.RESTRICT, related_name="+")
    position = models.PositiveSmallIntegerField()
    superset = models.CharField(max_length=1, blank=True)
    targets = models.TextField(help_text="For example 1 x 5 w, 3 x 8-12 @8.")
    rest_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ("routine", "position")
        verbose_name_plural = "routine entries"
        indexes = (
            models.Index(fields=["athlete", "exercise"], name="workouts_routineentry_exercise"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["athlete", "routine", "position"],
                name="workouts_routineentry_one_at_a_position",
            ),
            models.CheckConstraint(
                condition=~Q(targets=""), name="workouts_routineentry_has_targets"
            ),
            models.CheckConstraint(
                condition=Q(rest_seconds__isnull=True) | Q(rest_seconds__range=(1, MAX_REST)),
                name="workouts_routineentry_rest",
            ),
            models.CheckConstraint(
                condition=Q(superset="") | Q(superset__regex=r"^[A-Z]$"),
                name="workouts_routineentry_superset_letter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.exercise} in {self.routine_id}"

    def as_text(self) -> PlannedEntry:
        """The entry as a value of the format. What its exercise is no longer loaded with stays in
        the text, where an edit asks about it.
        """
        load_type = LoadType(self.exercise.load_type)
        return PlannedEntry(
            name=self.exercise.name,
            targets=read_targets(self.targets, load_type),
            rest_seconds=self.rest_seconds,
            superset=self.superset,
            notes=self.notes,
            load_type=load_type,
        )


class Favourite(OfAthlete):
    """An exercise that an athlete marked."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="favourites")
    exercise = OwnKey(Exercise, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("athlete", "exercise")
        constraints = (
            models.UniqueConstraint(fields=["athlete", "exercise"], name="workouts_favourite_once"),
        )

    def __str__(self) -> str:
        return f"{self.exercise} of {self.athlete_id}"
