"""How the back stands against the front, and what opposes each other: counted in own sets.

No ratio of pulling to pushing is a proven target, and none was shown to tell who gets hurt: which
of the two is stronger depends on the test, the sport and the sex (Baker and Newton 2004, Journal of
Strength and Conditioning Research 18:594; Negrete et al. 2013, International Journal of Sports
Physical Therapy 8:138; Bartolomei et al. 2020, IJERPH 17:8301). So sets are compared with what the
athlete aims at, and 1 to 1 is no more than where that begins. Loads are never compared: what a
stack of a pulley weighs depends on the machine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from exercises.counting import noun
from exercises.vocabulary import Pattern, Role
from workouts.reckoning.muscle_sets import Roles, in_halves, shares_of

LEAST_TARGET, MOST_TARGET = Decimal("0.25"), Decimal(4)
# What the settings offer, sets of the first side to each of the other
TARGETS = [Decimal(text) for text in ("0.5", "0.75", "1", "1.25", "1.5", "2", "3")]
HUNDREDTH, TENTH = Decimal("0.01"), Decimal("0.1")

# The trunk and the shoulders from behind and from ahead; what lies at the side is neither, and arms
# and legs have pairs of their own. By the slug that a muscle keeps.
_BACK = """trapezius upper-trapezius middle-trapezius lower-trapezius rhomboids latissimus-dorsi
    teres-major erector-spinae levator-scapulae neck-extensors rear-deltoid supraspinatus
    infraspinatus teres-minor quadratus-lumborum"""
_FRONT = """pectoralis-major pectoralis-major-clavicular pectoralis-major-sternal pectoralis-minor
    serratus-anterior front-deltoid subscapularis rectus-abdominis transversus-abdominis
    neck-flexors"""
BACK, FRONT = frozenset(_BACK.split()), frozenset(_FRONT.split())


class Tally(NamedTuple):
    """Sets of the two sides: of the back or of pulls, and of what is against them."""

    pull: Decimal = Decimal(0)
    push: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.pull + self.push

    @property
    def ratio(self) -> Decimal | None:
        """Sets of the first side to each of the other, to hundredths; None without any of these."""
        if not self.push:
            return None
        return (self.pull / self.push).quantize(HUNDREDTH, ROUND_HALF_UP)

    @property
    def share(self) -> Decimal:
        """The first side's part of all sets, from 0 to 1; half where there are none."""
        return self.pull / self.total if self.total else Decimal("0.5")

    def wanting(self, target: Decimal) -> "Tally":
        """How many sets more would bring one side to ``target`` sets of the first to each of the
        other, in whole halves; the other side wants none.
        """
        pull = max(target * self.push - self.pull, Decimal(0))
        push = max(self.pull / target - self.push, Decimal(0))
        return Tally(to_halves(pull), to_halves(push))


class Names(NamedTuple):
    """What the two sides are called, each as "no … yet" and "2 … more" have it."""

    pull: str
    push: str


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a pair: movements, and the muscles that tell where no movement is named."""

    does: str
    patterns: frozenset[Pattern]
    muscles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two opposing groups of movements."""

    key: str
    name: str
    names: Names
    pull: Half
    push: Half


def _half(does: str, patterns: Iterable[Pattern], muscles: str) -> Half:
    return Half(does, frozenset(patterns), frozenset(muscles.split()))


