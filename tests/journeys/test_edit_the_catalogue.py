"""The editor's job: correct a step, look at it, save it, and have it survive an upgrade."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from playwright.sync_api import Browser, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from exercises.files.documents import Document, read_folder, write_files
from exercises.files.revisions import record_row
from exercises.models import Exercise, Step
from tests.factories import UserFactory

OLD = "Hang from the bar."
CORRECTED = "Hang from the bar with straight arms[^gray]."
KINDS = ("source", "equipment", "muscle")


def files() -> list[Document]:
    """The pull-up alone, of the real catalogue, with a first step and a level of our own."""
    kept = []
    for document in read_folder(settings.BASE_DIR / "fixtures"):
        if document.kind in KINDS:
            kept.append(document)
        elif document.slug == "pull-up":
            sources = sorted([*document.fields["sources"], "gray"])
            alone = {"harder": [], "variation_of": None, "sources": sources}
            fields = {**document.fields, **alone, "steps": [OLD, "Pull."], "level": "advanced"}
            kept.append(replace(document, fields=fields))
    return [
        *kept,
        Document("source", "gray", {"title": "Gray's Anatomy", "url": "https://example.org"}),
    ]


def install(documents: Sequence[Document], folder: Path) -> None:
    for name, text in write_files(documents).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    call_command("sync_catalog", "--folder", folder, verbosity=0)


@pytest.fixture(autouse=True)
def catalogue(transactional_db: None, tmp_path: Path) -> list[Document]:
    documents = files()
    install(documents, tmp_path)
    return documents


@pytest.fixture(autouse=True)
def editor(transactional_db: None) -> None:
    """The group comes with the migrations, and goes when a test empties the tables."""
    editors, _ = Group.objects.get_or_create(name="Editors")
    editors.permissions.set(Permission.objects.filter(content_type__app_label="exercises"))
    eddie = UserFactory.create(username="eddie", is_staff=True)
    eddie.groups.add(editors)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page at a desk that fails the test on any error in its console."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def open_pull_up(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("User name or e-mail").fill("eddie")
    page.get_by_label("Password").fill("a good password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Exercises", exact=True).click()
    page.get_by_role("link", name="Pull-up", exact=True).click()


class TestEditTheCatalogue:
    def test_from_a_wrong_step_to_an_upgrade_and_back(
        self, page: Page, catalogue: list[Document], tmp_path: Path
    ) -> None:
        open_pull_up(page)
        step = page.locator("textarea[name=steps-0-text]")
        expect(step).to_have_value(OLD)

        # What is typed is shown as the site will show it.
        step.fill(CORRECTED)
        shown = page.locator("textarea[name=steps-0-text] + .preview")
        expect(shown).to_contain_text("with straight arms1.")
        expect(shown).to_contain_text("Gray's Anatomy")

        # The whole page, before anything is saved.
        with page.context.expect_page() as opened:
            page.get_by_role("button", name="Preview").first.click()
        expect(opened.value.get_by_text("with straight arms")).to_be_visible()
        opened.value.close()
        assert "with straight arms" not in page.request.get("/exercises/pull-up/").text()

        page.get_by_role("button", name="Save", exact=True).first.click()
        page.goto("/exercises/pull-up/")
        expect(page.get_by_role("listitem").filter(has_text="with straight arms")).to_be_visible()

        # An upgrade changes the level, and leaves the step alone.
        install(
            [
                replace(each, fields={**each.fields, "level": "intermediate", "cues": "Chest up"})
                if each.slug == "pull-up"
                else each
                for each in catalogue
            ],
            tmp_path,
        )
        page.reload()
        expect(page.get_by_text("Chest up", exact=True)).to_be_visible()
        expect(page.get_by_text("Intermediate", exact=True)).to_be_visible()
        expect(page.get_by_text("with straight arms")).to_be_visible()

        # Back to how it was installed, with one click.
        page.goto("/admin/exercises/exercise/")
        page.get_by_role("link", name="Pull-up", exact=True).click()
        page.get_by_role("link", name="History").click()
        expect(page.locator("ins", has_text="with straight arms")).to_be_visible()
        page.get_by_role("button", name="Go back to this version").last.click()
        expect(page.get_by_text("Went back: ")).to_be_visible()
        page.goto("/exercises/pull-up/")
        expect(page.get_by_text(OLD)).to_be_visible()

    def test_settles_what_an_upgrade_left_open(
        self, page: Page, catalogue: list[Document], tmp_path: Path
    ) -> None:
        open_pull_up(page)
        page.locator("textarea[name=summary]").fill("Pull yourself up.")
        page.locator("textarea[name=safety]").fill("Warm up first.")
        page.get_by_role("button", name="Save", exact=True).first.click()
        install(
            [
                replace(each, fields={**each.fields, "summary": "Pull up.", "safety": "Warm up."})
                if each.slug == "pull-up"
                else each
                for each in catalogue
            ],
            tmp_path,
        )

        page.goto("/admin/")
        page.get_by_role("link", name="Open conflicts").first.click()
        page.get_by_role("link", name="Pull-up", exact=True).click()
        summary = page.get_by_role("group", name="Summary changed here and upstream")
        expect(summary.locator("ins")).to_have_text(["yourself "])
        summary.get_by_role("radio", name="Upstream").focus()
        page.keyboard.press("Space")
        page.get_by_label("Why").fill("Theirs is shorter")
        page.get_by_label("Why").press("Enter")

        expect(page.get_by_text("Taken from upstream: summary.")).to_be_visible()
        still_open = page.get_by_role("group", name="Safety changed here and upstream")
        expect(still_open).to_be_visible()
        expect(page.locator("fieldset")).to_have_count(1)
        page.get_by_role("link", name="Pull-up", exact=True).click()
        expect(page.get_by_text("Changed here and upstream: safety.")).to_be_visible()
        page.goto("/exercises/pull-up/")
        expect(page.get_by_text("Pull up.", exact=True)).to_be_visible()
        expect(page.get_by_text("Warm up first.")).to_be_visible()

    def test_by_keyboard_alone(self, page: Page) -> None:
        open_pull_up(page)
        step = page.locator("textarea[name=steps-1-text]")
        step.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("Pull your elbows down.")
        page.keyboard.press("Tab")
        save = page.get_by_role("button", name="Save", exact=True).last
        for _ in range(300):
            if save.evaluate("button => button === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page.get_by_text("was changed successfully")).to_be_visible()
        page.goto("/exercises/pull-up/")
        expect(page.get_by_text("Pull your elbows down.")).to_be_visible()

    def test_reaches_the_steps_soon_and_orders_them_by_keyboard(self, page: Page) -> None:
        open_pull_up(page)
        first = page.locator("textarea[name=steps-0-text]")
        tabs = 0
        while not first.evaluate("box => box === document.activeElement"):
            page.keyboard.press("Tab")
            tabs += 1
            assert tabs <= 20

        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator("#steps-group [role=status]")).to_have_text("Step 2 of 2")
        expect(first).to_be_focused()
        page.get_by_role("button", name="Save", exact=True).first.click()

        expect(page.get_by_text("was changed successfully")).to_be_visible()
        steps = Step.objects.filter(exercise__slug="pull-up").order_by("position")
        assert list(steps.values_list("text", flat=True)) == ["Pull.", OLD]

    def test_two_at_once_lose_nothing(self, browser: Browser, live_server: LiveServer) -> None:
        contexts = [browser.new_context(base_url=live_server.url) for _ in range(2)]
        first, second = (context.new_page() for context in contexts)
        for page in (first, second):
            open_pull_up(page)
        first.locator("textarea[name=steps-0-text]").fill("Hang with straight arms.")
        second.locator("textarea[name=steps-1-text]").fill("Pull until your chin is over the bar.")
        second.get_by_role("button", name="Save", exact=True).first.click()
        expect(second.get_by_text("was changed successfully")).to_be_visible()

        with first.expect_response(lambda answer: answer.status == 409):
            first.get_by_role("button", name="Save", exact=True).first.click()

        expect(first.get_by_text("Hang with straight arms.")).to_be_visible()
        expect(first.get_by_text("Pull until your chin is over the bar.").first).to_be_visible()
        for context in contexts:
            context.close()

    def test_compares_versions_and_goes_back_without_a_script(
        self, browser: Browser, live_server: LiveServer
    ) -> None:
        pull_up = Exercise.objects.get(slug="pull-up")
        for summary in ("Pull yourself up.", "Pull your chin over a bar."):
            Exercise.objects.filter(pk=pull_up.pk).update(summary=summary)
            record_row(pull_up, f"As in {summary}")
        context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
        page = context.new_page()
        open_pull_up(page)

        # From what changed lately to one difference, and on to another one.
        page.goto("/admin/")
        page.get_by_role("link", name="Changes", exact=True).click()
        page.get_by_role("link", name="Pull-up", exact=True).first.click()
        expect(page.locator("del")).to_have_text(["yourself", "up"])
        page.get_by_label("Compare", exact=True).select_option(index=2)
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("rowheader", name="Summary")).to_be_visible()

        # The oldest as the page that it was, and back to it.
        page.get_by_role("link", name="See it as a page").first.click()
        expect(page.get_by_text("readers have a later one")).to_be_visible()
        page.get_by_role("button", name="Go back to this version").click()
        expect(page.get_by_text("Went back: summary.")).to_be_visible()
        context.close()


class TestLeavingTheForm:
    """Asks where something that was typed would be lost, and only there."""

    @pytest.fixture
    def asked(self, page: Page) -> list[str]:
        """The questions so far, each answered with staying."""
        asked: list[str] = []

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", stay)
        return asked

    def leave(self, page: Page) -> None:
        page.get_by_role("link", name="Home", exact=True).first.click()

    def test_with_changes_asks_and_keeps_them(self, page: Page, asked: list[str]) -> None:
        open_pull_up(page)
        form, summary = page.url, page.locator("textarea[name=summary]")
        summary.fill("Typed and not saved.")

        self.leave(page)

        expect(page).to_have_url(form)
        expect(summary).to_have_value("Typed and not saved.")
        assert asked == ["beforeunload"]

    def test_with_a_row_moved_asks(self, page: Page, asked: list[str]) -> None:
        open_pull_up(page)
        form = page.url
        page.locator("textarea[name=steps-0-text]").focus()
        page.keyboard.press("Alt+ArrowDown")

        self.leave(page)

        expect(page).to_have_url(form)
        assert asked == ["beforeunload"]

    def test_after_a_preview_asks_since_that_saves_nothing(
        self, page: Page, asked: list[str]
    ) -> None:
        open_pull_up(page)
        form = page.url
        page.locator("textarea[name=summary]").fill("Typed and not saved.")
        with page.context.expect_page() as opened:
            page.get_by_role("button", name="Preview").first.click()
        opened.value.close()

        self.leave(page)

        expect(page).to_have_url(form)
        assert asked == ["beforeunload"]

    @pytest.mark.parametrize("typed", ["", "Pull."])
    def test_without_changes_does_not(self, page: Page, asked: list[str], typed: str) -> None:
        open_pull_up(page)
        summary = page.locator("textarea[name=summary]")
        before = summary.input_value()
        summary.fill(typed or before)
        summary.fill(before)

        self.leave(page)

        expect(page).to_have_url(re.compile(r"/admin/$"))
        assert asked == []

    def test_after_a_save_does_not(self, page: Page, asked: list[str]) -> None:
        open_pull_up(page)
        page.locator("textarea[name=summary]").fill("Typed and saved.")
        page.get_by_role("button", name="Save and continue editing").first.click()
        expect(page.get_by_text("was changed successfully")).to_be_visible()

        self.leave(page)

        expect(page).to_have_url(re.compile(r"/admin/$"))
        assert asked == []

    def test_after_a_save_that_was_refused_asks(self, page: Page, asked: list[str]) -> None:
        open_pull_up(page)
        form = page.url
        page.locator("textarea[name=summary]").fill("Rests on what is not there.[^nobody]")
        page.get_by_role("button", name="Save", exact=True).first.click()
        expect(page.locator(".errornote")).to_be_visible()

        self.leave(page)

        expect(page).to_have_url(form)
        assert asked == ["beforeunload"]
