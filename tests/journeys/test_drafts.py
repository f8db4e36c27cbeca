"""What is written is never lost: leaving, reloading, signing out, another device, no server."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import ExerciseFactory
from tests.journeys.signing_in import sign_in
from workouts.models import Workout, WorkoutDraft

NEW = "/workouts/new/"
# What a browser says of answers that are no faults here
EXPECTED = ("409", "404", "422", "401", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
# A preview that is under way when its page is left
EXPECTED += ("htmx:sendAbort", "htmx:afterRequest")

Device = Callable[..., Page]


@pytest.fixture(autouse=True)
def catalogue(transactional_db: None) -> None:
    ExerciseFactory.create(
        name="Pull-up", slug="pull-up", load_type="bodyweight", bodyweight_fraction="1.00"
    )
    ExerciseFactory.create(name="Bent-over barbell row", slug="bent-over-barbell-row")


@pytest.fixture
def device(browser: Browser, live_server: LiveServer, alice: User) -> Iterator[Device]:
    """Another phone of Alice's, on which she is signed in."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def one(**options: Any) -> Page:
        its = {
            "base_url": live_server.url,
            "viewport": {"width": 390, "height": 844},
            "service_workers": "block",  # through which nothing can be cut off
        }
        context = browser.new_context(**{**its, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        sign_in(page, "alice")
        return page

    yield one
    said = list(complaints)
    for context in contexts:
        context.set_offline(True)  # what a page sends when it is left would reach the next test
        context.close()
    faults = [text for text in said if not any(known in text for known in EXPECTED)]
    assert faults == []


@pytest.fixture
def page(device: Device) -> Page:
    return device()


@pytest.fixture
def text(page: Page) -> Locator:
    return page.get_by_label("What did you do?")


def write(page: Page, words: str) -> None:
    """Type, and wait until the server has it."""
    page.get_by_label("What did you do?").fill(words)
    expect(page.get_by_text("Draft kept.")).to_be_visible()


def go_on_elsewhere(page: Page, device: Device, **options: Any) -> None:
    """Begin on one device, and write more on another."""
    page.goto(NEW)
    write(page, "Pull-up: 8")
    laptop = device(**options)
    laptop.goto(NEW)
    write(laptop, "Pull-up: 8, 8")


def save(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text(re.compile(r"^(Workout|Changes|2 workouts) saved\."))).to_be_visible()


def on_the_device(page: Page) -> int:
    count = "Object.keys(localStorage).filter(name => name.startsWith('backtrain:draft')).length"
    return int(page.evaluate(count))


class TestNew:
    def test_is_back_in_a_new_form_at_once(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        text.fill("Pull-up: 8, 8, 6")
        page.get_by_label("Started at").fill("06:30")

        page.goto("/workouts/")
        page.goto(f"{NEW}?exercise=bent-over-barbell-row")

        expect(text).to_have_value("Pull-up: 8, 8, 6\nBent-over barbell row: ")
        expect(page.get_by_label("Started at")).to_have_value("06:30")
        expect(page.get_by_role("region", name="Preview")).to_contain_text("8, 8, 6")
        page.get_by_role("button", name="Discard the draft").click()
        expect(text).to_have_value("")
        page.goto(NEW)
        expect(text).to_have_value("")

    def test_survives_a_reload_at_any_moment(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        for words in ("Pull-up: 8", "Pull-up: 8, 8", "Pull-up: 8, 8, 6"):
            text.fill(words)
            page.reload()
            expect(text).to_have_value(words)

        expect(page.get_by_text("Draft kept.")).to_be_visible()
        expect(page.get_by_text("Changed elsewhere")).to_be_hidden()
        assert WorkoutDraft.objects.get().posted["text"] == "Pull-up: 8, 8, 6"

    def test_of_a_grid_is_summed_up_when_it_is_back(self, page: Page) -> None:
        page.route("**/workouts/draft/", lambda route: route.abort())
        page.goto(f"{NEW}?view=grid")
        page.get_by_label("Exercise", exact=True).fill("Bent-over barbell row")
        page.get_by_label("Reps, set 1", exact=True).fill("8")
        expect(page.get_by_text("Kept on this device.")).to_be_visible()

        page.goto("/workouts/")
        page.goto(NEW)

        expect(page.get_by_label("Reps, set 1", exact=True)).to_have_value("8")
        expect(page.get_by_role("region", name="Preview")).to_contain_text("1 set in 1 exercise")

    def test_of_a_grid_with_more_exercises_and_sets_is_back(self, page: Page) -> None:
        page.route("**/workouts/draft/", lambda route: route.abort())
        page.goto(f"{NEW}?view=grid")
        page.get_by_role("button", name="Add set").click()
        page.get_by_label("Reps, set 4", exact=True).fill("6")
        page.get_by_role("button", name="Add exercise").click()
        page.get_by_label("Exercise", exact=True).last.fill("Zzyzx")
        expect(page.get_by_text("Kept on this device.")).to_be_visible()

        page.goto("/workouts/")
        page.goto(NEW)

        expect(page.get_by_label("Exercise", exact=True).last).to_have_value("Zzyzx")
        expect(page.get_by_label("Reps, set 4", exact=True)).to_have_value("6")

    def test_goes_when_it_is_saved(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        text.fill("Pull-up: a few")
        page.get_by_role("button", name="Save workout").click()
        expect(page.get_by_role("alert")).to_contain_text("A line needs another look.")
        page.goto(NEW)
        expect(text).to_have_value("Pull-up: a few")

        text.fill("Pull-up: 8")
        save(page)
        page.goto(NEW)

        expect(text).to_have_value("")
        expect(page.get_by_role("button", name="Discard the draft")).to_be_hidden()
        assert on_the_device(page) == 0

    def test_of_many_days_goes_when_they_are_saved(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        text.fill("2026-02-03\nPull-up: 8\n\n2026-02-05\nPull-up: 9")
        save(page)
        page.goto(NEW)

        expect(text).to_have_value("")
        assert on_the_device(page) == 0

    def test_that_is_emptied_is_none(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        write(page, "Pull-up: 8")

        text.fill("")
        page.wait_for_timeout(1500)
        page.goto(NEW)

        expect(page.get_by_role("button", name="Discard the draft")).to_be_hidden()
        assert not WorkoutDraft.objects.open().exists()

    def test_outlives_signing_out_but_not_on_the_device(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        text.fill("Pull-up: 8, 7")
        page.goto("/accounts/logout/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        assert page.evaluate("() => localStorage.length") == 0

        sign_in(page, "alice")
        page.goto(NEW)

        expect(text).to_have_value("Pull-up: 8, 7")

    def test_keeps_the_day_when_it_is_midnight(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        page.get_by_label("Day").fill("2026-11-22")
        write(page, "Pull-up: 8")
        page.clock.set_fixed_time("2026-11-23T00:05:00Z")

        page.reload()

        expect(page.get_by_label("Day")).to_have_value("2026-11-22")

    def test_without_a_script_is_kept_by_a_button(self, device: Device) -> None:
        page = device(java_script_enabled=False)
        page.goto(NEW)
        page.get_by_label("What did you do?").fill("Pull-up: 8")
        page.get_by_role("button", name="Keep for later").click()

        page.goto(NEW)

        expect(page.get_by_label("What did you do?")).to_have_value("Pull-up: 8")
        page.get_by_role("button", name="Discard the draft").click()
        expect(page.get_by_label("What did you do?")).to_have_value("")


class TestWithoutServer:
    def test_is_on_the_device_until_the_server_is_back(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        page.route("**/workouts/draft/", lambda route: route.abort())
        text.fill("Pull-up: 8, 8")
        expect(page.get_by_text("Kept on this device.")).to_be_visible()
        page.close()
        page = page.context.new_page()  # a phone that was locked gives its pages up

        page.goto(NEW)

        expect(page.get_by_label("What did you do?")).to_have_value("Pull-up: 8, 8")
        expect(page.get_by_text("Draft kept.")).to_be_visible()
        assert WorkoutDraft.objects.get().posted["text"] == "Pull-up: 8, 8"

    def test_is_sent_when_there_is_signal_again(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        page.context.set_offline(True)
        text.fill("Pull-up: 8, 8")
        expect(page.get_by_text("Kept on this device.")).to_be_visible()

        page.context.set_offline(False)

        expect(page.get_by_text("Draft kept.")).to_be_visible()
        assert WorkoutDraft.objects.get().posted["text"] == "Pull-up: 8, 8"

    def test_that_was_saved_unheard_is_not_there_again(self, page: Page, text: Locator) -> None:
        """The workout is stored, and the connection is lost before the answer comes."""
        page.goto(NEW)
        write(page, "Pull-up: 8, 8")

        def lose_the_answer(route: Any) -> None:
            if route.request.method == "POST":
                route.fetch(max_redirects=0)
            route.abort()

        page.route("**/workouts/new/", lose_the_answer)
        page.get_by_role("button", name="Save workout").click()
        page.wait_for_timeout(1000)
        page.unroute("**/workouts/new/")
        page.goto(NEW)

        expect(text).to_have_value("")
        assert Workout.objects.count() == 1
        page.wait_for_timeout(500)
        assert on_the_device(page) == 0


class TestTwoDevices:
    def test_go_on_with_one_draft(self, page: Page, text: Locator, device: Device) -> None:
        go_on_elsewhere(page, device, viewport={"width": 1280, "height": 800})

        page.reload()

        expect(text).to_have_value("Pull-up: 8, 8")
        write(page, "Pull-up: 8, 8, 6")
        assert WorkoutDraft.objects.get().posted["text"] == "Pull-up: 8, 8, 6"

    def test_that_write_at_once_see_both(self, page: Page, text: Locator, device: Device) -> None:
        go_on_elsewhere(page, device)

        text.fill("Pull-up: 7")

        expect(page.get_by_role("heading", name="Changed elsewhere")).to_be_visible()
        expect(page.locator("#draft-other")).to_have_value("Pull-up: 8, 8")
        expect(text).to_have_value("Pull-up: 7")
        page.get_by_role("button", name="Keep this one instead").click()
        expect(page.get_by_text("Draft kept. Go on with it")).to_be_visible()
        expect(text).to_have_value("Pull-up: 7")
        assert WorkoutDraft.objects.get().posted["text"] == "Pull-up: 7"

    def test_the_other_one_may_be_taken(self, page: Page, text: Locator, device: Device) -> None:
        go_on_elsewhere(page, device)
        text.fill("Pull-up: 7")

        page.get_by_role("link", name="Go on with that one").click()

        expect(text).to_have_value("Pull-up: 8, 8")
        expect(page.get_by_text("Changed elsewhere")).to_be_hidden()
        write(page, "Pull-up: 8, 8, 8")

    def test_saving_shows_what_is_newer_first(
        self, page: Page, text: Locator, device: Device
    ) -> None:
        go_on_elsewhere(page, device)

        page.get_by_role("button", name="Save workout").click()

        expect(page.get_by_role("heading", name="Changed elsewhere")).to_be_visible()
        assert not Workout.objects.exists()
        save(page)
        assert Workout.objects.count() == 1

    def test_a_repeated_workout_does_not_push_out_a_draft(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        text.fill("Pull-up: 5")
        save(page)
        done = page.url
        page.goto(NEW)
        write(page, "Pull-up: 8")

        page.goto(f"{done}copy/?view=text")
        text.fill("Pull-up: 6")

        expect(page.locator("#draft-other")).to_have_value("Pull-up: 8")


class TestEdit:
    """What was changed and not saved is there again when the workout is edited again."""

    @pytest.fixture(autouse=True)
    def edit(self, page: Page, text: Locator) -> str:
        page.goto(NEW)
        text.fill("Pull-up: 8")
        save(page)
        page.get_by_role("link", name="Edit").click()
        return page.url

    def test_is_back_and_can_be_discarded(self, page: Page, text: Locator, edit: str) -> None:
        stored = text.input_value()
        text.fill("Pull-up: 9, 9")

        page.goto("/workouts/")
        page.goto(edit)

        expect(text).to_have_value("Pull-up: 9, 9")
        page.get_by_role("button", name="Discard the draft").click()
        expect(text).to_have_value(stored)
        page.reload()
        expect(text).to_have_value(stored)
        page.goto(NEW)
        expect(text).to_have_value("")

    def test_goes_when_saved_or_cancelled(self, page: Page, text: Locator, edit: str) -> None:
        text.fill("Pull-up: 9, 7")
        save(page)
        page.goto(edit)
        expect(text).to_have_value(re.compile("Pull-up: 9, 7$"))
        expect(page.get_by_role("button", name="Discard the draft")).to_be_hidden()

        write(page, "Pull-up: 1")
        page.get_by_role("link", name="Cancel").click()
        expect(page.get_by_role("link", name="Repeat")).to_be_visible()
        page.goto(edit)

        expect(text).to_have_value(re.compile("Pull-up: 9, 7$"))

    def test_survives_a_look_at_the_workout(self, page: Page, text: Locator, edit: str) -> None:
        text.fill("Pull-up: 9, 7")

        page.goto(edit.removesuffix("edit/"))
        page.goto(edit)

        expect(text).to_have_value("Pull-up: 9, 7")

    def test_meets_a_newer_revision_with_both_texts(
        self, page: Page, text: Locator, edit: str, device: Device
    ) -> None:
        page.route("**/workouts/draft/", lambda route: route.abort())
        text.fill("Pull-up: 9, 7")
        expect(page.get_by_text("Kept on this device.")).to_be_visible()
        laptop = device()
        laptop.goto(edit)
        laptop.get_by_label("What did you do?").fill("Pull-up: 10")
        save(laptop)

        page.goto(edit)

        expect(text).to_have_value(re.compile("Pull-up: 10$"))
        expect(page.locator("#draft-here")).to_have_value("Pull-up: 9, 7")
        page.get_by_role("button", name="Put it into the form").click()
        expect(text).to_have_value("Pull-up: 9, 7")
        expect(page.locator("#draft-here")).to_be_hidden()
        save(page)

    def test_on_the_server_meets_a_newer_revision(
        self, page: Page, text: Locator, edit: str
    ) -> None:
        write(page, "Pull-up: 9, 7")
        Workout.objects.update(revision=2)
        page.evaluate("() => localStorage.clear()")

        page.goto(edit)

        expect(page.get_by_role("region", name="You had begun to change this")).to_be_visible()
        expect(page.locator("#draft-text")).to_have_value("Pull-up: 9, 7")
        page.get_by_role("button", name="Put it into the form").click()
        expect(text).to_have_value("Pull-up: 9, 7")
        save(page)
        assert not WorkoutDraft.objects.exists()

    def test_outlives_a_lost_session(self, page: Page, text: Locator, edit: str) -> None:
        page.context.clear_cookies(name="sessionid")
        text.fill("Pull-up: 9, 7")
        expect(page.get_by_text("You have been signed out.")).to_be_visible()

        page.goto(edit)
        page.get_by_label("User name or e-mail").fill("alice")
        page.get_by_label("Password").fill("a good password")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()

        expect(text).to_have_value("Pull-up: 9, 7")
        expect(page.get_by_text("Draft kept.")).to_be_visible()