PAIRS = (
    Pair(
        "horizontal-push-pull",
        "Rowing and pressing",
        Names("pulls", "pushes"),
        _half(
            "Rows and reverse flys",
            (Pattern.HORIZONTAL_PULL, Pattern.HORIZONTAL_ABDUCTION),
            "middle-trapezius rhomboids rear-deltoid latissimus-dorsi",
        ),
        _half(
            "Bench presses, push-ups and flys",
            (Pattern.HORIZONTAL_PUSH, Pattern.HORIZONTAL_ADDUCTION),
            "pectoralis-major-sternal pectoralis-major-clavicular front-deltoid serratus-anterior",
        ),
    ),
    Pair(
        "vertical-push-pull",
        "Pulling down and pressing up",
        Names("pulls", "pushes"),
        _half(
            "Pull-ups, pulldowns and pullovers",
            (Pattern.VERTICAL_PULL, Pattern.SHOULDER_EXTENSION),
            "latissimus-dorsi teres-major lower-trapezius",
        ),
        _half(
            "Overhead presses and front raises",
            (Pattern.VERTICAL_PUSH, Pattern.SHOULDER_FLEXION),
            "front-deltoid lateral-deltoid upper-trapezius",
        ),
    ),
    Pair(
        "shoulder-rotation",
        "Turning the arm out and in",
        Names("outward turns", "inward turns"),
        _half("External rotation", (Pattern.EXTERNAL_ROTATION,), "infraspinatus teres-minor"),
        _half("Internal rotation", (Pattern.INTERNAL_ROTATION,), "subscapularis"),
    ),
    Pair(
        "elbow",
        "Bending and straightening the elbow",
        Names("curls", "extensions"),
        _half("Curls", (Pattern.ELBOW_FLEXION,), "biceps-brachii brachialis brachioradialis"),
        _half("Triceps extensions", (Pattern.ELBOW_EXTENSION,), "triceps-brachii"),
    ),
    Pair(
        "trunk",
        "Straightening and curling the trunk",
        Names("back raises", "curl-ups"),
        _half("Back raises and supermans", (Pattern.SPINAL_EXTENSION,), "erector-spinae"),
        _half("Crunches and the like", (Pattern.SPINAL_FLEXION,), "rectus-abdominis obliques"),
    ),
    Pair(
        "knee-hip",
        "Hips and knees",
        Names("hip sets", "knee sets"),
        _half(
            "Deadlifts, hip thrusts and leg curls",
            (Pattern.HIP_HINGE, Pattern.KNEE_FLEXION, Pattern.HIP_EXTENSION),
            "hamstrings",
        ),
        _half(
            "Squats, lunges and leg extensions",
            (Pattern.SQUAT, Pattern.LUNGE, Pattern.KNEE_EXTENSION),
            "quadriceps",
        ),
    ),
)
BACK_AND_FRONT = Names("back sets", "front sets")
# Each half with the key of its pair, and what a set of it counts there
_HALVES = [
    (half, (pair.key, count))
    for pair in PAIRS
    for half, count in ((pair.pull, Tally(Decimal(1))), (pair.push, Tally(push=Decimal(1))))
]
_PLACES = {pattern: place for half, place in _HALVES for pattern in half.patterns}


def back_and_front(roles: Roles) -> Tally:
    """What a set counts for the back and for the front: 1 for each with a muscle that does the main
    work there, ½ where one only helps. Muscles are named by the slugs that they keep.
    """
    shares = shares_of(
        {muscle: role for muscle, role in roles.items() if muscle in BACK | FRONT},
        {**dict.fromkeys(BACK, "back"), **dict.fromkeys(FRONT, "front")},
    )
    return Tally(shares.get("back", Decimal(0)), shares.get("front", Decimal(0)))


def in_pair(pattern: str, roles: Roles) -> tuple[str, Tally] | None:
    """The pair that an exercise is in, and what a set counts there; None for those in none.

    Its movement tells. Where it names none, as athletes' own exercises, its main muscles do, if
    they are all on one side of one pair only.
    """
    if pattern:
        return _PLACES.get(Pattern(pattern))
    main = {muscle for muscle, role in roles.items() if role == Role.PRIMARY}
    places = [place for half, place in _HALVES if main and main <= half.muscles]
    return places[0] if len(places) == 1 else None


def summed(sets: Mapping[int, int], counts: Mapping[int, Tally]) -> Tally:
    """Both sides of so many sets of exercises, by their keys; those without counts have none."""
    pull = push = Decimal(0)
    for key, n in sets.items():
        if key in counts:
            of_pull, of_push = counts[key]
            pull += n * of_pull
            push += n * of_push
    return Tally(pull, push)


def told(tally: Tally, names: Names) -> str:
    """How the sides stand, never infinite: "1.2 to 1", "no pulls yet", "only pulls"."""
    if not tally.total:
        return f"no {names.pull} or {names.push} yet"
    if not tally.pull:
        return f"no {names.pull} yet"
    ratio = tally.ratio
    if ratio is None:
        return f"no {names.push} yet"
    if ratio < TENTH:
        return "less than 0.1 to 1"
    return f"{ratio.quantize(TENTH, ROUND_HALF_UP).normalize():f} to 1"


def target_text(target: Decimal) -> str:
    """ "1 to 1", "1.5 to 1"."""
    return f"{target.normalize():f} to 1"


def to_even(tally: Tally, names: Names, target: Decimal) -> str:
    """What would bring the sides to the target, without a judgement; empty without any sets."""
    if not tally.total:
        return ""
    goal = target_text(target)
    pull, push = tally.wanting(target)
    if pull:
        return f"{_more(pull, names.pull)} would make it {goal}."
    if push:
        return f"{_more(push, names.push)} would make it {goal}."
    return f"That is {goal}."


def _more(sets: Decimal, name: str) -> str:
    """ "2 more pulls", "1 more push"."""
    singular = name.removesuffix("es") if name.endswith("shes") else name.removesuffix("s")
    return f"{in_halves(sets)} more {noun(sets, singular, name)}"


def to_halves(sets: Decimal) -> Decimal:
    """To the nearest half, half of a half up."""
    return (sets * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2
