"""Uploaded pictures of exercises."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver

from exercises.models.catalogue_version import CatalogueQuerySet

# CSS pixels: the width of a figure, and a height that leaves room for the words beside it
SHOWN_SIZE = (704, 480)


class Picture(models.Model):
    """An editor's picture of an exercise, in the two sizes of ``exercises.pictures``.

    It takes the place of the drawn figure.
    """

    exercise = models.ForeignKey("Exercise", on_delete=models.CASCADE, related_name="pictures")
    image = models.ImageField(upload_to="exercises/", help_text="On its page.")
    small = models.ImageField(
        upload_to="exercises/", editable=False, blank=True, help_text="In lists."
    )
    width = models.PositiveSmallIntegerField(editable=False, default=0, help_text="Pixels.")
    height = models.PositiveSmallIntegerField(editable=False, default=0, help_text="Pixels.")
    alt = models.CharField("alternative text", max_length=200, help_text="What the picture shows.")
    credit = models.CharField(max_length=120, help_text="Who made it.")
    licence = models.CharField(max_length=60, help_text="For example CC BY-SA 4.0.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        ordering = ("exercise", "position", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(alt=""), name="exercises_picture_has_alt"),
        )

    def __str__(self) -> str:
        return f"{self.exercise}: {self.alt}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What it replaces leaves the disk, once it is certain that nothing leads there any more.

        Versions hold texts, not pictures, so none is missed there.
        """
        before = Picture.objects.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if before:
            replaced = before.files - self.files
            transaction.on_commit(lambda: _delete(replaced), robust=True)

    @property
    def files(self) -> set[str]:
        return {str(file.name) for file in (self.image, self.small) if file}

    @property
    def shown_size(self) -> tuple[int, int] | None:
        """Width and height on its page: within ``SHOWN_SIZE``, and no larger than it is."""
        if not (self.width and self.height):
            return None
        scale = min(1, SHOWN_SIZE[0] / self.width, SHOWN_SIZE[1] / self.height)
        return round(self.width * scale) or 1, round(self.height * scale) or 1

    def delete_files(self) -> None:
        _delete(self.files)


def _delete(files: set[str]) -> None:
    for name in files:
        default_storage.delete(name)


@receiver(post_delete, sender=Picture)
def delete_picture_files(instance: Picture, **_: object) -> None:
    """Once it is certain that the row is gone."""
    transaction.on_commit(instance.delete_files, robust=True)
