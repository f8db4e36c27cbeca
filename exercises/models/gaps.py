"""What an editor would still want of a row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class HasGaps(models.Model):
    """A row of which ``GAPS`` names what it may lack, and the field or annotation that tells.

    An annotation is true or false and begins with "has_"; a field is a text.
    """

    GAPS: ClassVar[dict[str, str]]

    class Meta:
        abstract = True

    @classmethod
    def lacking(cls, gap: str) -> Q:
        """The condition for rows with this gap; needs the queryset's ``with_gaps``."""
        name = cls.GAPS[gap]
        return Q(**{name: False if name.startswith("has_") else ""})

    @property
    def gaps(self) -> list[str]:
        """What an editor would still want, by the names of ``GAPS``; needs ``with_gaps``."""
        return [gap for gap, name in self.GAPS.items() if not getattr(self, name)]
