"""The text of a workout on a phone whose keyboard is open, and what is answered by keyboard."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import AliasFactory, ExerciseFactory, log
from tests.journeys.signing_in import sign_in

KEYBOARD = 340  # px
# As on iOS: the keyboard lies over the page, and only the visual viewport gets smaller.
COVERED = """
() => {
  const seen = new EventTarget();
  Object.assign(seen, { height: 844, offsetTop: 0, scale: 1 });
  Object.defineProperty(window, "visualViewport", { value: seen });
}
"""


@pytest.fixture(autouse=True)
def exercises(transactional_db: None) -> None:
    for name in ("Pull-up", "Chin-up"):
        ExerciseFactory.create(name=name, load_type="bodyweight", bodyweight_fraction="1.00")
    row = ExerciseFactory.create(name="Bent-over barbell row")
    AliasFactory.create(exercise=row, name="barbell row")


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, alice: User) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, "alice")
    yield page
    page.goto("/muscles/", wait_until="networkidle")  # the draft is kept before the tables go
    context.close()
    assert complaints == []


def bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["y"] + box["height"]


class TestKeyboardOpen:
    @pytest.mark.parametrize("kind", ["resizes the window", "lies over it"])
    def test_state_and_save_stand_above_it(self, page: Page, kind: str) -> None:
        if kind == "lies over it":
            page.add_init_script(f"({COVERED})()")
        page.goto("/workouts/new/")
        text = page.get_by_label("What did you do?")
        text.click()
        if kind == "lies over it":
            page.evaluate(f"visualViewport.height -= {KEYBOARD}")
            page.evaluate("visualViewport.dispatchEvent(new Event('resize'))")
        else:
            page.set_viewport_size({"width": 390, "height": 844 - KEYBOARD})

        text.press_sequentially("Pull-up 8 8 6\nstrict pull-up 8 8\nbarbell row 60x8\n")

        state = page.get_by_role("link", name="2 read, 1 to answer")
        expect(state).to_be_visible()
        for part in (state, page.get_by_role("button", name="Save workout")):
            assert bottom(part) <= 844 - KEYBOARD
            assert (part.bounding_box() or {})["height"] >= 44
        expect(page.get_by_role("navigation", name="Main, on a phone")).to_be_hidden()
        text.press_sequentially("chi")
        names = page.get_by_role("listbox")
        expect(names).to_contain_text("Chin-up")
        assert bottom(names) <= 844 - KEYBOARD

    def test_the_state_leads_to_the_line_and_not_while_it_is_typed(self, page: Page) -> None:
        page.goto("/workouts/new/")
        text = page.get_by_label("What did you do?")

        text.press_sequentially("Pull-up 8 8 6\nstrict pull-up")
        expect(page.get_by_role("link", name="1 read", exact=True)).to_be_visible()
        text.press_sequentially(" 8 8\nbarbell row 60x8")
        state = page.get_by_role("link", name="2 read, 1 to answer")
        state.click()

        expect(
            page.locator("#line-2").get_by_role("button", name="Pull-up", exact=True)
        ).to_be_focused()
        expect(page.locator("#line-2")).to_be_in_viewport()

    def test_it_is_said_once_it_stands(self, page: Page) -> None:
        page.goto("/workouts/new/")

        page.get_by_label("What did you do?").press_sequentially("Pull-up 8 8 6\n")

        said = page.locator("[data-said]")
        expect(said).to_have_attribute("role", "status")
        expect(said).to_have_text("1 exercise, 3 sets")
        expect(page.locator("#preview")).not_to_have_attribute("aria-live", re.compile("."))


def test_what_was_done_lately_moves_sideways_and_the_page_does_not(page: Page, alice: User) -> None:
    for number in range(8):
        ExerciseFactory.create(name=f"Exercise with quite a long name {number}i")
        log(alice, f"Exercise with quite a long name {number}i: 60 kg x 8")

    page.goto("/workouts/new/")

    recent = page.get_by_role("group", name="Add an exercise that you did lately")
    width = recent.evaluate("each => each.scrollWidth")
    assert width > 1000
    assert page.evaluate("document.documentElement.scrollWidth") == 390


class TestFocusAfterAnAnswer:
    def test_goes_on_to_the_next_question_then_back_to_the_text(self, page: Page) -> None:
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill("strict pull-up 8\nPull-up 8\nstrict chin-up 8")
        page.wait_for_load_state("networkidle")  # no later preview takes the focus
        first = page.locator("#line-1").get_by_role("button", name="Pull-up", exact=True)
        first.focus()
        page.keyboard.press("Enter")

        second = page.locator("#line-3").get_by_role("button", name="Chin-up", exact=True)
        expect(second).to_be_focused()
        page.keyboard.press("Enter")

        text = page.get_by_label("What did you do?")
        expect(text).to_have_value("Pull-up 8\nPull-up 8\nChin-up 8")
        expect(text).to_be_focused()

    def test_of_a_tap_leaves_the_phones_keyboard_closed(self, page: Page) -> None:
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill("strict pull-up 8")
        page.wait_for_load_state("networkidle")  # no later preview takes the focus

        page.locator("#line-1").get_by_role("button", name="Pull-up", exact=True).tap()

        expect(page.get_by_label("What did you do?")).to_have_value("Pull-up 8")
        expect(page.get_by_role("button", name="Save workout")).to_be_focused()


class TestManyDays:
    def test_are_pasted_answered_and_saved_with_one_that_is_there(
        self, page: Page, alice: User
    ) -> None:
        log(alice, "Pull-up: 8, 8", on=date(2026, 2, 3))
        page.goto("/workouts/new/")

        page.get_by_label("What did you do?").fill(
            "3.2.2026\nPull-up 8 8\n\n5.2.2026\nbarbell row 3x5\n\n"
            "7.2.2026\nPull-up 9 9\n\n8.2.2026\n> rest, knee hurts"
        )
        preview = page.get_by_role("region", name="Preview")
        expect(preview).to_contain_text("4 days")
        expect(preview).to_contain_text("its notes aren’t saved")
        expect(page.get_by_role("link", name="2 read, 1 to answer")).to_be_visible()
        preview.get_by_role("button", name="3 sets of 5").click()
        expect(page.get_by_role("button", name="Save 2 workouts")).to_be_visible()
        preview.get_by_label("Save it anyway, Tue 3 Feb 2026").check()
        expect(page.get_by_role("button", name="Save 3 workouts")).to_be_visible()
        page.get_by_role("button", name="Save 3 workouts").click()

        expect(page.get_by_text("3 workouts saved.")).to_be_visible()
        assert alice.athlete.workouts.count() == 4
