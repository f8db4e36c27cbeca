"""Seeing how an exercise moves: both positions, and an arrow from the first to the second."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory


@pytest.fixture(autouse=True)
def exercises(transactional_db: None) -> None:
    lats = MuscleFactory.create(name="Latissimus dorsi", slug="latissimus-dorsi")
    for name, slug in (("Pull-up", "pull-up"), ("Sit-up", "sit-up")):
        exercise = ExerciseFactory.create(name=name, slug=slug)
        TargetFactory.create(exercise=exercise, muscle=lats)


@contextmanager
def opened(browser: Browser, live_server: LiveServer, slug: str) -> Iterator[Page]:
    """The exercise on a phone, without a script."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto(f"/exercises/{slug}/")
    yield page
    context.close()


def boxes(page: Page) -> list[dict[str, float]]:
    """Where the two drawings are, in pixels."""
    return [dict(box) for img in page.get_by_role("img").all() if (box := img.bounding_box())]


def test_shows_both_positions_side_by_side_with_one_arrow(
    browser: Browser, live_server: LiveServer
) -> None:
    with opened(browser, live_server, "pull-up") as page:
        start, end = boxes(page)

        assert end["x"] > start["x"] + 100
        assert end["y"] == start["y"]
        expect(page.get_by_role("img").first.locator(".fig-arrow")).to_have_count(2)
        expect(page.get_by_role("img").last.locator(".fig-arrow")).to_have_count(0)
        expect(page.locator(".figure-position").first).to_have_css("animation-name", "none")


def test_who_lies_down_takes_the_width_of_a_phone(
    browser: Browser, live_server: LiveServer
) -> None:
    with opened(browser, live_server, "sit-up") as page:
        start, end = boxes(page)

        assert start["width"] > 320
        assert start["height"] < 0.66 * start["width"]
        assert end["y"] > start["y"] + start["height"]
