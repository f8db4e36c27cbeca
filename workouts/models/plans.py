"""Routines, and the exercises that an athlete keeps at hand."""

from django.db import models
from django.db.models import F, Q

from exercises.models import Exercise
from workouts.models.athlete import Athlete


class Routine(models.Model):
    """The plan of a session that an athlete does again and again."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="routines")
    name = models.CharField(max_length=100)
    notes = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["athlete", "name"],
                name="workouts_routine_name_of_athlete",
                violation_error_message="You already have a routine with this name.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="workouts_routine_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class RoutineEntry(models.Model):
    """One exercise of a routine: how many sets, of how many reps or seconds."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="+")
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="entries")
    exercise = models.ForeignKey(Exercise, on_delete=models.RESTRICT, related_name="+")
    position = models.PositiveSmallIntegerField()
    superset = models.CharField(max_length=1, blank=True)
    sets = models.PositiveSmallIntegerField(default=3)
    reps_from = models.PositiveSmallIntegerField(null=True, blank=True)
    reps_to = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ("routine", "position")
        verbose_name_plural = "routine entries"
        constraints = (
            models.UniqueConstraint(
                fields=["routine", "position"], name="workouts_routineentry_one_at_a_position"
            ),
            models.CheckConstraint(
                condition=Q(sets__range=(1, 100)), name="workouts_routineentry_sets"
            ),
            models.CheckConstraint(
                condition=Q(superset="") | Q(superset__regex=r"^[A-Z]$"),
                name="workouts_routineentry_superset_letter",
            ),
            models.CheckConstraint(
                condition=Q(reps_from__isnull=True, reps_to__isnull=True)
                | Q(
                    # a comparison with NULL is no violation, so NULL is ruled out by name
                    reps_from__isnull=False,
                    reps_to__isnull=False,
                    reps_from__gte=1,
                    reps_to__gte=F("reps_from"),
                ),
                name="workouts_routineentry_reps_range",
            ),
        )

    def __str__(self) -> str:
        return f"{self.exercise} in {self.routine}"


class Favourite(models.Model):
    """An exercise that an athlete marked."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="favourites")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("athlete", "exercise")
        constraints = (
            models.UniqueConstraint(fields=["athlete", "exercise"], name="workouts_favourite_once"),
        )

    def __str__(self) -> str:
        return f"{self.exercise} of {self.athlete_id}"
