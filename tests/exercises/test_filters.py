import pytest
from django.http import QueryDict

from exercises.filters import ExerciseFilter, search
from exercises.models import Exercise
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db


def filtered(address):
    return ExerciseFilter(QueryDict(address), queryset=Exercise.objects.catalogue())


def found(address):
    return [exercise.slug for exercise in filtered(address).qs]


def exercise(slug, *, trains=None, role="primary", equipment=None, **fields):
    made = ExerciseFactory.create(slug=slug, **fields)
    if trains:
        TargetFactory(exercise=made, muscle=trains, role=role)
    if equipment:
        made.equipment.add(equipment)
    return made


class TestSearch:
    @pytest.mark.parametrize("query", ["pull-up", "PULLUPS", "up pull", "pul", "pull ups"])
    def test_finds_names_that_hold_every_word(self, pull_up, row, query):
        assert list(search(Exercise.objects.all(), query)) == [pull_up]

    def test_finds_aliases(self, pull_up, row):
        AliasFactory(exercise=row, name="Inverted column")

        assert list(search(Exercise.objects.all(), "inverted columns")) == [row]

    def test_does_not_mix_the_words_of_two_aliases(self, row):
        AliasFactory(exercise=row, name="Yates row")
        AliasFactory(exercise=row, name="Reverse pull")

        assert not search(Exercise.objects.all(), "yates pull")

    @pytest.mark.parametrize("query", ["", "!!!", "💪", "%", "_", "\\"])
    def test_finds_nothing_without_a_word(self, pull_up, query):
        assert not search(Exercise.objects.all(), query)

    def test_names_each_exercise_once(self, row):
        for number in range(3):
            AliasFactory(exercise=row, name=f"Row number {number}")

        assert search(Exercise.objects.all(), "row").count() == 1

    def test_ranks_whole_names_then_whole_aliases_then_beginnings(self, db):
        in_alias = exercise("in-alias", name="Body lift")
        AliasFactory(exercise=in_alias, name="Australian pull-up")
        exercise("inside", name="Assisted pull-up")
        exercise("beginning", name="Pull-up to chest")
        by_alias = exercise("by-alias", name="Zombie climb")
        AliasFactory(exercise=by_alias, name="Pull up")
        exercise("whole", name="Pull-up")

        assert found("q=pull+ups") == ["whole", "by-alias", "beginning", "inside", "in-alias"]

    def test_is_left_out_when_blank(self, pull_up):
        assert found("q=") == found("q=++") == ["pull-up"]


class TestMuscle:
    def test_finds_those_that_train_it_directly_or_as_a_helper(self, db):
        lats, quads = MuscleFactory(slug="lats"), MuscleFactory(slug="quads")
        exercise("direct", trains=lats)
        exercise("helping", trains=lats, role="secondary")
        exercise("holding", trains=lats, role="stabiliser")
        exercise("elsewhere", trains=quads)

        assert found("muscle=lats") == ["direct", "helping"]

    def test_widens_when_repeated(self, db):
        for slug in ("lats", "quads", "calves"):
            exercise(f"for-{slug}", trains=MuscleFactory(slug=slug))

        assert found("muscle=lats&muscle=calves") == ["for-calves", "for-lats"]

    def test_of_a_group_finds_what_trains_its_parts(self, db):
        traps = MuscleFactory(slug="traps", kind="group", is_volume_unit=False)
        upper = MuscleFactory(slug="upper-traps", kind="part", parent=traps)
        lower = MuscleFactory(slug="lower-traps", kind="part", parent=traps)
        exercise("shrug", trains=upper)
        exercise("y-raise", trains=lower)

        assert found("muscle=traps") == ["shrug", "y-raise"]
        assert found("muscle=upper-traps") == ["shrug"]

    def test_of_a_part_finds_what_trains_the_group_that_counts_as_one(self, db):
        rhomboids = MuscleFactory(slug="rhomboids", kind="group", is_volume_unit=True)
        MuscleFactory(slug="minor", kind="part", parent=rhomboids, is_volume_unit=False)
        exercise("row", trains=rhomboids)

        assert found("muscle=minor") == ["row"]

    def test_names_each_exercise_once(self, db):
        traps = MuscleFactory(slug="traps", kind="group", is_volume_unit=False)
        both = exercise("both")
        for slug in ("upper", "lower"):
            part = MuscleFactory(slug=slug, kind="part", parent=traps)
            TargetFactory(exercise=both, muscle=part)

        assert found("muscle=traps&muscle=upper&muscle=lower") == ["both"]


