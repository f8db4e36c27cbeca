"""Finding an exercise: in two taps from the home page, and by typing something like its name."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import EquipmentFactory, ExerciseFactory, MuscleFactory, TargetFactory


@pytest.fixture(autouse=True)
def catalogue(transactional_db: None) -> None:
    lats = MuscleFactory.create(name="Latissimus dorsi", slug="latissimus-dorsi")
    mat = EquipmentFactory.create(name="Exercise mat", slug="exercise-mat", kind="accessory")
    EquipmentFactory.create(name="None (bodyweight)", slug="bodyweight", kind="bodyweight")
    bar = EquipmentFactory.create(name="Barbell", slug="barbell")
    for name, thing, level in [
        ("Superman raise", mat, "beginner"),
        ("Deadlift", bar, "intermediate"),
        ("Sumo deadlift", bar, "advanced"),
    ]:
        exercise = ExerciseFactory.create(name=name, level=level)
        exercise.equipment.add(thing)
        TargetFactory.create(exercise=exercise, muscle=lats)


@contextmanager
def phone(browser: Browser, address: str, *, script: bool) -> Iterator[Page]:
    """A phone-sized page that fails the test on any error in its console."""
    context = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, java_script_enabled=script
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    with phone(browser, live_server.url, script=request.param) as page:
        yield page


@pytest.fixture
def scripted(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with phone(browser, live_server.url, script=True) as page:
        yield page


class TestFindAnExercise:
    def test_by_region_equipment_and_level_in_two_taps(self, page: Page) -> None:
        page.goto("/")

        page.locator("summary", has_text="Back").click()
        page.locator(".finder-kit:visible", has_text="No equipment").get_by_text("Beginner").click()

        expect(page.locator(".row-name")).to_have_text(["Superman raise"])
        expect(page.locator(".chip")).to_have_count(3)

    def test_by_a_misspelt_name_and_then_a_level(self, page: Page) -> None:
        page.goto("/exercises/")
        page.get_by_role("searchbox").fill("deadlfit")
        page.get_by_role("searchbox").press("Enter")
        expect(page.locator(".row-name")).to_have_text(["Deadlift", "Sumo deadlift"])

        page.get_by_text("Filter and sort").click()
        expect(page.get_by_label("Beginner")).to_be_disabled()
        page.get_by_label("Advanced").check()
        page.get_by_role("button", name="Show").click()

        expect(page.locator(".row-name")).to_have_text(["Sumo deadlift"])
        page.locator(".chip", has_text="Advanced").click()
        expect(page.locator(".row-name")).to_have_text(["Deadlift", "Sumo deadlift"])

    def test_says_how_many_each_choice_would_find(self, scripted: Page) -> None:
        """At once, without a button, and to those who hear the page too."""
        scripted.goto("/exercises/")
        scripted.get_by_text("Filter and sort").click()
        scripted.locator("summary", has_text="Muscle").click()
        scripted.get_by_role("searchbox").fill("deadlfit")
        expect(scripted.locator("label", has_text="Beginner")).to_contain_text("0")
        expect(scripted.get_by_label("Beginner")).to_be_disabled()

        scripted.get_by_label("Advanced").check()

        expect(scripted.get_by_role("status")).to_have_text("1 exercise")
        expect(scripted.locator("label", has_text="Intermediate")).to_contain_text("1")
        expect(scripted.locator("label", has_text="Latissimus dorsi")).to_contain_text("1")
        expect(scripted.locator("summary", has_text="Level")).to_contain_text("1 chosen")
        expect(scripted.get_by_label("Advanced")).to_be_focused()
