"""Deleting one's account."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from backtrain.account_deletion import KINDS
from backtrain.models import Session
from tests.conftest import just_signed_in
from tests.factories import UserFactory, log
from tests.workouts.data.samples import SAMPLES
from workouts.models import Athlete, Workout
from workouts.own_exercises import make_own_exercise
from workouts.saving import delete_workout
from workouts.weighings import record_body_weight

ADDRESS = "/accounts/delete/"


@pytest.fixture
def full(alice: User, pull_up: object) -> User:
    """Alice, who has something of everything."""
    make_own_exercise(owner=alice, name="Secret curl")
    log(alice, "2026-11-20 18:30\nSecret curl: 20 kg x 8")
    gone = log(alice, "2026-11-21 18:30\nPull-up: 8")
    delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 22, tzinfo=UTC))
    day = datetime(2026, 11, 20, tzinfo=UTC).date()
    record_body_weight(athlete=alice.athlete, on=day, weight=Decimal(80), unit="kg")  # type: ignore[arg-type]
    return alice


def rows_of(user_id: int) -> dict[str, int]:
    """How many rows name the user or athlete, by table."""
    counts: dict[str, int] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in (User, Athlete):
                found = model._base_manager.filter(**{field.attname: user_id}).count()
                counts[f"{model.__name__}.{field.name}"] = found
    return {name: count for name, count in counts.items() if count}


def test_asks_for_the_password_first(full: User) -> None:
    client = Client()
    client.force_login(full)

    answer = client.post(ADDRESS, {"sure": "on"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=full.pk).exists()


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(ADDRESS)["Location"].startswith("/accounts/login/")


def test_says_what_goes_and_offers_it_to_take_along(full: User) -> None:
    page = just_signed_in(full).get(ADDRESS).content.decode()

    assert '<dt>Workouts</dt><dd class="numbers">2</dd>' in page
    assert 'href="/data/export/everything.json"' in page


def test_nothing_goes_until_it_is_ticked(full: User) -> None:
    answer = just_signed_in(full).post(ADDRESS, {})

    assert answer.status_code == 422
    assert Workout.objects.filter(athlete=full.pk).count() == 2


def test_leaves_nothing_behind(full: User, charlie: User) -> None:
    log(charlie, "2026-11-20 18:30\nPull-up: 8")
    key = full.pk
    assert len(rows_of(key)) > 5
    others = rows_of(charlie.pk)
    client = just_signed_in(full)

    answer: HttpResponse = client.post(ADDRESS, {"sure": "on"}, follow=True)

    assert "Your account is deleted" in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated  # type: ignore[attr-defined]
    assert rows_of(key) == {}
    assert rows_of(charlie.pk) == others


def test_no_row_anywhere_is_left_and_no_page(
    pull_up: object, django_capture_on_commit_callbacks: Any
) -> None:
    before = rows_of_all_tables()
    alice = UserFactory.create(username="alice")
    client, other_device = just_signed_in(alice), just_signed_in(alice)
    sample = SimpleUploadedFile("a.json", SAMPLES["Backtrain"].encode())
    page = client.post("/data/import/", {"file": sample})["Location"]
    uses = client.get(page).context["plan"].uses
    answers = {f"key-{n}": use.key for n, use in enumerate(uses)}
    answers |= {f"answer-{n}": "+" for n, _ in enumerate(uses)}
    client.post(page, {**answers, "finish": "1"})
    client.post("/data/import/", {"file": SimpleUploadedFile("b.csv", SAMPLES["Hevy"].encode())})
    client.post("/workouts/draft/", {"text": "Pull-up: 8", "owner": alice.pk})
    other_device.get("/workouts/")
    there = rows_of_all_tables()
    assert {"LoggedSet", "Step", "Import", "Routine", "Plate", "Session"} <= there.keys()

    assert caches["own_pages"]._cache
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADDRESS, {"sure": "on"})

    assert rows_of_all_tables() == before
    assert not caches["own_pages"]._cache


def rows_of_all_tables() -> dict[str, int]:
    """How many rows each table has that has any, but for sessions of nobody."""
    models = apps.get_models(include_auto_created=True)
    counts = {model.__name__: model._base_manager.count() for model in models}
    counts["Session"] = sum("_auth_user_id" in one.get_decoded() for one in Session.objects.all())
    for always in ("ContentType", "Permission", "CatalogueVersion", "OwnCatalogueVersion"):
        counts.pop(always, None)
    return {name: count for name, count in counts.items() if count}


def test_the_last_administrator_stays(db: None) -> None:
    chief = UserFactory.create(is_superuser=True, is_staff=True)

    page: Any = just_signed_in(chief).post(ADDRESS, {"sure": "on"})

    assert "only administrator" in page.content.decode()
    assert User.objects.filter(pk=chief.pk).exists()


def test_all_that_goes_has_a_name_that_is_translated() -> None:
    related = [*User._meta.related_objects, *Athlete._meta.related_objects]
    ours = {
        str(each.related_model._meta.verbose_name_plural)
        for each in related
        if each.related_model._meta.app_label in ("exercises", "workouts")
        and each.related_model is not Athlete
    }

    assert ours <= set(KINDS)
