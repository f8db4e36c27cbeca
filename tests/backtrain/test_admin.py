"""Who may see what in the admin beyond the catalogue: support staff look, and change nothing."""

import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from exercises.models import Exercise
from tests.conftest import signed_in
from tests.factories import ExerciseFactory, UserFactory, log
from workouts.models import Workout
from workouts.saving import delete_workout

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LIST = reverse("admin:workouts_workout_changelist")
ADD = reverse("admin:workouts_workout_add")


def page(name, workout):
    return reverse(f"admin:workouts_workout_{name}", args=[workout.pk])


@pytest.fixture
def support():
    """Answers athletes' questions: may view workouts."""
    user = UserFactory.create(username="sam", is_staff=True)
    permissions = Permission.objects.filter(content_type__app_label="workouts")
    user.user_permissions.set(permissions.filter(codename__startswith="view_"))
    return signed_in(user)


@pytest.fixture
def workout(alice, row):
    return log(alice, f"2026-11-22 Back day\n{row.name}: 60 kg x 8, 60 kg x 7")


class TestSupport:
    def test_finds_a_workout_by_its_athlete(self, support, workout):
        for query in ("alice", "alice@example.org", str(workout.pk)):
            found = support.get(LIST, {"q": query}).context["cl"].result_list
            assert list(found) == [workout]

        assert list(support.get(LIST, {"q": "charlie"}).context["cl"].result_list) == []

    def test_reads_a_workout(self, support, workout):
        shown = support.get(page("change", workout)).content.decode()

        assert "Back day" in shown
        assert "Bent-over barbell row" in shown
        assert 'name="_save"' not in shown
        assert 'name="title"' not in shown

    def test_looks_at_its_changes(self, support, workout):
        assert support.get(page("history", workout)).status_code == 200

    def test_changes_nothing(self, support, workout):
        answers = [
            support.post(page("change", workout), {"title": "Taken over"}),
            support.get(ADD),
            support.post(ADD, {"title": "New"}),
            support.get(page("delete", workout)),
            support.post(page("delete", workout), {"post": "yes"}),
        ]

        assert [answer.status_code for answer in answers] == [403] * 5
        assert Workout.objects.get().title == "Back day"

    def test_deletes_nothing_from_the_list(self, support, workout):
        support.post(LIST, {"action": "delete_selected", "_selected_action": [workout.pk]})

        assert Workout.objects.count() == 1

    def test_costs_the_same_for_any_number(
        self, support, alice, row, django_assert_max_num_queries
    ):
        for number in range(12):
            log(alice, f"{row.name}: {number + 1} kg x 8")

        # session, user, permissions twice, counts, the days there are, workouts with athletes
        with django_assert_max_num_queries(12):
            support.get(LIST)


class TestAdministrator:
    def test_changes_nothing_either(self, admin_client, workout):
        assert admin_client.get(page("change", workout)).status_code == 200
        assert admin_client.post(page("change", workout), {"title": "x"}).status_code == 403
        assert admin_client.post(page("delete", workout), {"post": "yes"}).status_code == 403
        assert admin_client.get(ADD).status_code == 403


class TestDeletingAnAccount:
    """With all that is its, after a page that counts it."""

    @pytest.fixture
    def alices(self, alice, row):
        own = ExerciseFactory.create(owner=alice, name="Alice's press", slug="alices-press")
        log(alice, f"{row.name}: 60 kg x 8, 60 kg x 7", on=date(2026, 11, 22))
        deleted = log(alice, f"{own.name}: 20 kg x 8", on=date(2026, 11, 23))
        delete_workout(athlete=alice.athlete, key=deleted.pk, at=timezone.now())
        EmailAddress.objects.create(user=alice, email=alice.email)

    def test_counts_what_goes_first(self, admin_client, alice, alices):
        asked = admin_client.get(reverse("admin:auth_user_delete", args=[alice.pk]))

        shown = " ".join(re.sub(r"<[^>]*>", " ", asked.content.decode()).split())
        for said in ("Workouts: 2", "Entries: 2", "Sets: 3", "Exercises: 1", "Email addresses: 1"):
            assert said in shown
        assert "Alice's press" not in shown
        assert User.objects.filter(pk=alice.pk).exists()

    def test_counts_in_a_few_queries(self, admin_client, alice, row, django_assert_max_num_queries):
        for day in range(1, 25):
            log(alice, f"{row.name}: 60 kg x 8", on=date(2026, 10, day))

        # session, user, the account, and one for each kind
        with django_assert_max_num_queries(21):
            admin_client.get(reverse("admin:auth_user_delete", args=[alice.pk]))

    def test_takes_all_of_it_and_nothing_else(self, admin_client, alice, charlie, alices, row):
        log(charlie, f"{row.name}: 60 kg x 8")

        answer = admin_client.post(
            reverse("admin:auth_user_delete", args=[alice.pk]), {"post": "yes"}
        )

        assert answer.status_code == 302
        assert not User.objects.filter(pk=alice.pk).exists()
        assert [workout.athlete.user for workout in Workout.objects.all()] == [charlie]
        assert not Exercise.objects.exclude(owner=None).exists()

    def test_of_several_does_so_too(self, admin_client, alice, charlie, alices):
        chosen = {"action": "delete_selected", "_selected_action": [alice.pk, charlie.pk]}
        users = reverse("admin:auth_user_changelist")
        asked = admin_client.post(users, chosen)

        assert "Workouts: 2" in " ".join(asked.content.decode().split())
        admin_client.post(users, chosen | {"post": "yes"})
        assert not User.objects.filter(pk__in=[alice.pk, charlie.pk]).exists()

    def test_is_not_for_support(self, support, alice):
        assert support.get(reverse("admin:auth_user_delete", args=[alice.pk])).status_code == 403


class TestEveryoneElse:
    @pytest.mark.parametrize("address", [LIST, ADD])
    def test_is_turned_away(self, client, alices_client, eddies_client, address):
        assert client.get(address).status_code == 302
        assert alices_client.get(address).status_code == 302
        assert eddies_client.get(address).status_code == 403

    def test_is_turned_away_from_a_workout(self, client, alices_client, eddies_client, workout):
        for name in ("change", "history", "delete"):
            assert client.get(page(name, workout)).status_code == 302
            assert alices_client.get(page(name, workout)).status_code == 302
            assert eddies_client.get(page(name, workout)).status_code == 403

    def test_does_not_see_that_workouts_exist(self, eddies_client, workout):
        index = eddies_client.get(reverse("admin:index")).content.decode()

        assert "workout" not in index.lower()


def test_every_list_and_form_opens_for_the_administrator(admin_client, workout):
    models = [
        model
        for app in admin_client.get(reverse("admin:index")).context["app_list"]
        for model in app["models"]
    ]

    assert {model["object_name"] for model in models} >= {"Exercise", "Muscle", "Workout", "User"}
    for model in models:
        assert admin_client.get(model["admin_url"]).status_code == 200, model["admin_url"]
        if model["add_url"]:
            assert admin_client.get(model["add_url"]).status_code == 200, model["add_url"]
