"""``manage.py demo``: everything needed to look around, then the server."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backtrain.demo_accounts import ACCOUNTS, NAMES, PASSWORD, make_accounts
from exercises.models import Exercise
from exercises.page_cache import build

# As in docs/deploying.md, which says what each is for.
OPTIONS = (
    *("--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "4"),
    *("--respawn-failed-workers", "--respawn-interval", "20", "--workers-kill-timeout", "10"),
    *("--http1-header-read-timeout", "10000"),
)
COLLECTED = {"COLLECTED_STATIC": "1"}


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
        self.look_for_older_demo()
        call_command("migrate", verbosity=0)
        if not Exercise.objects.exists():
            self.stdout.write("Loading the catalogue …")
        call_command("sync_catalog", verbosity=0)
        if not User.objects.filter(username__in=NAMES).exists():
            self.stdout.write("Making two years of training …")
            make_accounts()
        if not no_serve:
            self.collect_static_files()
        self.announce(host, port)
        if not no_serve:
            serve(host, port)

    def collect_static_files(self) -> None:
        """Hash and compress them, as on a real server, unless it was done with this very code."""
        stamp = Path(settings.STATIC_ROOT) / ".build"
        if stamp.exists() and stamp.read_text() == build():
            return
        self.stdout.write("Compressing style sheets, scripts and drawings …")
        command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        environment = {**os.environ, **COLLECTED}
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)  # noqa: S603
        stamp.write_text(build())

    def look_for_older_demo(self) -> None:
        """The demo used to keep its data where a real server keeps its own."""
        file, older = Path(settings.DATABASES["default"]["NAME"]), settings.BASE_DIR / "db.sqlite3"
        if file == settings.BASE_DIR / "demo.sqlite3" and older.exists() and not file.exists():
            self.stdout.write(
                f"The demo keeps its data in {file.name} now. {older.name} is left alone: to go on"
                f" with a demo that is in it, stop, and rename it to {file.name}."
            )

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


def serve(host: str, port: int) -> None:
    """Become the application server, so that Ctrl-C and signals reach it."""
    address = ["--host", host, "--port", str(port)]
    command = [sys.executable, "-m", "granian", *OPTIONS, *address, "backtrain.wsgi:application"]
    os.execve(sys.executable, command, {**os.environ, **COLLECTED})  # noqa: S606
