"""The exercises that an athlete keeps at hand."""

from django.db import transaction
from django.db.models import BigIntegerField

from exercises.models import Exercise
from exercises.prepared import PreparedQuery
from workouts.models import Athlete, Favourite

_mark = PreparedQuery(
    lambda **of: Favourite.objects.filter(**of).order_by().values_list("pk")[:1],
    athlete=BigIntegerField(),
    exercise=BigIntegerField(),
)


def is_favourite(athlete: Athlete, exercise: Exercise) -> bool:
    return _mark.first(athlete=athlete.pk, exercise=exercise.pk) is not None


@transaction.atomic
def set_favourite(*, athlete: Athlete, exercise: Exercise, is_favourite: bool) -> None:
    """Mark the exercise as a favourite, or no longer; to say the same twice changes nothing."""
    athlete.renew_version()
    if is_favourite:
        athlete.favourites.get_or_create(exercise=exercise)
    else:
        athlete.favourites.filter(exercise=exercise).delete()
