"""The athlete: a user's training settings, and their body weight."""

import uuid
import zoneinfo
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import (
    Case,
    Count,
    Exists,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises.models import (
    CatalogueVersion,
    Equipment,
    Exercise,
    OwnCatalogueVersion,
    Status,
)
from exercises.models.exercise import ExerciseQuerySet
from exercises.models.fields import WordField, one_of
from exercises.models.shown_names import reads_catalogue
from exercises.prepared import Parameter, PreparedQuery, columns_of
from workouts.models.keys import OfAthlete
from workouts.reckoning.balance import LEAST_TARGET, MOST_TARGET
from workouts.reckoning.weights import format_weight
from workouts.time_zones import known_time_zones
from workouts.vocabulary import Unit

RENEW = 'UPDATE "workouts_athlete" SET "version" = %s WHERE "workouts_athlete"."user_id" = %s'


class WeekStart(models.IntegerChoices):
    """The first day of the week, numbered as ``date.isoweekday`` does."""

    MONDAY = 1, _("Monday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


def validate_time_zone(name: str) -> None:
    if name not in known_time_zones():
        raise ValidationError(
            gettext("%(name)s is not a time zone that Backtrain knows.") % {"name": name}
        )


class AthleteQuerySet(models.QuerySet["Athlete"]):
    def update(self, **values: Any) -> int:
        return super().update(**{"version": uuid.uuid4(), **values})

    def who_asks(self, user: int) -> "Athlete":
        """The athlete of a user, with the keys of the catalogue and of their own exercises, None
        where there is none. 1 query, put together once a process, since each page asks it.
        """
        row = _who_asks.first(user=user)
        if row is None:
            raise Athlete.DoesNotExist
        *values, catalogue, own, title, is_session = row
        athlete: Athlete = Athlete.from_db(DEFAULT_DB_ALIAS, columns_of(Athlete), values)
        athlete.catalogue_version, athlete.own_catalogue_version = catalogue, own
        reads_catalogue(str(catalogue or ""))
        athlete.unsaved = Unsaved(title is not None, bool(is_session), title or "")
        return athlete

    def renew_versions(self) -> None:
        """``Athlete.renew_version`` of all of these, always in the same order. 2 queries."""
        held = self.order_by("pk").select_for_update(no_key=True)
        Athlete.objects.filter(pk__in=list(held.values_list("pk", flat=True))).update()


class Unsaved(NamedTuple):
    """Whether a new workout is begun, whether as a session that is under way, and its title."""

    is_begun: bool = False
    is_session: bool = False
    title: str = ""

    @property
    def word(self) -> str:
        """ "session", "draft", or empty where nothing is begun."""
        return "session" if self.is_session else "draft" if self.is_begun else ""


class Athlete(models.Model):
    """The training side of a user; made with the user, its key is the user's."""

    if TYPE_CHECKING:
        catalogue_version: uuid.UUID | None
        own_catalogue_version: uuid.UUID | None

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="athlete"
    )
    unit = WordField(Unit, max_length=2, default=Unit.KG)
    time_zone = models.CharField(max_length=60, default="UTC", validators=[validate_time_zone])
    week_start = models.PositiveSmallIntegerField(choices=WeekStart, default=WeekStart.MONDAY)
    equipment = models.ManyToManyField(Equipment, blank=True, related_name="+")
    balance_target = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        help_text="Sets of the back to each of the front, and of pulls to each push.",
    )
    goal_weight = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    goal_unit = models.CharField(max_length=2, choices=Unit.choices, blank=True)
    version = models.UUIDField(
        default=uuid.uuid4,
        editable=False,
        help_text="Another one after every write to what belongs to the athlete.",
    )

    objects = AthleteQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("unit", Unit),
            models.CheckConstraint(
                condition=Q(week_start__in=WeekStart.values),
                name="workouts_athlete_week_start_valid",
            ),
            models.CheckConstraint(
                condition=Q(balance_target__range=(LEAST_TARGET, MOST_TARGET)),
                name="workouts_athlete_balance_target_in_range",
            ),
            models.CheckConstraint(
                condition=Q(goal_weight__isnull=True, goal_unit="")
                | Q(
                    # a comparison with NULL is no violation, so NULL is ruled out by name
                    goal_weight__isnull=False,
                    goal_weight__gt=0,
                    goal_unit__in=Unit.values,
                ),
                name="workouts_athlete_goal_has_a_unit",
            ),
        )

    def __str__(self) -> str:
        return str(self.user)

    def save(self, **options: Any) -> None:
        self.version = uuid.uuid4()
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "version"}
        super().save(**options)

    def renew_version(self) -> None:
        """Say that what the athlete sees is other than before. 1 query.

        First in the transaction of whatever writes rows of theirs: it holds the athlete's row, not
        its key, so that all that writes waits here, and in no other order (ADR 14).
        """
        version = Athlete._meta.get_field("version").get_db_prep_save(uuid.uuid4(), connection)
        with connection.cursor() as cursor:  # each write begins so, and Django takes as long again
            cursor.execute(RENEW, [version, self.pk])

    @cached_property
    def unsaved(self) -> "Unsaved":
        """What waits to be saved. 1 query, unless it came along (``who_asks``)."""
        draft = self.drafts.about(None)
        return draft.unsaved if draft else Unsaved()

    def hold(self) -> None:
        """Wait for whoever writes rows of the athlete, and let the next one wait. 1 query.

        Only for what no kept page shows: all else begins with ``renew_version``.
        """
        Athlete.objects.select_for_update(no_key=True).only("pk").get(pk=self.pk)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def day_at(self, instant: datetime) -> date:
        """The day that an instant is on where the athlete is."""
        return instant.astimezone(self.zone).date()

    def own_exercises(self) -> ExerciseQuerySet:
        """Own exercises by name, archived ones last, each with in how many ``workouts`` it is
        and on which day it was done last (``last_on``). 1 query.
        """
        live = Q(mine__workout__deleted_at=None)
        return (
            Exercise.objects.filter(owner_id=self.pk)
            .annotate(
                mine=FilteredRelation("entries", condition=Q(entries__athlete=self.pk)),
                workouts=Count("mine__workout", filter=live, distinct=True),
                last_on=Max("mine__workout__day", filter=live),
            )
            .order_by(Case(When(status=Status.ARCHIVED, then=1), default=0), "name", "pk")
        )

    def logged_exercise(self, slug: str) -> Exercise | None:
        """An exercise that the athlete has logged, though it may have left the catalogue since."""
        logged = self.entries.filter(exercise=OuterRef("pk"))
        return Exercise.objects.filter(Exists(logged), slug=slug).first()

    def weighing_on(self, day: date) -> "BodyWeight | None":
        """The last weighing on or before ``day``, else the first after. 1-2 queries.

        Whoever saves a workout with it holds the athlete's row (``renew_version``), so that it
        can't be corrected meanwhile.
        """
        row = _last_weighing.first(athlete=self.pk, day=day) or _first_weighing.first(
            athlete=self.pk
        )
        return BodyWeight.from_db(DEFAULT_DB_ALIAS, columns_of(BodyWeight), row) if row else None


