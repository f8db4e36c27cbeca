"""How many keys a session takes: docs/performance.md says the number."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import ExerciseFactory, log
from tests.journeys.signing_in import sign_in

FIGURES = Path(settings.BASE_DIR) / "docs" / "performance.md"
PULL_DAY = {
    "Pull-up": "bodyweight",
    "Bent-over barbell row": "external",
    "Lat pulldown": "external",
    "Seated cable row": "external",
    "Rope face pull": "external",
    "Barbell curl": "external",
}
# Each exercise as it is begun, and its sets
SESSION = [
    ("pu", "9 8 8 7"),
    ("be", "65x8 8 8 7"),
    ("la", "57.5x10 9 9"),
    ("se", "55x10 10 9"),
    ("fa", "22.5x15 15 14"),
    ("cu", "27.5x10 9 8"),
]
SAVED = [
    ("Pull-up", "9, 8, 8, 7"),
    ("Bent-over barbell row", "65 kg x 8, 8, 8, 7"),
    ("Lat pulldown", "57.5 kg x 10, 9, 9"),
    ("Seated cable row", "55 kg x 10, 10, 9"),
    ("Rope face pull", "22.5 kg x 15, 15, 14"),
    ("Barbell curl", "27.5 kg x 10, 9, 8"),
]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, alice: User) -> Iterator[Page]:
    """The phone of an athlete who has had such a day before."""
    for name, load_type in PULL_DAY.items():
        ExerciseFactory.create(name=name, load_type=load_type)
    for name in (
        "Pullover",
        "Bench press",
        "Lateral raise",
        "Squat",
        "Romanian deadlift",
        "Crunch",
    ):
        ExerciseFactory.create(name=name)
    before = [f"{name}: {sets}" for name, sets in SAVED]
    log(alice, "\n".join(before), on=date(2026, 11, 1))
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, "alice")
    page.goto("/workouts/new/")
    yield page
    page.goto("/muscles/", wait_until="networkidle")  # the draft is kept before the tables go
    context.close()


def test_six_exercises_with_twenty_sets_as_text(page: Page, alice: User) -> None:
    keys = 0
    text = page.get_by_label("What did you do?")
    text.focus()
    names = page.get_by_role("listbox")

    for number, (begun, sets) in enumerate(SESSION):
        line = f"\n{begun}" if number else begun
        page.keyboard.type(line)
        expect(names.get_by_role("option").first).to_contain_text(SAVED[number][0])
        page.keyboard.press("Tab")
        page.keyboard.type(sets)
        keys += len(line) + 1 + len(sets)
    page.get_by_role("button", name="Save workout").click()
    keys += 1

    expect(page.get_by_text("Workout saved.")).to_be_visible()
    saved = alice.athlete.workouts.newest_first().with_entries()[0].as_text()
    assert [(each.name, len(each.sets)) for each in saved.entries] == [
        (name, sets.count(",") + 1) for name, sets in SAVED
    ]
    assert keys <= 200
    [said] = re.findall(r"\| as text, with names completed \| (\d+) \|", FIGURES.read_text())
    assert keys == int(said)
