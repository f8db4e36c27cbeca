"""Plates for a weight, and one's own bars and plates."""

import re
from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import EquipmentFactory, ExerciseFactory, log
from workouts.bars import Rack, racks_of, set_racks
from workouts.models import Bar, Plate
from workouts.vocabulary import Unit

OWN = {"kg-bar-1": "15", "kg-10": "4", "kg-1.25": "2", "lb-bar-1": "45"}


def kept(user):
    return racks_of(user.athlete)


class TestPage:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("weight=100&unit=kg", '<strong class="numbers">25 + 15</strong>'),
            ("weight=142,5&unit=kg", '<strong class="numbers">25 + 25 + 10 + 1.25</strong>'),
            ("weight=165&unit=lb", '<strong class="numbers">35 + 25</strong>'),
            ("weight=760&unit=lb", "6 × 45 + 35 + 25 + 25 + 2.5"),
            ("weight=100&unit=kg&bar=15", "on a bar of 15 kg"),
            ("weight=100&unit=lb&bar=20", "on a bar of 45 lb"),
            ("weight=20&unit=kg", "The empty bar."),
            ("weight=100&unit=kg", "100 kg ≈ 220.46 lb"),
            ("weight=225&unit=lb", "225 lb ≈ 102.06 kg"),
            ("weight=100&unit=kg", "20 kg x 10 w, 50 kg x 5 w, 70 kg x 3 w, 85 kg x 2 w"),
            ("weight=100&unit=stone", "Select a valid choice."),
        ],
    )
    def test_says_what_goes_on_the_bar(self, client, db, query, said):
        assertContains(client.get(f"/plates/?{query}"), said)

    def test_draws_it_with_its_words(self, client, db):
        page = client.get("/plates/?weight=100&unit=kg")

        assertContains(page, "100 kg: on each side 25 + 15")
        assertContains(page, "loaded-bar-plate", count=2)

    @pytest.mark.parametrize("language", ["de", "es", "fr"])
    def test_is_drawn_alike_in_each_language(self, client, db, language):
        address = "/plates/?weight=62.5&unit=kg"
        drawn = re.compile(r' (?:x|y|width|height|transform|viewBox)="[^"]*"')

        page = client.get(address, headers={"accept-language": language})

        in_english = drawn.findall(client.get(address).content.decode())
        assert drawn.findall(page.content.decode()) == in_english
        assert len(in_english) > 10
        assertContains(page, "62,5 kg")

    def test_says_what_cannot_be_loaded_and_what_is_nearest(self, client, db):
        page = client.get("/plates/?weight=101&unit=kg")

        assertContains(page, "101 kg can’t be loaded on a bar of 20 kg")
        assertContains(page, 'href="?weight=100&amp;unit=kg"')
        assertContains(page, "each side 25 + 15 + 1.25")

    @pytest.mark.parametrize(
        ("weight", "said"),
        [
            ("", "Which weight?"),
            ("heavy", "Enter a number."),
            ("1001", "No bar holds more than 1,000 kg."),
            ("9999999999", "no more than"),
            ("-5", "greater than or equal to 0"),
            ("100.0001", "no more than 3 decimal"),
        ],
    )
    def test_of_no_weight_says_so(self, client, db, weight, said):
        assertContains(client.get(f"/plates/?weight={weight}&unit=kg"), said)

    def test_begins_by_saying_what_it_is_for(self, client, db):
        assertContains(client.get("/plates/"), "What goes on the bar?")

    def test_is_in_the_athletes_unit_and_of_their_plates(self, alice, alices_client):
        alice.athlete.unit = "lb"
        alice.athlete.save()
        assertContains(alices_client.get("/plates/"), '<option value="lb" selected>')
        set_racks(
            athlete=alice.athlete,
            racks=[Rack(Unit.KG, [Decimal(15)], {Decimal(10): 4, Decimal("1.25"): 2})],
        )

        page = alices_client.get("/plates/?weight=37.5&unit=kg")

        assertContains(page, "10 + 1.25")
        assertContains(page, "on a bar of 15 kg")

    def test_leads_to_the_log_with_the_warm_up(self, alices_client):
        ExerciseFactory.create(name="Back squat", slug="back-squat")

        page = alices_client.get("/plates/?weight=60&unit=kg&exercise=back-squat")

        assertContains(
            page,
            "/workouts/new/?exercise=back-squat&amp;sets="
            "20%20kg%20x%2010%20w%2C%2030%20kg%20x%205%20w%2C%2040%20kg%20x%203%20w%2C%2050%20kg%20x%202%20w",
        )

    @pytest.mark.parametrize("view", ["text", "grid"])
    def test_the_log_has_them(self, alices_client, view):
        ExerciseFactory.create(name="Back squat", slug="back-squat")
        address = "/workouts/new/?exercise=back-squat&sets=20+kg+x+10+w,+50+kg+x+5+w"

        page = alices_client.get(f"{address}&view={view}").content.decode()

        if view == "text":
            assert "Back squat: 20 kg x 10 w, 50 kg x 5 w</textarea>" in page
        else:
            assert 'value="20 kg x 10 w"' in page
            assert " checked>" not in page

    def test_is_found_where_a_barbell_is(self, client, alice, alices_client):
        squat = ExerciseFactory.create(name="Back squat", slug="back-squat")
        link = 'href="/plates/?exercise=back-squat"'
        assertNotContains(client.get("/exercises/back-squat/"), link)

        squat.equipment.add(EquipmentFactory.create(slug="barbell"))

        assertContains(client.get("/exercises/back-squat/"), link)
        log(alice, "Back squat: 60 kg x 8")
        assertContains(alices_client.get("/"), 'href="/plates/"')
        assertContains(alices_client.get("/accounts/settings/"), 'href="/plates/own/"')

    def test_knows_nobody_elses_plates(self, alice, charlies_client):
        set_racks(athlete=alice.athlete, racks=[Rack(Unit.KG, [Decimal("13.37")], {})])

        assertNotContains(charlies_client.get("/plates/?weight=100&unit=kg"), "13.37")


