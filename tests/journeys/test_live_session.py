"""A session is logged while one trains, on whichever device is at hand."""

import re

from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.test_drafts import NEW, Device, catalogue, device, page, text
from workouts.models import Workout, WorkoutDraft

__all__ = ["catalogue", "device", "page", "text"]

MINUTE = 60_000


class TestSession:
    def test_is_started_ticked_and_finished(self, page: Page) -> None:
        page.clock.install()
        page.get_by_role("link", name="Start a session").click()
        page.wait_for_load_state()
        page.get_by_label("Exercise", exact=True).fill("Pull-up")
        page.get_by_label("Reps, set 1", exact=True).fill("8")

        page.get_by_label("Set 1 done").check()
        expect(page.locator("[name=ticks]")).to_have_value(re.compile(r"^1-1=\d{10}$"))
        page.clock.fast_forward(2 * MINUTE)
        expect(page.locator("[data-last-set]")).to_have_text(re.compile(r"^last set 2:0\d ago$"))
        page.get_by_label("Set 1 done").uncheck()
        expect(page.locator("[name=ticks]")).to_have_value("")
        page.get_by_label("Set 1 done").check()
        page.get_by_role("button", name="Finish").click()

        expect(page.get_by_text("Workout saved.")).to_be_visible()
        assert Workout.objects.get().minutes == 1
        assert not WorkoutDraft.objects.exists()

    def test_notes_a_tick_that_is_earlier_than_the_script(self, page: Page) -> None:
        waiting: list[Route] = []
        page.route("**/js/log.js", lambda route: waiting.append(route))
        page.goto(f"{NEW}?start&view=grid", wait_until="commit")
        page.get_by_label("Set 1 done").check()
        waiting[0].continue_()

        expect(page.locator("[name=ticks]")).to_have_value(re.compile(r"^1-1=\d{10}$"))
        expect(page.get_by_role("button", name="Skip")).to_be_visible()

    def test_leaves_the_time_of_a_tick_as_it_was(self, page: Page) -> None:
        page.clock.install()
        page.goto(f"{NEW}?start&view=grid")
        page.get_by_label("Exercise", exact=True).fill("Pull-up")
        page.get_by_label("Reps, set 1", exact=True).fill("8")
        ticks = page.locator("[name=ticks]")
        expect(ticks).to_have_value(re.compile(r"^1-1=\d{10}$"))
        first = ticks.input_value()
        page.clock.fast_forward(2 * MINUTE)
        expect(page.get_by_text("Draft kept.")).to_be_visible()

        page.reload()
        page.get_by_label("Set 2 done").check()

        expect(ticks).to_have_value(re.compile(rf"^{first} 1-2=\d{{10}}$"))

    def test_goes_on_where_it_was(self, page: Page, device: Device) -> None:
        page.goto(f"{NEW}?start&view=text")
        page.get_by_label("What did you do?").fill("Pull-up: 8")
        expect(page.get_by_text("Draft kept.")).to_be_visible()
        started = page.locator("[name=started]").input_value()

        page.reload()
        expect(page.locator("[name=started]")).to_have_value(started)
        other = device()
        other.goto("/")
        other.get_by_role("link", name="Go on with your session").click()

        expect(other.get_by_label("What did you do?")).to_have_value("Pull-up: 8")
        expect(other.locator("[name=started]")).to_have_value(started)
        expect(other.locator("[data-elapsed]")).to_have_text(re.compile(r"^\d+:\d\d$"))

    def test_that_has_nothing_yet_is_there_too(self, page: Page) -> None:
        page.goto(f"{NEW}?start")
        expect(page.get_by_text("Draft kept.")).to_be_visible()

        page.goto("/")

        expect(page.get_by_role("link", name="Go on with your session")).to_be_visible()

    def test_begins_with_what_was_typed(self, page: Page, text: Locator) -> None:
        page.goto(NEW)
        text.fill("Pull-up: 8")

        page.get_by_role("button", name="Start a session").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Session")
        expect(text).to_have_value("Pull-up: 8")

    def test_is_discarded_after_asking(self, page: Page) -> None:
        page.goto(f"{NEW}?start&view=text")
        page.get_by_label("What did you do?").fill("Pull-up: 8")
        expect(page.get_by_text("Draft kept.")).to_be_visible()

        page.locator(".live-dots").click()
        page.get_by_role("button", name="Discard the session").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Log a workout")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Session")
        expect(page.get_by_label("What did you do?")).to_have_value("Pull-up: 8")

    def test_takes_the_minutes_that_are_typed(self, page: Page, text: Locator) -> None:
        page.goto(f"{NEW}?start&view=text")
        text.fill("Pull-up: 8")
        page.locator(".live-dots").click()
        page.get_by_label("Minutes").fill("47")

        page.get_by_role("button", name="Finish").click()

        expect(page.get_by_text("Workout saved.")).to_be_visible()
        assert Workout.objects.get().minutes == 47

    def test_works_without_a_script(self, device: Device, alice: User) -> None:
        page = device(java_script_enabled=False)
        page.get_by_role("link", name="Start a session").click()
        page.get_by_role("button", name="Text", exact=True).click()
        page.get_by_label("What did you do?").fill("Pull-up: 8")

        page.get_by_role("button", name="Finish").click()

        expect(page.get_by_text("Workout saved.")).to_be_visible()
        assert Workout.objects.get().minutes == 1
