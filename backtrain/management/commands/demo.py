"""``manage.py demo``: everything needed to look around, then the server."""

import os
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from exercises.models import Exercise
from workouts.demo import make_demo_training

PASSWORD = "backtrain-demo"  # noqa: S105  (printed for everyone to see; refused outside DEBUG)
ACCOUNTS = (
    ("demo", "athlete with two years of training"),
    ("new", "athlete who has logged nothing yet"),
    ("editor", "edits the catalogue in /admin/"),
    ("admin", "administrator"),
)

# As in docs/deploying.md, which says what each is for.
OPTIONS = (
    *("--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "4"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
    *("--http1-header-read-timeout", "10000"),
)


class Command(BaseCommand):
    help = (
        "Prepares a demo (database, catalogue, accounts with two years of training) and serves it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--no-serve", action="store_true", help="Prepare only.")

    def handle(self, *, port: int, host: str, no_serve: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo makes accounts with a password that everyone knows, so it runs only"
                " with DEBUG=1. On a real server, run `manage.py createsuperuser` instead."
            )
        call_command("migrate", verbosity=0)
        if not Exercise.objects.exists():
            self.stdout.write("Loading the catalogue …")
        call_command("sync_catalog", verbosity=0)
        names = [name for name, _ in ACCOUNTS]
        if not User.objects.filter(username__in=names).exists():
            self.stdout.write("Making two years of training …")
            make_accounts()
        self.announce(host, port)
        if not no_serve:
            serve(host, port)

    def announce(self, host: str, port: int) -> None:
        lines = [f"  {name:<8} {what}" for name, what in ACCOUNTS]
        self.stdout.write(
            "\n".join(
                [
                    "",
                    self.style.SUCCESS(f"Backtrain: http://{host}:{port}/"),
                    f"Sign in with the password {PASSWORD} as",
                    *lines,
                    "Stop with Ctrl-C. What you log is kept for the next start.",
                    "",
                ]
            )
        )
        self.stdout.flush()


@transaction.atomic
def make_accounts() -> None:
    """The demo's four accounts, and the training of ``demo``."""
    demo = User.objects.create_user("demo", "demo@example.org", PASSWORD)
    User.objects.create_user("new", "new@example.org", PASSWORD)
    editor = User.objects.create_user("editor", "editor@example.org", PASSWORD, is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    User.objects.create_superuser("admin", "admin@example.org", PASSWORD)
    demo.athlete.time_zone = "Europe/London"
    demo.athlete.save()
    make_demo_training(demo.athlete, today=demo.athlete.day_at(timezone.now()))


def serve(host: str, port: int) -> None:
    """Become the application server, so that Ctrl-C and signals reach it."""
    address = ["--host", host, "--port", str(port)]
    command = [sys.executable, "-m", "granian", *OPTIONS, *address, "backtrain.wsgi:application"]
    os.execv(sys.executable, command)  # noqa: S606
