"""The editor's job: give an exercise a photograph, look at it before it is saved, and save it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from pytest_django.live_server_helper import LiveServer

from backtrain.environment import origins_of
from tests.bucket import Bucket
from tests.factories import ExerciseFactory

PORTRAIT = (1500, 2000)


@pytest.fixture(autouse=True)
def media(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    """A folder, or a bucket: of another origin, from which the policy lets pictures come."""
    settings.STAFF_SECOND_FACTOR = False
    if request.param == "folder":
        settings.MEDIA_ROOT = tmp_path
        return
    bucket: Bucket = request.getfixturevalue("bucket")
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    sources = [*directives["img-src"], *origins_of(bucket.public_url)]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives | {"img-src": sources}}


def photograph() -> dict[str, Any]:
    file = BytesIO()
    Image.linear_gradient("L").resize(PORTRAIT).save(file, "JPEG")
    return {"name": "start.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def assert_whole(photo: Locator) -> None:
    """It has arrived, in its own proportions, and the page is no wider for it."""
    expect(photo).to_be_visible()
    width, height, natural, overflow = photo.evaluate(
        "photo => [photo.clientWidth, photo.clientHeight, photo.naturalWidth,"
        " document.documentElement.scrollWidth - innerWidth]"
    )
    assert natural > 0
    assert width / height == pytest.approx(PORTRAIT[0] / PORTRAIT[1], abs=0.02)
    assert overflow <= 0


@pytest.mark.parametrize(
    ("media", "width"), [("folder", 390), ("folder", 1280), ("bucket", 1280)], indirect=["media"]
)
def test_a_photograph_is_looked_at_and_saved(
    browser: Browser, live_server: LiveServer, transactional_db: None, width: int
) -> None:
    exercise = ExerciseFactory(name="Barbell shrug", slug="barbell-shrug", status="published")
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}
    )
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()

    page.goto(f"/admin/exercises/exercise/{exercise.pk}/change/")
    page.get_by_role("button", name="Add another Picture").click()
    page.locator("#id_pictures-0-image").set_input_files(photograph())
    for field in ("alt", "credit", "licence"):
        page.locator(f"#id_pictures-0-{field}").fill("By Ann")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Preview").first.click()
    opened.value.wait_for_load_state()
    assert_whole(opened.value.get_by_role("img", name="By Ann"))
    opened.value.close()

    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.goto("/exercises/barbell-shrug/")
    assert_whole(page.get_by_role("img", name="By Ann"))
    context.close()
