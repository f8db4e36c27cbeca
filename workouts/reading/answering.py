"""A text with an answer written, or one more exercise."""

from workouts.text_format import answer, answers_to, clean_name, keep_as_note
from workouts.text_format.values import MAX_NAME

from .results import NotebookReading


def answered(text: str, reading: NotebookReading, chosen: str) -> str:
    """``text`` with an answer written: the number of the line that was asked about, a colon, and
    the place of the answer or "note". Unchanged where that was not asked.
    """
    number, _, place = chosen.partition(":")
    lines = [line for day in reading.days for line in day.parsed.lines]
    same = [line for line in lines if str(line.number) == number]
    line = next((line for line in same if line.problems), next(iter(same), None))
    if line is None:
        return text
    if place == "note":
        return keep_as_note(text, lines, line.number)
    answers = (each for each in answers_to(lines, line) if str(each.place) == place)
    found = next(answers, None)
    return answer(text, lines, found) if found else text


def with_line(text: str, name: str) -> str:
    """``text`` with a last line that begins with the name of an exercise."""
    return "\n".join(filter(None, [text.rstrip(), f"{clean_name(name)[:MAX_NAME]}: "]))
