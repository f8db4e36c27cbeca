"""Text as drafts of workouts: what the log form previews and saves."""

from .answering import answered, with_line
from .days import read_days
from .drafts import Draft, DraftEntry, places
from .meanings import as_meant, may_have_weight
from .results import IsOnBar, LastOf, NotebookReading, Reading, ReadLine, heaviest_load
from .starts import When, local_to_utc

__all__ = [
    "Draft",
    "DraftEntry",
    "IsOnBar",
    "LastOf",
    "NotebookReading",
    "ReadLine",
    "Reading",
    "When",
    "answered",
    "as_meant",
    "heaviest_load",
    "local_to_utc",
    "may_have_weight",
    "places",
    "read_days",
    "with_line",
]
