"""What the names of a file mean here: told, remembered, known, or still to be asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.vocabulary import LoadType
from workouts.data.importers import Export, ImportedSet
from workouts.data.importers.documents import load_type_of, text_of
from workouts.models import Athlete
from workouts.own_exercises import BadName, NotAlike, unmade_exercise
from workouts.text_format import clean_name
from workouts.text_format.entries import WITH_HELP, WITH_WEIGHT
from workouts.text_format.loading import WEIGHTLESS
from workouts.text_format.values import MAX_NAME

MINE = "+"  # an answer: make it an exercise of one's own
LEAVE_OUT = "-"  # an answer: not these sets
OFFERED = 4

Loaded = Literal["", "weight", "help"]


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name of the file and the sets that it stands for, which are of one exercise. One that is to
    be made is not saved yet.

    ``key`` is what an answer goes by. ``loaded`` says that only those with weight are meant, or
    with help.
    """

    name: str
    key: str
    sets: tuple[ImportedSet, ...]
    exercise: Exercise | None = None
    answer: str = ""
    offers: tuple[Exercise, ...] = ()
    loaded: Loaded = ""

    @property
    def is_answered(self) -> bool:
        return self.exercise is not None or self.answer in (MINE, LEAVE_OUT)


class NameUses:
    """The names of one file, by the exercises of ``index`` and by the ``answers`` so far.

    1 query where something is to be offered.
    """

    def __init__(
        self, athlete: Athlete, export: Export, *, index: NameIndex, answers: Mapping[str, str]
    ) -> None:
        self._athlete = athlete
        self._export = export
        self._index = index
        self._answers = answers

    def exercise_of(self, name: str, one: ImportedSet) -> Exercise | None:
        """What this set of this name is of; None where that is asked yet, or it is left out."""
        return self._uses[name, _loaded(one)].exercise

    @property
    def questions(self) -> tuple[NameUse, ...]:
        """Each use once, though it may be of sets of several kinds; the most used first."""
        return tuple({use.key: use for use in self._uses.values()}.values())

    @cached_property
    def _uses(self) -> dict[tuple[str, Loaded], NameUse]:
        """What each name of the file means, for sets of each kind: the most used first."""
        sets: dict[str, dict[Loaded, list[ImportedSet]]] = {}
        for workout in self._export.workouts:
            for entry in workout.entries:
                for one in entry.sets:
                    sets.setdefault(entry.name, {}).setdefault(_loaded(one), []).append(one)
        uses = {
            (name, loaded): use
            for name, by_kind in sets.items()
            for loaded, use in self._of_name(name, by_kind)
        }
        return dict(sorted(uses.items(), key=lambda item: -len(item[1].sets)))

    def _of_name(
        self, name: str, sets: Mapping[Loaded, list[ImportedSet]]
    ) -> Iterator[tuple[Loaded, NameUse]]:
        """What the name means for each kind of sets; one question for all where it is unknown."""
        answer = self._answers.get(name, "")
        if name in self._brought_along and answer != LEAVE_OUT and answer not in self._exercises:
            answer = MINE
        found = self._exercises.get(answer) or self._index.find(name)
        if answer in (MINE, LEAVE_OUT) or found is None:
            together = tuple(chain.from_iterable(sets.values()))
            offers = () if answer in (MINE, LEAVE_OUT) else tuple(self._offers(name))
            made = self._to_be_made(name, together) if answer == MINE else None
            use = NameUse(name, name, together, made, answer=answer, offers=offers)
            yield from ((loaded, use) for loaded in sets)
            return
        for loaded, of_kind in sets.items():
            yield loaded, self._of_kind(name, loaded, tuple(of_kind), found)

    def _of_kind(
        self, name: str, loaded: Loaded, sets: tuple[ImportedSet, ...], found: Exercise
    ) -> NameUse:
        """What sets of this kind are, where the name means an exercise: it, or a version of it."""
        if not loaded or found.load_type not in WEIGHTLESS:
            return NameUse(name, name, sets, found)
        key = f"{name} [{loaded}]"
        answer = self._answers.get(key, "")
        if answer in (MINE, LEAVE_OUT):
            made = self._to_be_made(name, sets) if answer == MINE else None
            return NameUse(name, key, sets, made, answer=answer, loaded=loaded)
        forms = WITH_WEIGHT if loaded == "weight" else WITH_HELP
        versions = (self._index.find(form.format(found.name)) for form in forms)
        version = self._exercises.get(answer) or next(filter(None, versions), None)
        offers = () if version else tuple(self._offers(name))
        return NameUse(name, key, sets, version, offers=offers, loaded=loaded)

    def _to_be_made(self, name: str, sets: tuple[ImportedSet, ...]) -> Exercise | None:
        """The own exercise that the name becomes; None where it can't, as ``finish`` says."""
        own, there = own_name(name), self._index.find(own_name(name))
        if there and there.owner_id == self._athlete.user_id:
            return there
        try:
            return unmade_exercise(
                name=own,
                like=[one.as_text() for one in sets],
                load_type=self._brought_along.get(name),
            )
        except (BadName, NotAlike):
            return None

    @cached_property
    def _brought_along(self) -> dict[str, LoadType]:
        """The own exercises that our own export has besides its workouts, by their names."""
        besides = self._export.besides
        return {
            text_of(one, "name"): load_type_of(one)
            for one in (besides.own_exercises if besides else ())
        }

    @cached_property
    def _exercises(self) -> dict[str, Exercise]:
        """The exercises that were answered, by their slugs."""
        wanted = set(self._answers.values())
        return {one.slug: one for one in self._index.exercises.values() if one.slug in wanted}

    def _offers(self, name: str) -> list[Exercise]:
        return self._index.offers(name[:MAX_NAME], logged=self._logged, limit=OFFERED)

    @cached_property
    def _logged(self) -> Mapping[int, int]:
        return self._athlete.entries.per_exercise()


def own_name(name: str) -> str:
    """The name as an own exercise can have it."""
    return clean_name(name.replace(":", " "))[:MAX_NAME].rstrip()


def _loaded(one: ImportedSet) -> Loaded:
    if not one.weight:
        return ""
    return "weight" if one.weight > 0 else "help"
