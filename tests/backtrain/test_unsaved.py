"""Every page says at the way to the log whether something is open there, and none asks for it."""

import re

import pytest

from tests.workouts.views.log_form import filled, page

pytestmark = pytest.mark.django_db

NEW, DRAFT = "/workouts/new/", "/workouts/draft/"


@pytest.fixture
def form(alice) -> dict[str, str]:
    return filled("Pull-up: 8", press=None, owner=str(alice.pk))


def said(response) -> str:
    """What the tab of a phone says of the log."""
    tab = re.search(r'<a class="tab tab-log.*?</svg>(.*?)</a>', page(response), re.S)
    assert tab
    return " ".join(re.sub(r"<[^>]*>", "", tab[1]).split())


def test_says_nothing_while_nothing_is_open(alices_client):
    assert said(alices_client.get("/")) == said(alices_client.get("/exercises/")) == "Log"
    assert "unsaved" not in alices_client.cookies


def test_says_what_is_open_on_every_page(alices_client, form):
    version = alices_client.post(DRAFT, form).json()["version"]
    with_draft = said(alices_client.get("/exercises/"))
    alices_client.post(DRAFT, {**form, "started": "2026-11-22T18:30:00+00:00", "draft": version})

    assert with_draft == "Log: Draft"
    for address in ("/exercises/", "/muscles/", "/", "/workouts/", "/routines/", NEW):
        assert said(alices_client.get(address)) == "Log: Session", address


def test_costs_no_query(alices_client, form, django_assert_num_queries):
    alices_client.post(DRAFT, form)
    alices_client.get("/exercises/")

    with django_assert_num_queries(3):  # session, user, version of the catalogue
        assert said(alices_client.get("/exercises/")) == "Log: Draft"


def test_is_as_it_is_when_another_device_wrote(alices_client, client, alice, form):
    client.force_login(alice)
    client.post(DRAFT, form)

    assert said(alices_client.get("/")) == "Log: Draft"
    assert said(alices_client.get("/exercises/")) == "Log: Draft"


@pytest.mark.usefixtures("pull_up")
@pytest.mark.parametrize(("address", "button"), [(NEW, "save"), (f"{DRAFT}discard/", "")])
def test_goes_with_it(alices_client, form, address, button):
    version = alices_client.post(DRAFT, form).json()["version"]

    alices_client.post(address, {**form, "draft": version, button: "1"}, follow=True)

    assert said(alices_client.get("/exercises/")) == "Log"


def test_is_not_said_to_who_signs_in_next(alice, charlie, alices_client, form):
    alices_client.post(DRAFT, form)
    alices_client.post("/accounts/logout/")
    signed_out = alices_client.get("/exercises/")
    alices_client.force_login(charlie)

    assert "Draft" not in page(signed_out)
    assert said(alices_client.get("/exercises/")) == "Log"


def test_a_cookie_that_says_something_else_is_not_shown(alices_client):
    alices_client.cookies["unsaved"] = "<b>"

    assert said(alices_client.get("/exercises/")) == "Log"
