"""A code of an authenticator app is good once, whichever process of the server it reaches.

allauth notes used codes in the cache, which each process may have for itself and which may be
down. So the last step of time whose code was taken stands on the authenticator's row, and only
codes of later steps are taken (RFC 6238, 5.2). Recovery codes need nothing more: allauth crosses
them out on their row, which it locks.
"""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.dispatch import receiver

LAST_STEP = "last_step"  # in an authenticator's data


@transaction.atomic
def use_up(authenticator: Authenticator, code: str) -> bool:
    """Whether this code, which fits, is used for the first time; from now on it no longer is.

    The row is locked (with SQLite the database), so of two that come at once one is the first.
    2 queries.
    """
    row = Authenticator.objects.select_for_update().filter(pk=authenticator.pk).first()
    if row is None:
        return False
    step = _step_of(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, -1):
        return False
    _note(row, step)
    return True


@receiver(authenticator_added)
def use_up_first_code(authenticator: Authenticator, **_: object) -> None:
    """The code that an app was set up with, and all before it."""
    if authenticator.type == Authenticator.Type.TOTP:
        _note(authenticator, max(yield_hotp_counters_from_time()))


def _note(row: Authenticator, step: int) -> None:
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])


def _step_of(secret: str, code: str) -> int | None:
    """The newest step that the code belongs to, among those that allauth has just taken.

    One step earlier as well, since time may have gone on between its look and this one.
    """
    steps: list[int] = sorted(yield_hotp_counters_from_time(), reverse=True)
    for step in (*steps, steps[-1] - 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None
