"""Weighing in, and reading the chart without a mouse."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import UserFactory, weigh_daily
from tests.journeys.signing_in import give_session
from workouts.vocabulary import Unit
from workouts.weighings import record_body_weight


@pytest.fixture
def alice(transactional_db: None) -> User:
    """Weighed on each of the ten days before today."""
    alice = UserFactory.create(username="alice")
    weigh_daily(alice, 10, last=timezone.now().date() - timedelta(days=1))
    return alice


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, alice: User) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True
    )
    give_session(context, alice)
    yield context.new_page()
    context.close()


def test_weigh_in_by_hand(page: Page) -> None:
    page.goto("/bodyweight/")
    page.get_by_label("Weight", exact=True).fill("80,5")
    page.get_by_role("button", name="Save weight").click()

    expect(page.get_by_role("status")).to_contain_text("80.5 kg")
    expect(page.locator(".weighing").first).to_contain_text("80.5 kg")


def test_read_the_chart_with_the_arrow_keys(alice: User, page: Page) -> None:
    record_body_weight(
        athlete=alice.athlete, on=timezone.now().date(), weight=Decimal(81), unit=Unit.KG
    )
    page.goto("/bodyweight/")
    points = page.get_by_role("radiogroup", name="Points of Body weight").get_by_role("radio")
    newest, before = points.nth(10), points.nth(9)

    expect(newest).to_have_accessible_name(re.compile("81 kg, 7-day mean 80.1 kg"))
    expect(page.locator(".chart-words").nth(10)).to_have_css("opacity", "1")
    newest.focus()
    page.keyboard.press("ArrowLeft")

    expect(before).to_be_checked()
    expect(before).to_have_accessible_name(re.compile("80 kg, 7-day mean 80.0 kg"))
    expect(page.locator(".chart-words").nth(9)).to_have_css("opacity", "1")
    expect(page.locator(".chart-words").nth(10)).to_have_css("opacity", "0")


def test_delete_and_undo(page: Page) -> None:
    page.goto("/bodyweight/")
    page.get_by_role("button", name="Delete").first.click()
    expect(page.locator(".weighing")).to_have_count(9)

    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".weighing")).to_have_count(10)
