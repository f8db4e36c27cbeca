"""Picking a muscle on the body map: with a finger, with the keyboard, on a narrow screen."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from exercises.drawing.body_map import VIEWS, views
from exercises.models import Muscle
from tests.factories import MuscleFactory

SMALLEST_TARGET = 24
# Where each muscle's finger-sized box, and its shape if that is larger, lies on the screen.
BOXES = """links => links.map(link => {
    const sized = part => part.getBoundingClientRect();
    const {x, y, width, height} = sized(link.querySelector(".body-map-target"));
    return {name: link.querySelector("title").textContent, x, y, width, height};
})"""
LETTERING = """labels => labels.map(label => {
    const {left, right, top, bottom} = label.getBoundingClientRect();
    return {text: label.textContent, left, right, top, bottom};
})"""
REACHED = """links => links.filter(link => {
    const {x, y, width, height} = link.querySelector(".body-map-target").getBoundingClientRect();
    scrollTo({top: y + scrollY - 300, behavior: "instant"});
    const now = link.querySelector(".body-map-target").getBoundingClientRect();
    const hit = document.elementFromPoint(now.x + now.width / 2, now.y + now.height / 2);
    return hit.closest("a") !== link;
}).map(link => link.textContent)"""


@pytest.fixture(autouse=True)
def muscles(transactional_db: None) -> None:
    for slug in {region.slug for view in views().values() for region in view.regions}:
        MuscleFactory.create(slug=slug, name=slug)


@pytest.fixture(params=[320, 390])
def phone(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": request.param, "height": 844},
        java_script_enabled=True,
    )
    yield context.new_page()
    context.close()


class TestOnAPhone:
    @pytest.mark.parametrize("phone", [390], indirect=True)
    def test_everything_is_drawn_from_the_file_in_the_colours_of_the_page(
        self, phone: Page
    ) -> None:
        phone.emulate_media(color_scheme="dark")
        phone.goto(Muscle.objects.get(slug="latissimus-dorsi").get_absolute_url())

        drawn = phone.locator(".body-map use")
        sizes = drawn.evaluate_all("uses => uses.map(use => use.getBBox().height)")
        assert len(sizes) > 40
        assert min(sizes) > 0
        map = Image.open(BytesIO(phone.locator(".body-map-view").screenshot())).convert("RGB")
        colours = {colour for _, colour in map.getcolors(99_999)}
        assert {(0xD8, 0x65, 0x5E), (0x42, 0x36, 0x2E)} <= colours  # trained, flesh-faint

    @pytest.mark.parametrize("phone", [390], indirect=True)
    def test_every_muscle_is_as_large_as_a_finger_needs(self, phone: Page) -> None:
        phone.goto("/muscles/")

        boxes = phone.locator(".body-map-muscle").evaluate_all(BOXES)

        assert len(boxes) == sum(len(view.regions) for view in views().values())
        small = [b for b in boxes if min(b["width"], b["height"]) < SMALLEST_TARGET]
        assert small == []

    def test_what_is_marked_is_as_large_even_on_the_narrowest(self, phone: Page) -> None:
        phone.goto(Muscle.objects.get(slug="latissimus-dorsi").get_absolute_url())

        boxes = phone.locator(".body-map-muscle").evaluate_all(BOXES)

        assert [box["name"] for box in boxes] == ["Latissimus dorsi: this muscle"]
        assert min(boxes[0]["width"], boxes[0]["height"]) >= SMALLEST_TARGET

    def test_no_label_covers_another_or_leaves_the_screen(self, phone: Page) -> None:
        phone.goto("/muscles/")

        for view in VIEWS:
            plate = phone.get_by_role("group", name=f"The body from the {view}")
            labels = plate.locator(".body-map-label").evaluate_all(LETTERING)
            clashes = [
                (one["text"], other["text"])
                for n, one in enumerate(labels)
                for other in labels[n + 1 :]
                if one["left"] < other["right"]
                and other["left"] < one["right"]
                and one["top"] < other["bottom"] - 2
                and other["top"] < one["bottom"] - 2
            ]
            assert clashes == []
            width = phone.viewport_size["width"] if phone.viewport_size else 0
            outside = [x["text"] for x in labels if x["left"] < 0 or x["right"] > width]
            assert outside == []

    def test_each_label_takes_the_finger(self, phone: Page) -> None:
        phone.goto("/muscles/")

        assert phone.locator(".body-map-muscle").evaluate_all(REACHED) == []

    def test_a_muscle_leads_to_its_page(self, phone: Page) -> None:
        phone.goto("/muscles/")

        back = phone.get_by_role("group", name="The body from the back")
        back.get_by_role("link", name="Rhomboids").locator("text").click()

        expect(phone).to_have_url(re.compile("/muscles/rhomboids/"))
        current = phone.locator(".body-map-muscle.is-current title")
        expect(current).to_have_text("Rhomboids: this muscle")


class TestWithTheKeyboard:
    @pytest.mark.parametrize("phone", [390], indirect=True)
    def test_every_muscle_is_one_stop_in_reading_order(self, phone: Page) -> None:
        phone.goto("/muscles/")
        wanted = [region.name for name in VIEWS for region in views()[name].regions]
        phone.locator(".body-map-muscle").first.focus()

        stops = []
        for _ in wanted:
            stops.append(
                phone.evaluate("document.activeElement.querySelector('title').textContent")
            )
            phone.keyboard.press("Tab")

        assert stops == wanted

    @pytest.mark.parametrize("phone", [390], indirect=True)
    def test_focus_is_seen(self, phone: Page) -> None:
        phone.goto("/muscles/")
        first = phone.locator(".body-map-muscle").first
        width = "shape => parseFloat(getComputedStyle(shape).strokeWidth)"
        before = first.locator(".body-map-shape").evaluate(width)

        phone.keyboard.press("Tab")
        first.focus()

        assert first.locator(".body-map-shape").evaluate(width) > before + 1
        expect(first.locator(".body-map-label")).to_have_css("text-decoration-line", "underline")
