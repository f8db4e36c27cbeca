"""What an exercise is made of: its steps, and the muscles it trains."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from exercises.models.anatomy import Muscle
from exercises.models.catalogue_version import CatalogueQuerySet
from exercises.models.fields import WordField, one_of
from exercises.vocabulary import TRAINING, Role

if TYPE_CHECKING:
    from exercises.models.exercise import ExerciseQuerySet


class StepQuerySet(CatalogueQuerySet["Step"]):
    def get_by_natural_key(self, slug: str, position: int) -> "Step":
        return self.get(exercise__slug=slug, exercise__owner=None, position=position)


class Step(models.Model):
    """One step of how an exercise is done."""

    exercise = models.ForeignKey("Exercise", on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ("exercise", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["exercise", "position"], name="exercises_step_one_at_a_position"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="exercises_step_text_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.exercise}, step {self.position}"

    def natural_key(self) -> tuple[str, int]:
        return (*self.exercise.natural_key(), self.position)

    natural_key.dependencies = ["exercises.exercise"]  # type: ignore[attr-defined]


class TargetQuerySet(CatalogueQuerySet["Target"]):
    def training(self, muscle: Muscle | OuterRef | None = None) -> Self:
        """Those that count as training: of the muscle or any part of it, if one is given."""
        targets = self.filter(role__in=TRAINING)
        if muscle is None:
            return targets
        return targets.filter(Q(muscle=muscle) | Q(muscle__parent=muscle))

    def of_catalogue(self) -> Self:
        catalogue = apps.get_model("exercises", "Exercise").objects.catalogue()
        return self.filter(Exists(catalogue.order_by().filter(pk=OuterRef("exercise"))))

    def of_exercises(self, exercises: "ExerciseQuerySet") -> Self:
        """What ``exercises`` train, in the order that they name it in."""
        within = self.filter(exercise__in=exercises.order_by().values("pk"))
        return within.training().order_by("exercise", "position", "pk")

    def get_by_natural_key(self, exercise: str, muscle: str) -> "Target":
        return self.get(exercise__slug=exercise, exercise__owner=None, muscle__slug=muscle)


class Target(models.Model):
    """A muscle that an exercise trains, and in which role."""

    exercise = models.ForeignKey("Exercise", on_delete=models.CASCADE, related_name="targets")
    muscle = models.ForeignKey(
        Muscle,
        on_delete=models.PROTECT,
        related_name="targets",
        limit_choices_to={"is_volume_unit": True},
    )
    role = WordField(Role, max_length=10)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order within the role.")

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ("exercise", "position", "pk")
        constraints = (
            one_of("role", Role),
            models.UniqueConstraint(
                fields=["exercise", "muscle"], name="exercises_target_one_role_a_muscle"
            ),
        )

    def __str__(self) -> str:
        return f"{self.exercise}: {self.muscle} ({self.role})"

    def natural_key(self) -> tuple[str, str]:
        return (*self.exercise.natural_key(), *self.muscle.natural_key())

    natural_key.dependencies = ["exercises.exercise", "exercises.muscle"]  # type: ignore[attr-defined]
