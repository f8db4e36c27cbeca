"""What exercises of the catalogue are done with, for the steps of their weights."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from exercises.models import Exercise

BARBELL = "barbell"


@lru_cache(maxsize=2)
def equipment_in(version: str) -> Mapping[int, Collection[str]]:
    """The slugs of the equipment of each exercise in this version of the catalogue. 1 query, once a
    process.
    """
    uses = Exercise.equipment.through.objects.filter(exercise__owner=None)
    slugs: dict[int, list[str]] = defaultdict(list)
    for exercise, slug in uses.order_by("pk").values_list("exercise_id", "equipment__slug"):
        slugs[exercise].append(slug)
    return dict(slugs)
