"""The main job: find an exercise by its muscle, log it, see it in the history and a chart."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import (
    AliasFactory,
    ExerciseFactory,
    MuscleFactory,
    StepFactory,
    TargetFactory,
    log,
)
from tests.journeys.signing_in import sign_in

SESSION = "pullups 8 8 6\nbb row 60x8, 70x8, 70x7 @9"


@pytest.fixture(autouse=True)
def catalogue(transactional_db: None) -> None:
    lats = MuscleFactory.create(name="Latissimus dorsi", slug="latissimus-dorsi")
    pull_up = ExerciseFactory.create(
        name="Pull-up", slug="pull-up", load_type="bodyweight", bodyweight_fraction="1.00"
    )
    row = ExerciseFactory.create(name="Bent-over barbell row", slug="bent-over-barbell-row")
    for exercise in (pull_up, row):
        TargetFactory.create(exercise=exercise, muscle=lats)
        StepFactory.create(exercise=exercise, text="Pull.")
    AliasFactory.create(exercise=row, name="barbell row")


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    """A phone-sized page that fails the test on any error in its console."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        java_script_enabled=request.param == "with JavaScript",
        timezone_id="Europe/Berlin",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    said = list(complaints)
    context.set_offline(True)  # what a page sends when it is left would reach the next test
    context.close()
    assert [text for text in said if "422" not in text] == []


