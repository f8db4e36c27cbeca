"""What the models share: choices that the database enforces, and text with one item a line."""

from django.db import models
from django.db.models import Q


def one_of(
    field: str, choices: type[models.TextChoices], *, blank: bool = False
) -> models.CheckConstraint:
    """A constraint that holds ``field`` to its choices, also against SQL and bulk updates."""
    allowed = [*choices.values, ""] if blank else choices.values
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": allowed}), name=f"%(app_label)s_%(class)s_{field}_valid"
    )


def lines(text: str) -> list[str]:
    """The non-empty lines of a text that holds one item a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
