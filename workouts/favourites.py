"""The exercises that an athlete keeps at hand."""

from django.db import transaction

from exercises.models import Exercise
from workouts.models import Athlete


def is_favourite(athlete: Athlete, exercise: Exercise) -> bool:
    return athlete.favourites.filter(exercise=exercise).exists()


@transaction.atomic
def set_favourite(*, athlete: Athlete, exercise: Exercise, is_favourite: bool) -> None:
    """Mark the exercise as a favourite, or no longer; to say the same twice changes nothing."""
    athlete.renew_version()
    if is_favourite:
        athlete.favourites.get_or_create(exercise=exercise)
    else:
        athlete.favourites.filter(exercise=exercise).delete()
