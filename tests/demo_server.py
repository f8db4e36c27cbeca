"""The demo on a server in a process of its own, with a database of its own.

The child process (`python -m tests.demo_server FOLDER`) makes the demo in the folder, says in a
line of JSON where it is, and serves it until its input ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.provider_double import CLIENT, SECRET, provided

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

ROOT = Path(__file__).parent.parent
SESSION_COOKIE = "sessionid"


@dataclass(frozen=True, slots=True)
class Site:
    """Where the demo is, what its addresses leave open, and the session of each who is in it."""

    address: str
    keys: dict[str, str]
    sessions: dict[str, str]

    def tab(self, browser: Browser, who: str, **options: Any) -> Tab:
        """A tab in which someone is signed in and nothing moves."""
        context = browser.new_context(
            base_url=self.address, locale="en-GB", reduced_motion="reduce", **options
        )
        if session := self.sessions.get(who):
            context.add_cookies([{"name": SESSION_COOKIE, "value": session, "url": self.address}])
        return context.new_page()


@contextmanager
def served() -> Iterator[Site]:
    """Serve the demo from a temporary folder; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="backtrain-") as folder:
        command = [sys.executable, "-m", "tests.demo_server", folder]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdin is not None
            assert server.stdout is not None
            said = server.stdout.readline()
            if not said:
                raise RuntimeError("The demo could not be served; see above.")
            try:
                yield Site(**json.loads(said))
            finally:
                server.stdin.close()


# The child process


def main(folder: str) -> None:
    """Make the demo, say where it is, serve it."""
    with provided() as provider:
        serve(folder, provider.issuer)


def serve(folder: str, issuer: str) -> None:
    """Serve it with a button for the provider, until standard input ends."""
    set_up_django(folder, issuer)
    from django.core.management.commands.migrate import Command
    from pytest_django.live_server_helper import LiveServer

    from tests.demo_site import client_of, make_demo
    from tests.migrated import KEPT, migrating_from
    from tests.pages import DEMO, EDITOR, NEW, WARY
    from tests.static_files import join_static_files

    Command.handle = migrating_from(KEPT)  # type: ignore[method-assign]
    keys = make_demo()
    join_static_files(Path(folder) / "static")
    clients = {who: client_of(who) for who in (NEW, DEMO, WARY, EDITOR)}
    sessions = {who: client.cookies[SESSION_COOKIE].value for who, client in clients.items()}
    server = LiveServer("localhost")
    print(json.dumps(asdict(Site(server.url, keys, sessions))), flush=True)
    sys.stdin.read()
    server.stop()


def set_up_django(folder: str, issuer: str) -> None:
    """Start Django on an empty database in the folder, with error pages as on a real server."""
    os.environ |= {
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "LOG_LEVEL": "CRITICAL",
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "the club",
        "DJANGO_SETTINGS_MODULE": "backtrain.settings",
    }
    import django
    from django.conf import settings

    django.setup()
    settings.DEBUG = False
    settings.ROOT_URLCONF = "tests.urls"
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


if __name__ == "__main__":
    main(sys.argv[1])
