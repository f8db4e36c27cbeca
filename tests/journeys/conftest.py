"""The browser of the journeys: a Chromium that is installed already, never one that is fetched."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.demo_server import Site, served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all that lies in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


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


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The whole demo, for journeys that change little of it."""
    with served() as site:
        yield site
