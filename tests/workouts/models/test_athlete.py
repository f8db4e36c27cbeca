from datetime import date

import pytest
from django.core.exceptions import ValidationError

from exercises.models import CatalogueVersion, OwnCatalogueVersion
from tests.factories import log
from workouts.models import Athlete, BodyWeight
from workouts.own_exercises import make_own_exercise

DAY = date(2026, 11, 22)


def weighed(athlete, day, kg) -> BodyWeight:
    return BodyWeight.objects.create(
        athlete=athlete, weighed_on=DAY.replace(day=day), weight=kg, unit="kg", weight_kg=kg
    )


class TestAthlete:
    def test_goes_by_the_users_name(self, alice):
        assert str(alice.athlete) == "alice"

    def test_has_a_time_zone_that_exists(self, alice):
        alice.athlete.time_zone = "Europe/Atlantis"

        with pytest.raises(ValidationError, match="not a time zone"):
            alice.athlete.full_clean()

    def test_weighs_what_was_last_weighed(self, alice, charlie):
        for day, kg in ((1, 78), (22, 80), (23, 82)):
            weighed(alice.athlete, day, kg)
        weighed(charlie.athlete, 22, 120)

        assert alice.athlete.weighing_on(DAY).weight_kg == 80
        assert alice.athlete.weighing_on(DAY.replace(month=10)).weight_kg == 78
        assert alice.athlete.weighing_on(DAY.replace(month=12)).weight_kg == 82

    def test_weighs_nothing_known_before_the_first(self, alice):
        assert alice.athlete.weighing_on(DAY) is None

    def test_takes_everything_along_when_the_user_goes(self, alice, charlie, pull_up):
        log(alice, "Pull-up: 8")
        log(charlie, "Pull-up: 8")
        weighed(alice.athlete, 22, 80)

        alice.delete()

        assert charlie.athlete.workouts.count() == 1
        assert not BodyWeight.objects.exists()


class TestWhoAsks:
    def test_is_the_athlete_as_they_are_now(self, alice, django_assert_num_queries):
        athlete = Athlete.objects.get(pk=alice.pk)
        athlete.unit, athlete.time_zone, athlete.week_start = "lb", "Asia/Tokyo", 7
        athlete.save()

        with django_assert_num_queries(1):
            asked = Athlete.objects.who_asks(alice.pk)

        for field in Athlete._meta.concrete_fields:
            assert getattr(asked, field.attname) == getattr(athlete, field.attname)
        assert asked.own_catalogue_version is None

    def test_knows_the_versions_of_what_they_see(self, alice, charlie):
        CatalogueVersion.objects.renew()
        make_own_exercise(owner=alice, name="Zercher carry")

        versions = CatalogueVersion.objects.get().key, OwnCatalogueVersion.objects.get().key

        asked = Athlete.objects.who_asks(alice.pk)
        assert (asked.catalogue_version, asked.own_catalogue_version) == versions
        assert Athlete.objects.who_asks(charlie.pk).own_catalogue_version is None

    def test_is_somebody(self, db):
        with pytest.raises(Athlete.DoesNotExist):
            Athlete.objects.who_asks(0)
