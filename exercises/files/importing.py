"""Bringing exercises of others into the catalogue, as drafts that an editor reviews."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from django.db import transaction
from django.utils.text import slugify

from exercises.files.documents import BadFile
from exercises.files.free_exercise_db import (
    Answers,
    FreeExercise,
    Translation,
    skip_reason,
    translate,
)
from exercises.files.revisions import record
from exercises.models import (
    Alias,
    Equipment,
    Exercise,
    FormerSlug,
    Laterality,
    LoadType,
    Muscle,
    Role,
    Status,
    Step,
    Target,
)
from exercises.names import RESERVED_SLUGS, free_slug, name_key
from exercises.search.ranking import Index
from exercises.search.synonyms import Words, search_words

CHANGE_REASON = "Import"
ALIKE = 0.75  # the least likeness of two names (exercises.search.ranking) that is worth a look
MOST_ALIKE = 3
# "Dips - Chest Version", "Hyperextensions (Back Extensions)": a name and what is said of it
APART = re.compile(r"\s+[-\u2013\u2014]\s+|[()/,]")
# Where one name has such a word and the other has not, they are two exercises.
TELLING = frozenset(
    (
        *("alternate", "alternating", "assisted", "decline", "deficit", "incline", "isometric"),
        *("jump", "kipping", "kneeling", "negative", "one", "partial", "reverse", "seated"),
        "weighted",
    )
)
# As wide as their columns
LONGEST = {"licence": 60, "author": 120, "origin": 200}

ImportOutcome = Literal["imported", "here already", "skipped"]
ImportProgress = Callable[[Sequence[FreeExercise]], Iterable[FreeExercise]]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file comes from and whose it is, as far as its records do not say so themselves."""

    source: str
    licence: str = ""
    author: str = ""


class BadAnswer(Exception):
    """An answer names what the catalogue has not got."""


@dataclass(slots=True)
class Import:
    """What became of one record, why if nothing did, and the words with no counterpart here.

    ``alike`` are exercises that may be the same though their names are not.
    """

    name: str
    outcome: ImportOutcome
    reason: str = ""
    unmapped: list[tuple[str, str]] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)


@dataclass
class _Catalogue:
    """What the catalogue has already: by name, by the words of a name, by origin, by slug."""

    names: dict[str, str]
    words: dict[Words, str]
    index: Index[str]
    origins: dict[str, str]
    slugs: set[str]
    muscles: dict[str, Muscle]
    equipment: dict[str, Equipment]

    @classmethod
    def load(cls) -> "_Catalogue":
        """5 queries."""
        stored = Exercise.objects.filter(owner=None).only("slug", "name", "name_key", "origin")
        exercises = list(stored.order_by("name", "pk"))
        aliases = Alias.objects.filter(exercise__owner=None).order_by("name", "pk")
        others = list(aliases.values_list("key", "exercise__slug", "name"))
        named = [(each.slug, each.name) for each in exercises]
        named += [(slug, name) for _, slug, name in others]
        slugs = {exercise.slug for exercise in exercises}
        return cls(
            names={
                **{key: slug for key, slug, _ in others},
                **{each.name_key: each.slug for each in exercises},
            },
            words={_in_any_order(name): slug for slug, name in reversed(named)},
            index=Index(named),
            origins={each.origin: each.slug for each in exercises if each.origin},
            slugs=slugs | set(FormerSlug.objects.values_list("slug", flat=True)) | RESERVED_SLUGS,
            muscles={muscle.slug: muscle for muscle in Muscle.objects.volume_units()},
            equipment={thing.slug: thing for thing in Equipment.objects.all()},
        )

    def add(self, exercise: Exercise) -> None:
        self.names[exercise.name_key] = exercise.slug
        self.words[_in_any_order(exercise.name)] = exercise.slug
        self.origins[exercise.origin] = exercise.slug
        self.slugs.add(exercise.slug)

    def alike(self, name: str) -> list[str]:
        """Those whose names are near or a part of this one, but for what the words tell apart."""
        mine = set(search_words(name))
        telling = TELLING & mine
        parts = (self.words.get(_in_any_order(part)) for part in APART.split(name))
        near = (slug for score, slug in self.index.ranked(name) if score >= ALIKE)
        held = (
            slug for words, slug in self.words.items() if len(words) > 1 and mine.issuperset(words)
        )
        found = dict.fromkeys(slug for slug in (*parts, *near, *held) if slug)
        return [slug for slug in found if telling in self._telling[slug]][:MOST_ALIKE]

    @cached_property
    def _telling(self) -> dict[str, list[frozenset[str]]]:
        """By exercise, which of its names' words tell it apart, for each name."""
        telling: dict[str, list[frozenset[str]]] = defaultdict(list)
        for words, slug in self.words.items():
            telling[slug].append(TELLING & set(words))
        return telling


