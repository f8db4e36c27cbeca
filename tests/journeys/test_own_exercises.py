"""What the catalogue does not have: make it, say what it is, and later join it with another."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.factories import MuscleFactory, log
from tests.journeys.signing_in import sign_in
from tests.journeys.test_log_a_workout import catalogue, page, preview_if_asked

__all__ = ["catalogue", "page"]


class TestOwnExercises:
    def test_made_while_logging_then_completed_then_merged(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill("Bent row 20 kg x 8")
        preview_if_asked(page)
        page.get_by_role("button", name="Make “Bent row” mine").click()
        expect(page.get_by_text("Yours, logged as weight.")).to_be_visible()
        page.get_by_role("button", name="Save workout").click()
        expect(page.get_by_text("Workout saved.")).to_be_visible()

        page.goto("/accounts/settings/")
        page.get_by_role("link", name="Your own exercises").click()
        page.get_by_role("link", name="Edit Bent row").click()
        page.get_by_text("Back", exact=True).click()
        page.get_by_label("Main work: Latissimus dorsi").check()
        page.get_by_label("Other names").fill("Garage row")
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_role("link", name="Latissimus dorsi").first).to_be_visible()

        page.get_by_role("link", name="Merge").click()
        page.get_by_label("Into which exercise?").select_option("Bent-over barbell row")
        page.get_by_role("button", name="See what would change").click()
        expect(page.get_by_text("1 set in 1 workout")).to_be_visible()
        page.get_by_role("button", name="Merge into Bent-over barbell row").click()

        expect(page.get_by_text("The old name goes on working.")).to_be_visible()
        page.goto("/workouts/new/")
        page.get_by_label("What did you do?").fill("garage rows 25 kg x 8")
        preview_if_asked(page)
        expect(page.get_by_role("region", name="Preview")).to_contain_text("Bent-over barbell row")

    def test_put_aside_is_undone_by_keyboard(self, page: Page, alice: User) -> None:
        sign_in(page, "alice")
        page.goto("/exercises/own/new/?name=Towel+hang")
        page.get_by_label("Time Held or done").press("Space")
        page.get_by_role("button", name="Make it mine").press("Enter")
        expect(page.get_by_role("heading", name="Towel hang")).to_be_visible()
        log(alice, "Towel hang: 20 s")

        page.get_by_role("link", name="Delete").press("Enter")
        page.get_by_role("button", name="Archive it").press("Enter")
        page.get_by_role("button", name="Undo").press("Enter")

        expect(page.get_by_text("“Towel hang” is back.")).to_be_visible()
        expect(page.get_by_text("1 workout, last")).to_be_visible()


@pytest.mark.parametrize("page", ["with JavaScript"], indirect=True)
def test_no_page_is_wider_than_a_phone(page: Page, alice: User) -> None:
    MuscleFactory.create(region="legs")
    sign_in(page, "alice")
    page.goto("/exercises/own/new/?name=" + "Very+long+name+of+an+odd+lift+" * 2)
    page.get_by_label("Weight in each hand").check()
    page.get_by_role("button", name="Make it mine").click()

    addresses = ["", "new/", *(f"{{slug}}/{each}/" for each in ("edit", "merge", "delete"))]
    for address in addresses:
        page.goto("/exercises/own/" + address.format(slug=alice.own_exercises.get().slug))
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, address
