"""Any log that can exist, exported and brought in elsewhere, is the same log."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import ExerciseFactory, UserFactory
from tests.many import many
from tests.workouts.data.test_exporting import FORMS, bring_in
from tests.workouts.data.test_importing import rows
from tests.workouts.test_round_trip import drafts, some_exercises
from workouts.saving import log_workout
from workouts.text_format import MAX_TEXT

pytestmark = pytest.mark.usefixtures("catalogue")

# Names that are nearly those of the catalogue, or read like sets, and how these are loaded
NEARLY = [
    ("Pull ups (mine)", "bodyweight"),
    ("Pullup", "bodyweight"),
    ("Weighted pull up with a pause", "bodyweight_plus"),
    ("Bent over row, barbell", "external"),
    ("Row 2", "external"),
    ("Dumbbell row L", "per_hand"),
    ("Squat x 8", "external"),
    ("Plank 60 s", "duration"),
]


@given(data=st.data())
@settings(
    max_examples=many(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_comes_back_as_it_was(alice: User, data: Any) -> None:
    form = data.draw(st.sampled_from(sorted(FORMS)))
    with transaction.atomic():
        bob = UserFactory.create()
        named = data.draw(
            some_exercises | st.lists(st.sampled_from(NEARLY), min_size=1, unique=True)
        )
        own = [
            [
                ExerciseFactory.create(name=name, load_type=load_type, owner=owner)
                for name, load_type in named
            ]
            for owner in (alice, bob)
        ]
        for draft in data.draw(st.lists(drafts(own[0]), min_size=1, max_size=4)):
            if draft.day.year >= 1950 and len(draft.text) <= MAX_TEXT:
                log_workout(athlete=alice.athlete, key=uuid4(), draft=draft)

        if alice.athlete.workouts.exists():
            done = bring_in(bob, FORMS[form](alice))

            assert rows(bob) == rows(alice)
            assert done.skipped == []
        transaction.set_rollback(True)
