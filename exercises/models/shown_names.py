"""What the reader calls exercises and muscles of which a page reads no more than slug and name.

An athlete's pages name dozens, from rows that have the English name. In another language all names
of the catalogue are read once a process and version; in English nothing is.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache

from django.core.signals import request_started

from exercises.languages import ENGLISH, active_language
from exercises.models.anatomy import Muscle
from exercises.models.catalogue_version import CatalogueVersion
from exercises.models.exercise import Exercise

MOST_KEPT = 12  # of two versions both tables in each language but English
_version: ContextVar[str] = ContextVar("catalogue_version", default="")


def exercise_name(slug: str, name: str) -> str:
    """What the reader calls an exercise, by its slug; an athlete's own is called what they call it.

    No query in English; else 1 once a version, and 1 where the page has not read the version.
    """
    return exercise_names()(slug, name)


def exercise_names() -> Callable[[str, str], str]:
    """``exercise_name`` for a list of them in one request."""
    return _shown(Exercise)


def muscle_name(slug: str, name: str) -> str:
    """What the reader calls a muscle. Queries as for ``exercise_name``."""
    return muscle_names()(slug, name)


def muscle_names() -> Callable[[str, str], str]:
    """``muscle_name`` for a list of them in one request."""
    return _shown(Muscle)


def reads_catalogue(version: str) -> None:
    """Say which version the page is of that is being drawn."""
    _version.set(version)


def _shown(table: type[Exercise | Muscle]) -> Callable[[str, str], str]:
    language = active_language()
    if language == ENGLISH:
        return lambda _slug, name: name
    if not _version.get():
        _version.set(CatalogueVersion.objects.current())
    return _names(table, language, _version.get()).get


@lru_cache(maxsize=MOST_KEPT)
def _names(table: type[Exercise | Muscle], language: str, _of_version: str) -> dict[str, str]:
    """By slug, also of what is published no more; of what has no name in the language nothing. No
    own exercise has such a slug.
    """
    rows = Exercise.objects.filter(owner=None) if table is Exercise else Muscle.objects.all()
    return {
        slug: translations[language]["name"]
        for slug, translations in rows.order_by().values_list("slug", "translations")
        if translations.get(language, {}).get("name")
    }


@request_started.connect
def _forget_version(**_: object) -> None:
    """The next page may be of a newer one."""
    _version.set("")
