"""What an athlete calls an exercise, beyond the names that everyone knows."""

from django.db import models
from django.db.models import Q

from exercises.models import Exercise
from workouts.models.athlete import Athlete
from workouts.models.keys import OfAthlete, OwnKey


class OwnName(OfAthlete):
    """Another name by which one athlete knows an exercise, be it their own or the catalogue's.

    An ``Alias`` of the catalogue is for everyone and unique; these are private, so that two
    athletes may mean different things by one name.
    """

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="own_names")
    exercise = OwnKey(Exercise, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80, help_text="As exercises.names compares names.")

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["athlete", "key"], name="workouts_ownname_one_meaning_a_name"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="workouts_ownname_has_a_key"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.exercise_id} to {self.athlete_id})"
