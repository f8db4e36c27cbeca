"""Reading a workout and an exercise: copying the text, and what a printer would put on paper."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from exercises.models import Exercise
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory, UserFactory, log
from tests.journeys.signing_in import give_session
from workouts.models import Workout

TEXT = "2026-11-22 18:30 Back day\nPull-up: 8, 8, 6"


@pytest.fixture
def alice(transactional_db: None) -> User:
    return UserFactory.create(username="alice")


@pytest.fixture
def pull_up(transactional_db: None) -> Exercise:
    exercise = ExerciseFactory.create(name="Pull-up", slug="pull-up", load_type="bodyweight")
    lats = MuscleFactory.create(name="Latissimus dorsi", slug="latissimus-dorsi")
    TargetFactory.create(exercise=exercise, muscle=lats)
    return exercise


@pytest.fixture
def workout(alice: User, pull_up: Exercise) -> Workout:
    return log(alice, TEXT)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, alice: User) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, permissions=["clipboard-read", "clipboard-write"]
    )
    give_session(context, alice)
    yield context.new_page()
    context.close()


def test_the_text_is_copied(page: Page, workout: Workout) -> None:
    page.goto(workout.get_absolute_url())

    page.get_by_role("button", name="Copy the text").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == TEXT


def test_without_a_script_the_text_is_there_and_no_button(
    browser: Browser, live_server: LiveServer, alice: User, workout: Workout
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    give_session(context, alice)
    page = context.new_page()
    page.goto(workout.get_absolute_url())

    expect(page.get_by_role("textbox", name="As text")).to_have_value(TEXT)
    expect(page.get_by_role("button", name="Copy the text")).to_be_hidden()
    context.close()


def test_a_workout_on_paper_is_sets_and_map(page: Page, workout: Workout) -> None:
    page.goto(workout.get_absolute_url())
    page.emulate_media(media="print")

    expect(page.get_by_role("row", name="1 8 reps")).to_be_visible()
    expect(page.get_by_role("group", name="The body from the back")).to_be_visible()
    expect(page.locator(".print-foot")).to_have_text(page.url)
    for hidden in (".masthead", ".tabs", ".colophon", ".button", "textarea", ".neighbours"):
        assert not any(each.is_visible() for each in page.locator(hidden).all()), hidden


def test_an_exercise_on_paper_has_both_positions_beside_each_other(
    page: Page, pull_up: Exercise
) -> None:
    page.goto(pull_up.get_absolute_url())
    page.emulate_media(media="print")

    start, end = (each.bounding_box() for each in page.locator(".figure-drawing").all())
    assert start
    assert end
    assert start["x"] + start["width"] <= end["x"]
    assert abs(start["y"] - end["y"]) < 0.5  # lines are laid out in 64ths of a pixel
    expect(page.locator(".own-history")).to_be_hidden()
    expect(page.locator(".print-foot")).to_have_text(page.url)


def test_what_is_hidden_is_not_printed_either(page: Page, workout: Workout) -> None:
    for address in ("/", "/workouts/", "/workouts/new/", workout.get_absolute_url()):
        page.goto(address)
        page.emulate_media(media="print")
        for hidden in page.locator("[hidden]").all():
            expect(hidden).not_to_be_visible()
