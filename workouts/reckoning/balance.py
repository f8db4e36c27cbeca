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

from exercises.sentences import Sentence, ngettext
from exercises.sentences import gettext as _
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
    """What the two sides are called, each as "no … yet" has it, with a singular for "1 more …"."""

    pull: Sentence
    push: Sentence


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a pair: movements, and the muscles that tell where no movement is named."""

    does: Sentence
    patterns: frozenset[Pattern]
    muscles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two opposing groups of movements."""

    key: str
    name: Sentence
    names: Names
    pull: Half
    push: Half


def _half(does: Sentence, patterns: Iterable[Pattern], muscles: str) -> Half:
    return Half(does, frozenset(patterns), frozenset(muscles.split()))


PAIRS = (
    Pair(
        "horizontal-push-pull",
        _("Rowing and pressing"),
        Names(ngettext("pull", "pulls", 2), ngettext("push", "pushes", 2)),
        _half(
            _("Rows and reverse flys"),
            (Pattern.HORIZONTAL_PULL, Pattern.HORIZONTAL_ABDUCTION),
            "middle-trapezius rhomboids rear-deltoid latissimus-dorsi",
        ),
        _half(
            _("Bench presses, push-ups and flys"),
            (Pattern.HORIZONTAL_PUSH, Pattern.HORIZONTAL_ADDUCTION),
            "pectoralis-major-sternal pectoralis-major-clavicular front-deltoid serratus-anterior",
        ),
    ),
    Pair(
        "vertical-push-pull",
        _("Pulling down and pressing up"),
        Names(ngettext("pull", "pulls", 2), ngettext("push", "pushes", 2)),
        _half(
            _("Pull-ups, pulldowns and pullovers"),
            (Pattern.VERTICAL_PULL, Pattern.SHOULDER_EXTENSION),
            "latissimus-dorsi teres-major lower-trapezius",
        ),
        _half(
            _("Overhead presses and front raises"),
            (Pattern.VERTICAL_PUSH, Pattern.SHOULDER_FLEXION),
            "front-deltoid lateral-deltoid upper-trapezius",
        ),
    ),
    Pair(
        "shoulder-rotation",
        _("Turning the arm out and in"),
        Names(
            ngettext("outward turn", "outward turns", 2), ngettext("inward turn", "inward turns", 2)
        ),
        _half(_("External rotation"), (Pattern.EXTERNAL_ROTATION,), "infraspinatus teres-minor"),
        _half(_("Internal rotation"), (Pattern.INTERNAL_ROTATION,), "subscapularis"),
    ),
    Pair(
        "elbow",
        _("Bending and straightening the elbow"),
        Names(ngettext("curl", "curls", 2), ngettext("extension", "extensions", 2)),
        _half(_("Curls"), (Pattern.ELBOW_FLEXION,), "biceps-brachii brachialis brachioradialis"),
        _half(_("Triceps extensions"), (Pattern.ELBOW_EXTENSION,), "triceps-brachii"),
    ),
    Pair(
        "trunk",
        _("Straightening and curling the trunk"),
        Names(ngettext("back raise", "back raises", 2), ngettext("curl-up", "curl-ups", 2)),
        _half(_("Back raises and supermans"), (Pattern.SPINAL_EXTENSION,), "erector-spinae"),
        _half(_("Crunches and the like"), (Pattern.SPINAL_FLEXION,), "rectus-abdominis obliques"),
    ),
    Pair(
        "knee-hip",
        _("Hips and knees"),
        Names(ngettext("hip set", "hip sets", 2), ngettext("knee set", "knee sets", 2)),
        _half(
            _("Deadlifts, hip thrusts and leg curls"),
            (Pattern.HIP_HINGE, Pattern.KNEE_FLEXION, Pattern.HIP_EXTENSION),
            "hamstrings",
        ),
        _half(
            _("Squats, lunges and leg extensions"),
            (Pattern.SQUAT, Pattern.LUNGE, Pattern.KNEE_EXTENSION),
            "quadriceps",
        ),
    ),
)
BACK_AND_FRONT = Names(ngettext("back set", "back sets", 2), ngettext("front set", "front sets", 2))
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


def told(tally: Tally, names: Names) -> Sentence:
    """How the sides stand, never infinite: "1.2 to 1", "no pulls yet", "only pulls"."""
    if not tally.total:
        return _("no %(pulls)s or %(pushes)s yet", pulls=names.pull, pushes=names.push)
    if not tally.pull:
        return _("no %(what)s yet", what=names.pull)
    ratio = tally.ratio
    if ratio is None:
        return _("no %(what)s yet", what=names.push)
    if ratio < TENTH:
        return _("less than 0.1 to 1")
    return _to_one(ratio.quantize(TENTH, ROUND_HALF_UP))


def target_text(target: Decimal) -> Sentence:
    """ "1 to 1", "1.5 to 1"."""
    return _to_one(target)


def _to_one(ratio: Decimal) -> Sentence:
    return _("%(ratio)s to 1", ratio=Decimal(f"{ratio.normalize():f}"))


def to_even(tally: Tally, names: Names, target: Decimal) -> Sentence | str:
    """What would bring the sides to the target, without a judgement; empty without any sets."""
    if not tally.total:
        return ""
    goal = target_text(target)
    pull, push = tally.wanting(target)
    if pull:
        return _more(pull, names.pull, goal)
    if push:
        return _more(push, names.push, goal)
    return _("That is %(goal)s.", goal=goal)


def _more(sets: Decimal, what: Sentence, goal: Sentence) -> Sentence:
    """ "2 more pulls would make it 1 to 1." and "½ more push"."""
    named = Sentence(what.message, what.values, what.plural, 1 if sets <= 1 else 2)
    values = {"sets": in_halves(sets), "what": named, "goal": goal}
    return _("%(sets)s more %(what)s would make it %(goal)s.", **values)


def to_halves(sets: Decimal) -> Decimal:
    """To the nearest half, half of a half up."""
    return (sets * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2
