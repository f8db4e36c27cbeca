"""Exercises: what they are, how they are loaded, and what they lack."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext

from exercises.addresses import address_of
from exercises.drawing.figures import poses
from exercises.languages import within
from exercises.models.anatomy import Muscle, Source
from exercises.models.catalogue_version import CatalogueQuerySet
from exercises.models.fields import WordField, choices_of, lines, one_of
from exercises.models.gaps import HasGaps
from exercises.models.renaming import Renamable, keep_permanent_slugs, one_permanent_slug
from exercises.models.translations import Translated
from exercises.names import NAMELESS, RESERVED_SLUGS, WRITABLE_NAME, name_key
from exercises.signals import load_type_asked, loading_changed
from exercises.vocabulary import (
    BODYWEIGHT_LOADS,
    IMPLEMENT_LOADS,
    Force,
    GripOrientation,
    GripWidth,
    Laterality,
    Level,
    LoadType,
    Mechanic,
    Pace,
    Pattern,
    Role,
    Status,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

from exercises.models.equipment import Equipment, kit
from exercises.models.parts import Step, Target
from exercises.models.pictures import Picture


@dataclass(frozen=True, slots=True)
class Mistake:
    """A common mistake and what to do instead."""

    wrong: str
    fix: str


# What decides how a logged set of an exercise is read and reckoned
LOADED_BY = (
    *("load_type", "bodyweight_fraction", "implements", "implements_one_side"),
    *("pattern", "pace"),
)


class ExerciseQuerySet(CatalogueQuerySet["Exercise"]):
    def update(self, **values: Any) -> int:
        """Also asks and tells those who keep figures of these exercises, as a save does."""
        if values.get("status") == Status.PUBLISHED:
            with transaction.atomic():
                count = self._update(values)
                make_way()
                return count
        return self._update(values)

    def _update(self, values: dict[str, Any]) -> int:
        if not set(LOADED_BY) & set(values):
            return super().update(**values)
        with transaction.atomic():
            exercises = list(self.order_by("pk"))
            load_type = values.get("load_type")
            for exercise in exercises if isinstance(load_type, str) else ():
                exercise.load_type = LoadType(str(load_type))
                load_type_asked.send(sender=Exercise, exercise=exercise)
            keys = [exercise.pk for exercise in exercises]
            count = super().update(**values)
            loading_changed.send(
                sender=Exercise, exercises=keys, is_read_anew="load_type" in values
            )
        return count

    def get_by_natural_key(self, slug: str) -> "Exercise":
        return self.get(slug=slug, owner=None)

    def catalogue(self) -> Self:
        """What every visitor sees: published, and nobody's own."""
        return self.filter(owner=None, status=Status.PUBLISHED)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The catalogue, and the user's own exercises."""
        return self.visible_to_owner(user) if user.is_authenticated else self.catalogue()

    def visible_to_owner(self, owner: Any) -> Self:
        """``visible_to``, of a user or a parameter of a prepared query."""
        return self.filter(Q(owner=None, status=Status.PUBLISHED) | Q(owner=owner))

    def offered_to(self, user: "User | AnonymousUser") -> Self:
        """What a list shows this user: the catalogue, and such of their own as are in use."""
        return self.visible_to(user).filter(status=Status.PUBLISHED)

    def named(self, slug: str, *, user: "User | AnonymousUser") -> "Exercise | None":
        """The exercise at ``slug`` for this user, whose own one wins. 1 query, plus prefetches."""
        return self.visible_to(user).filter(slug=slug).own_first().first()

    def own_first(self) -> Self:
        return self.order_by(F("owner").asc(nulls_last=True))

    def renamed(self, slug: str) -> "Exercise | None":
        """The one that used to have this slug. 1 query, plus prefetches."""
        return self.filter(former_slugs__slug=slug).first()

    def loggable_by(self, user: "User | AnonymousUser") -> Self:
        """Those that a user may log anew: all they see, but for archived own ones."""
        return self.visible_to(user).exclude(status=Status.ARCHIVED)

    def unreviewed(self) -> Self:
        """Drafts of the catalogue that an import brought and nobody has looked at yet."""
        return (
            self.filter(owner=None, status=Status.DRAFT).exclude(origin="").exclude(review_notes="")
        )

    def in_article_order(self) -> Self:
        """The article's 24 first, in its order, then the rest by name."""
        return self.order_by(F("article_place").asc(nulls_last=True), "name", "pk")

    def training(self, muscle: Muscle) -> Self:
        """Those that train the muscle, or any part of it, with ``is_direct``; each once."""
        targets = Target.objects.training(muscle).filter(exercise=OuterRef("pk"))
        return self.annotate(is_direct=Exists(targets.filter(role=Role.PRIMARY))).filter(
            Exists(targets)
        )

    def relatives_of(self, exercise: "Exercise") -> Self:
        """Those one step easier or harder, and variations, with a flag for each relation.

        Variations are its own, the exercise that it varies, and the others that vary that one.
        """
        family = exercise.variation_of_id or exercise.pk
        ladder = Exercise.harder.through.objects
        easier = ladder.filter(from_exercise=OuterRef("pk"), to_exercise=exercise)
        harder = ladder.filter(from_exercise=exercise, to_exercise=OuterRef("pk"))
        return (
            self.exclude(pk=exercise.pk)
            .annotate(
                is_easier=Exists(easier),
                is_harder=Exists(harder),
                is_variation=Case(
                    When(
                        Q(pk=family) | Q(variation_of=family) | Q(variation_of=exercise),
                        then=True,
                    ),
                    default=False,
                    output_field=BooleanField(),
                ),
            )
            .filter(Q(is_easier=True) | Q(is_harder=True) | Q(is_variation=True))
        )

    def with_primary_targets(self) -> Self:
        """Each with ``primary_targets``, muscles loaded. One more query."""
        return self.prefetch_related(primary_targets())

    def with_primary_muscles(self) -> Self:
        """Each with ``primary_targets``, muscles loaded, and its equipment. Two more queries."""
        return self.with_primary_targets().prefetch_related("equipment")

    def with_gaps(self) -> Self:
        """Each with what ``gaps`` reads and ``lacking`` filters by. No further query.

        A drawn figure counts as a picture.
        """

        def some(model: type[models.Model], **narrowed: object) -> Exists:
            return Exists(model._default_manager.filter(exercise=OuterRef("pk"), **narrowed))

        return self.annotate(
            has_steps=some(Step),
            has_main_muscle=some(Target, role=Role.PRIMARY),
            has_picture=Q(permanent_slug__in=poses.slugs()) | Q(some(Picture)),
            has_sources=some(Exercise.sources.through),
        )

    def equipment_pairs(self) -> "models.QuerySet[Exercise, tuple[int, int]]":
        """Keys of exercises and of what each is done with, in the order of the equipment."""
        return (
            self.filter(equipment__isnull=False)
            .order_by("pk", "equipment__position", "equipment__slug")
            .values_list("pk", "equipment")
        )

    def of_article(self) -> Self:
        """Those of the article on back training, in its order."""
        return self.exclude(article_place=None).in_article_order()

    def for_rows(self) -> Self:
        """Only what lists, filters and their order need. No further query."""
        small = Subquery(_pictures().values("small")[:1])
        return self.annotate(small_picture=small).only(
            *("slug", "permanent_slug", "name", "owner", "article_place", "level"),
            *("pattern", "mechanic", "load_type", "translations"),
        )

    def for_links(self) -> Self:
        """Only what names them, says which movement they are and leads to them."""
        return self.only("slug", "permanent_slug", "name", "owner", "pattern", "translations")

    def with_targets(self) -> Self:
        """Each with its targets and their muscles. One more query."""
        targets = Target.objects.select_related("muscle")
        return self.prefetch_related(Prefetch("targets", queryset=targets))

    def for_page(self) -> Self:
        """Each with its steps, targets, equipment and sources. Four more queries.

        ``picture`` then asks for one only where there is any.
        """
        return (
            self.with_targets()
            .annotate(is_pictured=Exists(_pictures()))
            .prefetch_related("steps", "equipment", "sources")
        )


