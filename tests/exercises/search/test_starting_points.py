"""The ways that the home page offers, tried on the catalogue that is installed."""

import pytest
from django.core.management import call_command
from django.http import QueryDict

from exercises.models import Exercise, Region
from exercises.search.filters import ExerciseFilter
from exercises.search.starting_points import places

WAYS = [
    (place.label, kit.label, way.label, way.address)
    for place in places()
    for kit in place.kits
    for way in kit.ways
]


class TestPlaces:
    def test_are_the_regions_with_the_back_first(self):
        assert [place.label for place in places()] == Region.labels
        assert places()[0].label == "Back"

    def test_offer_what_an_athlete_owns_first(self):
        [kit, *others] = places(owned="/own/")[0].kits

        assert [way.address for way in kit.ways] == [
            "/own/?muscle=back&level=beginner",
            "/own/?muscle=back&level=beginner&level=intermediate",
            "/own/?muscle=back",
        ]
        assert others == places()[0].kits

    def test_offer_each_kit_for_each_level(self):
        assert len(WAYS) == 6 * 4 * 3


@pytest.mark.whole
@pytest.mark.django_db
class TestWays:
    @pytest.fixture
    def catalogue(self, db):
        call_command("sync_catalog", verbosity=0)
        return Exercise.objects.catalogue()

    def test_lead_to_exercises_and_mean_what_they_say(self, catalogue):
        for region, kit, level, address in WAYS:
            filterset = ExerciseFilter(QueryDict(address.partition("?")[2]), exercises=catalogue)

            assert filterset.results, (region, kit, level)
            assert filterset.dropped == [], (region, kit, level)
