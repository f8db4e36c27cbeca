"""A small catalogue as files say it, and what editors and maintainers do to it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from exercises.files.documents import Document, write_files
from exercises.files.dumping import stored_documents
from exercises.files.renaming import keep_address
from exercises.files.rows import Change, kind_of
from exercises.models import Equipment, Exercise


def source(key: str) -> Document:
    return Document("source", key, {"title": f"Study {key}", "url": f"https://example.org/{key}"})


def thing(slug: str) -> Document:
    fields = {"name": slug.title(), "kind": "bench", "is_home_friendly": True, "translations": {}}
    return Document(
        "equipment",
        slug,
        {**fields, "empty_weight_kg": None, "note": "", "position": 1, "former_slugs": []},
    )


def muscle(slug: str, **fields: Any) -> Document:
    defaults = {
        "name": slug.title(),
        "latin": "m.",
        "common_name": slug,
        "kind": "muscle",
        "parent": None,
        "region": "back",
        "view": "back",
        "layer": "deep",
        "is_volume_unit": True,
        "position": 1,
        "origin": "o",
        "insertion": "i",
        "actions": "a",
        "nerve": "n",
        "text": "",
        "antagonists": [],
        "sources": [],
        "translations": {},
        "former_slugs": [],
    }
    return Document("muscle", slug, {**defaults, **fields})


def exercise(slug: str, **fields: Any) -> Document:
    defaults = {
        "name": slug.replace("-", " ").title(),
        "status": "published",
        "article_place": None,
        "summary": "What it is.",
        "cues": "Pull\n",
        "mistakes": "",
        "safety": "",
        "pattern": "vertical_pull",
        "force": "pull",
        "mechanic": "compound",
        "pace": "per_km",
        "laterality": "bilateral",
        "level": "beginner",
        "grip_orientation": "",
        "grip_width": "",
        "load_type": "bodyweight",
        "bodyweight_fraction": "1.00",
        "implements": 1,
        "implements_one_side": 1,
        "equipment": [],
        "alternative_equipment": [],
        "variation_of": None,
        "harder": [],
        "sources": [],
        "author": "",
        "licence": "",
        "origin": "",
        "translations": {},
        "former_slugs": [],
        "steps": ["Hang.", "Pull."],
        "targets": [["lats", "primary"], ["traps", "secondary"]],
        "aliases": ["chins"],
    }
    return Document("exercise", slug, {**defaults, **fields})


FILES = [
    source("a2020"),
    thing("bar"),
    muscle("lats", antagonists=["traps"]),
    muscle("traps", antagonists=["lats"], sources=["a2020"]),
    exercise("pull-up", equipment=["bar"], harder=["muscle-up"]),
    exercise("muscle-up", variation_of="pull-up", aliases=[]),
]


def changed(files: list[Document], slug: str, **fields: Any) -> list[Document]:
    return [
        replace(each, fields={**each.fields, **fields}) if each.slug == slug else each
        for each in files
    ]


def outcome_of(changes: list[Change], slug: str) -> Change:
    return next(change for change in changes if change.slug == slug)


def held() -> dict[tuple[str, str], Any]:
    return {(each.kind, each.slug): each.fields for each in stored_documents()}


def said(files: list[Document]) -> dict[tuple[str, str], Any]:
    return {(each.kind, each.slug): each.fields for each in files}


def edit(slug: str, /, **fields: Any) -> None:
    """What an editor's save in admin comes to."""
    row = Exercise.objects.get(slug=slug, owner=None)
    if "slug" in fields:
        rename(row, fields.pop("slug"))
    for name, value in fields.items():
        if name == "steps":
            row.steps.all().delete()
            for position, text in enumerate(value, start=1):
                row.steps.create(position=position, text=text)
        elif name == "aliases":
            row.aliases.all().delete()
            for alias in value:
                row.aliases.create(name=alias)
        elif name == "equipment":
            row.equipment.set(Equipment.objects.filter(slug__in=value))
        else:
            setattr(row, name, value)
    row.save()


def rename(row: Any, slug: str) -> None:
    """What an editor's other slug comes to."""
    former, row.slug = row.slug, slug
    row.save()
    keep_address(kind_of(row), row, former=former)


def write(files: list[Document], folder: Path) -> None:
    for name, text in write_files(files).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def files_in(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.yaml")}
