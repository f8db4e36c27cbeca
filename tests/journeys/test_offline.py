"""In the gym without signal: what was opened opens again, and nobody else sees it."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Thread
from time import monotonic
from typing import Self

import pytest
import time_machine
from django.contrib.auth.models import User
from django.http import HttpResponse
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory, log, make_routine

KEEPS = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages of "));
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({ url }) => url.replace(location.origin, ""));
}"""


STORED = """async () => {
  const opening = indexedDB.open("backtrain", 1);
  const database = await new Promise((resolve) => {
    opening.onupgradeneeded = () => opening.result.createObjectStore("forms", { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
  });
  const counting = database.transaction("forms").objectStore("forms").count();
  const forms = await new Promise((resolve) => {
    counting.onsuccess = () => resolve(counting.result);
  });
  database.close();
  const names = (await caches.keys()).filter((name) => name.startsWith("pages of "));
  return { caches: names, forms, keys: Object.keys(localStorage) };
}"""


# Brings the next worker, which begins when the one before has nothing more to do.
UPGRADE = """async () => {
  const begun = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
  });
  await (await navigator.serviceWorker.ready).update();
  await Promise.race([begun, new Promise((_, reject) => setTimeout(reject, 60_000))]);
}"""

LEFT_OF_THE_OLD = """async () => {
  const deadline = Date.now() + 60_000;
  const old = (name) => name.startsWith("files of ") && name !== "files of next-en";
  let left;
  do {
    await new Promise((resolve) => setTimeout(resolve, 50));
    left = (await caches.keys()).filter(old);
  } while (left.length && Date.now() < deadline);
  return left;
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


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Browser, worker and server share what cores there are: nothing here is about speed."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


class Line:
    """What leads to a server, and can be cut as if that had been killed."""

    def __init__(self, url: str) -> None:
        self._server = ("localhost", int(url.rsplit(":", 1)[1]))
        self._open: list[socket.socket] = []
        self._is_cut = False
        self._unanswered = b""
        self._listener = socket.create_server(("localhost", 0))
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"
        Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        hang_up(self._listener)

    def cut(self) -> None:
        self._is_cut = True
        for end in self._open:
            hang_up(end)

    def mend(self) -> None:
        self._is_cut = False

    def cut_before_the_answer_to(self, request: bytes) -> None:
        """The server does what it is asked, and is gone before it can say so."""
        self._unanswered = request

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self._is_cut:
                    client.close()
                    continue
                server = socket.create_connection(self._server)
                self._open += [client, server]
                asked: list[bytes] = []
                for ends in ((client, server), (server, client)):
                    Thread(target=self._carry, args=(*ends, asked), daemon=True).start()

    def _is_lost(self, asked: list[bytes]) -> bool:
        return bool(self._unanswered and asked and asked[0].startswith(self._unanswered))

    def _carry(self, one: socket.socket, other: socket.socket, asked: list[bytes]) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                if said.startswith((b"GET ", b"POST ")):
                    asked[:] = [said]
                elif self._is_lost(asked) and said.startswith(b"HTTP/"):
                    self.cut()
                    break
                other.sendall(said)
        for end in (one, other):
            hang_up(end)


def hang_up(end: socket.socket) -> None:
    """Wake whoever waits for it, and close it, though the other side may have hung up before."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A phone."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        locale="en-GB",
        service_workers="allow",
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
    """Until the device has pages, of which it asks for some by itself."""
    assert missing_after(page, 60, *paths) == []


