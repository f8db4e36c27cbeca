"""The catalogue as its files have it, without a database."""

from functools import cache
from itertools import count
from pathlib import Path

import yaml
from django.conf import settings

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.vocabulary import LoadType

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "exercises"


@cache
def names_in_files() -> NameIndex:
    """What the log knows by the names and aliases of the files alone."""
    names, aliases = [], []
    for key, path in zip(count(1), sorted(FOLDER.glob("*.yaml")), strict=False):
        exercise = Exercise(pk=key)
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            fields = row["fields"]
            if row["model"] == "exercises.exercise":
                exercise.slug, exercise.name = fields["slug"], fields["name"]
                exercise.load_type = fields["load_type"]
                exercise.laterality = fields["laterality"]
                exercise.pattern = fields["pattern"]
                names.append((exercise.name, exercise))
            elif row["model"] == "exercises.alias":
                aliases.append((fields["name"], exercise))
    return NameIndex([*sorted(names, key=lambda named: named[0]), *aliases])


def load_type_in_files(name: str) -> LoadType | None:
    """How the exercise of this name is loaded, None where nobody knows it."""
    exercise = names_in_files().find(name)
    return exercise.load_type if exercise else None
