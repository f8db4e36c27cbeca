"""Bringing exercises of others into the catalogue, as drafts that an editor reviews."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.db import transaction
from django.utils.text import slugify

from exercises.documents import BadFile
from exercises.free_exercise_db import Record, Translation, skip_reason, translate
from exercises.models import (
    Alias,
    Equipment,
    Exercise,
    FormerSlug,
    LoadType,
    Muscle,
    Role,
    Status,
    Step,
    Target,
)
from exercises.names import RESERVED_SLUGS, name_key
from exercises.revisions import record

CHANGE_REASON = "Import"
# As wide as their columns
LONGEST = {"licence": 60, "author": 120, "origin": 200}

Outcome = Literal["imported", "here already", "skipped"]
Progress = Callable[[Sequence[Record]], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file comes from and whose it is, as far as its records do not say so themselves."""

    source: str
    licence: str = ""
    author: str = ""


@dataclass(slots=True)
class Import:
    """What became of one record, why if nothing did, and the words with no counterpart here."""

    name: str
    outcome: Outcome
    reason: str = ""
    unmapped: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Catalogue:
    """What the catalogue has already: by name, by origin, by slug."""

    names: dict[str, str]
    origins: dict[str, str]
    slugs: set[str]
    muscles: dict[str, Muscle]
    equipment: dict[str, Equipment]

    @classmethod
    def load(cls) -> "_Catalogue":
        """5 queries."""
        exercises = list(Exercise.objects.filter(owner=None).only("slug", "name_key", "origin"))
        aliases = Alias.objects.filter(exercise__owner=None).values_list("key", "exercise__slug")
        slugs = {exercise.slug for exercise in exercises}
        return cls(
            names={**dict(aliases), **{each.name_key: each.slug for each in exercises}},
            origins={each.origin: each.slug for each in exercises if each.origin},
            slugs=slugs | set(FormerSlug.objects.values_list("slug", flat=True)) | RESERVED_SLUGS,
            muscles={muscle.slug: muscle for muscle in Muscle.objects.volume_units()},
            equipment={thing.slug: thing for thing in Equipment.objects.all()},
        )

    def add(self, exercise: Exercise) -> None:
        self.names[exercise.name_key] = exercise.slug
        self.origins[exercise.origin] = exercise.slug
        self.slugs.add(exercise.slug)

    def free_slug(self, name: str) -> str:
        base = slugify(name)[:70] or "exercise"
        candidates = (base, *(f"{base}-{number}" for number in range(2, len(self.slugs) + 3)))
        return next(slug for slug in candidates if slug not in self.slugs)


@transaction.atomic
def import_drafts(
    records: Sequence[Record],
    *,
    provenance: Provenance,
    dry_run: bool = False,
    progress: Progress = iter,
) -> list[Import]:
    """Make a draft of each record that the catalogue has not got, with notes for its reviewer.

    A record is known by its origin, so importing a file again makes nothing twice; one whose name
    or alias the catalogue has is left out. Raises ``BadFile`` when a record has no licence. 5
    queries, a few for each draft, and about 20 for its version in the history.
    """
    origins = [_credits(each, provenance) for each in records]
    catalogue = _Catalogue.load()
    imports = [
        _import(each, credits, catalogue)
        for each, credits in zip(progress(records), origins, strict=True)
    ]
    if any(each.outcome == "imported" for each in imports):
        record(CHANGE_REASON)
    transaction.set_rollback(dry_run)
    return imports


def _credits(record: Record, provenance: Provenance) -> dict[str, str]:
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


def _import(record: Record, credits: dict[str, str], catalogue: _Catalogue) -> Import:
    if reason := skip_reason(record):
        return Import(record.name, "skipped", reason)
    if there := catalogue.origins.get(credits["origin"]):
        return Import(record.name, "here already", f"imported before, as {there}")
    if there := catalogue.names.get(name_key(record.name)):
        return Import(record.name, "here already", f"the name of {there}")
    translation = translate(record)
    exercise = _make_draft(record, translation, credits, catalogue)
    catalogue.add(exercise)
    return Import(record.name, "imported", unmapped=list(translation.unmapped))


def _make_draft(
    record: Record, translation: Translation, credits: dict[str, str], catalogue: _Catalogue
) -> Exercise:
    exercise = Exercise(
        slug=catalogue.free_slug(record.name),
        name=record.name,
        status=Status.DRAFT,
        force=translation.force,
        level=translation.level,
        mechanic=translation.mechanic,
        load_type=LoadType(translation.load_type),
        implements=2 if translation.load_type == LoadType.PER_HAND else 1,
        review_notes="\n".join([*translation.notes, *_absent(translation, catalogue)]),
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


def _absent(translation: Translation, catalogue: _Catalogue) -> list[str]:
    """A note on each muscle or thing that this catalogue, as it was edited, no longer has."""
    muscles = [slug for slug, _ in translation.targets if slug not in catalogue.muscles]
    things = [slug for slug in translation.equipment if slug not in catalogue.equipment]
    return [f"Left out: the catalogue here has no {slug}." for slug in (*muscles, *things)]
