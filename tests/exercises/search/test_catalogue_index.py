import pytest
from django.utils import translation

from exercises.models import Exercise
from exercises.search.catalogue_index import CatalogueIndex
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db


def catalogue():
    return CatalogueIndex.of(Exercise.objects.catalogue())


class TestRows:
    def test_have_primary_muscles_and_equipment_in_order(self, row):
        for position, role in ((3, "primary"), (2, "secondary"), (1, "primary")):
            muscle = MuscleFactory(name=f"{role} {position}")
            TargetFactory(exercise=row, muscle=muscle, role=role, position=position)
        row.equipment.add(EquipmentFactory(name="Late", position=2))
        row.equipment.add(EquipmentFactory(name="Early", position=1))

        chosen = catalogue()
        [shown] = chosen.as_rows([row])

        assert [muscle.name for muscle in shown.primary_muscles] == ["primary 1", "primary 3"]
        assert [thing.name for thing in shown.needed_equipment] == ["Early", "Late"]

    def test_cost_no_query_each(self, row, pull_up, django_assert_num_queries):
        chosen = catalogue()
        exercises = list(Exercise.objects.for_rows())

        with django_assert_num_queries(0):
            for shown in chosen.as_rows(exercises):
                _ = (shown.name, shown.is_own, shown.get_absolute_url(), shown.primary_muscles)
                _ = (shown.needed_equipment, shown.get_level_display())


class TestIndex:
    def test_knows_names_aliases_muscles_and_equipment(self, row):
        AliasFactory(exercise=row, name="Yates row")
        TargetFactory(exercise=row, muscle=MuscleFactory(name="Rhomboids", common_name="Mid back"))
        row.equipment.add(EquipmentFactory(name="Landmine", kind="free-weight"))
        ExerciseFactory(name="Dip")

        index = catalogue().index()

        for query in (
            "bent row",
            "yates",
            "rhomboids",
            "mid back landmine",
            "free weight rhomboid",
        ):
            assert index.search(query) == [row.pk]

    def test_knows_what_the_reader_calls_muscles(self, row):
        names = {"de": {"name": "Rhomboiden", "common_name": "Rautenmuskeln"}}
        TargetFactory(exercise=row, muscle=MuscleFactory(name="Rhomboids", translations=names))

        with translation.override("de"):
            assert catalogue().index().search("rautenmuskeln") == [row.pk]
            assert catalogue().index().search("rhomboiden") == [row.pk]

    def test_knows_no_aliases_of_others(self, row):
        AliasFactory(exercise=ExerciseFactory(status="draft", name="Half"), name="Yates row")

        assert catalogue().index().search("yates") == []

    def test_is_made_once_for_the_same_names(self, row):
        assert catalogue().index() is catalogue().index()

    def test_is_made_anew_when_a_name_changes(self, row):
        before = catalogue().index()

        Exercise.objects.filter(pk=row.pk).update(name="Seal row")

        assert before.search("seal") == []
        assert catalogue().index().search("seal") == [row.pk]


@pytest.mark.parametrize("count", [2, 200])
def test_costs_four_queries(db, django_assert_num_queries, count):
    muscle, thing = MuscleFactory(), EquipmentFactory()
    for exercise in ExerciseFactory.create_batch(count):
        TargetFactory(exercise=exercise, muscle=muscle)
        exercise.equipment.add(thing)

    with django_assert_num_queries(4):  # muscles, equipment, exercises and uses, targets and names
        catalogue().index()
