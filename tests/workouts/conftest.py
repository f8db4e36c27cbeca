"""One exercise of each load type, so that a test can log any kind of set."""

import pytest

from exercises.models import Exercise
from tests.factories import ExerciseFactory

EXERCISES = {
    "Pull-up": {"load_type": "bodyweight", "bodyweight_fraction": "1.00"},
    "Weighted pull-up": {"load_type": "bodyweight_plus", "bodyweight_fraction": "1.00"},
    "Assisted pull-up": {"load_type": "assisted_bodyweight", "bodyweight_fraction": "1.00"},
    "Bent-over barbell row": {"load_type": "external"},
    "Dumbbell row": {"load_type": "per_hand"},
    "Plank": {"load_type": "duration"},
    "Farmer's walk": {"load_type": "weighted_duration"},
    "Running": {"load_type": "distance"},
}


@pytest.fixture
def catalogue(db: None) -> dict[str, Exercise]:
    """The exercises of ``EXERCISES``, by load type."""
    made = [ExerciseFactory.build(name=name, **facts) for name, facts in EXERCISES.items()]
    for exercise in made:
        exercise.set_key()
    Exercise.objects.bulk_create(made)
    return {exercise.load_type: exercise for exercise in made}
