"""What exercises are called besides: aliases, and the names and slugs they had."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_save
from django.dispatch import receiver

from exercises.models.catalogue_version import CatalogueQuerySet
from exercises.models.exercise import Exercise
from exercises.models.renaming import AnyFormerSlug
from exercises.names import NAMELESS, name_key


class AliasQuerySet(CatalogueQuerySet["Alias"]):
    def get_by_natural_key(self, key: str) -> "Alias":
        return self.get(key=name_key(key))


class Alias(models.Model):
    """Another name of an exercise of the catalogue; search, log and import know it."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80, unique=True, editable=False)

    objects = AliasQuerySet.as_manager()

    class Meta:
        ordering = ("exercise", "name", "pk")
        verbose_name_plural = "aliases"
        constraints = (
            models.CheckConstraint(condition=~Q(key=""), name="exercises_alias_has_a_key"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.exercise})"

    def natural_key(self) -> tuple[str]:
        return (self.name,)

    def clean(self) -> None:
        key = name_key(self.name)
        if not key:
            raise ValidationError({"name": NAMELESS})
        taken = Alias.objects.filter(key=key).exclude(pk=self.pk).select_related("exercise").first()
        if taken:
            raise ValidationError({"name": f"{taken.exercise} already has this alias."})
        named = Exercise.objects.filter(owner=None, name_key=key).first()
        if named:
            raise ValidationError({"name": f"That is the name of the exercise {named} itself."})


class FormerSlug(AnyFormerSlug):
    """A slug that an exercise of the catalogue used to have."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return f"{self.slug} → {self.exercise}"


class FormerNameQuerySet(CatalogueQuerySet["FormerName"]):
    def remember(self, exercise: Exercise, name: str) -> None:
        """That the exercise was called ``name``, as long as it is called otherwise. 3-5 queries."""
        self.filter(exercise=exercise, key=exercise.name_key).delete()
        self.update_or_create(exercise=exercise, key=name_key(name), defaults={"name": name})


class FormerName(models.Model):
    """What an exercise of the catalogue used to be called here; search and log still know it.

    Unlike an ``Alias`` it is nobody's text, so that no upgrade meets it, and it takes no name away:
    where another exercise goes by it now, that one is meant.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80, help_text="As exercises.names compares names.")

    objects = FormerNameQuerySet.as_manager()

    class Meta:
        ordering = ("exercise", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["exercise", "key"], name="exercises_formername_once_of_exercise"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="exercises_formername_has_a_key"),
        )

    def __str__(self) -> str:
        return f"{self.name} → {self.exercise}"


@receiver(pre_save, sender=Alias)
def keep_alias_key(instance: Alias, **_: object) -> None:
    instance.key = name_key(instance.name)
