"""Anatomy and catalogue. Slugs are natural keys; every row here is public but own exercises."""

from exercises.models.anatomy import FormerMuscleSlug, Muscle, Source
from exercises.models.catalogue_version import CatalogueVersion, OwnCatalogueVersion, watch
from exercises.models.changes import why_unreadable
from exercises.models.equipment import Equipment, FormerEquipmentSlug
from exercises.models.exercise import Exercise
from exercises.models.names import Alias, FormerName, FormerSlug
from exercises.models.parts import Step, Target
from exercises.models.pictures import Picture
from exercises.models.revisions import Revision
from exercises.models.synced import OpenConflict, SyncedDocument
from exercises.vocabulary import (
    BodyView,
    EquipmentKind,
    Force,
    GripOrientation,
    GripWidth,
    Laterality,
    Layer,
    Level,
    LoadType,
    Mechanic,
    MuscleKind,
    Pattern,
    Region,
    Role,
    Status,
)

__all__ = [
    "Alias",
    "BodyView",
    "CatalogueVersion",
    "Equipment",
    "EquipmentKind",
    "Exercise",
    "Force",
    "FormerEquipmentSlug",
    "FormerMuscleSlug",
    "FormerName",
    "FormerSlug",
    "GripOrientation",
    "GripWidth",
    "Laterality",
    "Layer",
    "Level",
    "LoadType",
    "Mechanic",
    "Muscle",
    "MuscleKind",
    "OpenConflict",
    "OwnCatalogueVersion",
    "Pattern",
    "Picture",
    "Region",
    "Revision",
    "Role",
    "Source",
    "Status",
    "Step",
    "SyncedDocument",
    "Target",
    "why_unreadable",
]

watch(
    (
        *(Alias, Equipment, Exercise, FormerName, Muscle, Picture, Source, Step, Target),
        *(FormerEquipmentSlug, FormerMuscleSlug, FormerSlug),
    )
)
