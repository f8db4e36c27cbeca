"""What came in a file hails no record, and is what later ones are measured against."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from tests.factories import UserFactory, log
from tests.workouts.data.test_exporting import bring_in, exported_json
from tests.workouts.data.test_importing import of_strong
from tests.workouts.test_workout_page import ROW, entries, shown, told
from workouts.data.taking_back import undo
from workouts.models import Workout

pytestmark = pytest.mark.usefixtures("catalogue")

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
STRONG = of_strong(
    *(
        f"2024-03-0{day} 18:05:00,Pull,1h,Bent Over Row (Barbell),1,{weight},5,0,0,,,"
        for day, weight in ((1, 90), (2, 100))
    )
)


def records(user: User, workout: Workout) -> list[str]:
    [entry] = entries(shown(user, workout))
    return told(entry)


@pytest.mark.parametrize("form", ["Strong", "our own"])
def test_records_move_with_what_came_in_a_file(alice: User, form: str) -> None:
    if form == "Strong":
        brought = bring_in(alice, STRONG, unit="kg")
    else:
        other = UserFactory.create()
        for day, weight in ((1, 90), (2, 100)):
            log(other, f"2024-03-0{day} 18:05\n{ROW}: {weight} kg x 5")
        brought = bring_in(alice, exported_json(other))
    log(alice, f"2025-01-01 18:00\n{ROW}: 80 kg x 5")
    less = log(alice, f"2026-11-01 18:00\n{ROW}: 95 kg x 5")
    more = log(alice, f"2026-11-02 18:00\n{ROW}: 105 kg x 5")

    of_file = alice.athlete.workouts.filter(imported_in=brought)
    assert [records(alice, one) for one in of_file] == [[], []]
    assert records(alice, less) == []
    assert records(alice, more) == [
        "Best estimated one-rep max: 122.5 kg by 105 kg × 5,"
        " before 116.7 kg by 100 kg × 5 on 2 Mar 2024",
        "Heaviest set: 105 kg × 5, before 100 kg × 5 on 2 Mar 2024",
    ]

    undo(brought, at=AT)
    assert [said.split(",")[0] for said in records(alice, less)] == [
        "Best estimated one-rep max: 110.8 kg by 95 kg × 5",
        "Heaviest set: 95 kg × 5",
    ]
    assert "before 95 kg × 5 on 1 Nov 2026" in records(alice, more)[1]
