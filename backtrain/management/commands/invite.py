"""``manage.py invite``: a link with which one person may sign up, while the site is not open."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from backtrain.invitations import CLOSED, GOOD_FOR, has_account, path_for


class Command(BaseCommand):
    help = (
        "Prints a link with which whoever has this e-mail address may sign up, once, within"
        f" {GOOD_FOR.days} days. For REGISTRATION=invited."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="The e-mail address of whoever is invited.")
        parser.add_argument(
            "--site", help="Where the site is; by default https:// and the first of ALLOWED_HOSTS."
        )

    def handle(self, *, address: str, site: str | None, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address} is not a whole e-mail address.") from error
        if has_account(address):
            raise CommandError(f"An account has {address} already.")
        if settings.REGISTRATION == CLOSED:
            raise CommandError(
                "Nobody may sign up while REGISTRATION is closed: set it to invited."
            )
        host = site or f"https://{settings.ALLOWED_HOSTS[0]}"
        self.stdout.write(f"{host.rstrip('/')}{path_for(address)}")
