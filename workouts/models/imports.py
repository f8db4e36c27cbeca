"""Files of workouts that an athlete brought from other apps."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from exercises.models.fields import WordField, one_of
from workouts.models.athlete import Athlete
from workouts.models.keys import OfAthlete
from workouts.vocabulary import Source, Unit

WAITS = timedelta(days=90)  # a file, until it is thrown away


class ImportQuerySet(models.QuerySet["Import"]):
    def forgotten(self, *, at: datetime) -> Self:
        """Those that have waited for too long to be brought in."""
        return self.filter(done_at=None, created_at__lte=at - WAITS)

    def without_file(self) -> Self:
        """As lists need them: the file may have megabytes."""
        return self.defer("file")


class Import(OfAthlete):
    """One file, from when it is brought until its workouts are taken back.

    It waits, with what was answered so far, until it is brought in. ``names`` has, for each name
    that was asked about, the slug of the exercise that is meant, or one of two words
    (``workouts.data.name_uses``).
    """

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="imports")
    source = WordField(Source, max_length=12)
    file_name = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(help_text="As it was brought, compressed.")
    unit = models.CharField(max_length=2, choices=Unit.choices, blank=True)
    names = models.JSONField(default=dict)
    is_month_first = models.BooleanField(
        null=True, blank=True, help_text="Of days such as 3/4/2026, where the file decides nothing."
    )
    takes_days_with_workouts = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    workout_count = models.PositiveIntegerField(default=0)
    set_count = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(
        default=list, help_text="The lines that gave no set, each with its reason."
    )

    made = models.JSONField(
        default=dict,
        blank=True,
        help_text="What came besides workouts: keys of exercises; weighings, as day, weight, unit.",
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            one_of("source", Source),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(done_at__isnull=False),
                name="workouts_import_undone_after_done",
            ),
            models.CheckConstraint(
                condition=Q(unit="") | Q(unit__in=Unit.values), name="workouts_import_unit"
            ),
        )

    def __str__(self) -> str:
        return self.file_name or f"Import {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.done_at is None

    @property
    def brought_on(self) -> date:
        return self.athlete.day_at(self.created_at)

    @property
    def waits_until(self) -> date:
        return self.athlete.day_at(self.created_at + WAITS)

    @property
    def done_on(self) -> date | None:
        return self.athlete.day_at(self.done_at) if self.done_at else None

    @property
    def undone_on(self) -> date | None:
        return self.athlete.day_at(self.undone_at) if self.undone_at else None
