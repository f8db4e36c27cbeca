"""A routine on a phone: written or taken from the starters, started, and compared with its plan."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from tests.factories import log, make_routine
from tests.journeys.signing_in import sign_in
from tests.journeys.test_grid import LOADS, ROW, SESSION, catalogue, open_page
from workouts.models import Workout
from workouts.saving import Started

__all__ = ["catalogue", "open_page"]

PLAN = f"""Pull-up: 4 x 6-10
{ROW}: 1 x 10 w, 3 x 6-10
Dumbbell row: 3 x 8-12
Weighted pull-up: 3 x 4-6
Farmer's walk: 3 x 40 m
Plank: 3 x 30-60 s"""
MOST_TAPS = 30


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_first_line_to_the_plan_beside_what_was_done(
    open_page: Callable[..., Page], alice: User, script: bool
) -> None:
    page = open_page(script=script)
    sign_in(page, "alice")
    page.goto("/routines/")
    page.get_by_role("link", name="Write your own").click()
    page.get_by_label("Name").fill("Pull")
    page.get_by_label("Mon", exact=True).check()
    page.get_by_label("What is planned").fill("pul-upp 2 x 5-8, rest 2 min")
    page.get_by_role("button", name="Save routine").click()
    page.get_by_role("button", name="Pull-up", exact=True).click()
    expect(page.get_by_label("What is planned")).to_have_value("Pull-up 2 x 5-8, rest 2 min")
    page.get_by_role("button", name="Save routine").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pull")
    expect(page.get_by_role("main")).to_contain_text("2 x 5-8 rest 2 min")
    page.get_by_role("link", name="Start", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("2 x 5-8, rest 120 s")
    page.get_by_role("checkbox", name="Set 1 done").check()
    page.get_by_role("button", name="Finish").click()

    expect(page.get_by_text("Workout saved.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("one set less")
    workout = Workout.objects.get()
    assert (workout.plan, workout.routine.name) == ("Pull-up: 2 x 5-8, rest 120 s", "Pull")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_exercise_goes_up_by_the_keyboard(
    open_page: Callable[..., Page], alice: User, script: bool
) -> None:
    page = open_page(script=script)
    sign_in(page, "alice")
    page.goto("/routines/new/")
    page.get_by_label("What is planned").fill("Pull-up: 3 x 8\nPlank: 3 x 60 s\nZercher: 3 x 8")
    if not script:
        page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="with weights").click()
    expect(page.get_by_text("3 exercises, 9 sets. Ready to save.")).to_be_visible()

    page.get_by_role("button", name="Zercher up").press("Enter")
    box = page.get_by_label("What is planned")
    expect(box).to_have_value("Pull-up: 3 x 8\nZercher: 3 x 8\nPlank: 3 x 60 s")
    expect(page.get_by_role("button", name="Zercher up")).to_be_focused()
    page.keyboard.press("Enter")

    expect(box).to_have_value("Zercher: 3 x 8\nPull-up: 3 x 8\nPlank: 3 x 60 s")
    expect(page.get_by_role("button", name="Zercher down")).to_be_focused()


def test_names_are_completed_without_sets(open_page: Callable[..., Page], alice: User) -> None:
    log(alice, "Pull-up: 8, 8")
    page = open_page(script=True)
    sign_in(page, "alice")
    page.goto("/routines/new/")
    box = page.get_by_label("What is planned")

    box.press_sequentially("pul")
    expect(page.get_by_role("option").first).to_contain_text("Pull-up")
    box.press("Tab")
    expect(box).to_have_value("Pull-up: ")
    box.press_sequentially("3 x 8")

    expect(page.get_by_text("1 exercise, 3 sets. Ready to save.")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(0)


def test_a_deleted_routine_comes_back(open_page: Callable[..., Page], alice: User) -> None:
    routine = make_routine(alice, PLAN, name="Pull")
    page = open_page(script=False)
    sign_in(page, "alice")
    page.goto(routine.get_absolute_url())

    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("“Pull” is deleted.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pull")


def test_taps_from_home_to_a_saved_session(open_page: Callable[..., Page], alice: User) -> None:
    """Six exercises with 20 sets: once with *Tick all*, as a session ends, and once set by set."""
    today = str(datetime.now(UTC).isoweekday())
    routine = make_routine(alice, PLAN, name="Pull", weekdays=today)
    log(alice, SESSION, started=Started(routine, routine.text))
    page = open_page(script=True)
    sign_in(page, "alice")
    counts = []
    for ticks in ("Tick all", "done"):
        taps = 0

        def tap(what: Locator) -> None:
            nonlocal taps
            what.tap()
            taps += 1

        page.goto("/routines/")
        tap(page.get_by_role("link", name="Start Pull"))
        expect(page.get_by_role("region", name="Plank", exact=True)).to_be_visible()
        for name in LOADS:
            block = page.get_by_role("region", name=name, exact=True)
            if ticks == "Tick all":
                tap(block.get_by_role("button", name="Tick all"))
                continue
            for box in block.get_by_role("checkbox").all():
                box.tap()
                taps += 1
        tap(page.get_by_role("button", name="Finish"))
        expect(page.get_by_text("Workout saved.")).to_be_visible()
        counts.append(taps)

    assert counts == [8, 22]
    assert max(counts) <= MOST_TAPS
    saved = Workout.objects.order_by("created_at")[1]
    text = Workout.objects.with_entries().get(pk=saved.pk).text
    assert text.split("\n")[1:] == [
        "> 1 min",
        "Pull-up: 9, 8, 7, 6",
        f"{ROW}: 40 kg x 10 w, 60 kg x 9, 60 kg x 8, 60 kg x 7",
        "Dumbbell row: 22 kg x 11, 10, 9",
        "Weighted pull-up: +10 kg x 6, 5, 4",
        "Farmer's walk: 34.5 kg x 40 m, 40 m, 40 m",
        "Plank: 60 s, 60 s, 50 s",
    ]
