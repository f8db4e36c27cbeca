"""Two that migrate the same database together."""

import threading
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import ConnectionHandler

from backtrain.management.commands.migrate import one_at_a_time


@pytest.fixture
def database(tmp_path):
    """Two connections to one database, as two processes have them."""
    if connection.vendor == "postgresql":
        yield connection.copy, connection.copy
        return
    handler = ConnectionHandler(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "db.sqlite3"}}
    )
    yield handler["default"].copy, handler["default"].copy


@pytest.mark.django_db
def test_the_second_waits_for_the_first(database):
    told, order, waits = [], [], threading.Event()
    first, make_second = database[0](), database[1]

    def tell(words):
        told.append(words)
        waits.set()

    def migrate():
        with closing(make_second()) as second, one_at_a_time(second, tell=tell):
            order.append("second")

    with closing(first), one_at_a_time(first, tell=told.append):
        thread = threading.Thread(target=migrate)
        thread.start()
        assert waits.wait(timeout=60)
        order.append("first")
    thread.join(timeout=60)

    assert order == ["first", "second"]
    assert told == ["Another migrate is at work on this database: waiting for it."]


@pytest.mark.django_db
def test_what_fails_lets_the_next_one_in(database):
    first, second = (make() for make in database)
    told = []

    with closing(first), pytest.raises(ZeroDivisionError), one_at_a_time(first, tell=told.append):
        1 / 0  # noqa: B018
    with closing(second), one_at_a_time(second, tell=told.append):
        pass

    assert told == []


@pytest.mark.django_db
def test_does_what_django_does(capsys):
    call_command("migrate", "--plan", no_color=True)

    assert "No planned migration operations." in capsys.readouterr().out
