import json

import pytest
from django.core.management import call_command
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.models import Exercise, FormerEquipmentSlug, FormerMuscleSlug
from exercises.search.filters import ExerciseFilter
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db


def filtered(address):
    return ExerciseFilter(QueryDict(address), exercises=Exercise.objects.catalogue())


def found(address):
    return [exercise.slug for exercise in filtered(address).results]


def exercise(slug, *, trains=None, role="primary", equipment=None, **fields):
    made = ExerciseFactory.create(slug=slug, **fields)
    if trains:
        TargetFactory(exercise=made, muscle=trains, role=role)
    if equipment:
        made.equipment.add(equipment)
    return made


class TestSearch:
    @pytest.mark.parametrize(
        "query", ["pull-up", "PULLUPS", "up+pull", "pul", "pull+ups", "plul+up"]
    )
    def test_finds_names(self, pull_up, row, query):
        assert found(f"q={query}") == ["pull-up"]

    def test_finds_aliases(self, pull_up, row):
        AliasFactory(exercise=row, name="Inverted column")

        assert found("q=inverted+columns") == [row.slug]

    @pytest.mark.parametrize("query", ["!!!", "💪", "%25", "_", "%5C"])
    def test_finds_nothing_without_a_word(self, pull_up, query):
        assert found(f"q={query}") == []

    def test_puts_the_best_first(self, db):
        exercise("inside", name="Assisted pull-up")
        exercise("whole", name="Pull-up")

        assert found("q=pull+ups") == ["whole", "inside"]

    def test_puts_first_what_people_mean_most_of_what_fits_alike(self, db):
        exercise("box-squat", name="Box squat")
        exercise("zercher-squat", name="Deep squat")
        exercise("goblet-squat", name="Held squat")

        assert found("q=squat") == ["goblet-squat", "box-squat", "zercher-squat"]

    def test_knows_the_end_of_a_word_made_of_several(self, db):
        kettlebell = exercise("kettlebell-press", name="Kettlebell press")
        AliasFactory.create(exercise=kettlebell, name="Kettlebell Drücken")
        bench = exercise("barbell-bench-press", name="Barbell bench press")
        AliasFactory.create(exercise=bench, name="Bankdrücken")

        assert found("q=Drücken") == ["barbell-bench-press", "kettlebell-press"]

    def test_is_left_out_when_blank(self, pull_up):
        assert found("q=") == found("q=++") == ["pull-up"]

    def test_offers_the_nearest_where_it_finds_nothing(self, pull_up, row):
        filterset = filtered("q=zercher+row")

        assert filterset.is_unknown
        assert filterset.results == []
        assert filterset.nearest == [row]

    def test_is_known_where_only_the_filters_leave_nothing(self, pull_up):
        filterset = filtered("q=pull+up&level=advanced")

        assert filterset.results == []
        assert not filterset.is_unknown


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

    def test_of_a_region_finds_all_that_trains_any_of_it(self, db):
        lats = MuscleFactory(slug="lats", region="back")
        traps = MuscleFactory(slug="traps", region="back", kind="group", is_volume_unit=False)
        exercise("row", trains=lats)
        exercise("shrug", trains=MuscleFactory(region="back", kind="part", parent=traps))
        exercise("squat", trains=MuscleFactory(region="legs"))

        assert found("muscle=back") == ["row", "shrug"]

    def test_puts_what_trains_it_directly_before_what_only_helps(self, db):
        lats = MuscleFactory(slug="lats")
        exercise("a-helping", trains=lats, role="secondary")
        exercise("b-direct", trains=lats)

        assert found("muscle=lats") == ["b-direct", "a-helping"]
        assert found("muscle=lats&sort=name") == ["a-helping", "b-direct"]

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

    def test_only_equipment_finds_what_needs_no_other(self, db):
        bar, bench = EquipmentFactory(slug="bar"), EquipmentFactory(slug="bench")
        exercise("a-curl", equipment=bar)
        exercise("b-press", equipment=bar).equipment.add(bench)
        exercise("c-nothing")

        assert found("equipment=bar") == ["a-curl", "b-press"]
        assert found("equipment=bar&only=equipment") == ["a-curl", "c-nothing"]
        assert found("equipment=bar&equipment=bench&only=equipment") == [
            *("a-curl", "b-press", "c-nothing")
        ]

    def test_only_equipment_asks_for_no_body_and_no_handle(self, db):
        cable = EquipmentFactory(slug="cable", kind="cable")
        exercise("a-pushdown", equipment=cable).equipment.add(
            EquipmentFactory(kind="cable-attachment")
        )
        exercise("b-crunch", equipment=EquipmentFactory(kind="bodyweight"))

        assert found("equipment=cable&only=equipment") == ["a-pushdown", "b-crunch"]

    def test_only_is_nothing_without_equipment(self, pull_up):
        assert found("only=equipment") == ["pull-up"]
        assert not filtered("only=equipment").is_narrowed

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
        assert filterset.results == [pull_up]


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
        ] == [("Back", ["back", "lats", "traps"]), ("Legs", ["legs", "quads"])]

    def test_groups_equipment_by_kind(self, db):
        EquipmentFactory(slug="bar", kind="free-weight")
        EquipmentFactory(slug="mat", kind="accessory")

        facet = next(facet for facet in filtered("").facets if facet.name == "equipment")

        assert [group for group, _ in facet.groups] == ["Free weight", "Accessory"]

    def test_count_what_each_option_would_find(self, db):
        lats = MuscleFactory(slug="lats")
        exercise("a", trains=lats, level="beginner")
        exercise("b", trains=lats, level="advanced")
        exercise("c", level="beginner", name="Dip")

        def levels(address):
            return {one.value: one.count for one in options(filtered(address), "level")}

        assert levels("") == {"beginner": 2, "intermediate": 0, "advanced": 1}
        assert levels("muscle=lats&level=advanced") == {
            "beginner": 1,
            "intermediate": 0,
            "advanced": 1,
        }
        assert levels("q=dip") == {"beginner": 1, "intermediate": 0, "advanced": 0}

    def test_of_owned_equipment_count_what_one_more_thing_would_find(self, db):
        bar, bench = EquipmentFactory(slug="bar"), EquipmentFactory(slug="bench")
        exercise("a-curl", equipment=bar)
        exercise("b-press", equipment=bar).equipment.add(bench)

        counts = options(filtered("equipment=bar&only=equipment"), "equipment")

        assert {one.value: one.count for one in counts} == {"bar": 1, "bench": 2}

    def test_are_idle_where_they_find_nothing_and_are_not_chosen(self, pull_up):
        idle = options(filtered("level=advanced"), "level")

        assert [one.is_idle for one in idle] == [False, True, False]

    def test_are_the_same_in_json(self, pull_up):
        counts = json.loads(filtered("level=beginner").counts)

        assert counts["level=beginner"] == 1
        assert counts["level=advanced"] == counts["pattern=squat"] == 0

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