@transaction.atomic
def import_drafts(
    records: Sequence[FreeExercise],
    *,
    provenance: Provenance,
    answers: Answers = MappingProxyType({}),
    dry_run: bool = False,
    progress: ImportProgress = iter,
) -> list[Import]:
    """Make a draft of each record that the catalogue has not got, with notes for its reviewer.

    A record is known by its origin, so importing a file again makes nothing twice; one whose name
    or alias the catalogue has, in whatever order of its words, is left out. ``answers`` say what
    words are that have no counterpart here. Raises ``BadFile`` when a record has no licence, and
    ``BadAnswer``. 5 queries, a few for each draft, and about 20 for its version in the history.
    """
    origins = [_credits(each, provenance) for each in records]
    catalogue = _Catalogue.load()
    _check_answers(answers, catalogue)
    imports = [
        _import(each, credits, catalogue, answers)
        for each, credits in zip(progress(records), origins, strict=True)
    ]
    if any(each.outcome == "imported" for each in imports):
        record(CHANGE_REASON)
    transaction.set_rollback(dry_run)
    return imports


def _credits(record: FreeExercise, provenance: Provenance) -> dict[str, str]:
    """Whose the text is. Raises ``BadFile`` for what is missing or does not fit."""
    credits = {
        "licence": record.texts["license"] or provenance.licence,
        "author": record.texts["license_author"] or provenance.author,
        "origin": f"{provenance.source}: {record.texts['id'] or name_key(record.name)}",
    }
    where = f"Record {record.number} ({record.name})"
    if not credits["licence"]:
        raise BadFile(f"{where} has no license. Name the file's with --licence.")
    for name, value in credits.items():
        if len(value) > LONGEST[name]:
            raise BadFile(f"{where}: its {name} has more than {LONGEST[name]} characters.")
    return credits


def _import(
    record: FreeExercise, credits: dict[str, str], catalogue: _Catalogue, answers: Answers
) -> Import:
    if reason := skip_reason(record):
        return Import(record.name, "skipped", reason)
    if there := catalogue.origins.get(credits["origin"]):
        return Import(record.name, "here already", f"imported before, as {there}")
    if there := catalogue.names.get(name_key(record.name)):
        return Import(record.name, "here already", f"the name of {there}")
    if there := catalogue.words.get(_in_any_order(record.name)):
        return Import(record.name, "here already", f"the words of {there}, in another order")
    translation = translate(record, answers)
    alike = catalogue.alike(record.name)
    exercise = _make_draft(record, translation, credits, catalogue, alike)
    catalogue.add(exercise)
    return Import(record.name, "imported", unmapped=list(translation.unmapped), alike=alike)


def _in_any_order(name: str) -> Words:
    return tuple(sorted(search_words(name)))


def _check_answers(answers: Answers, catalogue: _Catalogue) -> None:
    """Raises ``BadAnswer``."""
    for (what, word), slugs in answers.items():
        known = catalogue.muscles if what == "muscle" else catalogue.equipment
        for slug in slugs:
            if slug not in known:
                raise BadAnswer(f"{what} “{word}”: the catalogue has no {what} “{slug}” to name.")


def _make_draft(
    record: FreeExercise,
    translation: Translation,
    credits: dict[str, str],
    catalogue: _Catalogue,
    alike: Sequence[str],
) -> Exercise:
    exercise = Exercise(
        slug=free_slug(slugify(record.name)[:70] or "exercise", catalogue.slugs),
        name=record.name,
        status=Status.DRAFT,
        force=translation.force,
        level=translation.level,
        mechanic=translation.mechanic,
        load_type=LoadType(translation.load_type),
        laterality=Laterality(translation.laterality or Laterality.BILATERAL),
        implements=translation.implements,
        implements_one_side=translation.implements_one_side,
        review_notes="\n".join(
            [*_possibly(alike), *translation.notes, *_absent(translation, catalogue)]
        ),
        **credits,
    )
    exercise.save()
    Step.objects.bulk_create(
        Step(exercise=exercise, position=position, text=text)
        for position, text in enumerate(translation.steps, start=1)
    )
    Target.objects.bulk_create(
        Target(exercise=exercise, muscle=catalogue.muscles[slug], role=Role(role), position=place)
        for place, (slug, role) in enumerate(translation.targets, start=1)
        if slug in catalogue.muscles
    )
    things = [thing for slug in translation.equipment if (thing := catalogue.equipment.get(slug))]
    if things:
        exercise.equipment.set(things)
    return exercise


def _possibly(alike: Sequence[str]) -> list[str]:
    if not alike:
        return []
    return [f"Possibly the same as {' or '.join(alike)}. If it is, delete this draft."]


def _absent(translation: Translation, catalogue: _Catalogue) -> list[str]:
    """A note on each muscle or thing that this catalogue, as it was edited, no longer has."""
    muscles = [slug for slug, _ in translation.targets if slug not in catalogue.muscles]
    things = [slug for slug in translation.equipment if slug not in catalogue.equipment]
    return [f"Left out: the catalogue here has no {slug}." for slug in (*muscles, *things)]
