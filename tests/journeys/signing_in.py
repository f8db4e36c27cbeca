"""Signing in by a cookie: the form costs two pages, and has journeys of its own."""

from django.contrib.auth.models import User
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import signed_in


def sign_in(page: Page, name: str) -> None:
    """Sign in, and be at home."""
    give_session(page.context, User.objects.get(username=name))
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hello, {name}")


def give_session(context: BrowserContext, user: User) -> None:
    """Cookies don't tell ports apart, so it is good for every server of the tests."""
    value = signed_in(user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}])
