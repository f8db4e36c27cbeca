"""A workout in the grid on a phone: by buttons alone, and with the script."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import ExerciseFactory, log
from tests.journeys.signing_in import sign_in
from workouts.models import Workout

ROW = "Bent-over barbell row"
SESSION = f"""2026-11-20 18:30 Pull
Pull-up: 8, 8, 7, 6
{ROW}: 40 kg x 10 w, 60 kg x 8, 60 kg x 8, 60 kg x 7
Dumbbell row: 22 kg x 10, 10, 9
Weighted pull-up: +10 kg x 5, 5, 4
Farmer's walk: 32 kg x 40 m, 40 m, 40 m
Plank: 60 s, 60 s, 45 s"""
LOADS = {
    "Pull-up": "bodyweight",
    ROW: "external",
    "Dumbbell row": "per_hand",
    "Weighted pull-up": "bodyweight_plus",
    "Farmer's walk": "weighted_duration",
    "Plank": "duration",
}
MOST_TAPS = 25


@pytest.fixture(autouse=True)
def catalogue(transactional_db: None) -> None:
    for name, load_type in LOADS.items():
        ExerciseFactory.create(name=name, load_type=load_type)


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens a phone-sized page, which fails the test on any error in its console."""
    complaints: list[str] = []
    contexts = []

    def opened(*, script: bool) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": 390, "height": 844},
            java_script_enabled=script,
            has_touch=True,
        )
        contexts.append(context)
        context.set_default_timeout(8_000)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")
            page.wait_for_timeout(500)  # for the draft that it sends when it is left
        context.close()
    assert [text for text in complaints if "422" not in text] == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    return open_page(script=request.param)


def block(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def stored(day: str) -> list[str]:
    """The last workout's text, without its day."""
    workout = Workout.objects.with_entries().order_by("-created_at").first()
    assert workout
    return workout.text.split("\n")[1:]


class TestGrid:
    def test_a_session_is_entered_by_buttons(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")
        page.get_by_role("button", name="Grid").click()

        page.get_by_label("Exercise", exact=True).fill(ROW)
        page.get_by_label("Weight, set 1", exact=True).fill("62,5")
        page.get_by_label("Reps, set 1", exact=True).fill("8")
        page.get_by_role("button", name="Weight, set 1: more").click()
        page.get_by_role("button", name="Reps, set 1: less").click()
        page.get_by_role("button", name="Add set").click()
        page.get_by_role("checkbox", name="Set 4 done").wait_for()
        page.get_by_role("button", name="Add exercise").click()
        page.get_by_label("Exercise", exact=True).nth(1).fill("Plank")
        page.get_by_label("Exercise", exact=True).nth(1).blur()
        if page.get_by_role("button", name="Check").is_visible():  # which asks for its columns
            page.get_by_role("button", name="Check").click()
        block(page, "Plank").get_by_label("Time, set 1", exact=True).fill("1:30")
        page.get_by_role("button", name="Save workout").click()

        expect(page.get_by_text("Workout saved.")).to_be_visible()
        assert stored("") == [f"{ROW}: 65 kg x 7", "Plank: 90 s"]

    def test_what_was_done_the_last_time_is_ticked(self, page: Page, alice: User) -> None:
        log(alice, SESSION)
        sign_in(page, "alice")
        page.goto(f"/workouts/{Workout.objects.get().pk}/copy/")

        row = block(page, ROW)
        expect(row.get_by_label("Reps, set 1", exact=True)).to_have_attribute("placeholder", "8")
        row.get_by_role("checkbox", name="Set 1 done").check()
        page.get_by_role("button", name="Save workout").click()

        expect(page.get_by_text("Workout saved.")).to_be_visible()
        assert stored("") == [f"{ROW}: 60 kg x 8"]

    def test_a_removed_exercise_comes_back(self, page: Page, alice: User) -> None:
        log(alice, SESSION)
        sign_in(page, "alice")
        page.goto(f"/workouts/{Workout.objects.get().pk}/edit/?view=grid")

        row = block(page, ROW)
        row.locator("summary").first.click()
        row.get_by_role("button", name="Remove", exact=True).click()
        expect(page.get_by_text(f"{ROW} is removed.")).to_be_visible()
        expect(row).to_have_count(0)
        page.get_by_role("button", name="Undo").click()

        expect(row.get_by_label("Weight, set 2", exact=True)).to_have_value("60")
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("Changes saved.")).to_be_visible()
        assert Workout.objects.with_entries().get().text == SESSION

    def test_text_and_grid_are_one_workout(self, page: Page, alice: User) -> None:
        log(alice, SESSION)
        sign_in(page, "alice")
        page.goto(f"/workouts/{Workout.objects.get().pk}/edit/?view=text")

        page.get_by_role("button", name="Grid").click()
        expect(block(page, "Plank")).to_be_visible()
        page.get_by_role("button", name="Text").click()

        expect(page.get_by_label("What did you do?")).to_have_value(SESSION)


class TestTaps:
    def test_to_repeat_and_change(self, open_page: Callable[..., Page], alice: User) -> None:
        """Six exercises with 20 sets, all but three as the last time."""
        log(alice, SESSION)
        page = open_page(script=True)
        sign_in(page, "alice")
        page.goto("/")
        taps = 0

        def tap(what: Locator) -> None:
            nonlocal taps
            what.tap()
            taps += 1

        tap(page.get_by_role("navigation").get_by_role("link", name="Log"))
        tap(page.get_by_role("link", name="Pull 20 Nov"))
        expect(block(page, "Plank")).to_be_visible()
        for name in LOADS:
            tap(block(page, name).get_by_role("button", name="Tick all"))
        row = block(page, ROW)
        for number in (1, 2):
            tap(row.get_by_role("button", name=f"Weight, set {number}: more"))
        tap(block(page, "Pull-up").get_by_role("button", name="Reps, set 4: more"))
        tap(page.get_by_role("button", name="Save workout"))

        expect(page.get_by_text("Workout saved.")).to_be_visible()
        assert stored("") == [
            "Pull-up: 8, 8, 7, 7",
            f"{ROW}: 40 kg x 10 w, 62.5 kg x 8, 62.5 kg x 8, 60 kg x 7",
            *SESSION.split("\n")[3:],
        ]
        assert taps == 12 <= MOST_TAPS


class TestInGerman:
    def test_scripts_write_german_too(
        self, open_page: Callable[..., Page], alice: User, live_server: LiveServer
    ) -> None:
        page = open_page(script=True)
        sign_in(page, "alice")
        cookie = {"name": "django_language", "value": "de", "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto("/workouts/new/?start")

        page.get_by_label("Übung", exact=True).fill("Plank")
        page.get_by_label("Übung", exact=True).blur()
        plank = block(page, "Plank")
        plank.get_by_label("Zeit, Satz 1", exact=True).fill("90")
        plank.get_by_role("checkbox", name="Satz 1 erledigt").check()
        expect(page.get_by_text("letzter Satz vor 0:0")).to_be_attached()
        plank.get_by_role("button", name="Satz dazu").click()
        expect(plank.get_by_label("Zeit, Satz 4: mehr", exact=True)).to_have_count(1)
        expect(page.get_by_text("Entwurf gesichert.")).to_be_visible()

        plank.locator("summary").first.click()
        plank.get_by_role("button", name="Entfernen", exact=True).click()

        expect(page.get_by_text("Entfernt: Plank.")).to_be_visible()
