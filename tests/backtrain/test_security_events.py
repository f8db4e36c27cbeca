"""The log says what happened to which account, and nothing of a person."""

import logging
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from backtrain.account_deletion import delete_with_everything
from tests.conftest import just_signed_in

pytestmark = pytest.mark.django_db

PASSWORD, NEW = "a good password", "another long phrase"
SECRET = "JBSWY3DPEHPK3PXP"
PERSONAL = ("alice", "example.org", "robin", PASSWORD, NEW, SECRET, "127.0.0.1", "Secret script")


@pytest.fixture
def said(caplog):
    """The lines since, each as its event and the account's name in the place of its number."""
    caplog.set_level(logging.INFO, logger="backtrain.security")

    def lines() -> list[str]:
        found = [each.getMessage() for each in caplog.records if each.name == "backtrain.security"]
        caplog.clear()
        assert not [word for word in PERSONAL for line in found if word in line]
        return found

    return lines


def test_sign_in_and_out(alice, client, said):
    client.post("/accounts/login/", {"login": "alice", "password": "wrong"})
    client.post("/accounts/login/", {"login": "alice", "password": PASSWORD})
    client.post("/accounts/logout/")

    assert said() == [
        "event=sign-in-failed user=-",
        f"event=sign-in user={alice.pk}",
        f"event=sign-out user={alice.pk}",
    ]


def test_sign_up(client, said):
    form = {"username": "robin", "email": "robin@example.org", "password1": PASSWORD}
    client.post("/accounts/signup/", {**form, "time_zone": "UTC"})

    user = User.objects.get().pk
    assert said() == [f"event=sign-up user={user}", f"event=sign-in user={user}"]


def test_passwords(alice, said):
    client = just_signed_in(alice)
    said()
    new = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    client.post("/accounts/password/change/", new)

    assert said() == [f"event=password-changed user={alice.pk}"]


def test_second_factors(alice, said, django_capture_on_commit_callbacks):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    TOTP.activate(alice, SECRET)
    client = Client()
    client.post("/accounts/login/", {"login": "alice", "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))

    assert said() == [
        f"event=code-failed user={alice.pk}",
        f"event=sign-in user={alice.pk}",
        f"event=second-factor-removed user={alice.pk}",
    ]


def test_tokens_and_what_they_take_along(alice, said, django_capture_on_commit_callbacks):
    client = just_signed_in(alice)
    said()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/tokens/", {"name": "Secret script"})
    token = alice.athlete.api_tokens.get()
    client.get("/data/export/everything.json")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/accounts/tokens/{token.pk}/revoke/")
        client.post(f"/accounts/tokens/{token.pk}/revoke/")

    assert said() == [
        f"event=token-made user={alice.pk}",
        f"event=export user={alice.pk}",
        f"event=token-revoked user={alice.pk}",
    ]


def test_signing_out_elsewhere_and_deletion(alice, said, django_capture_on_commit_callbacks):
    client = just_signed_in(alice)
    number = alice.pk
    said()
    client.post("/accounts/sessions/", {"others": ""})
    with django_capture_on_commit_callbacks(execute=True):
        delete_with_everything(alice)

    assert said() == [
        f"event=sessions-ended user={number}",
        f"event=account-deleted user={number}",
    ]


def test_what_is_undone_was_not(alice, said):
    with transaction.atomic():
        delete_with_everything(User.objects.get(pk=alice.pk))
        transaction.set_rollback(True)

    assert User.objects.filter(pk=alice.pk).exists()
    assert said() == []


@pytest.mark.parametrize("is_of_list", [False, True])
@pytest.mark.parametrize("kind", ["account", "second factor"])
def test_what_an_administrator_deletes(
    alice, admin_client, said, django_capture_on_commit_callbacks, kind, is_of_list
):
    number, row, address, event = alice.pk, alice, "auth_user", "account-deleted"
    if kind == "second factor":
        row, address, event = (
            TOTP.activate(alice, SECRET).instance,
            "mfa_authenticator",
            "second-factor-removed",
        )
    said()
    with django_capture_on_commit_callbacks(execute=True):
        if is_of_list:
            chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            admin_client.post(reverse(f"admin:{address}_changelist"), chosen)
        else:
            admin_client.post(reverse(f"admin:{address}_delete", args=[row.pk]), {"post": "yes"})

    assert said() == [f"event={event} user={number}"]
