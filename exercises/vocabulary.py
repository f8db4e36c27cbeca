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


class Region(Vocabulary):
    BACK = "back"
    SHOULDERS = "shoulders"
    CHEST = "chest"
    ARMS = "arms"
    CORE = "core"
    LEGS = "legs"


class BodyView(Vocabulary):
    FRONT = "front"
    BACK = "back"
    BOTH = "both", "Front and back"


class Layer(Vocabulary):
    SUPERFICIAL = "superficial"
    DEEP = "deep"


class MuscleKind(Vocabulary):
    MUSCLE = "muscle"
    GROUP = "group"
    PART = "part"


class EquipmentKind(Vocabulary):
    BODYWEIGHT = "bodyweight"
    FREE_WEIGHT = "free-weight", "Free weight"
    BAR_STATION = "bar-station", "Bar station"
    BENCH = "bench"
    SUPPORT = "support"
    CABLE = "cable"
    CABLE_ATTACHMENT = "cable-attachment", "Cable attachment"
    MACHINE = "machine"
    SUSPENSION = "suspension"
    ACCESSORY = "accessory"


class Pattern(Vocabulary):
    """The movement, as coaches group exercises that can stand in for each other."""

    VERTICAL_PULL = "vertical_pull", "Vertical pull"
    HORIZONTAL_PULL = "horizontal_pull", "Horizontal pull"
    HORIZONTAL_ABDUCTION = "horizontal_abduction", "Horizontal abduction"
    SHOULDER_EXTENSION = "shoulder_extension", "Shoulder extension"
    SCAPULAR_ELEVATION = "scapular_elevation", "Scapular elevation"
    SCAPULAR_CONTROL = "scapular_control", "Scapular control"
    SPINAL_EXTENSION = "spinal_extension", "Spinal extension"
    HIP_HINGE = "hip_hinge", "Hip hinge"
    HIP_EXTENSION = "hip_extension", "Hip extension"
    HORIZONTAL_PUSH = "horizontal_push", "Horizontal push"
    HORIZONTAL_ADDUCTION = "horizontal_adduction", "Horizontal adduction"
    VERTICAL_PUSH = "vertical_push", "Vertical push"
    SHOULDER_FLEXION = "shoulder_flexion", "Shoulder flexion"
    SHOULDER_ABDUCTION = "shoulder_abduction", "Shoulder abduction"
    EXTERNAL_ROTATION = "external_rotation", "External rotation"
    INTERNAL_ROTATION = "internal_rotation", "Internal rotation"
    ELBOW_FLEXION = "elbow_flexion", "Elbow flexion"
    ELBOW_EXTENSION = "elbow_extension", "Elbow extension"
    WRIST_FLEXION = "wrist_flexion", "Wrist flexion"
    WRIST_EXTENSION = "wrist_extension", "Wrist extension"
    GRIP_HOLD = "grip_hold", "Grip hold"
    CARRY = "carry"
    SPINAL_FLEXION = "spinal_flexion", "Spinal flexion"
    SPINAL_ROTATION = "spinal_rotation", "Spinal rotation"
    ANTI_EXTENSION = "anti_extension", "Anti-extension"
    ANTI_ROTATION = "anti_rotation", "Anti-rotation"
    ANTI_LATERAL_FLEXION = "anti_lateral_flexion", "Anti-lateral flexion"
    SQUAT = "squat"
    LUNGE = "lunge"
    KNEE_EXTENSION = "knee_extension", "Knee extension"
    KNEE_FLEXION = "knee_flexion", "Knee flexion"
    HIP_ABDUCTION = "hip_abduction", "Hip abduction"
    HIP_ADDUCTION = "hip_adduction", "Hip adduction"
    PLANTAR_FLEXION = "plantar_flexion", "Plantar flexion"
    DORSIFLEXION = "dorsiflexion"
    TRIPLE_EXTENSION = "triple_extension", "Triple extension"
    NECK_EXTENSION = "neck_extension", "Neck extension"
    NECK_FLEXION = "neck_flexion", "Neck flexion"
    CONDITIONING = "conditioning"


class Force(Vocabulary):
    PULL = "pull"
    PUSH = "push"
    ISOMETRIC = "isometric", "Hold"


class Mechanic(Vocabulary):
    COMPOUND = "compound"
    ISOLATION = "isolation"


class Laterality(Vocabulary):
    BILATERAL = "bilateral", "Both sides together"
    UNILATERAL = "unilateral", "One side at a time"
    ALTERNATING = "alternating", "Sides in turn"


class Level(Vocabulary):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class GripOrientation(Vocabulary):
    OVERHAND = "overhand"
    UNDERHAND = "underhand"
    NEUTRAL = "neutral"
    MIXED = "mixed"


class GripWidth(Vocabulary):
    NARROW = "narrow"
    SHOULDER = "shoulder", "Shoulder width"
    WIDE = "wide"


class LoadType(Vocabulary):
    """What a logged set of the exercise means; ``workouts.reckoning.strength`` reckons with it."""

    BODYWEIGHT = "bodyweight", "Bodyweight"
    BODYWEIGHT_PLUS = "bodyweight_plus", "Bodyweight and added weight"
    ASSISTED_BODYWEIGHT = "assisted_bodyweight", "Bodyweight less help"
    EXTERNAL = "external", "Weight"
    PER_HAND = "per_hand", "Weight in each hand"
    DURATION = "duration", "Time"
    WEIGHTED_DURATION = "weighted_duration", "Weight for time or distance"
    DISTANCE = "distance", "Distance and time"


BODYWEIGHT_LOADS = (LoadType.BODYWEIGHT, LoadType.BODYWEIGHT_PLUS, LoadType.ASSISTED_BODYWEIGHT)
# Of these a rep may move two of the logged weight
IMPLEMENT_LOADS = (LoadType.PER_HAND, LoadType.WEIGHTED_DURATION)
WEIGHTLESS_LOADS = (LoadType.BODYWEIGHT, LoadType.DURATION, LoadType.DISTANCE)
DISTANCE_LOADS = (LoadType.WEIGHTED_DURATION, LoadType.DISTANCE)


class Pace(Vocabulary):
    """How the speed over a distance is told: running by the kilometre, rowing by 500 m, swimming by
    100 m, cycling as a speed.
    """

    PER_KM = "per_km", "Time for a kilometre or mile"
    PER_500_M = "per_500_m", "Time for 500 m"
    PER_100_M = "per_100_m", "Time for 100 m"
    SPEED = "speed", "Kilometres or miles an hour"


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