class TestLogAWorkout:
    def test_from_a_muscle_to_a_chart(self, page: Page) -> None:
        page.goto("/")
        back = page.get_by_role("group", name="The body from the back")
        back.get_by_role("link", name="Latissimus dorsi").locator("text").click()
        page.get_by_role("link", name="Pull-up").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Pull-up")
        page.get_by_role("link", name="Start a log").click()
        page.get_by_label("User name").fill("robin")
        page.get_by_label("E-mail").fill("robin@example.org")
        page.get_by_label("Password").fill("a fine long password")
        page.get_by_role("main").get_by_role("button", name="Sign up").click()

        page.get_by_role("link", name="Log your first workout").click()
        page.get_by_label("What did you do?").fill(SESSION)
        preview_if_asked(page)
        expect(page.get_by_role("region", name="Preview")).to_contain_text(
            "60 kg x 8, 70 kg x 8, 70 kg x 7 @9"
        )
        page.get_by_role("button", name="Save workout").click()

        expect(page.get_by_text("Workout saved.")).to_be_visible()
        page.get_by_role("link", name="Bent-over barbell row").click()
        expect(page.get_by_role("group", name=re.compile("Estimated one-rep max"))).to_be_visible()
        expect(page.get_by_role("row").nth(1)).to_contain_text("88.7 kg")
        page.get_by_role("navigation", name="Main, on a phone").get_by_role(
            "link", name="History"
        ).click()
        expect(page.get_by_role("listitem").filter(has_text="Pull-up 3")).to_be_visible()

    def test_unknown_name_is_made_mine(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")

        page.get_by_label("What did you do?").fill("Jefferson curl 20 kg x 8")
        preview_if_asked(page)
        page.get_by_role("button", name="Make “Jefferson curl” mine").click()
        expect(page.get_by_text("Ready to save")).to_be_visible()
        page.get_by_role("button", name="Save workout").click()

        expect(page.get_by_role("link", name="Jefferson curl")).to_be_visible()

    def test_delete_is_undone(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill("Pull-up: 5")
        page.get_by_role("button", name="Save workout").click()

        page.get_by_role("link", name="Delete").click()
        page.get_by_role("button", name="Delete").click()
        expect(page.get_by_text("Nothing logged yet")).to_be_visible()
        page.get_by_role("button", name="Undo").click()

        expect(page.get_by_role("link", name="Pull-up")).to_be_visible()

    def test_unreadable_line_keeps_the_text(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")

        page.get_by_label("What did you do?").fill("Pull-up: 8\nPull-up: a few")
        page.get_by_role("button", name="Save workout").click()

        expect(page.get_by_label("What did you do?")).to_have_value("Pull-up: 8\nPull-up: a few")
        expect(page.locator("mark")).to_be_visible()

    def test_a_notebook_of_two_days_is_answered_and_saved(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")

        page.get_by_label("What did you do?").fill(
            "3.2.2026 pull\nPull-up 8 8 6 (last one ugly)\nbarbell row 3x5\n\n"
            "5.2.2026\nbarbell row 3x8"
        )
        preview_if_asked(page)
        preview = page.get_by_role("region", name="Preview")
        expect(preview).to_contain_text("2 days")
        preview.get_by_role("button", name="3 sets of 5").click()
        expect(page.get_by_text("2 workouts. Ready to save.")).to_be_visible()
        page.get_by_role("button", name="Save 2 workouts").click()

        expect(page.get_by_text("2 workouts saved.")).to_be_visible()

    def test_a_recent_exercise_is_a_tap_away(self, page: Page, alice: User) -> None:
        log(alice, "Pull-up: 8, 8, 6\nBent-over barbell row: 60 kg x 8")
        sign_in(page, "alice")
        page.goto("/workouts/new/")
        recent = page.get_by_role("group", name="Add an exercise that you did lately")
        text = page.get_by_label("What did you do?")

        recent.get_by_role("button", name="Bent-over barbell row").click()
        expect(text).to_have_value("Bent-over barbell row: ")
        text.press("End")
        text.press_sequentially("60x8")
        recent.get_by_role("button", name="Pull-up").click()

        expect(text).to_have_value("Bent-over barbell row: 60x8\nPull-up: ")

    def test_text_is_still_there_when_one_comes_back(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")

        page.get_by_label("What did you do?").fill("Pull-up: 8, 8, 6")
        page.goto("/muscles/")
        page.go_back()

        expect(page.get_by_label("What did you do?")).to_have_value("Pull-up: 8, 8, 6")


class TestLostSession:
    def test_keeps_what_was_sent(self, page: Page, alice: User) -> None:
        """With a script or without, and though one has signed in elsewhere meanwhile."""
        sign_in(page, "alice")
        page.goto("/workouts/new/")
        page.context.clear_cookies(name="sessionid")
        text = page.get_by_label("What did you do?")
        text.fill("Pull-up: 8, 8, 6")

        page.get_by_role("button", name="Save workout").click()
        page.get_by_label("User name or e-mail").fill("alice")
        page.get_by_label("Password").fill("a good password")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()

        expect(page.get_by_text("What you wrote is back, and not saved yet.")).to_be_visible()
        expect(text).to_have_value("Pull-up: 8, 8, 6")
        page.get_by_role("button", name="Save workout").click()
        expect(page.get_by_text("Workout saved.")).to_be_visible()


class TestFirstLine:
    @pytest.mark.parametrize("page", ["with JavaScript"], indirect=True)
    def test_of_a_copy_takes_the_day_that_is_chosen(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill("2026-11-01 18:00 Back day\nPull-up: 8")
        page.get_by_role("button", name="Save workout").click()
        page.get_by_role("link", name="Repeat").click()
        page.get_by_role("button", name="Text", exact=True).click()

        page.get_by_label("Day").fill("2026-11-05")
        page.get_by_label("Started at").fill("07:15")

        text = page.get_by_label("What did you do?")
        expect(text).to_have_value("2026-11-05 07:15 Back day\nPull-up: 8")
        expect(page.get_by_role("region", name="Preview")).to_contain_text("Thu 5 Nov 2026, 07:15")


class TestLivePreview:
    @pytest.mark.parametrize("page", ["with JavaScript"], indirect=True)
    def test_shows_lines_while_typing(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")

        page.get_by_label("What did you do?").press_sequentially("pullups 3x8")

        expect(page.get_by_role("region", name="Preview")).to_contain_text("3 x 8")

    @pytest.mark.parametrize("page", ["with JavaScript"], indirect=True)
    def test_shows_what_was_typed_before_htmx_was_there(self, page: Page, alice: User) -> None:
        """It is loaded when the form is first used; here it comes when typing is over."""
        sign_in(page, "alice")
        waiting: list[Route] = []
        page.route("**/htmx-2.min*.js", lambda route: waiting.append(route))
        page.goto("/workouts/new/")
        assert waiting == []

        page.get_by_label("What did you do?").fill("pullups 8 8 6")
        page.wait_for_timeout(500)
        [script] = waiting
        script.continue_()

        expect(page.get_by_role("region", name="Preview")).to_contain_text(
            re.compile(r"Pull-up\s+8, 8, 6")
        )


# What moved while the page opened, as a share of the screen
SHIFTS = """() => new Promise(done => new PerformanceObserver(
    (list) => done(list.getEntries().reduce((sum, each) => sum + each.value, 0)),
).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 500))"""
ABOVE_THE_TABS = 780  # of a phone of 844 px


class TestAnExerciseInTheGym:
    @pytest.mark.parametrize("page", ["with JavaScript"], indirect=True)
    def test_has_log_and_last_sets_in_the_first_screen(self, page: Page, alice: User) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        for day in range(1, 5):
            log(alice, f"Pull-up: {', '.join(['12 L @9.5'] * 15)}", on=date(2026, 11, day))
        sign_in(page, "alice")

        page.goto("/exercises/pull-up/")

        sets = page.get_by_role("region", name="Your sets")
        expect(sets.get_by_role("definition")).to_have_count(3)
        for shown in (sets.get_by_role("link", name="Log"), sets.get_by_text("4 sessions")):
            box = shown.bounding_box()
            assert box
            assert box["y"] + box["height"] < ABOVE_THE_TABS
        assert page.evaluate(SHIFTS) == 0

    @pytest.mark.parametrize("page", ["with JavaScript"], indirect=True)
    def test_becomes_a_favourite_in_one_tap(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/exercises/pull-up/")
        star = page.get_by_role("button", name="Favourite")

        star.click()

        expect(star).to_have_attribute("aria-pressed", "true")
        expect(star).to_be_focused()
        page.reload()
        expect(star).to_have_attribute("aria-pressed", "true")

    def test_stands_first_in_the_list_once_it_has_a_star(self, page: Page, alice: User) -> None:
        log(alice, "Pull-up: 8")
        log(alice, "Bent-over barbell row: 60 kg x 8", on=date(2026, 11, 23))
        sign_in(page, "alice")
        page.goto("/progress/exercises/")

        page.get_by_role("button", name="Favourite: Pull-up").click()

        star = page.get_by_role("button", name="Favourite: Pull-up")
        expect(star).to_have_attribute("aria-pressed", "true")
        page.goto("/progress/exercises/")
        expect(page.locator(".row-name").first).to_have_text("Pull-up")

    @pytest.mark.parametrize("page", ["without JavaScript"], indirect=True)
    def test_becomes_a_favourite_without_a_script(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/exercises/pull-up/")

        page.get_by_role("link", name="Favourite").click()
        page.get_by_role("button", name="Favourite").click()

        expect(page).to_have_url(re.compile("/exercises/pull-up/$"))
        assert alice.athlete.favourites.exists()


class TestCatalogue:
    @pytest.mark.parametrize("page", ["with JavaScript"], indirect=True)
    def test_filters_without_a_new_page(self, page: Page) -> None:
        page.goto("/exercises/")

        page.get_by_label("Search exercises").press_sequentially("barbell row")

        expect(page.get_by_role("status")).to_have_text("1 exercise")
        expect(page).to_have_url(re.compile(r"q=barbell"))


def preview_if_asked(page: Page) -> None:
    """A phone with a script previews by itself."""
    button = page.get_by_role("button", name="Preview")
    if button.is_visible():
        button.click()
