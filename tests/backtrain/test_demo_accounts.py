"""A database with the demo's accounts in it never becomes a real server's unnoticed."""

from io import StringIO

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse

from backtrain import checks, demo_accounts
from backtrain.demo_accounts import NAMES, PASSWORD, SALT
from exercises.models import Exercise
from tests.backtrain.test_checks import ids
from tests.demo_site import furnish
from tests.factories import UserFactory
from workouts.models import Workout

pytestmark = pytest.mark.django_db


def found():
    return [user.username for user in demo_accounts.demo_accounts()]


def remove(*arguments):
    output = StringIO()
    call_command("remove_demo", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def nobody(db):
    """An instance without accounts, though the demo is there for other tests of this file."""
    User.objects.all().delete()


class TestFinding:
    def test_finds_all_four(self, demo):
        assert found() == sorted(NAMES)

    def test_finds_them_under_other_names(self, demo):
        User.objects.filter(username="admin").update(username="boss")

        assert "boss" in found()

    def test_finds_those_that_older_demos_made(self, nobody):
        UserFactory.create(username="admin", password=PASSWORD)

        assert found() == ["admin"]

    def test_leaves_out_who_took_another_password(self, demo):
        for user in User.objects.all():
            user.set_password("another long phrase")
            user.save()

        assert found() == []

    def test_leaves_out_people_who_are_called_like_them(self, nobody, alice):
        UserFactory.create(username="admin")
        UserFactory.create(username="new", password=None)

        assert found() == []

    def test_still_finds_them_after_they_signed_in(self, demo, client):
        client.post(reverse("account_login"), {"login": "admin", "password": PASSWORD})
        User.objects.filter(username="admin").update(username="boss")

        assert "boss" in found()

    def test_hashes_nothing_for_the_demos_own(self, demo, monkeypatch, django_assert_num_queries):
        monkeypatch.setattr(demo_accounts, "check_password", None)

        with django_assert_num_queries(1):
            assert len(found()) == 4

    def test_mark_is_one_that_django_keeps(self):
        hasher = hashers.PBKDF2PasswordHasher()

        assert not hasher.must_update(make_password(PASSWORD, salt=SALT, hasher=hasher))


class TestStart:
    @pytest.fixture(autouse=True)
    def production(self, settings):
        settings.DEBUG = False

    def test_is_refused_with_the_command_that_removes_them(self, demo):
        [error] = checks.check_demo_accounts()

        assert error.id == "backtrain.E006"
        assert "as admin, demo, editor, new." in error.msg
        assert "manage.py remove_demo" in error.hint

    def test_is_refused_by_the_check_for_deployment(self, demo):
        every = run_checks(include_deployment_checks=True, databases=["default"])

        assert "backtrain.E006" in ids(every)

    def test_is_fine_without_them(self, nobody, alice):
        assert checks.check_demo_accounts() == []

    def test_is_fine_where_one_develops(self, demo, settings):
        settings.DEBUG = True

        assert checks.check_demo_accounts() == []

    def test_leaves_a_database_without_tables_to_others(self, monkeypatch):
        def no_table():
            raise OperationalError("no such table: auth_user")

        monkeypatch.setattr(checks, "demo_accounts", no_table)

        assert checks.check_demo_accounts() == []


class TestRemoving:
    def test_takes_all_that_they_logged_and_nothing_else(self, demo, alice):
        furnish()
        catalogue = Exercise.objects.filter(owner=None).count()

        said = remove("--no-input")

        assert {"alice", "wary"} == {user.username for user in User.objects.all()}
        assert not Workout.objects.exists()
        assert Exercise.objects.count() == Exercise.objects.filter(owner=None).count() == catalogue
        assert "  demo: " in said
        assert "  new: 0 workouts" in said
        assert said.endswith("Removed.\n")

    def test_asks_first(self, demo, monkeypatch):
        monkeypatch.setattr("builtins.input", lambda question: "y")

        with pytest.raises(CommandError, match="Nothing was removed"):
            remove()
        assert len(found()) == 4

        monkeypatch.setattr("builtins.input", lambda question: "yes")
        remove()
        assert found() == []

    def test_of_nothing_says_so(self, nobody, alice):
        assert remove() == "No account has the demo's password.\n"

    def test_keeps_people_who_are_called_like_them(self, demo):
        person = User.objects.get(username="new")
        person.set_password("another long phrase")
        person.save()

        remove("--no-input")

        assert [user.username for user in User.objects.all()] == ["new"]


class TestPassword:
    def test_can_be_chosen_by_nobody(self, nobody, client):
        page = client.post(
            reverse("account_signup"),
            {"username": "demo", "email": "d@example.net", "password1": PASSWORD},
        )

        assert "This password is too common." in page.content.decode()
        assert not User.objects.exists()