class TestOtherKeys:
    def test_equipment(self, db):
        bar, bell = EquipmentFactory(slug="bar"), EquipmentFactory(slug="bell")
        exercise("with-bar", equipment=bar)
        exercise("with-bell", equipment=bell)
        exercise("with-nothing")

        assert found("equipment=bar") == ["with-bar"]
        assert found("equipment=bar&equipment=bell") == ["with-bar", "with-bell"]

    @pytest.mark.parametrize(
        ("key", "field", "one", "two", "three"),
        [
            ("level", "level", "beginner", "advanced", "intermediate"),
            ("pattern", "pattern", "vertical_pull", "carry", "squat"),
            ("mechanic", "mechanic", "compound", "isolation", ""),
            ("load", "load_type", "external", "duration", "per_hand"),
        ],
    )
    def test_narrows_and_widens_when_repeated(self, db, key, field, one, two, three):
        exercise("a-one", **{field: one})
        exercise("b-two", **{field: two})
        exercise("c-three", **{field: three})

        assert found(f"{key}={one}") == ["a-one"]
        assert found(f"{key}={one}&{key}={two}") == ["a-one", "b-two"]

    def test_narrow_each_other(self, db):
        lats = MuscleFactory(slug="lats")
        exercise("easy-pull", trains=lats, level="beginner", name="Easy pull")
        exercise("hard-pull", trains=lats, level="advanced", name="Hard pull")
        exercise("easy-squat", level="beginner", name="Easy squat")

        assert found("muscle=lats&level=beginner") == ["easy-pull"]
        assert found("q=pull&level=advanced") == ["hard-pull"]


class TestSort:
    @pytest.fixture
    def three(self, db):
        exercise("c", name="C pull", level="beginner", article_place=None)
        exercise("b", name="B pull", level="advanced", article_place=1)
        exercise("a", name="A pull", level="intermediate", article_place=2)

    @pytest.mark.parametrize(
        ("address", "order"),
        [
            ("", "bac"),
            ("sort=article", "bac"),
            ("sort=name", "abc"),
            ("sort=level", "cab"),
            ("q=pull", "abc"),
            ("q=pull&sort=article", "bac"),
            ("q=pull&sort=level", "cab"),
            ("sort=nonsense", "bac"),
            ("sort=-pk", "bac"),
        ],
    )
    def test_orders(self, three, address, order):
        assert "".join(found(address)) == order

    def test_puts_exercises_without_a_level_last(self, three):
        exercise("own-level", name="0 pull", level="")

        assert found("sort=level")[-1] == "own-level"

    @pytest.mark.parametrize("sort", ["article", "name", "level"])
    def test_falls_back_on_names(self, db, sort):
        for name in ("Delta", "Alpha", "Charlie", "Bravo"):
            exercise(name.lower(), name=name)

        assert found(f"sort={sort}") == ["alpha", "bravo", "charlie", "delta"]


class TestDropped:
    def test_names_the_values_that_mean_nothing(self, db):
        MuscleFactory(slug="lats")

        filterset = filtered("muscle=lats&muscle=nosuch&level=hero&sort=best&page=7&utm=x")

        assert filterset.dropped == ["nosuch", "hero", "best"]

    def test_keeps_the_other_values_of_the_key(self, db):
        lats = MuscleFactory(slug="lats")
        exercise("pull", trains=lats)
        exercise("push")

        assert found("muscle=nosuch&muscle=lats") == ["pull"]

    def test_leaves_the_key_out_when_none_of_its_values_exists(self, pull_up):
        assert found("muscle=nosuch") == ["pull-up"]

    @pytest.mark.parametrize(
        "address", ["", "q=&muscle=&level=&sort=", "q=pull&level=beginner&sort=name", "q=+pull+"]
    )
    def test_is_empty_for_an_address_that_makes_sense(self, pull_up, address):
        assert filtered(address).dropped == []

    def test_names_a_query_that_is_too_long(self, pull_up):
        filterset = filtered("q=" + "x" * 101)

        assert filterset.dropped == ["x" * 101]
        assert list(filterset.qs) == [pull_up]


class TestFacets:
    def test_says_what_is_chosen(self, db):
        MuscleFactory(slug="lats", name="Lats")
        MuscleFactory(slug="traps", name="Traps")

        facets = {facet.name: facet for facet in filtered("muscle=lats&level=beginner").facets}

        assert [option.label for option in facets["muscle"].chosen] == ["Lats"]
        assert [option.value for option in facets["level"].chosen] == ["beginner"]
        assert facets["mechanic"].chosen == []

    def test_groups_muscles_by_region_and_leaves_empty_regions_out(self, db):
        MuscleFactory(slug="quads", region="legs", position=1)
        MuscleFactory(slug="lats", region="back", position=2)
        MuscleFactory(slug="traps", region="back", position=3)

        muscle = next(facet for facet in filtered("").facets if facet.name == "muscle")

        assert [
            (group, [option.value for option in options]) for group, options in muscle.groups
        ] == [("Back", ["lats", "traps"]), ("Legs", ["quads"])]

    def test_groups_equipment_by_kind(self, db):
        EquipmentFactory(slug="bar", kind="free-weight")
        EquipmentFactory(slug="mat", kind="accessory")

        facet = next(facet for facet in filtered("").facets if facet.name == "equipment")

        assert [group for group, _ in facet.groups] == ["Free weight", "Accessory"]

    @pytest.mark.parametrize(
        ("address", "is_narrowed"),
        [
            ("", False),
            ("sort=name&page=2", False),
            ("q=row", True),
            ("level=beginner", True),
            ("level=hero", False),
        ],
    )
    def test_knows_whether_anything_is_narrowed(self, db, address, is_narrowed):
        assert filtered(address).is_narrowed is is_narrowed
