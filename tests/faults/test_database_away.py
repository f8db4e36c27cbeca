"""A database that is stopped, hangs or is locked, and comes back while the server runs on."""

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from tests.faults.sites import (
    SETS,
    Athlete,
    Site,
    assert_says_what_was_typed,
    is_saved,
    sent_again,
)
from tests.production import Answer

pytestmark = pytest.mark.fault

QUERY_SECONDS = 2  # and five of grace, in which a server that lives ends the query itself
LOCK_SECONDS = 20  # of SQLite, as the settings have it
THREADS = 4


def assert_taken_when_it_is_back(
    athlete: Athlete, site: Site, refused: Answer, key: uuid.UUID
) -> None:
    assert_says_what_was_typed(refused)
    assert is_saved(athlete.send("/workouts/new/", sent_again(refused.text)), key)
    assert site.logged() == {(key, 1, SETS): 1}


def test_that_is_stopped_is_found_again(on_postgresql: Callable[[], Site]) -> None:
    site, key = on_postgresql(), uuid.uuid4()
    assert site.cluster
    with site.served() as server:
        athlete = Athlete(server)
        site.cluster.stop()
        try:
            refused = athlete.log(key)
            ready, live = athlete.get("/healthz/ready"), athlete.get("/healthz/live")
        finally:
            site.cluster.start()

        assert (ready.status, live.status) == (503, 200)
        assert_taken_when_it_is_back(athlete, site, refused, key)
        assert athlete.get("/healthz/ready").status == 200


def test_that_hangs_holds_nobody_for_long(on_postgresql: Callable[[], Site]) -> None:
    """With all threads of the server waiting for it, too."""
    site, key = on_postgresql(), uuid.uuid4()
    assert site.cluster
    with site.served(DATABASE_SECONDS=str(QUERY_SECONDS)) as server:
        athlete = Athlete(server)
        site.cluster.freeze()
        try:
            begun = time.monotonic()
            with ThreadPoolExecutor(THREADS * 2) as pool:
                refused = [
                    one.result()
                    for one in [pool.submit(athlete.log, key) for _ in range(THREADS * 2)]
                ]
            waited = time.monotonic() - begun
        finally:
            site.cluster.thaw()

        assert [answer.status for answer in refused] == [503] * THREADS * 2
        assert waited < 2 * (QUERY_SECONDS + 5) + 5
        assert_taken_when_it_is_back(athlete, site, refused[-1], key)


def test_that_another_program_locks_is_read_meanwhile(on_sqlite: Callable[..., Site]) -> None:
    site, key = on_sqlite(), uuid.uuid4()
    with site.served() as server:
        athlete = Athlete(server)
        with locked(site), ThreadPoolExecutor() as pool:
            begun = time.monotonic()
            waiting = pool.submit(athlete.log, key)
            history = athlete.get("/workouts/")
            assert history.status == 200
            assert time.monotonic() - begun < LOCK_SECONDS / 2
            refused = waiting.result()
            assert time.monotonic() - begun < LOCK_SECONDS + 5

        assert_taken_when_it_is_back(athlete, site, refused, key)


@contextmanager
def locked(site: Site) -> Iterator[None]:
    with closing(sqlite3.connect(site.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
