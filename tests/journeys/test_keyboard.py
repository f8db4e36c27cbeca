"""The main jobs by keyboard alone, on a desk and with its screen magnified twice and four times."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.test_log_a_workout import catalogue

__all__ = ["catalogue"]

MOST_STOPS = 120
# Screens of 1280 x 800 at 100, 200 and 400 %
DESK, TWICE, FOUR_TIMES = (1280, 800), (640, 400), (320, 256)

# Where the keyboard is: what that is called, whether it shows, and whether one can see it.
FOCUS = """() => {
    const at = document.activeElement;
    const style = getComputedStyle(at);
    const edge = at.querySelector(".body-map-shape");
    const shows = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
        || style.boxShadow !== "none"
        || (edge && parseFloat(getComputedStyle(edge).strokeWidth) >= 3);
    const box = at.querySelector(".body-map-target") ?? at;
    const rects = [...box.getClientRects()];  // a link may go on in the next line
    const points = rects.flatMap(({left, right, top, bottom}) => {
        const [middle, centre] = [(left + right) / 2, (top + bottom) / 2];
        return [[middle, centre], [middle, top + 2], [middle, bottom - 2],
            [left + 2, centre], [right - 2, centre]];
    });
    const uncovered = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (at.contains(hit) || at.closest("label")?.contains(hit));
    });
    return {name: at.outerHTML.slice(0, 90), isPage: at === document.body, shows, uncovered};
}"""
# A field for a date is several stops, and one element.
IS_IN_ORDER = """([before, after]) => before === after
    || !!(before.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING)"""


@pytest.fixture(
    params=[
        pytest.param(DESK, id="100 %"),
        pytest.param(TWICE, id="200 %", marks=pytest.mark.whole),
        pytest.param(FOUR_TIMES, id="400 %", marks=pytest.mark.whole),
    ]
)
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


class TestKeyboard:
    def test_logs_opens_and_deletes_a_workout(self, page: Page, alice: User) -> None:
        page.goto("/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        go_to(page, page.get_by_role("link", name="Sign in")).press("Enter")
        expect(page.get_by_label("User name or e-mail")).to_be_focused()  # there at once
        page.keyboard.type("alice")
        go_to(page, page.get_by_label("Password")).press_sequentially("a good password")
        page.keyboard.press("Enter")

        go_to(page, page.get_by_role("link", name="Log your first workout")).press("Enter")
        go_to(page, page.get_by_label("What did you do?")).press_sequentially(
            "pullups 8 8 6\nbb row 60x8"
        )
        expect(page.get_by_text("2 exercises, 4 working sets. Ready to save.")).to_be_visible()
        go_to(page, page.get_by_role("button", name="Save workout")).press("Enter")
        expect(page.get_by_text("Workout saved.")).to_be_visible()

        go_to(page, page.get_by_role("link", name="Delete")).press("Enter")
        go_to(page, page.get_by_role("button", name="Delete")).press("Enter")
        go_to(page, page.get_by_role("button", name="Undo")).press("Space")
        expect(page.get_by_role("link", name="Pull-up")).to_be_visible()

        go_to(page, page.get_by_role("link", name="History")).press("Enter")
        go_to(page, page.get_by_role("heading", level=3).get_by_role("link")).press("Enter")
        expect(page.get_by_role("link", name="Bent-over barbell row")).to_be_visible()
        assert sideways(page) == 0

    def test_finds_an_exercise_on_the_map(self, page: Page) -> None:
        page.goto("/")
        back = page.get_by_role("group", name="The body from the back")

        go_to(page, back.get_by_role("link", name="Latissimus dorsi")).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Latissimus dorsi")
        go_to(page, page.get_by_role("link", name="Pull-up").first).press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Pull-up")
        assert sideways(page) == 0

    def test_is_nowhere_caught(self, page: Page, alice: User) -> None:
        """From the first stop of the log page round to where it began."""
        page.goto("/accounts/login/?next=/workouts/new/")
        page.get_by_label("User name or e-mail").fill("alice")
        page.get_by_label("Password").fill("a good password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Log a workout")

        stops = list(walk(page))

        assert 10 < len(stops) < MOST_STOPS


def go_to(page: Page, goal: Locator) -> Locator:
    """Press Tab until the goal has the focus; fail where it can't be seen or leaps back."""
    expect(goal).to_be_attached()
    for _ in walk(page):
        if goal.evaluate("goal => goal === document.activeElement"):
            return goal
    raise AssertionError(f"No stop of the keyboard is {goal}.")


def walk(page: Page) -> Iterator[str]:
    """Each stop from here to the end of the page, seen and in the order of the page."""
    before = page.evaluate_handle("document.activeElement")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["isPage"]:
            return
        after = page.evaluate_handle("document.activeElement")
        assert stop["shows"], f"The focus does not show on {stop['name']}"
        assert stop["uncovered"], f"Something covers {stop['name']}"
        assert page.evaluate(IS_IN_ORDER, [before, after]), f"{stop['name']} comes too late"
        before = after
        yield stop["name"]


def sideways(page: Page) -> int:
    """How far the page can be moved sideways."""
    moved: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return moved
