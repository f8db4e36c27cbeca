"""The bars and plates that an athlete trains with."""

from django.db import models
from django.db.models import Q

from exercises.models.fields import WordField, one_of
from workouts.models.athlete import Athlete
from workouts.vocabulary import Unit


class Bar(models.Model):
    """A bar, empty. The first of a unit is the one that is loaded unless another is chosen."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="bars")
    unit = WordField(Unit, max_length=2)
    weight = models.DecimalField(max_digits=6, decimal_places=3)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("athlete", "unit", "position", "pk")
        constraints = (
            one_of("unit", Unit),
            models.UniqueConstraint(fields=["athlete", "unit", "weight"], name="workouts_bar_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="workouts_bar_positive"),
        )

    def __str__(self) -> str:
        return f"Bar of {self.weight} {self.unit}"


class Plate(models.Model):
    """How many plates of a weight there are."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="plates")
    unit = WordField(Unit, max_length=2)
    weight = models.DecimalField(max_digits=6, decimal_places=3)
    count = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("athlete", "unit", "-weight")
        constraints = (
            one_of("unit", Unit),
            models.UniqueConstraint(
                fields=["athlete", "unit", "weight"], name="workouts_plate_once"
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, count__gte=1), name="workouts_plate_positive"
            ),
        )

    def __str__(self) -> str:
        return f"{self.count} plates of {self.weight} {self.unit}"
