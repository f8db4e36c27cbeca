"""What is being written in a log form and not saved yet."""

import uuid
from typing import Any, Self

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q
from django.http import QueryDict

from exercises.prepared import Parameter, PreparedQuery, columns_of
from workouts.models.athlete import Athlete, Unsaved
from workouts.models.keys import OfAthlete, OwnKey
from workouts.models.log import Workout
from workouts.text_format.values import MAX_TITLE


class WorkoutDraftQuerySet(models.QuerySet["WorkoutDraft"]):
    def open(self) -> Self:
        """Without what was discarded."""
        return self.filter(discarded_at=None)

    def discarded(self) -> Self:
        """What can be brought back, the last one first."""
        return self.exclude(discarded_at=None).order_by("-discarded_at", "pk")

    def about(self, workout: uuid.UUID | None) -> "WorkoutDraft | None":
        """The draft of an edit, or with None the one of a new workout. 1 query."""
        return self.open().filter(workout=workout).first()


class WorkoutDraft(OfAthlete):
    """A log form as it was sent: its fields are its own affair, so any view of the form has drafts.

    ``version`` is another one after each write, and the device that writes may choose it, so that
    it knows its own words again though no answer reached it.
    """

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="drafts")
    workout = OwnKey(
        Workout,
        on_delete=models.CASCADE,
        null=True,
        related_name="drafts",
        help_text="The one that is being edited; a new one has none yet.",
    )
    key = models.UUIDField(help_text="The form's, which the saved workout will have.")
    title = models.CharField(max_length=MAX_TITLE, blank=True, help_text="As the form has it.")
    form = models.TextField(help_text="Names and values, encoded as browsers do.")
    version = models.UUIDField(default=uuid.uuid4)
    started_at = models.DateTimeField(null=True, help_text="Of a session that is under way.")
    discarded_at = models.DateTimeField(null=True, help_text="It can be brought back.")
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkoutDraftQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["athlete"],
                condition=Q(workout=None, discarded_at=None),
                name="workouts_workoutdraft_one_new",
            ),
            models.UniqueConstraint(
                fields=["athlete", "workout"],
                condition=Q(discarded_at=None),
                name="workouts_workoutdraft_one_of_each",
            ),
        )

    def __str__(self) -> str:
        return f"Draft {self.key}"

    @property
    def unsaved(self) -> Unsaved:
        """What pages say of the draft of a new workout."""
        return Unsaved(is_begun=True, is_session=self.started_at is not None, title=self.title)

    @property
    def posted(self) -> QueryDict:
        """The form's fields, with the version that they are of."""
        fields = QueryDict(self.form, mutable=True)
        fields["draft"] = str(self.version)
        return fields


def new_draft(athlete: int) -> WorkoutDraft | None:
    """The athlete's draft of a new workout. 1 query."""
    row = _of_new.first(athlete=athlete)
    return WorkoutDraft.from_db(DEFAULT_DB_ALIAS, columns_of(WorkoutDraft), row) if row else None


def _build(athlete: Parameter) -> "models.QuerySet[Any, Any]":
    mine = WorkoutDraft.objects.open().filter(athlete=athlete, workout=None)
    return mine.values_list(*columns_of(WorkoutDraft))


_of_new = PreparedQuery(_build, athlete=models.BigIntegerField())
