"""Reading the values of a chart without any script, by keys and by a pointer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import UserFactory, weigh_daily
from tests.journeys.signing_in import give_session


@pytest.fixture
def alice(transactional_db: None) -> User:
    """Weighed on each of ten days, until today."""
    alice = UserFactory.create(username="alice")
    weigh_daily(alice, 10, last=timezone.now().date())
    return alice


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, alice: User) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
    )
    give_session(context, alice)
    page = context.new_page()
    page.goto("/bodyweight/")
    yield page
    context.close()


def is_shown(page: Page, number: int) -> None:
    """That the words of one point are shown, and of no other."""
    words = page.locator(".chart-words")
    for place in range(words.count()):
        expect(words.nth(place)).to_have_css("opacity", "1" if place == number else "0")


def test_the_last_value_is_shown_at_first(page: Page) -> None:
    is_shown(page, 9)


def test_one_stop_for_tab_and_the_arrow_keys(page: Page) -> None:
    points = page.get_by_role("radiogroup", name="Points of Body weight").get_by_role("radio")

    page.get_by_role("link", name="All").focus()
    page.keyboard.press("Tab")

    expect(points.nth(9)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(points.nth(7)).to_be_focused()
    day = timezone.now().date() - timedelta(days=2)
    expect(points.nth(7)).to_have_accessible_name(f"{day:%-d %b %Y}: 80 kg, 7-day mean 80.0 kg")
    is_shown(page, 7)
    page.keyboard.press("Tab")
    expect(page.get_by_text("As a table")).to_be_focused()


def test_a_pointer_reads_what_is_nearest(page: Page) -> None:
    reach = page.locator(".chart-reach").nth(2).bounding_box()
    assert reach

    page.mouse.move(reach["x"] + reach["width"] / 2, reach["y"] + 5)

    is_shown(page, 2)
    page.mouse.move(0, 0)
    is_shown(page, 9)


def test_the_table_has_all(page: Page) -> None:
    page.get_by_text("As a table").click()

    rows = page.get_by_role("region", name="Table of Body weight").get_by_role("row")
    expect(rows).to_have_count(11)