def missing_after(page: Page, seconds: int, *paths: str) -> list[str]:
    """Which of the pages the device still lacks after so long."""
    missing: list[str] = page.evaluate(
        f"""async (paths) => {{
          const deadline = Date.now() + {seconds * 1000};
          let missing = paths;
          while (missing.length && Date.now() < deadline) {{
            await new Promise((resolve) => setTimeout(resolve, 50));
            const kept = await ({KEEPS})();
            missing = paths.filter((path) => !kept.includes(path));
          }}
          return missing;
        }}""",
        list(paths),
    )
    return missing


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
        wait_until_kept(page, "/", "/workouts/", "/workouts/new/?blank", "/offline/")

        context.set_offline(True)
        page.goto("/workouts/")
        expect(page.get_by_role("listitem").filter(has_text="Pull-up 2")).to_be_visible()
        page.goto("/workouts/new/?exercise=pull-up")
        first = page.locator("[name=id]").input_value()
        page.goto("/workouts/new/")

        assert page.locator("[name=id]").input_value() != first

    def test_of_their_own_open_though_never_visited(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        """Workouts, routines, and a session from a routine, which begins when it is opened."""
        workout = log(alice, "Pull-up: 8, 8, 6")
        routine = make_routine(alice, "Pull-up: 3 x 8-12", name="Pull")
        start = f"/workouts/new/?routine={routine.pk}"
        with time_machine.travel(datetime.now(UTC) - timedelta(days=1)):
            sign_in(page, "alice")
            wait_until_kept(
                page,
                workout.get_absolute_url(),
                routine.get_absolute_url(),
                f"{start}&start=1",
                start,
            )

        context.set_offline(True)
        page.goto(workout.get_absolute_url())
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("8, 8, 6")
        page.goto("/offline/")
        page.get_by_role("main").get_by_role("link", name="Pull", exact=True).click()
        page.get_by_role("link", name="Start", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Session")
        first = page.locator("[name=id]").input_value()
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Session")
        assert page.locator("[name=id]").input_value() != first
        started = datetime.fromisoformat(page.locator("[name=started]").input_value())
        assert datetime.now(UTC) - started < timedelta(minutes=1)
        page.get_by_role("button", name="Tick all").click()
        page.get_by_role("button", name="Finish").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")

        context.set_offline(False)
        page.goto("/")
        expect(page.get_by_text("1 workout was sent and saved.")).to_be_visible()
        saved = alice.athlete.workouts.newest_first().first()
        assert (saved.day, saved.plan) == (datetime.now(UTC).date(), "Pull-up: 3 x 8-12")
        assert (saved.routine, alice.athlete.workouts.count()) == (routine, 2)

    @pytest.mark.parametrize("address", ["/offline/own/", "/workouts/new/?blank"])
    @pytest.mark.parametrize("failure", ["no signal", "a busy server"])
    def test_that_failed_once_are_fetched_anew(
        self, page: Page, context: BrowserContext, alice: User, address: str, failure: str
    ) -> None:
        workout = log(alice, "Pull-up: 8, 8, 6")
        asked = []

        def fail_once(route: Route) -> None:
            asked.append(route.request.url)
            if len(asked) > 1:
                route.continue_()
            elif failure == "no signal":
                route.abort()
            else:
                route.fulfill(status=500)

        context.route(lambda url: url.endswith(address), fail_once)
        sign_in(page, "alice")

        wait_until_kept(page, workout.get_absolute_url(), "/workouts/new/?blank")
        assert len(asked) > 1

    def test_of_forms_and_accounts_are_not_kept(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/accounts/settings/")
        page.goto("/workouts/")
        wait_until_kept(page, "/workouts/")

        assert not [path for path in page.evaluate(KEEPS) if path.startswith("/accounts/")]

    def test_of_a_session_under_way_goes_on(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        sign_in(page, "alice")
        wait_until_kept(page, "/workouts/new/?blank", "/offline/")
        page.goto("/workouts/new/?start&view=text")
        page.get_by_label("What did you do?").fill("Pull-up: 8")
        expect(page.get_by_text("Draft kept.")).to_be_visible()
        started = page.locator("[name=started]").input_value()
        wait_until_kept(page, "/workouts/new/")

        context.set_offline(True)
        page.get_by_label("What did you do?").fill("Pull-up: 8, 8")
        page.goto("/workouts/new/")

        expect(page.get_by_label("What did you do?")).to_have_value("Pull-up: 8, 8")
        expect(page.locator("[name=started]")).to_have_value(started)
        page.get_by_role("button", name="Finish").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
        page.goto("/workouts/new/")
        expect(page.get_by_label("What did you do?")).to_have_value("")
        context.set_offline(False)
        page.goto("/")
        expect(page.get_by_text("1 workout was sent and saved.")).to_be_visible()
        assert alice.athlete.workouts.get().text.endswith("Pull-up: 2 x 8")
        assert not alice.athlete.drafts.exists()


class TestOwners:
    def test_signing_out_clears_the_device(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        sign_in(page, "alice")
        wait_until_kept(page, "/workouts/new/?blank")
        page.goto("/workouts/new/?start&view=text")
        page.get_by_label("What did you do?").fill("Pull-up: 8")
        expect(page.get_by_text("Draft kept.")).to_be_visible()
        page.evaluate("localStorage.setItem('backtrain:rest', '1')")
        stored = page.evaluate(STORED)
        assert stored["caches"] == [f"pages of {alice.pk}"]
        assert len(stored["keys"]) >= 2
        page.goto("/accounts/logout/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        wait_until_kept(page, "/offline/")

        assert "/workouts/" not in page.evaluate(KEEPS)
        assert page.evaluate(STORED) == {"caches": ["pages of nobody"], "forms": 0, "keys": []}
        context.set_offline(True)
        page.goto("/workouts/")
        expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")

    def test_whoever_signs_in_next_sees_nothing_of_the_one_before(
        self, page: Page, context: BrowserContext, alice: User, charlie: User
    ) -> None:
        log(alice, "Pull-up: 8, 8")
        sign_in(page, "alice")
        page.goto("/workouts/")
        wait_until_kept(page, "/workouts/", "/workouts/new/?blank")
        context.clear_cookies()

        sign_in(page, "charlie")
        wait_until_kept(page, "/workouts/", "/workouts/new/?blank", "/offline/")
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

    def test_what_comes_late_for_the_one_before_stays_out(
        self, page: Page, context: BrowserContext, alice: User, charlie: User
    ) -> None:
        """It was asked for with their session, and is answered when the next one is here."""
        held: list[tuple[Route, APIResponse]] = []

        def hold_the_first(route: Route) -> None:
            if held:
                route.continue_()
            else:
                held.append((route, route.fetch()))

        context.route(lambda url: url.endswith("/workouts/new/?blank"), hold_the_first)
        sign_in(page, "alice")
        deadline = monotonic() + 60
        while not held and monotonic() < deadline:
            page.wait_for_timeout(50)
        context.clear_cookies()
        sign_in(page, "charlie")

        route, answer = held[0]
        assert answer.headers["x-owner"] == str(alice.pk)
        route.fulfill(response=answer)

        wait_until_kept(page, "/workouts/", "/workouts/new/?blank", "/offline/")
        assert page.evaluate(STORED)["caches"] == [f"pages of {charlie.pk}"]


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[Line]:
    with Line(live_server.url) as line:
        yield line


@pytest.fixture
def log_by_line(browser: Browser, line: Line, alice: User) -> Iterator[Page]:
    """The log form of someone whose device has kept what it needs, by a line that can be cut."""
    context = browser.new_context(base_url=line.url, service_workers="allow")
    page = context.new_page()
    sign_in(page, "alice")
    wait_until_kept(page, "/workouts/new/?blank", "/offline/")
    page.goto("/workouts/new/")
    yield page
    context.close()


class TestServer:
    def test_that_is_gone_and_comes_back(self, line: Line, log_by_line: Page, alice: User) -> None:
        page = log_by_line
        line.cut()

        page.get_by_label("What did you do?").fill("Pull-up: 8")
        page.get_by_role("button", name="Save workout").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
        line.mend()
        page.goto("/")

        expect(page.get_by_text("1 workout was sent and saved.")).to_be_visible()
        assert alice.athlete.workouts.count() == 1

    def test_that_is_killed_while_it_saves_has_the_workout_once(
        self, line: Line, log_by_line: Page, alice: User
    ) -> None:
        page = log_by_line
        page.get_by_label("What did you do?").fill("Pull-up: 8")
        expect(page.get_by_text("Draft kept.")).to_be_visible()
        line.cut_before_the_answer_to(b"POST /workouts/new/ ")
        page.get_by_role("button", name="Save workout").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
        assert alice.athlete.workouts.count() == 1
        line.cut_before_the_answer_to(b"")
        line.mend()
        page.goto("/")

        expect(page.get_by_text("1 workout was sent and saved.")).to_be_visible()
        assert alice.athlete.workouts.count() == 1
        assert page.evaluate(STORED)["forms"] == 0

    def test_that_is_upgraded_brings_its_files_and_pages(
        self,
        page: Page,
        context: BrowserContext,
        alice: User,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        sign_in(page, "alice")
        wait_until_kept(page, "/workouts/new/?blank", "/workouts/", "/offline/")
        monkeypatch.setattr("backtrain.offline.build", lambda: "next")

        page.evaluate(UPGRADE)
        page.goto("/workouts/")

        assert page.evaluate(LEFT_OF_THE_OLD) == []
        wait_until_kept(page, "/workouts/new/?blank", "/workouts/", "/offline/")
        context.set_offline(True)
        page.goto("/workouts/")
        expect(page.get_by_text("Nothing logged yet")).to_be_visible()


class TestInstalled:
    def test_as_an_app_by_what_chromium_asks(self, page: Page, context: BrowserContext) -> None:
        page.goto("/exercises/")
        page.get_by_role("main").get_by_role("link", name="Pull-up").click()
        wait_until_kept(page, "/exercises/pull-up/")
        browser = context.new_cdp_session(page)

        manifest = browser.send("Page.getAppManifest")
        errors = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]

        assert manifest["errors"] == []
        # The browser of the tests keeps nothing of its own, so it can't install anything either.
        assert [each["errorId"] for each in errors] == ["in-incognito"]


class TestUnsent:
    @pytest.fixture(autouse=True)
    def signed_in(self, page: Page, alice: User, catalogue: None, live_server: LiveServer) -> None:
        self.url = live_server.url
        sign_in(page, "alice")
        wait_until_kept(page, "/workouts/new/?blank", "/workouts/", "/", "/offline/")

    def save_without_signal(self, page: Page, context: BrowserContext, text: str) -> None:
        context.set_offline(True)
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill(text)
        page.get_by_role("button", name="Save workout").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")

    def test_is_sent_once_when_there_is_signal(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        self.save_without_signal(page, context, "Pull-up: 8, 8, 6")
        expect(page.get_by_role("heading", name="1 workout waits for signal")).to_be_visible()
        other = context.new_page()
        other.goto("/workouts/new/")
        expect(other.get_by_role("heading", name="1 workout waits for signal")).to_be_visible()

        context.set_offline(False)
        for tab in (page, other, page, other):
            tab.evaluate("window.dispatchEvent(new Event('online'))")

        expect(page.get_by_text("1 workout was sent and saved.")).to_be_visible()
        expect(other.get_by_text("1 workout was sent and saved.")).to_be_visible()
        page.get_by_role("link", name="Look at it").click()
        expect(page.get_by_role("link", name="Pull-up")).to_be_visible()
        assert [each.text for each in alice.athlete.workouts.all()] == [
            each.text for each in alice.athlete.workouts.live()
        ]
        assert alice.athlete.workouts.count() == 1

    def test_is_sent_by_the_browser_when_no_page_is_open(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        """Background Sync, which the browser begins when there is signal."""
        self.save_without_signal(page, context, "Pull-up: 8, 8, 6")
        page.goto("about:blank")
        context.set_offline(False)
        browser = context.new_cdp_session(page)
        registrations: list[str] = []
        browser.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: registrations.extend(
                each["registrationId"] for each in told["registrations"]
            ),
        )
        browser.send("ServiceWorker.enable")
        while not registrations:
            page.wait_for_timeout(50)
        sync = {"registrationId": registrations[0], "tag": "unsent", "lastChance": False}
        origin = self.url.removesuffix("/")

        browser.send("ServiceWorker.dispatchSyncEvent", {"origin": origin, **sync})

        deadline = monotonic() + 30
        while not alice.athlete.workouts.count() and monotonic() < deadline:
            page.wait_for_timeout(50)
        assert alice.athlete.workouts.count() == 1
        page.goto("/")
        expect(page.get_by_role("heading", name="Last workouts")).to_be_visible()
        expect(page.get_by_text("waits for signal")).to_be_hidden()

    def test_is_sent_once_whatever_the_clock_says(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        self.save_without_signal(page, context, "Pull-up: 8")
        worker = context.service_workers[0]
        worker.evaluate("() => { const now = Date.now; Date.now = () => now() - 864e5; }")
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill("Pull-up: 7")
        page.get_by_role("button", name="Save workout").click()
        expect(page.get_by_role("heading", name="2 workouts wait for signal")).to_be_visible()

        context.set_offline(False)
        page.goto("/")
        expect(page.get_by_text("2 workouts were sent and saved.")).to_be_visible()

        texts = sorted(each.text.split("\n")[-1] for each in alice.athlete.workouts.with_entries())
        assert texts == ["Pull-up: 7", "Pull-up: 8"]

    def test_two_are_two(self, page: Page, context: BrowserContext, alice: User) -> None:
        self.save_without_signal(page, context, "Pull-up: 8")
        self.save_without_signal(page, context, "Pull-up: 7")
        expect(page.get_by_role("heading", name="2 workouts wait for signal")).to_be_visible()

        context.set_offline(False)
        page.goto("/")

        expect(page.get_by_text("2 workouts were sent and saved.")).to_be_visible()
        assert alice.athlete.workouts.count() == 2

    def test_what_the_server_asks_about_becomes_the_form(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        self.save_without_signal(page, context, "Pull-up: 8\nPull-up: a few")
        context.set_offline(False)
        page.goto("/")
        expect(page.get_by_role("heading", name="1 workout needs you")).to_be_visible()
        page.get_by_text("Show", exact=True).click()
        expect(page.get_by_text("Pull-up: a few")).to_be_visible()

        page.get_by_role("button", name="Open").click()
        text = page.get_by_label("What did you do?")
        expect(text).to_have_value("Pull-up: 8\nPull-up: a few")
        expect(page.locator("mark")).to_be_visible()
        text.fill("Pull-up: 8\nPull-up: 8")
        page.get_by_role("button", name="Save workout").click()

        expect(page.get_by_text("Workout saved.")).to_be_visible()
        page.goto("/")
        expect(page.get_by_role("heading", name="Last workouts")).to_be_visible()
        expect(page.get_by_text("needs you")).to_be_hidden()
        assert alice.athlete.workouts.count() == 1

    def test_an_edit_that_another_device_was_before_shows_both(
        self, page: Page, context: BrowserContext, alice: User
    ) -> None:
        workout = log(alice, "Pull-up: 8")
        address = workout.get_absolute_url()
        page.goto(f"{address}edit/")
        wait_until_kept(page, f"{address}edit/")
        context.set_offline(True)
        page.get_by_label("What did you do?").fill("Pull-up: 9, 9")
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
        alice.athlete.workouts.filter(pk=workout.pk).update(revision=7, title="Elsewhere")

        context.set_offline(False)
        page.goto("/")
        expect(page.get_by_text("Both versions are kept.")).to_be_visible()
        page.get_by_role("button", name="Open").click()

        expect(page.get_by_role("heading", level=1)).to_have_text(
            "This workout was saved in between"
        )
        expect(page.locator("#stored-text")).to_contain_text("Elsewhere")
        expect(page.get_by_label("Yours")).to_have_value("Pull-up: 9, 9")
        page.get_by_role("button", name="Save my version").click()
        expect(page.get_by_text("Changes saved.")).to_be_visible()
        page.goto("/")
        expect(page.get_by_text("Both versions are kept.")).to_be_hidden()

    def test_stays_with_its_owner_when_they_sign_out(
        self, page: Page, context: BrowserContext, alice: User, charlie: User
    ) -> None:
        self.save_without_signal(page, context, "Pull-up: 8, 8, 6")
        page.evaluate("navigator.serviceWorker.ready.then(r => r.sync?.getTags())")
        context.route("**/workouts/new/", lambda route: route.abort())
        context.set_offline(False)
        page.goto("/accounts/logout/")
        expect(page.get_by_text("It stays on this device")).to_be_visible()
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        context.unroute("**/workouts/new/")

        sign_in(page, "charlie")
        page.goto("/workouts/new/")
        page.wait_for_timeout(500)
        expect(page.get_by_text("waits for signal")).to_be_hidden()
        assert charlie.athlete.workouts.count() == 0
        page.goto("/accounts/logout/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        sign_in(page, "alice")

        expect(page.get_by_text("1 workout was sent and saved.")).to_be_visible()
        assert alice.athlete.workouts.count() == 1

    def test_whose_answer_got_lost_is_there_once(
        self, page: Page, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The server saved it and could not say so; what is sent again finds it."""
        with monkeypatch.context() as broken:
            broken.setattr(
                "workouts.views.log.saving.redirect", lambda to: HttpResponse(status=503)
            )
            page.goto("/workouts/new/")
            page.get_by_label("What did you do?").fill("Pull-up: 8")
            page.get_by_role("button", name="Save workout").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
            assert alice.athlete.workouts.count() == 1

        page.get_by_role("button", name="Send now").click()

        expect(page.get_by_text("1 workout was sent and saved.")).to_be_visible()
        assert alice.athlete.workouts.count() == 1

    def test_is_discarded_when_wanted(self, page: Page, context: BrowserContext) -> None:
        self.save_without_signal(page, context, "Pull-up: 8")
        page.on("dialog", lambda dialog: dialog.accept())

        page.get_by_role("button", name="Discard").click()

        expect(page.get_by_text("waits for signal")).to_be_hidden()

    def test_the_other_view_without_signal_leaves_the_form(
        self, page: Page, context: BrowserContext
    ) -> None:
        context.set_offline(True)
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill("Pull-up: 8")

        page.get_by_role("button", name="Grid").click()

        expect(page.get_by_role("alert")).to_contain_text("No signal: nothing was sent")
        expect(page.get_by_label("What did you do?")).to_have_value("Pull-up: 8")
