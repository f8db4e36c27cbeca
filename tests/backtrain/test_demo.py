"""``manage.py demo`` prepares once, keeps what was logged, and only ever runs in development."""

import os
import sys

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from exercises.models import Exercise, Muscle
from workouts.models import Workout


@pytest.fixture
def in_debug(settings):
    settings.DEBUG = True


@pytest.mark.django_db
class TestDemo:
    def test_refuses_outside_development(self, settings):
        settings.DEBUG = False

        with pytest.raises(CommandError, match="DEBUG=1"):
            call_command("demo", "--no-serve")

        assert not User.objects.exists()

    def test_makes_catalogue_accounts_and_training(self, in_debug, client, capsys):
        call_command("demo", "--no-serve", "--port", "8123")

        assert Muscle.objects.count() == 51
        assert Exercise.objects.exclude(article_place=None).count() == 24
        assert set(User.objects.values_list("username", flat=True)) == {
            "demo",
            "new",
            "editor",
            "admin",
        }
        assert Workout.objects.filter(athlete__user__username="demo").count() > 250
        assert not Workout.objects.filter(athlete__user__username="new").exists()
        said = capsys.readouterr().out
        assert "http://127.0.0.1:8123/" in said
        assert "backtrain-demo" in said
        assert client.login(username="demo", password="backtrain-demo")

    def test_keeps_what_was_changed_since(self, in_debug):
        call_command("demo", "--no-serve")
        Exercise.objects.filter(slug="pull-up").update(summary="Edited.")
        newest = Workout.objects.newest_first()[0]
        newest.delete()
        workouts = Workout.objects.count()

        call_command("demo", "--no-serve")

        assert Exercise.objects.get(slug="pull-up").summary == "Edited."
        assert Workout.objects.count() == workouts
        assert User.objects.count() == 4

    def test_becomes_the_server(self, in_debug, monkeypatch):
        started = []
        monkeypatch.setattr(os, "execv", lambda *command: started.append(command))

        call_command("demo", "--port", "8124", "--host", "127.0.0.1")

        ((program, command),) = started
        assert program == sys.executable
        assert command[1:3] == ["-m", "granian"]
        assert command[command.index("--port") + 1] == "8124"
        assert command[-1] == "backtrain.wsgi:application"
