"""Seeing how an exercise moves, and stopping that: without a script, and at peace."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory

Motion = Literal["reduce", "no-preference"]


@pytest.fixture(autouse=True)
def pull_up(transactional_db: None) -> None:
    exercise = ExerciseFactory.create(name="Pull-up", slug="pull-up")
    lats = MuscleFactory.create(name="Latissimus dorsi", slug="latissimus-dorsi")
    TargetFactory.create(exercise=exercise, muscle=lats)


@contextmanager
def opened(browser: Browser, live_server: LiveServer, motion: Motion) -> Iterator[Page]:
    """The exercise on a phone, without a script."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
        reduced_motion=motion,
    )
    page = context.new_page()
    page.goto("/exercises/pull-up/")
    yield page
    context.close()


def lefts(page: Page) -> list[float]:
    """Where the two drawings begin, in pixels from the left."""
    boxes = [drawing.bounding_box() for drawing in page.get_by_role("img").all()]
    return [box["x"] for box in boxes if box]


def test_turns_from_one_position_into_the_other_until_told_to_stop(
    browser: Browser, live_server: LiveServer
) -> None:
    with opened(browser, live_server, "no-preference") as page:
        start, end = lefts(page)
        assert start == end

        page.get_by_label("Side by side, without movement").check()

        start, end = lefts(page)
        assert end > start + 100
        position = page.locator(".figure-position").first
        expect(position).to_have_css("animation-name", "none")
        expect(position).to_have_css("opacity", "1")


def test_never_moves_for_those_who_want_no_motion(
    browser: Browser, live_server: LiveServer
) -> None:
    with opened(browser, live_server, "reduce") as page:
        start, end = lefts(page)

        assert end > start + 100
        expect(page.get_by_label("Side by side")).to_be_hidden()
