"""What lines with an unknown name may be, once it is known which exercise is meant."""

from collections.abc import Sequence
from dataclasses import replace

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.vocabulary import LoadType
from workouts.lines import finder, rename_lines
from workouts.text_format import EntryText, Find, Last, parse
from workouts.text_format.likelihood import SMALL_WEIGHT
from workouts.vocabulary import Unit

from .results import ReadLine


def as_meant(
    line: ReadLine, lines: Sequence[ReadLine], exercise: Exercise, *, unit: Unit, last: Last | None
) -> list[EntryText]:
    """What the unknown ``line`` may be if it is this ``exercise``: its sets are read anew, together
    with those of the ``lines`` that go on with it.
    """
    if line.entry is None:
        return []
    block = [
        replace(line, number=1),
        *(one for one in lines if one.head == line.number != one.number),
    ]
    text = "\n".join(one.raw for one in block)
    alone = parse(text, find=lambda name: None, unit=unit).workout.entries
    if [entry.sets for entry in alone] == [line.entry.sets]:
        find = finder(NameIndex([(exercise.name, exercise)]))
        return _readings(rename_lines(text, block[:1], exercise.name), find, unit, last)
    return [replace(line.entry, name=exercise.name, load_type=exercise.load_type)]


def may_have_weight(line: ReadLine, lines: Sequence[ReadLine], *, unit: Unit) -> bool:
    """Whether the unknown ``line``, which was read without a weight, would rather have one if its
    exercise had weights: "60 8 8 7", but not "3 x 8", which is hardly 3 kg.
    """
    if line.entry is None or any(one.load for one in line.entry.sets):
        return False
    lift = Exercise(pk=0, name=line.entry.name, load_type=LoadType.EXTERNAL)
    entries = as_meant(line, lines, lift, unit=unit, last=None)
    likeliest = entries[0].sets if entries else ()
    return any(one.load is not None and one.load.amount > SMALL_WEIGHT for one in likeliest)


def _readings(text: str, find: Find, unit: Unit, last: Last | None) -> list[EntryText]:
    """The entry that the text is, or those that the answers to its question are."""
    parsed = parse(text, find=find, unit=unit, last=last)
    choices = [choice.text for problem in parsed.problems for choice in problem.choices]
    answers = [parse(choice, find=find, unit=unit) for choice in choices]
    return [entry for each in (parsed, *answers) for entry in each.workout.entries]