class TestChips:
    def test_take_one_thing_away_and_keep_the_rest(self, db):
        MuscleFactory(slug="lats", name="Lats")
        MuscleFactory(slug="traps", name="Traps")

        chips = filtered("q=row&muscle=lats&muscle=traps&muscle=nosuch&sort=name&page=3").chips

        assert [(chip.label, chip.address) for chip in chips] == [
            ("“row”", "?muscle=lats&muscle=traps&muscle=nosuch&sort=name"),
            ("Lats", "?q=row&muscle=traps&sort=name"),
            ("Traps", "?q=row&muscle=lats&sort=name"),
        ]

    @pytest.mark.parametrize(
        ("count", "label"),
        [(1, "Only with Thing 0"), (3, "Only with Thing 0, Thing 1, Thing 2")],
    )
    def test_name_a_few_owned_things(self, db, count, label):
        assert self.owned(count).label == label

    def test_count_many_owned_things(self, db):
        chip = self.owned(4)

        assert (chip.label, chip.address) == ("Only with these 4 things", "?level=beginner")

    def owned(self, count):
        for number in range(count):
            EquipmentFactory(slug=f"t{number}", name=f"Thing {number}", position=number)
        things = "&".join(f"equipment=t{number}" for number in range(count))
        return filtered(f"{things}&only=equipment&level=beginner").chips[-1]


class TestWaysOut:
    def test_are_the_facets_without_which_something_is_found(self, db):
        lats = MuscleFactory(slug="lats")
        exercise("a", trains=lats, level="beginner")
        exercise("b", level="advanced", mechanic="compound")

        ways = filtered("muscle=lats&level=advanced&mechanic=compound").ways_out

        assert [(way.label, way.address, way.count) for way in ways] == [
            ("Muscle", "?level=advanced&mechanic=compound", 1),
            ("Level", "?muscle=lats&mechanic=compound", 1),
        ]

    def test_may_be_none(self, pull_up):
        assert filtered("level=advanced&mechanic=isolation").ways_out == []


class TestAnyAddress:
    KEYS = ("q", "muscle", "equipment", "only", "level", "pattern", "mechanic", "load", "sort")
    TEXT = st.text(max_size=150) | st.sampled_from(["\x00", "x" * 10_000, ".*(", "💪", "beginner"])

    @settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(pairs=st.lists(st.tuples(st.sampled_from(KEYS), TEXT), max_size=8))
    def test_gives_some_answer(self, pull_up, pairs):
        data = QueryDict(mutable=True)
        for key, value in pairs:
            data.appendlist(key, value)

        filterset = ExerciseFilter(data, exercises=Exercise.objects.catalogue())

        assert len(filterset.results) <= 1
        assert all(chip.address.startswith("?") for chip in (*filterset.chips, *filterset.ways_out))
        assert len(filterset.nearest) <= 1
        assert filterset.counts


