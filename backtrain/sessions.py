"""Sessions in the database, as Django keeps them, read by a query that is put together once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
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
