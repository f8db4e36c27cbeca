"""Sessions in the database, as Django keeps them, read by a query that is put together once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import InternalError, OperationalError
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from exercises.prepared import PreparedQuery

_data = PreparedQuery(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list(
        "session_data"
    ),
    key=CharField(),
    now=DateTimeField(),
)


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        row = _data.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])

    def save(self, must_create: bool = False) -> None:
        """As Django does, but tells a database that can't be written from a session that ended."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, (OperationalError, InternalError)):
                raise error.__context__ from None
            raise
