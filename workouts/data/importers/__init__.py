"""Files of other apps, and our own, as workouts by the names that they have there. No Django.

Every line of a file gives sets or is skipped with a reason; rows that are alike are real sets, so
none is left out as a double.
"""

from exercises.sentences import gettext as _
from workouts.data.importers import (
    backtrain,
    documents,
    fitbod,
    fitnotes,
    hevy,
    jefit,
    own,
    strong,
    stronglifts,
    wger,
)
from workouts.data.importers.tables import MAX_BYTES, decoded, header_of, read_rows
from workouts.data.importers.values import (
    Besides,
    Export,
    ImportedEntry,
    ImportedSet,
    ImportedWorkout,
    Skipped,
    Unreadable,
)

__all__ = [
    "MAX_BYTES",
    "Besides",
    "Export",
    "ImportedEntry",
    "ImportedSet",
    "ImportedWorkout",
    "Skipped",
    "Unreadable",
    "read_export",
]

# The most particular first: our own takes any table with a date and an exercise
_TABLES = (
    (strong.matches, strong.read),
    (hevy.matches, hevy.read),
    (fitbod.matches, fitbod.read),
    (fitnotes.matches_ios, fitnotes.read_ios),
    (fitnotes.matches, fitnotes.read),
    (stronglifts.matches, stronglifts.read),
    (own.matches, own.read),
)


def read_export(data: bytes, *, is_month_first: bool | None = None) -> Export | str:
    """What a file holds: the workouts of an app's export, or the text of a notebook.

    ``is_month_first`` says what days such as 3/4/2026 mean where the file doesn't. Raises
    Unreadable with what is wrong.
    """
    text = decoded(data).removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        return _read_json(text)
    if jefit.matches(text):
        return _not_empty(jefit.read(text, is_month_first=is_month_first))
    header = header_of(text)
    for matches, read in _TABLES:
        if matches(header):
            return _not_empty(read(header, list(read_rows(text)), is_month_first=is_month_first))
    if len(header) >= 4 and len(text.splitlines()) > 1:
        raise Unreadable(
            _(
                "This looks like a table, but not like one of the apps listed here. Its first line"
                " begins with: %(start)s",
                start=", ".join(header)[:80],
            )
        )
    return text


def _read_json(text: str) -> Export:
    document = documents.parsed(text)
    if backtrain.matches(document):
        return backtrain.read(document)
    if not wger.matches(document):
        raise Unreadable(_("This JSON file is not one of the apps listed here."))
    return _not_empty(wger.read(document))


def _not_empty(export: Export) -> Export:
    if not export.rows:
        raise Unreadable(_("The file has a header, but no row below it."))
    return export
