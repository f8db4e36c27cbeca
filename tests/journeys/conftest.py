"""The browser of the journeys: a Chromium that is installed already, never one that is fetched."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread, current_thread
from time import monotonic, sleep
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from playwright.sync_api import Browser, BrowserContext

from tests.demo_server import Site, served
from tests.static_files import join_static_files


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all that lies in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as it is served from: in memory it answers two requests at once with
    "database table is locked" where it would wait.
    """
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "journeys.sqlite3"
        database["TEST"]["NAME"] = str(file)
        tuned = database["OPTIONS"]["init_command"]
        database["OPTIONS"]["init_command"] = f"{tuned} PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session", autouse=True)
def joined_static_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each journey has a browser that has kept nothing: eighty files would be most of its time."""
    join_static_files(tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> None:
    """Let tests use the database, though Playwright's event loop runs in their thread."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser that make has found (CHROMIUM), or the one on PATH."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("There is no Chromium; make browser gets one.", pytrace=False)
    return {**browser_type_launch_args, "executable_path": chromium}


@pytest.fixture(autouse=True)
def without_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where it is asked for: it fetches pages and files besides, while others are timed."""
    new_context = Browser.new_context

    def blocked(self: Browser, **options: Any) -> BrowserContext:
        return new_context(self, **{"service_workers": "block", **options})

    monkeypatch.setattr(Browser, "new_context", blocked)


class UnderWay:
    """The threads in which the server of the tests is answering a request."""

    def __init__(self) -> None:
        self._threads: set[Thread] = set()

    def begin(self, **_: object) -> None:
        self._threads.add(current_thread())

    def end(self, **_: object) -> None:
        self._threads.discard(current_thread())

    def wait(self) -> None:
        """Until none has been under way for a moment, or for two seconds. One whose browser has
        gone may die without an end.
        """
        until, quiet = monotonic() + 2, 0
        while quiet < 5 and monotonic() < until:
            sleep(0.02)
            quiet = 0 if any(thread.is_alive() for thread in self._threads.copy()) else quiet + 1


@pytest.fixture(autouse=True)
def answered(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a page sends while it is left is answered before the tables are emptied: else it writes
    into the next test's, or they can't be.
    """
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    under_way = UnderWay()
    request_started.connect(under_way.begin)
    request_finished.connect(under_way.end)
    yield
    under_way.wait()
    request_started.disconnect(under_way.begin)
    request_finished.disconnect(under_way.end)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The whole demo, for journeys that change little of it."""
    with served() as site:
        yield site