class TestOwn:
    def test_begin_with_those_of_a_gym(self, alices_client):
        page = alices_client.get("/plates/own/")

        assertContains(page, 'name="kg-bar-1" value="20"')
        assertContains(page, 'name="lb-45" value="12"')

    def test_are_kept(self, alice, alices_client):
        answer = alices_client.post("/plates/own/", OWN | {"kg-bar-2": "7,5"})

        assertRedirects(answer, "/plates/")
        assert kept(alice)[Unit.KG].bars == [15, Decimal("7.5")]
        assert kept(alice)[Unit.KG].plates == {10: 4, Decimal("1.25"): 2}
        assert kept(alice)[Unit.LB].plates == {}
        assertContains(alices_client.get("/plates/own/"), 'name="kg-bar-2" value="7.5"')

    def test_replace_what_was_there(self, alice, alices_client):
        for _ in range(2):
            alices_client.post("/plates/own/", OWN)

        assert (Bar.objects.count(), Plate.objects.count()) == (2, 2)

    def test_name_a_bar_once(self, alice, alices_client):
        alices_client.post("/plates/own/", OWN | {"kg-bar-2": "15.0", "kg-bar-3": "10"})

        assert kept(alice)[Unit.KG].bars == [15, 10]

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("kg-bar-1", ""),
            ("kg-bar-1", "0"),
            ("kg-bar-2", "heavy"),
            ("kg-10", "-1"),
            ("kg-10", "21"),
            ("lb-45", "9" * 20),
            ("lb-45", "\x00"),
        ],
    )
    def test_that_cannot_be_give_the_form_back(self, alice, alices_client, field, typed):
        answer = alices_client.post("/plates/own/", OWN | {field: typed})

        assert answer.status_code == 422
        assertContains(answer, f'name="{field}"', status_code=422)
        assert not Bar.objects.exists()

    def test_belong_to_their_athlete(self, charlie, alices_client):
        alices_client.post("/plates/own/", OWN)

        assert kept(charlie)[Unit.KG].bars[0] == 20
