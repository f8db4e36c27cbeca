"""Back against front, and the pairs that oppose each other."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from exercises.vocabulary import Pattern, Role
from workouts.reckoning.balance import (
    BACK,
    BACK_AND_FRONT,
    FRONT,
    PAIRS,
    Tally,
    back_and_front,
    in_pair,
    summed,
    to_even,
    to_halves,
    told,
)

PULL, PUSH = Tally(pull=Decimal(1)), Tally(push=Decimal(1))
FOLDER = Path(settings.BASE_DIR) / "fixtures"
SETS = st.integers(0, 400).map(lambda halves: Decimal(halves) / 2)
TALLIES = st.builds(Tally, SETS, SETS)


def tally(pull, push) -> Tally:
    return Tally(Decimal(str(pull)), Decimal(str(push)))


def read(name):
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def catalogue() -> dict[str, tuple[str, dict[str, Role]]]:
    """Pattern and roles of each exercise of the files."""
    found = {}
    for path in sorted((FOLDER / "exercises").glob("*.yaml")):
        rows = read(f"exercises/{path.name}")
        pattern = next(r["fields"]["pattern"] for r in rows if r["model"] == "exercises.exercise")
        roles = {
            row["fields"]["muscle"][0]: Role(row["fields"]["role"])
            for row in rows
            if row["model"] == "exercises.target"
        }
        found[path.stem] = pattern, roles
    return found


class TestBackAndFront:
    def test_counts_as_the_test_vector(self, catalogue):
        """4 pull-ups, 4 rows, 3 shrugs and 4 bench presses pull 11 times and push 4 times."""
        sets = {"pull-up": 4, "bent-over-barbell-row": 4, "barbell-shrug": 3}
        sets["barbell-bench-press"] = 4
        keys = dict.fromkeys(sets)

        counts = {key: back_and_front(catalogue[key][1]) for key in keys}

        assert summed(sets, counts) == (11, 4)

    @pytest.mark.parametrize(
        ("roles", "count"),
        [
            ({"latissimus-dorsi": Role.PRIMARY, "rhomboids": Role.PRIMARY}, tally(1, 0)),
            ({"front-deltoid": Role.PRIMARY, "upper-trapezius": Role.SECONDARY}, tally(0.5, 1)),
            ({"biceps-brachii": Role.PRIMARY, "erector-spinae": Role.STABILISER}, tally(0, 0)),
            ({"quadriceps": Role.PRIMARY}, tally(0, 0)),
            ({}, tally(0, 0)),
        ],
    )
    def test_counts_each_side_once(self, roles, count):
        assert back_and_front(roles) == count

    def test_knows_muscles_of_the_catalogue_that_lie_on_one_side(self):
        view = {row["fields"]["slug"]: row["fields"]["view"] for row in read("muscles.yaml")}

        assert {view[slug] for slug in BACK} <= {"back", "both"}
        assert {view[slug] for slug in FRONT} == {"front"}
        assert not BACK & FRONT


class TestPairs:
    @pytest.mark.parametrize(
        ("exercise", "place"),
        [
            ("bent-over-barbell-row", ("horizontal-push-pull", PULL)),
            ("barbell-bench-press", ("horizontal-push-pull", PUSH)),
            ("lat-pulldown", ("vertical-push-pull", PULL)),
            ("overhead-press", ("vertical-push-pull", PUSH)),
            ("cable-external-rotation", ("shoulder-rotation", PULL)),
            ("cable-internal-rotation", ("shoulder-rotation", PUSH)),
            ("barbell-curl", ("elbow", PULL)),
            ("triceps-pushdown", ("elbow", PUSH)),
            ("back-raise", ("trunk", PULL)),
            ("crunch", ("trunk", PUSH)),
            ("romanian-deadlift", ("knee-hip", PULL)),
            ("back-squat", ("knee-hip", PUSH)),
            ("barbell-shrug", None),
            ("plank", None),
        ],
    )
    def test_places_exercises_by_their_movement(self, catalogue, exercise, place):
        assert in_pair(*catalogue[exercise]) == place

    def test_place_each_movement_once(self):
        patterns = [
            one for pair in PAIRS for half in (pair.pull, pair.push) for one in half.patterns
        ]

        assert len(patterns) == len(set(patterns)) == 20
        assert Pattern.CARRY not in patterns

    @pytest.mark.parametrize(
        ("main", "place"),
        [
            (["biceps-brachii", "brachialis"], ("elbow", PULL)),
            (["rhomboids"], ("horizontal-push-pull", PULL)),
            (["latissimus-dorsi"], None),  # it rows and it pulls down
            (["biceps-brachii", "triceps-brachii"], None),
            ([], None),
        ],
    )
    def test_place_an_own_exercise_by_its_main_muscles_if_they_tell(self, main, place):
        roles = {**dict.fromkeys(main, Role.PRIMARY), "quadriceps": Role.SECONDARY}

        assert in_pair("", roles) == place

    def test_name_muscles_of_the_catalogue(self):
        known = {row["fields"]["slug"] for row in read("muscles.yaml")}

        assert {
            m for pair in PAIRS for half in (pair.pull, pair.push) for m in half.muscles
        } <= known


class TestTelling:
    @pytest.mark.parametrize(
        ("pull", "push", "text"),
        [
            (0, 0, "no back sets or front sets yet"),
            (0, 12, "no back sets yet"),
            (12, 0, "no front sets yet"),
            (12, 12, "1 to 1"),
            (10, 20, "0.5 to 1"),
            (13, 12, "1.1 to 1"),
            (200, 10, "20 to 1"),
            (1, 100, "less than 0.1 to 1"),
        ],
    )
    def test_says_how_the_sides_stand(self, pull, push, text):
        assert told(tally(pull, push), BACK_AND_FRONT) == text

    @pytest.mark.parametrize(
        ("pull", "push", "target", "text"),
        [
            (10, 16.5, 1, "6½ more back sets would make it 1 to 1."),
            (16.5, 10, 1, "6½ more front sets would make it 1 to 1."),
            (10, 10, 1, "That is 1 to 1."),
            (10, 10, 1.5, "5 more back sets would make it 1.5 to 1."),
            (0, 4, 1, "4 more back sets would make it 1 to 1."),
            (0, 0, 1, ""),
        ],
    )
    def test_says_what_would_make_it_even(self, pull, push, target, text):
        assert to_even(tally(pull, push), BACK_AND_FRONT, Decimal(str(target))) == text

    @given(TALLIES, st.sampled_from(["0.5", "0.75", "1", "1.5", "2"]))
    def test_what_is_wanting_makes_it_even(self, sides, target):
        target = Decimal(target)
        wanting = sides.wanting(target)
        pull, push = sides.pull + wanting.pull, sides.push + wanting.push

        assert 0 in wanting
        assert abs(pull - target * push) <= Decimal("0.25") * max(target, 1)

    @given(TALLIES)
    def test_a_share_is_of_the_whole(self, sides):
        assert 0 <= sides.share <= 1
        assert sides.share * sides.total == pytest.approx(sides.pull)


@pytest.mark.parametrize(("sets", "halves"), [("4.24", "4"), ("4.25", "4.5"), ("4.75", "5")])
def test_halves(sets, halves):
    assert to_halves(Decimal(sets)) == Decimal(halves)
