"""Footnote marks in the catalogue's texts: which are wrong, and which texts cite a source."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.urls import reverse

from exercises.models import Exercise, Muscle, Source, Step

# Whatever is meant for a mark, also where it can't be the key of a source
MARK = re.compile(r"\[\^([^\]\n]*)\]")
TEXTS = ("summary", "mistakes", "safety")


@dataclass(frozen=True, slots=True)
class Citation:
    """A text that cites a source: what it is called, and where it is edited."""

    name: str
    address: str

    def __str__(self) -> str:
        return self.name


def unattached(text: str, attached: Collection[str]) -> list[str]:
    """The keys that the text marks and that are not among ``attached``, each once."""
    return list(dict.fromkeys(key for key in MARK.findall(text) if key not in attached))


def faults(text: str, attached: Collection[str]) -> list[str]:
    """What is wrong with the marks of a text, a sentence for each key; 1 query if any is.

    ``attached`` are the keys of the sources that stand below the text.
    """
    keys = unattached(text, attached)
    known = {each.key: each for each in Source.objects.filter(key__in=keys)} if keys else {}
    return [
        f"[^{key}] is not among the sources here: add “{known[key]}” to them."
        if key in known
        else f"[^{key}]: there is no source with this key."
        for key in keys
    ]


def citations(key: str) -> list[Citation]:
    """All texts of the catalogue that cite the source with this key, by their names. 3 queries."""
    mark = f"[^{key}]"
    catalogue = Exercise.objects.filter(owner=None)
    anywhere = Q(*((f"{name}__contains", mark) for name in TEXTS), _connector=Q.OR)
    steps = Step.objects.filter(exercise__in=catalogue, text__contains=mark)
    cited = [
        *(one for each in catalogue.filter(anywhere) for one in _in_texts(each, mark)),
        *(_citation(step.exercise, f"step {step.position}") for step in steps.select_related()),
        *(_citation(each, "text") for each in Muscle.objects.filter(text__contains=mark)),
    ]
    return sorted(cited, key=str)


def _in_texts(exercise: Exercise, mark: str) -> Iterator[Citation]:
    return (_citation(exercise, name) for name in TEXTS if mark in getattr(exercise, name))


def _citation(row: models.Model, text: str) -> Citation:
    page = reverse(f"admin:exercises_{row._meta.model_name}_change", args=[row.pk])
    return Citation(f"{row}: {text}", page)
