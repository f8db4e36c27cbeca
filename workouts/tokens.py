"""Making, finding and revoking the tokens of an athlete's scripts."""

import hashlib
import secrets
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from workouts.audit import record
from workouts.models import ApiToken, Athlete

PREFIX = "bt_"  # so that one that got into a public file can be found by what it looks like
MOST_TOKENS = 20


class TooManyTokens(Exception):
    """The athlete has as many as there may be."""


@transaction.atomic
def make_token(*, athlete: Athlete, name: str, may_write: bool) -> tuple[ApiToken, str]:
    """A new token, and its secret, which is kept nowhere. Raises TooManyTokens."""
    athlete.hold()
    if athlete.api_tokens.count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = PREFIX + secrets.token_urlsafe(32)
    token = athlete.api_tokens.create(
        name=name,
        digest=_digest_of(secret),
        may_write=may_write,
        made_on=athlete.day_at(timezone.now()),
    )
    transaction.on_commit(partial(record, "token-made", user=athlete.user_id))
    return token, secret


@transaction.atomic
def revoke_token(*, athlete: Athlete, key: int) -> bool:
    """Let a token open nothing any more. Whether there was one."""
    athlete.hold()
    was_there = bool(athlete.api_tokens.filter(pk=key).delete()[0])
    if was_there:
        transaction.on_commit(partial(record, "token-revoked", user=athlete.user_id))
    return was_there


def find_token(secret: str) -> ApiToken | None:
    """The token of a secret, with its athlete and user, who may sign in. 1 query."""
    tokens = ApiToken.objects.select_related("athlete__user")
    return tokens.filter(digest=_digest_of(secret), athlete__user__is_active=True).first()


def note_use(token: ApiToken, *, on: date) -> None:
    """Remember the day on which a token was used last. No query where it is known, and no
    transaction, in which SQLite would wait for all that write.
    """
    if token.last_used_on == on:
        return
    with transaction.atomic():
        token.athlete.hold()
        unknown = Q(last_used_on=None) | Q(last_used_on__lt=on)
        token.athlete.api_tokens.filter(unknown, pk=token.pk).update(last_used_on=on)


def _digest_of(secret: str) -> str:
    """As it is kept: a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
