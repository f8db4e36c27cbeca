"""In the gym without signal: what was opened opens again, and nobody else sees it."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory, log

KEEPS = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages of "));
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({ url }) => new URL(url).pathname);
}"""


@pytest.fixture(autouse=True)
def catalogue(transactional_db: None) -> None:
    lats = MuscleFactory.create(name="Latissimus dorsi", slug="latissimus-dorsi")
    pull_up = ExerciseFactory.create(
        name="Pull-up", slug="pull-up", load_type="bodyweight", bodyweight_fraction="1.00"
    )
    row = ExerciseFactory.create(name="Bent-over barbell row", slug="bent-over-barbell-row")
    for exercise in (pull_up, row):
        TargetFactory.create(exercise=exercise, muscle=lats)


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A phone."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, locale="en-GB"
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail").fill(name)
    page.get_by_label("Password").fill("a good password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=f"Hello, {name}")).to_be_visible()


def wait_until_kept(page: Page, *paths: str) -> None:
    page.evaluate(
        f"""async (paths) => {{
          while (!((kept) => paths.every((path) => kept.includes(path)))(await ({KEEPS})())) {{
            await new Promise((resolve) => setTimeout(resolve, 50));
          }}
        }}""",
        list(paths),
    )


class TestPages:
    def test_of_the_catalogue_open_again(self, page: Page, context: BrowserContext) -> None:
        page.goto("/exercises/")
        page.get_by_role("main").get_by_role("link", name="Pull-up").click()
        wait_until_kept(page, "/exercises/pull-up/", "/offline/")

        context.set_offline(True)
        page.goto("/exercises/pull-up/")

        expect(page.get_by_role("heading", name="Pull-up", level=1)).to_be_visible()
        expect(page.get_by_role("status")).to_have_text(
            re.compile(r"No signal\. This page is as it was at \d\d:\d\d\.")
        )

    def test_cost_nothing_at_the_first_one(self, page: Page) -> None:
        page.goto("/exercises/")
        page.wait_for_timeout(500)

        assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []
        page.get_by_role("main").get_by_role("link", name="Pull-up").click()
        wait_until_kept(page, "/exercises/pull-up/")

    def test_that_are_not_here_say_so_and_what_is(
        self, page: Page, context: BrowserContext
    ) -> None:
        page.goto("/exercises/")
        page.get_by_role("main").get_by_role("link", name="Pull-up").click()
        wait_until_kept(page, "/exercises/pull-up/", "/offline/")

        context.set_offline(True)
        page.goto("/muscles/")
        expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")
        page.get_by_role("main").get_by_role("link", name="Pull-up").click()
        expect(page.get_by_role("heading", name="Pull-up", level=1)).to_be_visible()
        page.go_back()

        context.set_offline(False)
        page.get_by_role("link", name="Try again").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Muscles")

    def test_of_an_athlete_open_though_never_visited(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        log(alice, "Pull-up: 8, 8")
        sign_in(page, "alice")
        wait_until_kept(page, "/", "/workouts/", "/workouts/new/", "/offline/")

        context.set_offline(True)
        page.goto("/workouts/")
        expect(page.get_by_role("listitem").filter(has_text="Pull-up 2")).to_be_visible()
        page.goto("/workouts/new/?exercise=pull-up")
        first = page.locator("[name=id]").input_value()
        page.goto("/workouts/new/")

        assert page.locator("[name=id]").input_value() != first

    def test_of_forms_and_accounts_are_not_kept(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/accounts/settings/")
        page.goto("/workouts/")
        wait_until_kept(page, "/workouts/")

        assert not [path for path in page.evaluate(KEEPS) if path.startswith("/accounts/")]


class TestOwners:
    def test_signing_out_clears_the_device(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        sign_in(page, "alice")
        wait_until_kept(page, "/workouts/new/")
        page.goto("/accounts/logout/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        wait_until_kept(page, "/offline/")

        assert "/workouts/" not in page.evaluate(KEEPS)
        context.set_offline(True)
        page.goto("/workouts/")
        expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")

    def test_whoever_signs_in_next_sees_nothing_of_the_one_before(
        self, page: Page, context: BrowserContext, alice: User, charlie: User
    ) -> None:
        log(alice, "Pull-up: 8, 8")
        sign_in(page, "alice")
        page.goto("/workouts/")
        wait_until_kept(page, "/workouts/", "/workouts/new/")
        context.clear_cookies()

        sign_in(page, "charlie")
        wait_until_kept(page, "/workouts/", "/workouts/new/", "/offline/")
        context.set_offline(True)
        page.goto("/workouts/")

        expect(page.get_by_text("Nothing logged yet")).to_be_visible()
        expect(page.get_by_text("Pull-up 2")).to_be_hidden()

    def test_a_session_that_has_ended_clears_the_device(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        sign_in(page, "alice")
        wait_until_kept(page, "/workouts/")
        context.clear_cookies()

        page.goto("/workouts/")

        expect(page.get_by_label("Password")).to_be_visible()
        assert "/workouts/" not in page.evaluate(KEEPS)
