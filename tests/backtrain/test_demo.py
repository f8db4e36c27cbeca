import os
import re
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.urls import reverse

from backtrain.management.commands.demo import OPTIONS, Command, serve
from exercises.models import Exercise
from tests.factories import log
from workouts.models import Workout

ACCOUNTS = ("demo", "new", "editor", "admin")

pytestmark = pytest.mark.django_db


def run(*arguments):
    output = StringIO()
    call_command("demo", *arguments, stdout=output)
    return output.getvalue()


def everything():
    """All rows of the database, as text."""
    return {
        model._meta.label: serialize("json", model._base_manager.order_by("pk"))
        for model in apps.get_models(include_auto_created=True)
    }


@pytest.fixture
def debug(settings):
    settings.DEBUG = True


class TestRefusing:
    @pytest.mark.parametrize("arguments", [[], ["--no-serve"]])
    def test_makes_nothing_when_debug_is_off(self, settings, arguments):
        settings.DEBUG = False
        User.objects.all().delete()

        with pytest.raises(CommandError, match="runs only with DEBUG=1"):
            run(*arguments)

        assert not User.objects.exists()


class TestPreparing:
    def test_makes_four_accounts(self, demo):
        users = User.objects.order_by("pk")

        assert [(user.username, user.is_staff, user.is_superuser) for user in users] == [
            ("demo", False, False),
            ("new", False, False),
            ("editor", True, False),
            ("admin", True, True),
        ]
        assert users[2].has_perm("exercises.change_exercise")
        assert not users[2].has_perm("workouts.view_workout")

    def test_makes_accounts_that_can_sign_in(self, demo, client):
        for login in ("demo", "new@example.org", "editor", "admin"):
            answer = client.post(
                reverse("account_login"), {"login": login, "password": "backtrain-demo"}
            )

            assert (answer.status_code, answer.url) == (302, "/")
            client.logout()

    def test_makes_two_years_of_training_up_to_yesterday(self, demo):
        days = list(Workout.objects.order_by("day").values_list("day", flat=True))

        assert len(days) > 250
        assert date(2022, 2, 28) <= days[0] < date(2022, 4, 1)
        assert date(2024, 2, 15) < days[-1] < date(2024, 2, 29)
        assert {workout.athlete.user.username for workout in Workout.objects.all()} == {"demo"}

    def test_says_where_it_is_and_how_to_sign_in(self, demo):
        for said in ("http://127.0.0.1:8765/", "backtrain-demo", *ACCOUNTS):
            assert said in demo

    def test_again_keeps_what_was_logged_and_changes_nothing(self, demo, debug):
        mine = log(User.objects.get(username="demo"), "Pull-up: 8, 8, 6")
        Exercise.objects.filter(slug="pull-up").update(summary="Edited.")
        run("--no-serve")  # the catalogue notices what was edited
        before = everything()

        run("--no-serve")

        assert everything() == before
        assert Exercise.objects.get(slug="pull-up").summary == "Edited."
        assert Workout.objects.filter(pk=mine.pk).exists()


class TestOlderDemo:
    """Used to keep its data in db.sqlite3, which is a real server's."""

    @pytest.fixture
    def said(self, demo, debug, settings, monkeypatch, tmp_path):
        def said(*files, file=tmp_path / "demo.sqlite3"):
            for name in files:
                (tmp_path / name).touch()
            settings.BASE_DIR = tmp_path
            database = {**settings.DATABASES["default"], "NAME": str(file)}
            monkeypatch.setitem(settings.DATABASES, "default", database)
            output = StringIO()
            Command(stdout=output).look_for_older_demo()
            return output.getvalue()

        return said

    def test_is_told_where_its_data_are(self, said):
        assert "rename it to demo.sqlite3" in said("db.sqlite3")

    @pytest.mark.parametrize("files", [(), ("demo.sqlite3",), ("db.sqlite3", "demo.sqlite3")])
    def test_is_not_imagined(self, said, files):
        assert said(*files) == ""

    def test_does_not_matter_where_one_says_which_file(self, said):
        assert said("db.sqlite3", file="/elsewhere/demo.sqlite3") == ""


class TestServing:
    @pytest.fixture
    def started(self, monkeypatch):
        started = []
        monkeypatch.setattr(
            os, "execve", lambda program, arguments, environment: started.append(arguments)
        )
        return started

    @pytest.fixture
    def collected(self, monkeypatch, settings, tmp_path):
        """The commands that collect static files, into a folder of the test's."""
        settings.STATIC_ROOT = tmp_path
        collected = []
        monkeypatch.setattr(
            subprocess, "run", lambda command, **options: collected.append((command, options))
        )
        return collected

    def test_becomes_the_application_server(self, started):
        serve("0.0.0.0", 8123)

        [arguments] = started
        assert arguments[:3] == [sys.executable, "-m", "granian"]
        assert arguments[-1] == "backtrain.wsgi:application"
        assert arguments[arguments.index("--host") + 1] == "0.0.0.0"
        assert arguments[arguments.index("--port") + 1] == "8123"
        assert arguments[arguments.index("--interface") + 1] == "wsgi"

    def test_starts_it_as_the_docs_do(self, settings, started):
        serve("127.0.0.1", 8000)

        said = (settings.BASE_DIR / "docs/deploying.md").read_text().replace("\\\n", " ")
        [command] = re.findall(r"^\S+python -m granian (.*)$", said, re.MULTILINE)
        [arguments] = started
        assert command.split() == [*OPTIONS, arguments[-1]]

    def test_comes_last(self, demo, started, collected, debug):
        said = run("--port", "8123")

        assert len(started) == 1
        assert "http://127.0.0.1:8123/" in said

    def test_is_left_out_on_request(self, demo, started, collected, debug):
        run("--no-serve")

        assert (started, collected) == ([], [])

    def test_has_static_files_collected_once_for_the_same_code(
        self, demo, started, collected, debug, monkeypatch
    ):
        said = [run(), run()]
        monkeypatch.setattr("backtrain.management.commands.demo.build", lambda: "other code")
        said.append(run())

        assert ["Compressing" in each for each in said] == [True, False, True]
        assert len(collected) == 2
        command, options = collected[0]
        assert command[1:3] == ["manage.py", "collectstatic"]
        assert options["env"]["COLLECTED_STATIC"] == "1"
