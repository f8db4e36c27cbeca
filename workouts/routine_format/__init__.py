"""The text of a routine: exercises with the sets that are planned, in the language of the log.

`print_routine` writes the one canonical form and `parse_routine` reads it back as the same routine;
names, units, kinds of sets and slips are read as `text_format` reads them. Nothing here knows the
database. docs/text-format.md explains the format.
"""

from .moving import Moved, move_entry
from .parser import ParsedRoutine, parse_routine, read_targets
from .printer import print_planned, print_routine, print_target, print_targets
from .values import MAX_ENTRIES, MAX_PLAN, MAX_SETS, PlannedEntry, RoutineText

__all__ = [
    "MAX_ENTRIES",
    "MAX_PLAN",
    "MAX_SETS",
    "Moved",
    "ParsedRoutine",
    "PlannedEntry",
    "RoutineText",
    "move_entry",
    "parse_routine",
    "print_planned",
    "print_routine",
    "print_target",
    "print_targets",
    "read_targets",
]
