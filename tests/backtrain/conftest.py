from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The whole demo, made once for a file of tests just before a leap day ends.

    Each test still works in a transaction of its own. Returns what the command said.
    """
    output = StringIO()
    fast = override_settings(
        DEBUG=True, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    )
    with django_db_blocker.unblock(), transaction.atomic():
        with fast, time_machine.travel("2024-02-29T23:59:30Z", tick=False):
            call_command("demo", "--no-serve", "--port", "8765", stdout=output)
        yield output.getvalue()
        transaction.set_rollback(True)
