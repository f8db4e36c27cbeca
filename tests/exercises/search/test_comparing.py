import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from exercises.models import Exercise
from exercises.search.comparing import instead_of
from tests.factories import EquipmentFactory, ExerciseFactory, MuscleFactory, TargetFactory
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db

COMPARE = reverse("exercises:compare")


@pytest.fixture
def press():
    """A press with a barbell, one with dumbbells, and one on the floor."""
    chest, triceps = MuscleFactory(name="Chest"), MuscleFactory(name="Triceps")
    bench = EquipmentFactory(name="Bench (flat)", kind="bench")
    made = []
    for slug, thing in (("press", "Barbell"), ("db-press", "Dumbbell"), ("push-up", "")):
        exercise = ExerciseFactory(slug=slug, name=slug, pattern="horizontal_push")
        TargetFactory(exercise=exercise, muscle=chest)
        TargetFactory(exercise=exercise, muscle=triceps, role="secondary")
        if thing:
            exercise.equipment.add(EquipmentFactory(name=thing, kind="free-weight"), bench)
        made.append(exercise)
    return made


class TestInsteadOf:
    def test_names_what_trains_the_same_and_what_it_needs(self, press):
        barbell, dumbbells, floor = press

        found = [(each.slug, each.kit) for each in instead_of(barbell)]

        assert found == [(floor.slug, "No equipment"), (dumbbells.slug, "Bench, Dumbbell")]

    def test_takes_only_what_everyone_sees(self, press, alice):
        barbell, dumbbells, floor = press
        Exercise.objects.filter(pk=dumbbells.pk).update(status="draft")
        Exercise.objects.filter(pk=floor.pk).update(owner=alice)

        assert instead_of(barbell) == []

    def test_of_a_draft_finds_nothing(self, press):
        barbell = press[0]
        Exercise.objects.filter(pk=barbell.pk).update(status="draft")

        assert instead_of(barbell) == []

    def test_costs_one_query(self, press, django_assert_num_queries):
        with django_assert_num_queries(1):
            instead_of(press[0])
        with django_assert_num_queries(0):
            assert instead_of(ExerciseFactory.build(pattern="")) == []

    @pytest.mark.parametrize(
        ("slug", "first"),
        [
            ("pull-up", "lat-pulldown"),
            ("barbell-bench-press", "dumbbell-bench-press"),
            ("barbell-shrug", "dumbbell-shrug"),
            ("leg-extension", "sissy-squat"),
            ("tibialis-raise", None),
        ],
    )
    def test_of_the_catalogue_begins_as_a_coach_would(self, slug, first):
        call_command("sync_catalog", verbosity=0)

        found = instead_of(Exercise.objects.get(slug=slug))

        assert next((each.slug for each in found), None) == first

    def test_stands_on_the_page_of_the_exercise(self, client, press):
        page = on_one_line(client.get(press[0].get_absolute_url()).content.decode())

        assert 'href="/exercises/db-press/">db-press</a>' in page
        assert "Bench, Dumbbell</span>" in page
        assert f'href="{COMPARE}?a=press"' in page


class TestCompare:
    def test_says_what_is_the_same_and_what_is_not(self, client, press):
        Exercise.objects.filter(slug="push-up").update(level="advanced")
        TargetFactory(exercise=press[2], muscle=MuscleFactory(name="Abs"), role="stabiliser")

        response = client.get(COMPARE, {"a": "push-up", "b": "press"})

        facts = {each.label: (each.one, each.other) for each in response.context["facts"]}
        assert facts["Movement"] == ("Horizontal push", "Horizontal push")
        assert facts["Level"] == ("Advanced", "Beginner")
        assert facts["Equipment"] == ("", "Bench (flat), Barbell")
        assert "Grip" not in facts
        muscles = [
            (each.muscle.name, *(said for _, said in each.in_words))
            for each in response.context["muscles"]
        ]
        assert muscles == [
            ("Chest", "main work", "main work"),
            ("Triceps", "helps", "helps"),
            ("Abs", "holds steady", "–"),
        ]
        page = on_one_line(response.content.decode())
        assert "<h1> push-up or press? </h1>" in page
        assert "noindex" not in page

    def test_shows_what_each_trains_on_a_map_of_its_own(self, client):
        call_command("sync_catalog", verbosity=0)

        response = client.get(COMPARE, {"a": "pull-up", "b": "leg-extension"})

        maps = {
            exercise.slug: [plate.view.name for plate in shown.views]
            for exercise, shown in response.context["maps"]
        }
        assert maps == {"pull-up": ["back", "front"], "leg-extension": ["front"]}
        page = response.content.decode()
        assert re.findall(r'<clipPath id="([^"]+)"', page) == [
            "pull-up-back",
            "pull-up-front",
            "leg-extension-front",
        ]

    @pytest.mark.parametrize("other", ["", "nosuch", "press", "a\x00b", "ä" * 300])
    def test_with_one_offers_what_to_compare_it_with(self, client, press, other):
        press[0].harder.add(press[1])

        response = client.get(COMPARE, {"a": "press", "b": other})

        offers = {title: [each.slug for each in some] for title, some in response.context["offers"]}
        assert offers["With other equipment"] == ["push-up", "db-press"]
        assert offers["Harder"] == ["db-press"]
        page = response.content.decode()
        assert 'href="?a=press&amp;b=db-press"' in page
        assert '<option value="press" selected>' in page

    def test_offers_a_variation_on_the_ladder_once(self, client, press):
        press[0].harder.add(press[1])
        Exercise.objects.filter(pk__in=[press[1].pk, press[2].pk]).update(variation_of=press[0])

        offers = dict(client.get(COMPARE, {"a": "press"}).context["offers"])

        assert [each.slug for each in offers["Harder"]] == ["db-press"]
        assert [each.slug for each in offers["Variations"]] == ["push-up"]

    @pytest.mark.parametrize("query", ["", "?a=nosuch", "?b=", "?a=%00&a=press%ff"])
    def test_without_any_asks_for_both(self, client, press, query):
        page = on_one_line(client.get(COMPARE + query).content.decode())

        assert "<h1> Compare two exercises </h1>" in page
        assert page.count('<option value="push-up">') == 2

    def test_knows_nothing_that_is_not_everyone_s(self, client, alices_client, alice, press):
        Exercise.objects.filter(slug="push-up").update(owner=alice)

        for visitor in (client, alices_client):
            page = visitor.get(COMPARE, {"a": "push-up", "b": "press"}).content.decode()
            assert "push-up" not in page

    @pytest.mark.parametrize("query", ["?a=press&b=push-up", "?a=press"])
    def test_costs_seven_queries_at_most(self, client, press, django_assert_max_num_queries, query):
        # version, exercises, targets and muscles, equipment, names, relatives, substitutes
        with django_assert_max_num_queries(7):
            client.get(COMPARE + query)

    def test_is_no_name_for_an_exercise(self):
        exercise = ExerciseFactory.build(slug="compare", name="Compare")

        with pytest.raises(Exception, match="is a page of its own"):
            exercise.clean()
