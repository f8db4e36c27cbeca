"""Loading a bar as one types, and without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(params=[390, 1280])
def page(
    browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": request.param, "height": 844}
    )
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("transactional_db")
def test_what_is_typed_is_loaded(page: Page) -> None:
    page.goto("/plates/")
    page.get_by_label("Weight with the bar", exact=True).fill("100")

    expect(page.get_by_text("Each side: 25 + 15")).to_be_visible()
    expect(page).to_have_url("/plates/?weight=100&unit=kg&bar=20")
    page.get_by_label("Bar", exact=True).select_option("15 kg")
    expect(page.get_by_text("on a bar of 15 kg")).to_be_visible()
    page.get_by_label("unit").select_option("lb")

    expect(page.get_by_text("on a bar of 45 lb")).to_be_visible()
    expect(page.get_by_label("Bar", exact=True)).to_have_value("45")


@pytest.mark.usefixtures("transactional_db")
def test_without_a_script_a_button_does(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/plates/")
    page.get_by_label("Weight with the bar", exact=True).fill("101")
    page.get_by_role("button", name="Load it").click()

    page.get_by_role("link", name="102.5 kg").click()

    expect(page.get_by_text("Each side: 25 + 15 + 1.25")).to_be_visible()
    context.close()
