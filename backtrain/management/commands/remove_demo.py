"""``manage.py remove_demo``: a database that was a demo becomes one for real people."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from backtrain.demo_accounts import demo_accounts
from exercises.counting import counted


class Command(BaseCommand):
    help = (
        "Removes the accounts that have the demo's password, with all that they logged. Accounts"
        " with another password and the catalogue stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-input", action="store_true", help="Remove without asking first.")

    def handle(self, *, no_input: bool, **options: Any) -> None:
        users = demo_accounts()
        if not users:
            self.stdout.write("No account has the demo's password.")
            return
        for user in users:
            count = user.athlete.workouts.count()
            self.stdout.write(f"  {user}: {counted(count, 'workout')}")
        if not no_input and input("Remove these accounts for good? Type yes: ") != "yes":
            raise CommandError("Nothing was removed.")
        remove(users)
        self.stdout.write("Removed.")


@transaction.atomic
def remove(users: list[User]) -> None:
    for user in users:
        user.delete()
