"""Which fields the documents of the catalogue have, by kind. No Django."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schema:
    """Which fields documents of a kind have: plain ones, references to one row, and to several.

    ``parts`` are rows of other models that belong to the document. ``sets`` are fields that are
    merged item by item, because each item stands for itself.
    """

    key: str
    fields: tuple[str, ...]
    one: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    sets: frozenset[str] = frozenset()

    @property
    def all_fields(self) -> tuple[str, ...]:
        return ("slug", *self.fields, *self.parts)

    def in_order(self, names: Collection[str]) -> list[str]:
        """The fields among ``names``, as documents have them; PostgreSQL keeps no order in JSON."""
        return [name for name in self.all_fields if name in names]


SCHEMAS: dict[str, Schema] = {
    "source": Schema("key", ("title", "url")),
    "equipment": Schema(
        "slug",
        ("name", "kind", "is_home_friendly", "empty_weight_kg", "note", "position", "translations"),
        parts=("former_slugs",),
        sets=frozenset({"former_slugs"}),
    ),
    "muscle": Schema(
        "slug",
        (
            "name",
            "latin",
            "common_name",
            "kind",
            "parent",
            "region",
            "view",
            "layer",
            "is_volume_unit",
            "position",
            "origin",
            "insertion",
            "actions",
            "nerve",
            "text",
            "antagonists",
            "sources",
            "translations",
        ),
        one=frozenset({"parent"}),
        many=frozenset({"antagonists", "sources"}),
        parts=("former_slugs",),
        sets=frozenset({"former_slugs", "sources"}),
    ),
    "exercise": Schema(
        "slug",
        (
            "name",
            "status",
            "article_place",
            "summary",
            "cues",
            "mistakes",
            "safety",
            "pattern",
            "force",
            "mechanic",
            "laterality",
            "level",
            "grip_orientation",
            "grip_width",
            "load_type",
            "bodyweight_fraction",
            "implements",
            "implements_one_side",
            "pace",
            "equipment",
            "alternative_equipment",
            "variation_of",
            "harder",
            "sources",
            "author",
            "licence",
            "origin",
            "translations",
        ),
        one=frozenset({"variation_of"}),
        many=frozenset({"equipment", "alternative_equipment", "harder", "sources"}),
        parts=("former_slugs", "steps", "targets", "aliases"),
        sets=frozenset({"former_slugs", "aliases", "sources", "harder"}),
    ),
}
# What a reference in a field of this name leads to
REFERENCED = {
    "parent": "muscle",
    "antagonists": "muscle",
    "targets": "muscle",
    "sources": "source",
    "equipment": "equipment",
    "alternative_equipment": "equipment",
    "variation_of": "exercise",
    "harder": "exercise",
}
# Which part of which document the rows of other models are
PARTS = {
    "formerslug": ("exercise", "former_slugs"),
    "formermuscleslug": ("muscle", "former_slugs"),
    "formerequipmentslug": ("equipment", "former_slugs"),
    "step": ("exercise", "steps"),
    "target": ("exercise", "targets"),
    "alias": ("exercise", "aliases"),
}
