"""``manage.py doctor``: how the installation is, and what to do about it."""

import sys
from typing import Any

from django.core.checks import INFO
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from backtrain.doctor import Part, examine, is_wrong

WIDTH = 14


class Command(BaseCommand):
    help = (
        "Looks at settings, database, migrations, catalogue, accounts, static files, storage, mail,"
        " cache, clock, disk, proxy and backups, and says what to do. Ends with 1 if anything is"
        " wrong."
    )
    requires_system_checks = ()  # they are what it tells of

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mail", default="", metavar="ADDRESS", help="Send a mail there.")
        parser.add_argument(
            "--url", default="", help="Ask the site at this address, through its proxy."
        )

    def handle(self, *, mail: str, url: str, **options: Any) -> None:
        parts = []
        for part in examine(mail_to=mail, url=url, now=timezone.now()):
            self.tell(part)
            parts.append(part)
        if is_wrong(parts):
            sys.exit(1)

    def tell(self, part: Part) -> None:
        if not part.messages:
            self.stdout.write(f"{self.style.SUCCESS('good ')} {part.name:<{WIDTH}}{part.good}")
        for message in part.messages:
            mark = (
                self.style.NOTICE("note ") if message.level <= INFO else self.style.ERROR("WRONG")
            )
            self.stdout.write(f"{mark} {part.name:<{WIDTH}}{one_sentence(message.msg)}")
            if message.hint:
                self.stdout.write(f"{'':<{WIDTH + 6}}→ {one_sentence(message.hint)}")


def one_sentence(text: object) -> str:
    """On one line, as Django's own messages are not."""
    return " ".join(str(text).split())
