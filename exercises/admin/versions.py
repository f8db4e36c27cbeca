"""Old versions of what has a page of its own, on that page."""

from collections.abc import Callable, Mapping
from typing import Any

from exercises.files import revision_preview
from exercises.models import Exercise, Muscle, Status
from exercises.views import page_of, page_of_muscle

Fields = Mapping[str, Any]


def _exercise_page(pk: int, fields: Fields) -> dict[str, Any]:
    exercise = Exercise.objects.for_page().get(pk=pk)
    revision_preview.put(exercise, fields)
    harder = [each for each in exercise.harder.all() if each.status == Status.PUBLISHED]
    return page_of(exercise, harder=harder)


def _muscle_page(pk: int, fields: Fields) -> dict[str, Any]:
    muscle = Muscle.objects.get(pk=pk)
    revision_preview.put(muscle, fields)
    return page_of_muscle(muscle, [*muscle.parts.all(), *muscle.antagonists.all()])


# The template of a kind's page, and what it shows of the row with a key as a version's fields say
PAGES: dict[str, tuple[str, Callable[[int, Fields], dict[str, Any]]]] = {
    "exercise": ("exercises/exercise_detail.html", _exercise_page),
    "muscle": ("exercises/muscle_detail.html", _muscle_page),
}