def _with_catalogue_versions(user: Parameter) -> "QuerySet[Any, Any]":
    own = OwnCatalogueVersion.objects.filter(owner=OuterRef("pk"))
    drafts = apps.get_model("workouts", "WorkoutDraft").objects
    draft = drafts.open().filter(athlete=OuterRef("pk"), workout=None)
    return Athlete.objects.filter(pk=user).values_list(
        *columns_of(Athlete),
        Subquery(CatalogueVersion.objects.values("key")[:1]),
        Subquery(own.values("key")),
        Subquery(draft.values("title")[:1]),
        Exists(draft.exclude(started_at=None)),
    )


_who_asks = PreparedQuery(_with_catalogue_versions, user=models.BigIntegerField())


class BodyWeightQuerySet(models.QuerySet["BodyWeight"]):
    def until(self, *, athlete: Any, day: Any) -> Self:
        """The athlete's on or before the day, the last one first."""
        return self.filter(athlete=athlete, weighed_on__lte=day).order_by("-weighed_on")

    def oldest_first(self, *, athlete: Any) -> Self:
        return self.filter(athlete=athlete).order_by("weighed_on")


class BodyWeight(OfAthlete):
    """The athlete's body weight on a day."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="body_weights")
    weighed_on = models.DateField()
    weight = models.DecimalField(max_digits=7, decimal_places=3)
    unit = WordField(Unit, max_length=2)
    weight_kg = models.DecimalField(max_digits=7, decimal_places=3)

    objects = BodyWeightQuerySet.as_manager()

    class Meta:
        ordering = ("-weighed_on",)
        constraints = (
            one_of("unit", Unit),
            models.UniqueConstraint(
                fields=["athlete", "weighed_on"], name="workouts_bodyweight_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight_kg__gt=0), name="workouts_bodyweight_positive"
            ),
        )

    def __str__(self) -> str:
        return f"{self.shown} on {self.weighed_on}"

    @property
    def shown(self) -> str:
        """As it was typed, with its unit."""
        return format_weight(self.weight, self.unit)


_first_weighing = PreparedQuery(
    lambda athlete: BodyWeight.objects.oldest_first(athlete=athlete).values_list(
        *columns_of(BodyWeight)
    )[:1],
    athlete=models.BigIntegerField(),
)
_last_weighing = PreparedQuery(
    lambda athlete, day: BodyWeight.objects.until(athlete=athlete, day=day).values_list(
        *columns_of(BodyWeight)
    )[:1],
    athlete=models.BigIntegerField(),
    day=models.DateField(),
)


def weighing_of_workout() -> Coalesce:
    """For a query of workouts: the key of the weighing that ``Athlete.weighing_on`` its day is."""
    athlete = OuterRef("athlete")
    before = BodyWeight.objects.until(athlete=athlete, day=OuterRef("day"))
    after = BodyWeight.objects.oldest_first(athlete=athlete)
    return Coalesce(Subquery(before.values("pk")[:1]), Subquery(after.values("pk")[:1]))
