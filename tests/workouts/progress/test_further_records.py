"""New bests of reps with a load, of speed and of a session's volume."""

from datetime import date

import pytest

from tests.factories import log
from workouts.models import Workout
from workouts.models.one_workout import one_workout
from workouts.progress.further_records import further_records

pytestmark = pytest.mark.usefixtures("catalogue")

ROW = "Bent-over barbell row"
FIRST, SECOND, THIRD = (date(2026, 11, day) for day in (1, 2, 3))


def found(user, workout: Workout):
    return further_records(user.athlete, one_workout(user.pk, workout.pk)).records


def further(user, workout: Workout) -> list[str]:
    return [
        f"{each.label}: {each.shown}, before {each.before.shown} on {each.before.day}"
        for _, each in found(user, workout)
    ]


def test_more_reps_than_ever_with_as_much_or_more(alice):
    log(alice, f"{ROW}: 60 kg x 8, 70 kg x 5", on=FIRST)
    beaten = log(alice, f"{ROW}: 60 kg x 9, 100 kg x 1", on=SECOND)

    workout = log(alice, f"{ROW}: 60 kg x 10", on=THIRD)

    assert further(alice, workout)[0] == "Most reps with 60 kg: 10, before 9 on 2 Nov 2026"
    assert found(alice, workout)[0][1].before.address == beaten.get_absolute_url()


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("60 kg x 8, 70 kg x 12", "60 kg x 10"),  # a heavier load for more
        ("60 kg x 8, 8", "60 kg x 8"),  # as many
        ("60 kg x 8, 60 kg x 20 w", "65 kg x 9"),  # never with so much
        ("60 kg x 8, 8, 8, 8", "60 kg x 7, 40 kg x 12"),  # not with the heaviest of today
    ],
)
def test_are_no_record_of_reps(alice, before, now):
    log(alice, f"{ROW}: {before}", on=FIRST)

    assert "reps" not in " ".join(further(alice, log(alice, f"{ROW}: {now}", on=SECOND)))


def test_less_help_counts_as_more(alice):
    log(alice, "Assisted pull-up: -20 kg x 5, -40 kg x 12", on=FIRST)

    workout = log(alice, "Assisted pull-up: -30 kg x 6", on=SECOND)

    assert further(alice, workout) == ["Most reps with 30 kg help: 6, before 5 on 1 Nov 2026"]


def test_a_load_in_pounds_is_compared_by_its_weight(alice):
    log(alice, f"{ROW}: 100 lb x 8", on=FIRST)

    workout = log(alice, f"{ROW}: 45 kg x 9", on=SECOND)

    assert further(alice, workout)[0] == "Most reps with 45 kg: 9, before 8 on 1 Nov 2026"


def test_the_fastest_over_a_distance_with_the_same_load(alice):
    log(alice, "Farmer's walk: 20 kg x 40 m 30 s, 30 kg x 40 m 20 s", on=FIRST)

    workout = log(alice, "Farmer's walk: 20 kg x 40 m 28 s", on=SECOND)

    assert further(alice, workout) == ["Fastest 40 m with 20 kg: 0:28, before 0:30 on 1 Nov 2026"]


def test_the_most_volume_takes_all_entries_of_a_session(alice):
    log(alice, f"{ROW}: 60 kg x 8\nPlank: 60 s\n{ROW}: 60 kg x 8", on=FIRST)
    log(alice, f"{ROW}: 60 kg x 8, 8", on=SECOND)

    as_much = log(alice, f"{ROW}: 60 kg x 8, 8", on=THIRD)
    more = log(alice, f"{ROW}: 60 kg x 8, 8\nPlank: 60 s\n{ROW}: 60 kg x 1", on=date(2026, 11, 4))

    assert further(alice, as_much) == []
    assert further(alice, more) == [
        "Most volume in a session: 1,020 kg, before 960 kg on 1 Nov 2026"
    ]


def test_are_none_of_imports_nor_of_others_nor_the_first_time(alice, charlie):
    log(charlie, f"{ROW}: 60 kg x 8", on=FIRST)
    first = log(alice, f"{ROW}: 60 kg x 9", on=SECOND)
    imported = log(alice, f"{ROW}: 60 kg x 10, 10", on=THIRD)
    Workout.objects.filter(pk=imported.pk).update(source="hevy", source_key="1")

    assert (further(alice, first), further(alice, imported)) == ([], [])


def test_of_many_those_that_tell_most_are_told_and_the_others_folded(alice, alices_client):
    lines = [ROW, "Dumbbell row"]
    log(alice, "\n".join(f"{name}: 60 kg x 8" for name in lines), on=FIRST)

    workout = log(alice, "\n".join(f"{name}: 60 kg x 10" for name in lines), on=SECOND)

    shown = further_records(alice.athlete, one_workout(alice.pk, workout.pk))
    assert [(name, each.label) for name, each in shown.told] == [
        (ROW, "Most reps with 60 kg"),
        ("Dumbbell row", "Most reps with 60 kg"),
        (ROW, "Most volume in a session"),
    ]
    assert [(name, each.label) for name, each in shown.folded] == [
        ("Dumbbell row", "Most volume in a session")
    ]


def test_come_to_the_page_as_a_part_and_have_one_for_who_has_no_script(alice, alices_client):
    log(alice, f"{ROW}: 60 kg x 8", on=FIRST)
    workout = log(alice, f"{ROW}: 60 kg x 10", on=SECOND)
    address = workout.get_absolute_url()

    page = alices_client.get(address).content.decode()
    part = alices_client.get(f"{address}?show=records&part=further").content.decode()
    whole = alices_client.get(f"{address}?show=records").content.decode()

    assert 'data-part="?show=records&amp;part=further"' in page
    assert "Most reps with 60 kg" in part
    assert "<h1" not in part
    assert "Most reps with 60 kg" in whole
    assert "<h1>Further records</h1>" in whole


@pytest.mark.parametrize("count", [2, 40])
def test_cost_three_queries(alice, django_assert_num_queries, count):
    for day in range(count):
        log(alice, f"{ROW}: 60 kg x 8", on=date.fromordinal(FIRST.toordinal() - day - 1))
    workout = log(alice, f"{ROW}: 60 kg x 9, 9", on=SECOND)
    loaded, athlete = one_workout(alice.pk, workout.pk), alice.athlete

    with django_assert_num_queries(3):
        further_records(athlete, loaded)