def primary_targets() -> "Prefetch[Any]":
    """To load ``primary_targets``, muscles with them. 1 query."""
    targets = Target.objects.filter(role=Role.PRIMARY).select_related("muscle")
    return Prefetch(
        "targets", queryset=targets.order_by("position", "pk"), to_attr="primary_targets"
    )


def _pictures() -> "models.QuerySet[Picture]":
    """Those of the exercise that a subquery is about; the first one is shown."""
    return Picture.objects.filter(exercise=OuterRef("pk")).order_by("position", "pk")


class Exercise(HasGaps, Translated, Renamable):
    """An exercise of the catalogue, or, where ``owner`` is set, an athlete's own."""

    if TYPE_CHECKING:
        primary_targets: "list[Target]"
        before_save: "dict[str, Any] | None"
        small_picture: str | None
        is_pictured: bool
        is_direct: bool
        is_easier: bool
        is_harder: bool
        is_variation: bool
        has_steps: bool
        has_main_muscle: bool
        has_picture: bool
        has_sources: bool

    GAPS: ClassVar = {
        "summary": "summary",
        "steps": "has_steps",
        "cues": "cues",
        "mistakes": "mistakes",
        "main muscle": "has_main_muscle",
        "picture": "has_picture",
        "sources": "has_sources",
    }
    NEEDED_TO_PUBLISH: ClassVar = ("summary", "steps", "main muscle")
    TRANSLATED = ("name", "summary", "cues", "mistakes", "safety")

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=80)
    name_key = models.CharField(max_length=80, editable=False, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="own_exercises",
        help_text="Empty for the catalogue.",
    )
    status = WordField(Status, max_length=10, default=Status.DRAFT)
    article_place = models.PositiveSmallIntegerField(
        null=True, blank=True, unique=True, help_text="Place in the article on back training, 1-24."
    )
    summary = models.TextField(blank=True, help_text="What it is and why you would choose it.")
    cues = models.TextField(blank=True, help_text="One a line.")
    mistakes = models.TextField(
        blank=True, help_text="One a line: what goes wrong, a colon, then what to do instead."
    )
    safety = models.TextField(blank=True)
    pattern = models.CharField(max_length=24, choices=choices_of(Pattern), blank=True)
    force = models.CharField(max_length=10, choices=choices_of(Force), blank=True)
    mechanic = models.CharField(max_length=10, choices=choices_of(Mechanic), blank=True)
    laterality = WordField(Laterality, max_length=12, default=Laterality.BILATERAL)
    level = models.CharField(max_length=12, choices=choices_of(Level), blank=True)
    grip_orientation = models.CharField(
        max_length=10, choices=choices_of(GripOrientation), blank=True
    )
    grip_width = models.CharField(max_length=10, choices=choices_of(GripWidth), blank=True)
    load_type = WordField(LoadType, max_length=20)
    bodyweight_fraction = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Share of bodyweight that counts as load; empty where no source gives one.",
    )
    implements = models.PositiveSmallIntegerField(
        "weights moved at once",
        default=1,
        help_text=(
            "How many of the logged weight each rep moves: 2 for a dumbbell in each hand, in a"
            " lunge too; 1 for a barbell, a kettlebell swing, or curls with the arms in turn."
        ),
    )
    implements_one_side = models.PositiveSmallIntegerField(
        "weights moved, one side",
        default=1,
        help_text=(
            "The same in a set that is logged for the left or the right: 1 where one arm works"
            " (hammer curl), 2 where one leg works and both hands hold (Bulgarian split squat)."
        ),
    )
    pace = WordField(
        Pace,
        max_length=10,
        default=Pace.PER_KM,
        help_text="How its speed is told where a distance and a time are logged.",
    )
    equipment = models.ManyToManyField(Equipment, blank=True, related_name="exercises")
    alternative_equipment = models.ManyToManyField(Equipment, blank=True, related_name="+")
    muscles = models.ManyToManyField(Muscle, through="Target", related_name="exercises")
    variation_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="variations"
    )
    harder = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="easier",
        help_text="Exercises that most people find one step harder.",
    )
    sources = models.ManyToManyField(Source, blank=True)
    author = models.CharField(max_length=120, blank=True, help_text="Of a text that is not ours.")
    licence = models.CharField(max_length=60, blank=True, help_text="Of a text that is not ours.")
    origin = models.CharField(max_length=200, blank=True, help_text="Where it was imported from.")
    review_notes = models.TextField(
        blank=True, help_text="What an import could not make out; empty once looked at."
    )

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        indexes = (models.Index(fields=["name_key"], name="exercises_exercise_name_key"),)
        constraints = (
            one_of("status", Status),
            one_of("pattern", Pattern, blank=True),
            one_of("force", Force, blank=True),
            one_of("mechanic", Mechanic, blank=True),
            one_of("laterality", Laterality),
            one_of("level", Level, blank=True),
            one_of("grip_orientation", GripOrientation, blank=True),
            one_of("grip_width", GripWidth, blank=True),
            one_of("load_type", LoadType),
            one_of("pace", Pace),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(owner__isnull=True),
                name="exercises_exercise_catalogue_slug",
                violation_error_message="Another exercise of the catalogue has this slug.",
            ),
            one_permanent_slug(owner__isnull=True),
            models.UniqueConstraint(
                fields=["owner", "slug"], name="exercises_exercise_slug_of_owner"
            ),
            models.UniqueConstraint(
                fields=["name_key"],
                condition=Q(owner__isnull=True),
                name="exercises_exercise_catalogue_name",
                violation_error_message="Another exercise of the catalogue has this name.",
            ),
            models.UniqueConstraint(
                fields=["owner", "name_key"],
                name="exercises_exercise_name_of_owner",
                violation_error_message="You already have an exercise with this name.",
            ),
            models.CheckConstraint(
                condition=Q(article_place__isnull=True)
                | Q(article_place__range=(1, 24), owner__isnull=True),
                name="exercises_exercise_article_place",
                violation_error_message="The article has places 1 to 24.",
            ),
            models.CheckConstraint(
                condition=Q(bodyweight_fraction__isnull=True)
                | Q(
                    bodyweight_fraction__gt=0,
                    bodyweight_fraction__lte=1,
                    load_type__in=BODYWEIGHT_LOADS,
                ),
                name="exercises_exercise_bodyweight_fraction",
                violation_error_message=(
                    "A share of bodyweight is above 0 and at most 1, and only an exercise that"
                    " is loaded with bodyweight has one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(implements__in=(1, 2), implements_one_side__in=(1, 2)),
                name="exercises_exercise_implements_valid",
                violation_error_message="A rep moves 1 or 2 of the logged weight.",
            ),
            models.CheckConstraint(
                condition=Q(implements_one_side__lte=F("implements")),
                name="exercises_exercise_one_side_moves_no_more",
                violation_error_message="One side does not move more weights than both.",
            ),
            models.CheckConstraint(
                condition=Q(implements=1) | Q(load_type__in=IMPLEMENT_LOADS),
                name="exercises_exercise_implements_are_held",
                violation_error_message=(
                    "Only a weight in each hand, or one for time or distance, can be moved twice"
                    " at once."
                ),
            ),
            models.CheckConstraint(
                condition=Q(variation_of__isnull=True) | ~Q(variation_of=F("id")),
                name="exercises_exercise_not_its_own_variation",
                violation_error_message="An exercise can't be a variation of itself.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("exercises:exercise", self.slug)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def set_key(self) -> None:
        self.name_key = name_key(self.name)

    def clean(self) -> None:
        super().clean()
        if not name_key(self.name):
            raise ValidationError({"name": NAMELESS})
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": f"/exercises/{self.slug}/ is a page of its own."})
        if not self.is_own and not WRITABLE_NAME.fullmatch(self.name):
            raise ValidationError({"name": "Begin with a letter, and use no colon."})
        if self.pk and self.is_load_type_changed():
            load_type_asked.send(sender=Exercise, exercise=self)
        for line in lines(self.mistakes):
            if ": " not in line:
                raise ValidationError(
                    {"mistakes": f"Write what goes wrong, a colon, then what to do instead: {line}"}
                )

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Also those over fields that no form shows, but whose values are known."""
        self.set_key()
        super().validate_constraints(set(exclude or ()) - {"id", "owner", "name_key"})

    def is_load_type_changed(self) -> bool:
        """Whether the stored row has another load type. 1 query."""
        return Exercise.objects.filter(pk=self.pk).exclude(load_type=self.load_type).exists()

    @property
    def is_own(self) -> bool:
        return self.owner_id is not None

    @cached_property
    def primary_muscles(self) -> list[Muscle]:
        """The muscles that it trains directly, from the loaded ``primary_targets``."""
        return [target.muscle for target in self.primary_targets]

    @cached_property
    def needed_equipment(self) -> list[Equipment]:
        """What it is done with; ``equipment`` should be loaded."""
        return list(self.equipment.all())

    @property
    def kit(self) -> str:
        """What one has to have for it, in short; ``equipment`` should be loaded."""
        return kit(self.needed_equipment)

    @property
    def lacks_to_publish(self) -> list[str]:
        """Those of its gaps that no visitor should meet; needs ``with_gaps``."""
        return [gap for gap in self.gaps if gap in self.NEEDED_TO_PUBLISH]

    @property
    def is_archived(self) -> bool:
        return self.status == Status.ARCHIVED

    @property
    def cue_list(self) -> list[str]:
        return lines(self.shown["cues"])

    @property
    def mistake_list(self) -> list[Mistake]:
        pairs = (line.partition(": ") for line in lines(self.shown["mistakes"]))
        return [Mistake(wrong=wrong, fix=fix) for wrong, _, fix in pairs]

    @property
    def grip(self) -> str:
        """The grip in words, "Overhand, shoulder width"; empty when it has none."""
        return ", ".join(
            word
            for word in (
                self.get_grip_orientation_display(),
                within(self.get_grip_width_display()),
            )
            if word
        )

    @property
    def counted_weights(self) -> str:
        """What volume counts of a weight in each hand, in a sentence; empty for other loads."""
        if self.load_type != LoadType.PER_HAND:
            return ""
        return {
            (2, 1): gettext("Volume counts both, and one in a set for one side."),
            (2, 2): gettext("Volume counts both, whichever side works."),
        }.get((self.implements, self.implements_one_side), gettext("Volume counts one a rep."))

    @property
    def texts(self) -> list[str]:
        """All its texts in the order of the page; ``steps`` should be loaded."""
        summary, mistakes, safety = map(self.shown.__getitem__, ("summary", "mistakes", "safety"))
        return [summary, *(step.text for step in self.steps.all()), mistakes, safety]

    def targets_in(self, role: Role) -> "list[Target]":
        """Its targets in a role, from the loaded ``targets``."""
        return [target for target in self.targets.all() if target.role == role]

    @cached_property
    def picture(self) -> "Picture | None":
        """The first one that an editor uploaded. Needs ``for_page``. 1 query if there is any."""
        return self.pictures.order_by("position", "pk").first() if self.is_pictured else None

    @property
    def still_picture(self) -> "Picture | None":
        """The same, small, for a list. Needs ``for_rows``."""
        small = getattr(self, "small_picture", None)
        return Picture(exercise=self, small=small) if small else None

    @property
    def primary(self) -> "list[Target]":
        return self.targets_in(Role.PRIMARY)

    @property
    def secondary(self) -> "list[Target]":
        return self.targets_in(Role.SECONDARY)

    @property
    def stabilisers(self) -> "list[Target]":
        return self.targets_in(Role.STABILISER)


@receiver(pre_save, sender=Exercise)
def keep_exercise_key(instance: Exercise, **_: object) -> None:
    """Also on ``loaddata``, which bypasses ``save``."""
    instance.set_key()


keep_permanent_slugs(Exercise)


def make_way() -> None:
    """Give an own exercise another slug where one of the catalogue has come to have its slug.

    An address leads to the catalogue's, which nothing of an athlete's may hide. 1 query, and 2 for
    each.
    """
    hiding = Exercise.objects.filter(slug__in=Exercise.objects.catalogue().values("slug"))
    for own in hiding.exclude(owner=None).order_by("pk"):
        alike = Exercise.objects.filter(Q(owner=None) | Q(owner=own.owner_id))
        taken = set(alike.filter(slug__startswith=own.slug[:70]).values_list("slug", flat=True))
        free = (f"{own.slug[:70]}-{number}" for number in range(2, len(taken) + 3))
        own.slug = next(slug for slug in free if slug not in taken)
        own.save()
