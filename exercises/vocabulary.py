"""The words that exercises and muscles are described in, for rules and rows alike. No Django.

Constraints hold the columns to them.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import EnumType, StrEnum
from typing import Self, TypeVar

_Word = TypeVar("_Word", bound="Vocabulary")


class _VocabularyType(EnumType):
    do_not_call_in_templates = True  # what Django's templates look for before they call a class

    @property
    def values(cls: "type[_Word]") -> list[str]:  # type: ignore[misc]
        return [str(word) for word in cls]

    @property
    def labels(cls: "type[_Word]") -> list[str]:  # type: ignore[misc]
        return [word.label for word in cls]

    @property
    def choices(cls: "type[_Word]") -> list[tuple[str, str]]:  # type: ignore[misc]
        return [(str(word), word.label) for word in cls]


class Vocabulary(StrEnum, metaclass=_VocabularyType):
    """Words of one kind: a member is the string that is stored, and has a label for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.capitalize()
        return member


def pgettext(_context: str, label: str) -> str:
    """Mark a label for translation. Its context is its class, as two may have the same word."""
    return label


class Region(Vocabulary):
    BACK = "back", pgettext("Region", "Back")
    SHOULDERS = "shoulders", pgettext("Region", "Shoulders")
    CHEST = "chest", pgettext("Region", "Chest")
    ARMS = "arms", pgettext("Region", "Arms")
    CORE = "core", pgettext("Region", "Core")
    LEGS = "legs", pgettext("Region", "Legs")


class BodyView(Vocabulary):
    FRONT = "front", pgettext("BodyView", "Front")
    BACK = "back", pgettext("BodyView", "Back")
    BOTH = "both", pgettext("BodyView", "Front and back")


class Layer(Vocabulary):
    SUPERFICIAL = "superficial", pgettext("Layer", "Superficial")
    DEEP = "deep", pgettext("Layer", "Deep")


class MuscleKind(Vocabulary):
    MUSCLE = "muscle"
    GROUP = "group"
    PART = "part"


class EquipmentKind(Vocabulary):
    BODYWEIGHT = "bodyweight", pgettext("EquipmentKind", "Bodyweight")
    FREE_WEIGHT = "free-weight", pgettext("EquipmentKind", "Free weight")
    BAR_STATION = "bar-station", pgettext("EquipmentKind", "Bar station")
    BENCH = "bench", pgettext("EquipmentKind", "Bench")
    SUPPORT = "support", pgettext("EquipmentKind", "Support")
    CABLE = "cable", pgettext("EquipmentKind", "Cable")
    CABLE_ATTACHMENT = "cable-attachment", pgettext("EquipmentKind", "Cable attachment")
    MACHINE = "machine", pgettext("EquipmentKind", "Machine")
    SUSPENSION = "suspension", pgettext("EquipmentKind", "Suspension")
    ACCESSORY = "accessory", pgettext("EquipmentKind", "Accessory")


class Pattern(Vocabulary):
    """The movement, as coaches group exercises that can stand in for each other."""

    VERTICAL_PULL = "vertical_pull", pgettext("Pattern", "Vertical pull")
    HORIZONTAL_PULL = "horizontal_pull", pgettext("Pattern", "Horizontal pull")
    HORIZONTAL_ABDUCTION = "horizontal_abduction", pgettext("Pattern", "Horizontal abduction")
    SHOULDER_EXTENSION = "shoulder_extension", pgettext("Pattern", "Shoulder extension")
    SCAPULAR_ELEVATION = "scapular_elevation", pgettext("Pattern", "Scapular elevation")
    SCAPULAR_CONTROL = "scapular_control", pgettext("Pattern", "Scapular control")
    SPINAL_EXTENSION = "spinal_extension", pgettext("Pattern", "Spinal extension")
    HIP_HINGE = "hip_hinge", pgettext("Pattern", "Hip hinge")
    HIP_EXTENSION = "hip_extension", pgettext("Pattern", "Hip extension")
    HORIZONTAL_PUSH = "horizontal_push", pgettext("Pattern", "Horizontal push")
    HORIZONTAL_ADDUCTION = "horizontal_adduction", pgettext("Pattern", "Horizontal adduction")
    VERTICAL_PUSH = "vertical_push", pgettext("Pattern", "Vertical push")
    SHOULDER_FLEXION = "shoulder_flexion", pgettext("Pattern", "Shoulder flexion")
    SHOULDER_ABDUCTION = "shoulder_abduction", pgettext("Pattern", "Shoulder abduction")
    EXTERNAL_ROTATION = "external_rotation", pgettext("Pattern", "External rotation")
    INTERNAL_ROTATION = "internal_rotation", pgettext("Pattern", "Internal rotation")
    ELBOW_FLEXION = "elbow_flexion", pgettext("Pattern", "Elbow flexion")
    ELBOW_EXTENSION = "elbow_extension", pgettext("Pattern", "Elbow extension")
    WRIST_FLEXION = "wrist_flexion", pgettext("Pattern", "Wrist flexion")
    WRIST_EXTENSION = "wrist_extension", pgettext("Pattern", "Wrist extension")
    GRIP_HOLD = "grip_hold", pgettext("Pattern", "Grip hold")
    CARRY = "carry", pgettext("Pattern", "Carry")
    SPINAL_FLEXION = "spinal_flexion", pgettext("Pattern", "Spinal flexion")
    SPINAL_ROTATION = "spinal_rotation", pgettext("Pattern", "Spinal rotation")
    ANTI_EXTENSION = "anti_extension", pgettext("Pattern", "Anti-extension")
    ANTI_ROTATION = "anti_rotation", pgettext("Pattern", "Anti-rotation")
    ANTI_LATERAL_FLEXION = "anti_lateral_flexion", pgettext("Pattern", "Anti-lateral flexion")
    SQUAT = "squat", pgettext("Pattern", "Squat")
    LUNGE = "lunge", pgettext("Pattern", "Lunge")
    KNEE_EXTENSION = "knee_extension", pgettext("Pattern", "Knee extension")
    KNEE_FLEXION = "knee_flexion", pgettext("Pattern", "Knee flexion")
    HIP_ABDUCTION = "hip_abduction", pgettext("Pattern", "Hip abduction")
    HIP_ADDUCTION = "hip_adduction", pgettext("Pattern", "Hip adduction")
    PLANTAR_FLEXION = "plantar_flexion", pgettext("Pattern", "Plantar flexion")
    DORSIFLEXION = "dorsiflexion", pgettext("Pattern", "Dorsiflexion")
    TRIPLE_EXTENSION = "triple_extension", pgettext("Pattern", "Triple extension")
    NECK_EXTENSION = "neck_extension", pgettext("Pattern", "Neck extension")
    NECK_FLEXION = "neck_flexion", pgettext("Pattern", "Neck flexion")
    CONDITIONING = "conditioning", pgettext("Pattern", "Conditioning")


