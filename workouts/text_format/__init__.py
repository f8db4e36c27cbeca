"""The text format: a whole workout as text that people can read, type, edit and copy.

`print_workout` writes the one canonical form and `parse` reads it back as the same workout; `parse`
also takes what people type, and says line by line how it read it. `values` holds what a workout is
as text. Nothing here knows the database: the caller hands in a look-up of exercises by name.
docs/text-format.md explains the format.
"""

from .answers import Answer, answer, answers_to, keep_as_note, may_be_note
from .errors import Choice
from .likelihood import Last
from .loading import Find, as_loaded, as_logged, fits, sign_of
from .names import without_weight
from .parser import (
    MAX_NOTEBOOK,
    MAX_TEXT,
    Line,
    LineKind,
    Notebook,
    ParsedWorkout,
    Problem,
    parse,
    read_notebook,
)
from .printer import (
    print_decimal,
    print_entry,
    print_in_short,
    print_load,
    print_measure,
    print_sets,
    print_workout,
)
from .values import (
    EntryText,
    Load,
    SetText,
    Sign,
    WorkoutText,
    clean_name,
    clean_notes,
    clean_title,
    name_problem,
)

__all__ = [
    "MAX_NOTEBOOK",
    "MAX_TEXT",
    "Answer",
    "Choice",
    "EntryText",
    "Find",
    "Last",
    "Line",
    "LineKind",
    "Load",
    "Notebook",
    "ParsedWorkout",
    "Problem",
    "SetText",
    "Sign",
    "WorkoutText",
    "answer",
    "answers_to",
    "as_loaded",
    "as_logged",
    "clean_name",
    "clean_notes",
    "clean_title",
    "fits",
    "keep_as_note",
    "may_be_note",
    "name_problem",
    "parse",
    "print_decimal",
    "print_entry",
    "print_in_short",
    "print_load",
    "print_measure",
    "print_sets",
    "print_workout",
    "read_notebook",
    "sign_of",
    "without_weight",
]
