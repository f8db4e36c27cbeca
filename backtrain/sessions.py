"""Sessions in the database, as Django keeps them, with whose they are and when they were used.

Read by a query that is put together once.
"""

import logging
from datetime import timedelta
from typing import Any, cast

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, InternalError, OperationalError
from django.db.models import CharField, DateTimeField, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from backtrain.browsers import browser_name
from backtrain.circuit_breaker import one_line
from backtrain.models import LONGEST_BROWSER, Session
from exercises.prepared import PreparedQuery

logger = logging.getLogger(__name__)

BROWSER = "browser"  # in a session, where it was begun with
SEEN_EVERY = timedelta(hours=1)

_data = PreparedQuery(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list(
        "session_data", "last_seen_at"
    ),
    key=CharField(),
    now=DateTimeField(),
)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """1 query, 2 once an hour."""
        now = timezone.now()
        row = _data.first(key=self.session_key, now=now)
        if row is None:
            self._session_key = None
            return {}
        data, last_seen_at = row
        if now - last_seen_at > SEEN_EVERY:
            self._note_use()
        return self.decode(data)

    def save(self, must_create: bool = False) -> None:
        """As Django does, but tells a database that can't be written from a session that ended."""
        try:
            super().save(must_create)
        except UpdateError as error:
            away = error.__context__
            if isinstance(away, (OperationalError, InternalError)):
                raise away from away.__cause__  # which says whether it passes
            raise

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast(Session, super().create_model_instance(data))
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.browser = data.get(BROWSER, "")
        session.last_seen_at = timezone.now()
        return session

    def _note_use(self) -> None:
        """A page that can be read is no error because this can't be written."""
        try:
            Session.objects.filter(pk=self.session_key).update(last_seen_at=timezone.now())
        except DatabaseError as error:
            logger.warning("When a session was used was not noted (%s).", one_line(error))


def sessions_of(user: User) -> QuerySet[Session]:
    """Where they are signed in, what was used last first. 1 query."""
    alive = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    return alive.order_by("-last_seen_at", "pk")


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Sign them out everywhere, but in the session of this key. How many. 1 query."""
    return Session.objects.filter(user=user).exclude(pk=but or "").delete()[0]


def end_session(user: User, *, handle: str) -> bool:
    """Sign them out in one place. Whether there was one. 2 queries."""
    found = [session.pk for session in sessions_of(user) if session.handle == handle]
    return bool(Session.objects.filter(user=user, pk__in=found).delete()[0])


@receiver(user_logged_in)
def note_browser(request: HttpRequest, **_: object) -> None:
    request.session[BROWSER] = browser_name(request.headers.get("User-Agent", ""))[:LONGEST_BROWSER]


@receiver((password_changed, password_reset, password_set))
def end_other_sessions(request: HttpRequest, user: User, **_: object) -> None:
    """They open nothing any more, since each is bound to the password: no list names them."""
    end_sessions(user, but=request.session.session_key)
