"""What signing in and out and changing an account leave in the log (docs/security.md)."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.contrib.auth.models import User
from django.dispatch import Signal

from workouts.audit import record

EVENTS = {
    auth.user_logged_in: "sign-in",
    auth.user_login_failed: "sign-in-failed",
    auth.user_logged_out: "sign-out",
    account.user_signed_up: "sign-up",
    account.password_changed: "password-changed",
    account.password_reset: "password-reset",
    account.password_set: "password-set",
    account.email_added: "email-added",
    account.email_changed: "email-changed",
    account.email_removed: "email-removed",
    mfa.authenticator_added: "second-factor-added",
    mfa.authenticator_removed: "second-factor-removed",
    mfa.authenticator_reset: "second-factor-reset",
    mfa.authentication_failed: "code-failed",
}


def listen() -> None:
    for signal, event in EVENTS.items():
        _listen_to(signal, event)


def _listen_to(signal: Signal, event: str) -> None:
    def note(user: User | None = None, **_: Any) -> None:
        record(event, user=user.pk if user else None)

    signal.connect(note, weak=False, dispatch_uid=f"backtrain.security_events.{event}")
