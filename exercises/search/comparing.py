"""Two exercises side by side, and what can stand in for one."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises.addresses import address_of
from exercises.models import Equipment, EquipmentKind, Exercise, Muscle, Role
from exercises.models.equipment import kit
from exercises.search.popular import PLACES
from exercises.search.substitutes import Work, substitutes
from exercises.vocabulary import SHARES

# What an exercise is done on or with, but what no weight hangs on
SUPPORTS = (
    EquipmentKind.BODYWEIGHT,
    EquipmentKind.BENCH,
    EquipmentKind.SUPPORT,
    EquipmentKind.CABLE_ATTACHMENT,
)
ROLES_IN_WORDS = {
    Role.PRIMARY: _("main work"),
    Role.SECONDARY: _("helps"),
    Role.STABILISER: _("holds steady"),
    None: "–",
}
COLUMNS = (
    *("pk", "slug", "permanent_slug", "name", "translations", "targets__muscle", "targets__role"),
    *("equipment", "equipment__kind", "equipment__name", "equipment__translations"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of both under one name."""

    label: str
    one: str
    other: str

    @property
    def is_same(self) -> bool:
        return self.one == self.other


@dataclass(frozen=True, slots=True)
class SharedMuscle:
    """A muscle and its role in each of both; none is empty."""

    muscle: Muscle
    one: Role | None
    other: Role | None

    @property
    def is_same(self) -> bool:
        return self.one == self.other

    @property
    def in_words(self) -> list[tuple[Role | None, str]]:
        """Of each its role, and how that is said."""
        return [(role, str(ROLES_IN_WORDS[role])) for role in (self.one, self.other)]


@dataclass(frozen=True, slots=True)
class Substitute:
    """An exercise that can stand in for another, what it is called and what one needs for it."""

    slug: str
    shown_name: str
    kit: str

    @property
    def address(self) -> str:
        return address_of("exercises:exercise", self.slug)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """``place`` is that among those which people mean most."""

    key: int
    slug: str
    name: str
    movement: str
    place: int
    shares: dict[int, Decimal] = field(default_factory=dict)
    things: dict[int, Equipment] = field(default_factory=dict)

    @property
    def work(self) -> Work:
        implements = (key for key, thing in self.things.items() if thing.kind not in SUPPORTS)
        return Work(self.key, self.movement, self.shares, frozenset(implements))

    def as_substitute(self) -> Substitute:
        return Substitute(self.slug, self.name, kit(self.things.values()))


def facts(one: Exercise, other: Exercise) -> list[Fact]:
    """How both are done and loaded; equipment has to be loaded. What neither says is left out."""
    both = zip(_facts_of(one), _facts_of(other), strict=True)
    return [Fact(label, said, replied) for (label, said), (_, replied) in both if said or replied]


def muscles(one: Exercise, other: Exercise) -> list[SharedMuscle]:
    """All muscles of both, those with most to do first; targets have to be loaded."""
    of_one, of_other = _roles(one), _roles(other)
    shared = [
        SharedMuscle(muscle, of_one.get(muscle), of_other.get(muscle))
        for muscle in {**of_one, **of_other}
    ]
    return sorted(shared, key=lambda each: -(_share(each.one) + _share(each.other)))


def instead_of(exercise: Exercise) -> list[Substitute]:
    """What of the catalogue trains the same with other equipment, by the rule of ``substitutes``.

    1 query.
    """
    if not exercise.pattern:
        return []
    candidates = _candidates(exercise)
    wanted = candidates.pop(exercise.pk, None)
    if wanted is None:
        return []
    ordered = sorted(candidates.values(), key=lambda each: each.place)
    found = substitutes(wanted.work, (each.work for each in ordered))
    return [candidates[work.key].as_substitute() for work in found]


def _candidates(exercise: Exercise) -> dict[int, _Candidate]:
    """It and all others of its movement, by their keys."""
    alike = Exercise.objects.catalogue().filter(pattern=exercise.pattern)
    rows = alike.order_by("name", "pk", "equipment__position", "equipment__slug")
    candidates: dict[int, _Candidate] = {}
    for pk, slug, known_as, name, translations, muscle, role, thing, *of_it in rows.values_list(
        *COLUMNS
    ):
        shown = Exercise(name=name, translations=translations).shown_name
        candidate = candidates.setdefault(
            pk, _Candidate(pk, slug, shown, exercise.pattern, PLACES.get(known_as, len(PLACES)))
        )
        if role:
            candidate.shares[muscle] = SHARES[Role(role)]
        if thing and thing not in candidate.things:  # one row for each muscle too
            kind, called, in_others = of_it
            candidate.things[thing] = Equipment(name=called, kind=kind, translations=in_others)
    return candidates


def _facts_of(exercise: Exercise) -> list[tuple[str, str]]:
    return [
        (gettext("Movement"), exercise.get_pattern_display()),
        (gettext("Level"), exercise.get_level_display()),
        (gettext("Equipment"), ", ".join(thing.shown_name for thing in exercise.needed_equipment)),
        (gettext("Logged as"), exercise.get_load_type_display()),
        (gettext("Joints"), exercise.get_mechanic_display()),
        (gettext("Sides"), exercise.get_laterality_display()),
        (gettext("Grip"), exercise.grip),
    ]


def _roles(exercise: Exercise) -> dict[Muscle, Role]:
    return {target.muscle: Role(target.role) for target in exercise.targets.all()}


def _share(role: Role | None) -> Decimal:
    return SHARES[role] if role else Decimal(-1)
