"""The rest between sets: begins with a tick, goes on through a reload, says when it is over."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_drafts import NEW, catalogue, device, page, text
from workouts.models import Rest

__all__ = ["catalogue", "device", "page", "text"]

# What is reckoned, by its call
RECKONED = {
    "restFrom(1000, 90)": {"endsAt": 91_000, "seconds": 90, "name": ""},
    "restFrom(0, 1)": {"endsAt": 5000, "seconds": 5, "name": ""},
    "restFrom(0, 9999, 'x')": {"endsAt": 1_800_000, "seconds": 1800, "name": "x"},
    "adjusted(restFrom(0, 60), 15, 10_000)": {"endsAt": 75_000, "seconds": 75, "name": ""},
    "adjusted(restFrom(0, 60), -15, 50_000)": {"endsAt": 50_000, "seconds": 45, "name": ""},
    "secondsLeft({ endsAt: 10_000 }, 9001)": 1,
    "secondsLeft({ endsAt: 10_000 }, 10_000)": 0,
    "secondsLeft({ endsAt: 10_000 }, 90_000)": 0,
    "lengthFor({ usual: 120, exercises: { 'Pull-up': 180 } }, ' pull-up')": 180,
    "lengthFor({ usual: 120, exercises: { 'Pull-up': 180 } }, 'Dip')": 120,
    "bounded(1815)": 1800,
    "bounded(-10)": 5,
    "readRest('x')": None,
    "readRest('{}')": None,
    'readRest(\'{"endsAt": 1, "seconds": 2}\')': {"endsAt": 1, "seconds": 2},
}


def test_reckoning(page: Page) -> None:
    said = {
        call: page.evaluate(
            f"async () => {{ const all = await import('/static/js/rest-clock.js');"
            f" const {{ restFrom, adjusted, bounded, secondsLeft, lengthFor, readRest }} = all;"
            f" return {call}; }}"
        )
        for call in RECKONED
    }

    assert said == RECKONED


@pytest.fixture
def session(page: Page) -> Page:
    """One whose clock the test moves."""
    page.clock.install()
    page.goto(f"{NEW}?start&view=grid")
    page.get_by_label("Exercise", exact=True).fill("Pull-up")
    return page


class TestRest:
    def test_begins_with_a_tick_and_ends(self, session: Page) -> None:
        left = session.locator("[data-rest-left]")
        expect(left).to_have_text("2:00")
        session.get_by_label("Reps, set 1", exact=True).fill("8")

        expect(session.get_by_role("button", name="Skip")).to_be_visible()
        session.clock.fast_forward(30_000)
        expect(left).to_have_text("1:30")
        session.get_by_role("button", name="15 seconds more").click()
        expect(left).to_have_text("1:45")
        session.clock.fast_forward(105_000)

        expect(session.get_by_text("Rest is over.")).to_be_visible()
        expect(left).to_have_text("0:00")
        session.clock.fast_forward(61_000)
        expect(session.get_by_text("Rest is over.")).to_be_hidden()

    def test_goes_on_through_a_reload(self, session: Page) -> None:
        session.get_by_role("button", name="Rest", exact=True).click()
        session.clock.fast_forward(60_000)

        session.reload()

        # Loading takes some of it on a busy machine.
        expect(session.locator("[data-rest-left]")).to_have_text(re.compile("1:00|0:[45][0-9]"))
        session.get_by_role("button", name="Skip").click()
        expect(session.locator("[data-rest-left]")).to_have_text("2:00")

    def test_has_a_length_for_an_exercise(self, session: Page) -> None:
        session.get_by_label("Reps, set 1", exact=True).fill("8")
        session.get_by_role("button", name="15 seconds more").click()
        session.locator(".live-dots").click()

        session.get_by_role("button", name="Keep for Pull-up").click()

        expect(session.get_by_text("Kept.")).to_be_visible()
        rest = Rest.objects.get()
        assert (rest.exercise and rest.exercise.name, rest.seconds) == ("Pull-up", 135)

    def test_is_as_long_as_the_routine_plans_it(self, page: Page) -> None:
        page.goto("/routines/new/")
        page.get_by_label("Name").fill("Pull")
        page.get_by_label("What is planned").fill("Pull-up: 3 x 5-8, rest 150 s")
        page.get_by_role("button", name="Save routine").click()
        page.clock.install()
        page.get_by_role("link", name="Start").first.click()
        left = page.locator("[data-rest-left]")
        expect(left).to_have_text("2:00")

        page.get_by_label("Reps, set 1", exact=True).fill("8")
        expect(left).to_have_text(re.compile("2:30|2:29"))

    def test_says_so_as_the_settings_have_it(self, page: Page) -> None:
        page.goto("/accounts/settings/")
        page.get_by_label("Sound").check()

        page.goto(f"{NEW}?start")
        page.locator(".live-dots").click()

        expect(page.get_by_label("Sound")).to_be_checked()

    def test_is_there_for_a_text(self, page: Page) -> None:
        page.goto(f"{NEW}?start&view=text")

        page.get_by_role("button", name="Rest", exact=True).click()

        expect(page.get_by_role("button", name="Skip")).to_be_visible()
