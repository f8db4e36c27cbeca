"""The page about the back, to be sent to a friend: the article that Backtrain began with, anew.

Its words and sources are in ``fixtures/pages/back.yaml``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from exercises.drawing.body_map import CURRENT, BodyMap, body_map
from exercises.markup import Footnotes
from exercises.models import Exercise, Muscle, Region, Source
from workouts.routines.starters import Starter, starter_named

FILE = settings.BASE_DIR / "fixtures/pages/back.yaml"


@dataclass(frozen=True, slots=True)
class Part:
    """A title, a text with footnote marks, and exercises in the article's order."""

    title: str
    text: str
    exercises: list[Exercise]


@dataclass(frozen=True, slots=True)
class BackPage:
    title: str
    lead: str
    map: BodyMap
    muscles: list[tuple[Muscle, str]]
    parts: list[Part]
    evidence: list[Part]
    starter: Starter | None
    notes: Footnotes

    @property
    def count(self) -> int:
        return sum(len(part.exercises) for part in self.parts)


@cache
def words() -> dict[str, Any]:
    """What the file says."""
    said: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return said


def muscles_shown() -> tuple[str, ...]:
    """The muscles by the slugs that they had first."""
    return tuple(each["slug"] for each in words()["muscles"])


def back_page() -> BackPage:
    """3 queries."""
    said = words()
    muscles = Muscle.objects.top_level().filter(region=Region.BACK).with_exercise_counts()
    by_slug = {muscle.known_as: muscle for muscle in muscles}
    exercises = Exercise.objects.catalogue().of_article().for_rows().with_primary_targets()
    parts = list(_parts(said["exercises"], exercises))
    evidence = [Part(each["title"], each["text"], []) for each in said["evidence"]]
    sources = (Source(key=key, **source) for key, source in said["sources"].items())
    return BackPage(
        title=said["title"],
        lead=said["lead"],
        map=body_map(dict.fromkeys(muscles_shown(), CURRENT), only=["back"]),
        muscles=[
            (by_slug[each["slug"]], each["text"])
            for each in said["muscles"]
            if each["slug"] in by_slug
        ],
        parts=parts,
        evidence=evidence,
        starter=starter_named(said["starter"]),
        notes=Footnotes.of([part.text for part in (*parts, *evidence)], sources),
    )


def _parts(parts: list[dict[str, Any]], exercises: Iterable[Exercise]) -> Iterator[Part]:
    """Each with the exercises up to its last place in the article."""
    waiting = list(exercises)
    for part in parts:
        within = [each for each in waiting if (each.article_place or 0) <= part["last"]]
        waiting = waiting[len(within) :]
        yield Part(part["title"], part["text"], within)
