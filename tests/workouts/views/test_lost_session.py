"""A form that is sent after its session has ended: its text is there again after signing in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from backtrain.models import Session
from tests.factories import log
from tests.workouts.views.log_form import PREVIEW, WHOLE_FORM, box, filled, page, value, words
from workouts.own_exercises import make_own_exercise
from workouts.saving import delete_workout
from workouts.views.access import LONGEST_KEPT, MOST_KEPT

pytestmark = pytest.mark.usefixtures("catalogue")

NEW = "/workouts/new/"
TEXT = "Pull-up: 8, 8, 7\nJeferson curl: a few <b>"


def sent(client: Client, address: str, fields: dict[str, object]) -> str:
    """Post as a visitor; return the page to go on with after signing in."""
    answer = client.post(address, fields)
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.url).query)["next"][0]


def sign_in(client: Client, user: User, address: str = "/"):
    """Through the site's own door."""
    form = {"login": user.username, "password": "a good password", "next": address}
    return client.post("/accounts/login/", form, follow=True)


class TestLogForm:
    def test_of_a_new_workout_is_back(self, alice, client):
        form = filled(TEXT, owner=str(alice.pk), notes="slept badly", time="06:15")

        response = sign_in(client, alice, sent(client, f"{NEW}?exercise=pull-up", form))

        assert response.status_code == 200
        assert box(response) == TEXT
        assert value(response, "id") == form["id"]
        assert value(response, "time") == "06:15"
        assert "slept badly" in page(response)
        assert "What you wrote is back, and not saved yet." in words(response)
        assert 'data-draft-state="sent"' in page(response)
        assert not alice.athlete.workouts.exists()

    def test_of_an_edit_is_back_on_its_revision(self, alice, client):
        workout = log(alice, "Pull-up: 8")
        address = f"{workout.get_absolute_url()}edit/"
        form = filled("Pull-up: 9", owner=str(alice.pk), revision="1", id=str(workout.pk))

        response = sign_in(client, alice, sent(client, address, form))

        assert box(response) == "Pull-up: 9"
        assert value(response, "revision") == "1"
        workout.refresh_from_db()
        assert workout.revision == 1

    def test_of_an_edit_that_another_has_overtaken_shows_both_when_saved(self, alice, client):
        workout = log(alice, "Pull-up: 8")
        address = f"{workout.get_absolute_url()}edit/"
        form = filled("Pull-up: 9", owner=str(alice.pk), revision="1", id=str(workout.pk))
        address = sent(client, address, form)
        overtake(alice, workout, "Pull-up: 10")

        back = sign_in(client, alice, address)
        answer = client.post(address, {**form, "revision": value(back, "revision"), "save": "1"})

        assert answer.status_code == 409
        assert box(answer) == "Pull-up: 9"
        assert "Pull-up: 10" in page(answer)

    def test_stays_until_it_is_sent_again(self, alice, client):
        sign_in(client, alice, sent(client, NEW, filled("Pull-up: 8", owner=str(alice.pk))))

        assert box(client.get(NEW)) == "Pull-up: 8"
        assert client.post(NEW, filled("Pull-up: 8")).status_code == 302
        assert box(client.get(NEW)) == ""

    def test_is_discarded_by_its_button(self, alice, client):
        sign_in(client, alice, sent(client, NEW, filled("Pull-up: 8", owner=str(alice.pk))))

        answer = client.post(NEW, {"discard": "1"}, follow=True)

        assert box(answer) == ""
        assert "What you wrote is back" not in words(answer)

    def test_is_not_shown_to_somebody_else(self, alice, charlie, client):
        address = sent(client, NEW, filled("Pull-up: 8, secret", owner=str(alice.pk)))

        assert "secret" not in page(sign_in(client, charlie, address))
        assert not client.session["kept_posts"]

    def test_says_whose_it_is(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")

        for address in (NEW, f"{workout.get_absolute_url()}edit/"):
            assert value(alices_client.get(address), "owner") == str(alice.pk)

    def test_that_is_huge_is_not_kept(self, alice, client):
        sent(client, NEW, filled("x" * LONGEST_KEPT, owner=str(alice.pk)))

        assert not Session.objects.exists()

    def test_is_kept_for_so_many_visitors_an_hour(self, client, settings):
        settings.ACCOUNT_RATE_LIMITS = {"keep_post": "2/h/ip"}

        for _ in range(4):
            Client().post(NEW, filled(TEXT, owner="1"))

        assert Session.objects.count() == 2

    def test_without_an_owner_is_not_kept(self, client):
        sent(client, NEW, filled("Pull-up: 8"))

        assert not Session.objects.exists()

    def test_keeps_the_last_few(self, alice, client):
        paths = [f"/exercises/own/x{number}/edit/" for number in range(MOST_KEPT + 1)]
        for path in paths:
            sent(client, path, {"owner": alice.pk, "name": "x"})

        assert list(client.session["kept_posts"]) == paths[1:]

    def test_does_not_shorten_the_session_that_follows(self, alice, client):
        address = sent(client, NEW, filled("Pull-up: 8", owner=str(alice.pk)))
        assert client.session.get_expiry_age() <= 86_400

        sign_in(client, alice, address)

        assert client.session.get_expiry_age() > 80 * 86_400


class TestOtherForms:
    def test_of_a_new_own_exercise_is_back(self, alice, client):
        form = {"name": "Zercher carry", "steps": "Lift.\nWalk.", "owner": alice.pk}

        response = sign_in(client, alice, sent(client, "/exercises/own/new/?next=/muscles/", form))

        assert response.status_code == 200
        assert value(response, "name") == "Zercher carry"
        assert value(response, "next") == "/muscles/"
        assert "Lift.\nWalk.</textarea>" in page(response)

    def test_of_an_own_exercise_is_back(self, alice, client):
        own = make_own_exercise(owner=alice, name="Zercher carry")
        form = {"name": "Zercher walk", "load_type": "external", "owner": alice.pk}

        response = sign_in(client, alice, sent(client, f"/exercises/own/{own.slug}/edit/", form))

        assert value(response, "name") == "Zercher walk"

    def test_of_the_settings_is_back(self, alice, client):
        form = {"unit": "lb", "week_start": "7", "owner": alice.pk}

        response = sign_in(client, alice, sent(client, "/accounts/settings/", form))

        assert response.status_code == 200
        assert '<option value="lb" selected>' in page(response)
        alice.athlete.refresh_from_db()
        assert alice.athlete.unit == "kg"

    def test_of_a_body_weight_is_back(self, alice, client):
        form = {"unit": "lb", "weight": "17x", "day": "2026-11-20", "owner": alice.pk}

        response = sign_in(client, alice, sent(client, "/bodyweight/", form))

        assert response.status_code == 200
        assert value(response, "weight") == "17x"
        assert value(response, "day") == "2026-11-20"


class TestPostedOnly:
    """What has no page of its own leads to one after signing in."""

    def test_bringing_back_leads_to_the_deleted_ones(self, alice, client):
        workout = log(alice, "Pull-up: 8")

        address = sent(client, f"{workout.get_absolute_url()}restore/", {})

        assert sign_in(client, alice, address).status_code == 200
        assert address == "/workouts/deleted/"

    @pytest.mark.parametrize("path", ["x/restore/", "names/1/forget/"])
    def test_own_exercises_lead_to_their_list(self, client, path):
        assert sent(client, f"/exercises/own/{path}", {}) == "/exercises/own/"


class TestWithHtmx:
    def test_a_preview_says_so_and_keeps_the_page(self, client):
        response = client.post(NEW, filled("Pull-up: 8", press="preview"), headers=PREVIEW)

        assert response.status_code == 200
        assert 'id="preview"' in page(response)
        assert "You have been signed out" in words(response)
        assert "<html" not in page(response)

    def test_the_whole_form_asks_to_sign_in(self, alice, client):
        form = filled(TEXT, press="mine", owner=str(alice.pk))

        response = client.post(NEW, form, headers=WHOLE_FORM)

        assert response.headers["HX-Redirect"] == f"/accounts/login/?next={NEW}"
        assert box(sign_in(client, alice, NEW)) == TEXT

    def test_a_part_of_a_page_is_left_out(self, client):
        answer = client.get(
            "/progress/exercises/pull-up/?part=own-history", headers={"HX-Request": "true"}
        )

        assert answer.status_code == 204


class TestDeletedMeanwhile:
    def test_edit_is_given_back_to_be_a_workout_of_its_own(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")
        delete_workout(athlete=alice.athlete, key=workout.pk, at=workout.created_at)
        form = filled("Pull-up: 9", revision="1", id=str(workout.pk))

        asked = alices_client.post(f"{workout.get_absolute_url()}edit/", form)

        assert asked.status_code == 409
        assert "This workout was deleted in between" in words(asked)
        assert box(asked) == "Pull-up: 9"
        assert f'action="{NEW}"' in page(asked)
        saved = alices_client.post(NEW, {**form, "id": value(asked, "id")})
        assert saved.status_code == 302
        assert alice.athlete.workouts.live().with_entries().get().text.endswith("Pull-up: 9")

    def test_is_no_page_to_begin_an_edit(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")
        delete_workout(athlete=alice.athlete, key=workout.pk, at=workout.created_at)

        assert alices_client.get(f"{workout.get_absolute_url()}edit/").status_code == 404


def overtake(user: User, workout, text: str) -> None:
    """Save another text of the workout first."""
    other = Client()
    other.force_login(user)
    form = filled(text, revision="1", id=str(workout.pk))
    assert other.post(f"{workout.get_absolute_url()}edit/", form).status_code == 302
