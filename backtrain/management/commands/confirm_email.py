"""``manage.py confirm_email``: whoever runs the server vouches for someone's address."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backtrain.accounts import AddressTaken, confirm_address


class Command(BaseCommand):
    help = (
        "Confirms an account's e-mail address without a letter. A second factor waits for a"
        " confirmed address, and the first administrator may have no mail server yet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="The account's user name.")

    def handle(self, *, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        try:
            address = confirm_address(user)
        except AddressTaken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self._said(user, address))

    def _said(self, user: User, address: EmailAddress | None) -> str:
        if address is None:
            return f"{user} has no address, so there is nothing to confirm."
        return f"{address} of {user} is confirmed."