class Force(Vocabulary):
    PULL = "pull", pgettext("Force", "Pull")
    PUSH = "push", pgettext("Force", "Push")
    ISOMETRIC = "isometric", pgettext("Force", "Hold")


class Mechanic(Vocabulary):
    COMPOUND = "compound", pgettext("Mechanic", "Compound")
    ISOLATION = "isolation", pgettext("Mechanic", "Isolation")


class Laterality(Vocabulary):
    BILATERAL = "bilateral", pgettext("Laterality", "Both sides together")
    UNILATERAL = "unilateral", pgettext("Laterality", "One side at a time")
    ALTERNATING = "alternating", pgettext("Laterality", "Sides in turn")


class Level(Vocabulary):
    BEGINNER = "beginner", pgettext("Level", "Beginner")
    INTERMEDIATE = "intermediate", pgettext("Level", "Intermediate")
    ADVANCED = "advanced", pgettext("Level", "Advanced")


class GripOrientation(Vocabulary):
    OVERHAND = "overhand", pgettext("GripOrientation", "Overhand")
    UNDERHAND = "underhand", pgettext("GripOrientation", "Underhand")
    NEUTRAL = "neutral", pgettext("GripOrientation", "Neutral")
    MIXED = "mixed", pgettext("GripOrientation", "Mixed")


class GripWidth(Vocabulary):
    NARROW = "narrow", pgettext("GripWidth", "Narrow")
    SHOULDER = "shoulder", pgettext("GripWidth", "Shoulder width")
    WIDE = "wide", pgettext("GripWidth", "Wide")


class LoadType(Vocabulary):
    """What a logged set of the exercise means; ``workouts.reckoning.strength`` reckons with it."""

    BODYWEIGHT = "bodyweight", pgettext("LoadType", "Bodyweight")
    BODYWEIGHT_PLUS = "bodyweight_plus", pgettext("LoadType", "Bodyweight and added weight")
    ASSISTED_BODYWEIGHT = "assisted_bodyweight", pgettext("LoadType", "Bodyweight less help")
    EXTERNAL = "external", pgettext("LoadType", "Weight")
    PER_HAND = "per_hand", pgettext("LoadType", "Weight in each hand")
    DURATION = "duration", pgettext("LoadType", "Time")
    WEIGHTED_DURATION = "weighted_duration", pgettext("LoadType", "Weight for time or distance")
    DISTANCE = "distance", pgettext("LoadType", "Distance and time")


BODYWEIGHT_LOADS = (LoadType.BODYWEIGHT, LoadType.BODYWEIGHT_PLUS, LoadType.ASSISTED_BODYWEIGHT)
# Of these a rep may move two of the logged weight
IMPLEMENT_LOADS = (LoadType.PER_HAND, LoadType.WEIGHTED_DURATION)
WEIGHTLESS_LOADS = (LoadType.BODYWEIGHT, LoadType.DURATION, LoadType.DISTANCE)
DISTANCE_LOADS = (LoadType.WEIGHTED_DURATION, LoadType.DISTANCE)


class Pace(Vocabulary):
    """How the speed over a distance is told: running by the kilometre, rowing by 500 m, swimming by
    100 m, cycling as a speed.
    """

    PER_KM = "per_km", pgettext("Pace", "Time for a kilometre or mile")
    PER_500_M = "per_500_m", pgettext("Pace", "Time for 500 m")
    PER_100_M = "per_100_m", pgettext("Pace", "Time for 100 m")
    SPEED = "speed", pgettext("Pace", "Kilometres or miles an hour")


class Status(Vocabulary):
    """Drafts are for editors; archived ones only for those who have logged them."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Role(Vocabulary):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    STABILISER = "stabiliser"


# What a set counts for a muscle; workouts/reckoning/muscle_sets.py has the source.
SHARES: Mapping[Role, Decimal] = {
    Role.PRIMARY: Decimal(1),
    Role.SECONDARY: Decimal("0.5"),
    Role.STABILISER: Decimal(0),
}
# In these an exercise trains a muscle; holding steady does not count, in any number of the site.
TRAINING = tuple(role for role, share in SHARES.items() if share)
