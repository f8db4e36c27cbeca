"""Ways from a region of the body to exercises for it, by what one has and how far one is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises.models import Level, Region
from exercises.models.fields import label_of

BENCHES = ("flat-bench", "adjustable-bench")
# What people who do not go to a gym say that they have; all of it, so that nothing is missing.
KITS = (
    (_("No equipment"), ("bodyweight", "exercise-mat")),
    (_("Dumbbells, bench"), ("exercise-mat", "dumbbell", *BENCHES)),
    (
        _("Barbell, rack, bench"),
        ("exercise-mat", "barbell", "weight-plate", "power-rack", *BENCHES),
    ),
)
# Whoever can do harder ones can do easier ones too, so that no way leads nowhere.
LEVELS = (
    (_("Beginner"), (Level.BEGINNER,)),
    (_("Intermediate"), (Level.BEGINNER, Level.INTERMEDIATE)),
    (_("Any level"), ()),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A link to the exercises for one level."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Kit:
    """A set of equipment, and the ways that are open with it."""

    label: str
    ways: list[Way]


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """A region of the body, and what one may have to train it with."""

    label: str
    kits: list[Kit]


def places(*, owned: str = "") -> list[StartingPoint]:
    """The regions of the body, the back first. No query.

    ``owned`` is an address that adds what the athlete owns to the query that it is given.
    """
    return [StartingPoint(label_of(region), _kits(region, owned)) for region in Region]


def _kits(region: Region, owned: str) -> list[Kit]:
    catalogue = reverse("exercises:exercises")
    kits = [Kit(gettext("What I own"), _ways(owned, region))] if owned else []
    kits += [
        Kit(str(label), _ways(catalogue, region, equipment=things, only="equipment"))
        for label, things in KITS
    ]
    return [*kits, Kit(gettext("Any equipment"), _ways(catalogue, region))]


def _ways(address: str, region: Region, **query: str | tuple[str, ...]) -> list[Way]:
    return [
        Way(
            str(label),
            f"{address}?{urlencode({'muscle': region, **query, 'level': levels}, doseq=True)}",
        )
        for label, levels in LEVELS
    ]
