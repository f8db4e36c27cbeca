"""Who is signed in, and where."""

import hashlib

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

LONGEST_BROWSER = 60


class Session(AbstractBaseSession):
    """Django's, with whose it is, so that its owner can see and end it.

    No address and no place; of the browser only its name. ``last_seen_at`` is right to the hour.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",  # signing out is no loss that whoever deletes an account is told of
    )
    browser = models.CharField(max_length=LONGEST_BROWSER, blank=True)
    last_seen_at = models.DateTimeField()

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from backtrain.sessions import SessionStore  # which imports this model

        return SessionStore

    @property
    def handle(self) -> str:
        """What a form may call it by: the key itself opens it."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:32]
