"""How long an athlete rests between sets."""

from django.db import models
from django.db.models import Q

from exercises.models import Exercise
from workouts.models.athlete import Athlete
from workouts.models.keys import OfAthlete, OwnKey

SHORTEST, LONGEST = 5, 1800  # seconds


class Rest(OfAthlete):
    """After a set of an exercise; without one, after those that have none of their own."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="rests")
    exercise = OwnKey(Exercise, on_delete=models.CASCADE, null=True, related_name="+")
    seconds = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["athlete"], condition=Q(exercise=None), name="workouts_rest_one_default"
            ),
            models.UniqueConstraint(
                fields=["athlete", "exercise"], name="workouts_rest_one_an_exercise"
            ),
            models.CheckConstraint(
                condition=Q(seconds__range=(SHORTEST, LONGEST)), name="workouts_rest_seconds"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seconds} s"
