from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import log
from workouts.models import BodyWeight

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