def options(filterset, name):
    [facet] = [facet for facet in filterset.facets if facet.name == name]
    return [option for _, group in facet.groups for option in group]


def as_chosen(address, facet, option):
    """The address with this option in place of its facet's others, or beside what is owned."""
    data = QueryDict(address, mutable=True)
    owned = data.getlist(facet) if data.get("only") and facet == "equipment" else []
    data.setlist(facet, [*owned, option.value])
    return ExerciseFilter(data, exercises=Exercise.objects.catalogue())


def counted_and_found(address):
    """By option the number beside it, and how many rows the database finds with it."""
    filterset = filtered(address)
    pairs = {
        f"{facet.name}={option.value}": (
            option.count,
            as_chosen(address, facet.name, option).qs.count(),
        )
        for facet in filterset.facets
        for _, options in facet.groups
        for option in options
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}, pairs


class TestCounts:
    """The number beside an option is that of the rows that are found with it."""

    @pytest.fixture
    def few(self, db):
        lats = MuscleFactory(slug="lats", region="back")
        traps = MuscleFactory(slug="traps", region="back", kind="group", is_volume_unit=False)
        lower = MuscleFactory(slug="lower", region="back", kind="part", parent=traps)
        whole = MuscleFactory(slug="whole", region="core", kind="group")
        MuscleFactory(slug="piece", region="core", kind="part", parent=whole, is_volume_unit=False)
        bar, bench = EquipmentFactory(slug="bar"), EquipmentFactory(slug="bench")
        body = EquipmentFactory(slug="body", kind="bodyweight")
        both = exercise("row", trains=lats, equipment=bar, level="beginner", pattern="squat")
        TargetFactory(exercise=both, muscle=lower, role="secondary")
        exercise("press", trains=lower, equipment=bar, level="beginner").equipment.add(bench)
        exercise("hold", trains=whole, role="stabiliser", level="advanced", equipment=body)
        exercise("crunch", trains=whole, level="", load_type="duration", mechanic="")
        exercise("dip", equipment=bench, level="advanced", name="Dip row")

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "muscle=back",
            "muscle=traps&muscle=piece&level=beginner",
            "equipment=bar",
            "equipment=bar&only=equipment",
            "equipment=bench&equipment=body&only=equipment&level=advanced",
            "only=equipment",
            "q=row",
            "q=row&equipment=bar&only=equipment&muscle=lower",
            "level=beginner&pattern=squat&mechanic=compound&load=external",
        ],
    )
    def test_are_what_is_found(self, few, address):
        wrong, pairs = counted_and_found(address)

        assert wrong == {}
        assert any(count for count, _ in pairs.values())

    @pytest.mark.whole
    def test_of_the_catalogue_are_what_is_found(self, db):
        call_command("sync_catalog", verbosity=0)

        for address in ("q=row&level=beginner", "muscle=back&equipment=barbell&only=equipment"):
            wrong, pairs = counted_and_found(address)

            assert wrong == {}
            assert len(pairs) > 100


class TestFormerSlugs:
    """An address with what a muscle or a thing used to be called finds what is renamed."""

    def test_of_a_muscle_and_of_equipment_find_the_renamed(self, db):
        lats, bar = MuscleFactory(slug="lats"), EquipmentFactory(slug="bar")
        exercise("pull", trains=lats, equipment=bar)
        FormerMuscleSlug.objects.create(slug="wings", muscle=lats)
        FormerEquipmentSlug.objects.create(slug="pole", equipment=bar)

        for address in ("muscle=wings", "equipment=pole", "muscle=wings&equipment=pole"):
            assert found(address) == ["pull"]
            assert filtered(address).dropped == []
        assert [chip.label for chip in filtered("muscle=wings&muscle=lats").chips] == [lats.name]

    @pytest.mark.parametrize("value", ["nothing", "%00", "%ED%A0%80", "x" * 5000, "²"])
    def test_of_nothing_are_dropped(self, pull_up, value):
        assert len(filtered(f"muscle={value}").dropped) == 1

    def test_are_asked_for_only_where_nothing_is_called_so(self, db, django_assert_num_queries):
        exercise("pull", trains=MuscleFactory(slug="lats"))

        with django_assert_num_queries(2):  # muscles, equipment
            filtered("muscle=lats")
        with django_assert_num_queries(3):
            filtered("muscle=lats&muscle=wings")
