"""Names of exercises complete as they are typed, by keyboard and by touch."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import ExerciseFactory, log
from tests.journeys.signing_in import sign_in


@pytest.fixture(params=["desk", "phone"])
def page(
    request: pytest.FixtureRequest,
    browser: Browser,
    live_server: LiveServer,
    alice: User,
) -> Iterator[Page]:
    """The log form of an athlete who did pull-ups and rows."""
    for name in ("Pull-up", "Assisted pull-up"):
        ExerciseFactory.create(name=name, load_type="bodyweight", bodyweight_fraction="1.00")
    ExerciseFactory.create(name="Bent-over barbell row")
    log(alice, "Bent-over barbell row: 60 kg x 8, 8, 7 @8\nPull-up: 8", on=date(2026, 11, 22))
    sizes = {"desk": (1280, 900), "phone": (390, 844)}
    width, height = sizes[request.param]
    is_phone = request.param == "phone"
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": height},
        has_touch=is_phone,
        is_mobile=is_phone,
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, "alice")
    page.goto("/workouts/new/")
    yield page
    context.close()
    assert complaints == []


class TestByKeyboard:
    def test_tab_takes_the_name_and_then_last_times_sets(self, page: Page) -> None:
        text = page.get_by_label("What did you do?")
        text.press_sequentially("be")
        options = page.get_by_role("listbox").get_by_role("option")
        expect(options).to_have_text(["Bent-over barbell row 60 kg × 8, 8, 7 @8 · 22 Nov"])

        text.press("Tab")
        expect(text).to_have_value("Bent-over barbell row: ")
        expect(options).to_contain_text("As last time")
        text.press("Tab")

        expect(text).to_have_value("Bent-over barbell row: 60 kg x 8, 8, 7 @8")
        expect(text).to_be_focused()
        expect(page.get_by_role("listbox")).to_be_hidden()
        text.press("ControlOrMeta+z")
        expect(text).to_have_value("Bent-over barbell row: ")

    def test_enter_takes_what_was_chosen_and_else_is_a_new_line(self, page: Page) -> None:
        text = page.get_by_label("What did you do?")
        text.press_sequentially("Pull-up: 8\nA2 pull")
        options = page.get_by_role("listbox").get_by_role("option")
        expect(options).to_have_count(2)

        text.press("ArrowDown")
        text.press("ArrowDown")
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")
        assert text.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
        text.press("Enter")
        expect(text).to_have_value("Pull-up: 8\nA2 Assisted pull-up: ")
        text.press_sequentially("5\nrow")
        expect(options).to_have_count(1)
        text.press("Enter")

        expect(text).to_have_value("Pull-up: 8\nA2 Assisted pull-up: 5\nrow\n")

    def test_an_answer_that_fails_is_asked_for_again(self, page: Page) -> None:
        page.route("**/workouts/names/?*", lambda route: route.abort(), times=1)
        text = page.get_by_label("What did you do?")

        text.press_sequentially("be")

        options = page.get_by_role("listbox").get_by_role("option")
        expect(options).to_contain_text("Bent-over barbell row")

    def test_an_answer_that_comes_late_stops_nothing(self, page: Page) -> None:
        """What was asked when a name was taken is answered just after the next one was typed."""
        held: list[Route] = []
        page.route("**/workouts/names/?q=Assisted*", lambda route: held.append(route))
        text = page.get_by_label("What did you do?")
        text.press_sequentially("assisted")
        options = page.get_by_role("listbox").get_by_role("option")
        expect(options).to_have_text("Assisted pull-up")
        text.press("Tab")
        expect(text).to_have_value("Assisted pull-up: ")

        text.press_sequentially("5\nrow")
        held[0].continue_()

        expect(options).to_contain_text("Bent-over barbell row")

    def test_escape_closes_it_for_this_line(self, page: Page) -> None:
        text = page.get_by_label("What did you do?")
        listbox = page.get_by_role("listbox")
        text.press_sequentially("pu")
        expect(listbox).to_be_visible()

        text.press("Escape")
        text.press_sequentially("ll")
        page.wait_for_timeout(500)
        expect(listbox).to_be_hidden()
        text.press_sequentially(" 8\nro")

        expect(listbox).to_be_visible()

    def test_is_silent_about_notes_sets_and_days(self, page: Page) -> None:
        text = page.get_by_label("What did you do?")
        for line in ("> pull", "2026-11-22 pull", "8, 8", "pull 8", "x pull-up: 8"):
            text.fill("")
            text.press_sequentially(line)
            page.wait_for_timeout(400)
            expect(page.get_by_role("listbox")).to_be_hidden()


class TestByTouch:
    def test_one_tap_takes_the_name_and_one_its_sets(self, page: Page) -> None:
        text = page.get_by_label("What did you do?")
        text.press_sequentially("row")
        page.get_by_role("option", name="Bent-over barbell row").click()
        page.get_by_role("option", name="As last time").click()

        expect(text).to_have_value("Bent-over barbell row: 60 kg x 8, 8, 7 @8")
        expect(text).to_be_focused()
