"""A streaming replica that pages are read from: behind, killed, and without its primary."""

import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from backtrain.replica import COOKIE, breaker
from tests import with_postgres
from tests.faults.clusters import Cluster
from tests.faults.sites import HOST, Athlete, Site, assert_says_what_was_typed, is_saved
from tests.production import Server

pytestmark = pytest.mark.fault


@pytest.fixture
def standby(cluster: Cluster) -> Iterator[Cluster]:
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=with_postgres.temporary_folder()))
    if with_postgres.is_root():
        with_postgres.give_to_nobody(home)
    with_postgres.server_program(
        cluster.binaries / "pg_basebackup",
        *("-D", str(home / "data"), "-h", str(cluster.home), "-U", "postgres"),
        *("--write-recovery-conf", "--checkpoint=fast"),
        home=home,
    )
    with (home / "data/postgresql.conf").open("a") as file:
        file.write(f"unix_socket_directories = '{home}'\nhot_standby_feedback = on\n")
    standby = Cluster(home, binaries=cluster.binaries)
    standby.start()
    yield standby
    with suppress(with_postgres.PostgresError):
        standby.stop()
    shutil.rmtree(home)


def test_shows_athletes_what_they_wrote_whatever_happens(
    on_postgresql: Callable[[], Site], request: pytest.FixtureRequest
) -> None:
    site = on_postgresql()
    standby: Cluster = request.getfixturevalue("standby")
    url = standby.url(site.name)
    assert site.cluster
    keys = [uuid.uuid4() for _ in range(6)]
    with site.served(DATABASE_REPLICA_URL=url) as server:
        athlete = Athlete(server)
        elsewhere = another_device(athlete)

        def log(key: uuid.UUID) -> None:
            assert is_saved(athlete.log(key), key)
            assert str(key) in athlete.get("/workouts/").text

        for key in keys[:3]:
            log(key)
        standby.ask("SELECT pg_wal_replay_pause()")
        log(keys[3])
        is_behind = str(keys[3]) not in elsewhere.get("/workouts/", HOST).text
        standby.ask("SELECT pg_wal_replay_resume()")
        wait_until(lambda: str(keys[3]) in elsewhere.get("/workouts/", HOST).text)

        standby.stop()
        log(keys[4])
        assert str(keys[4]) in elsewhere.get("/workouts/", HOST).text
        standby.start()
        time.sleep(breaker.seconds + 1)

        site.cluster.stop("fast")
        try:
            history, catalogue = athlete.get("/workouts/"), athlete.get("/muscles/")
            refused = athlete.log(keys[5])
        finally:
            site.cluster.start()
        log(keys[5])

    assert is_behind  # so it is the replica that is read
    assert (history.status, catalogue.status) == (200, 200)
    assert str(keys[4]) in history.text
    assert_says_what_was_typed(refused)
    assert {key for key, _, _ in site.logged()} == set(keys)


def another_device(athlete: Athlete) -> Server:
    """One that has written nothing."""
    server = Server(athlete.server.port, athlete.server.process)
    server.cookies = {
        name: value for name, value in athlete.server.cookies.items() if name != COOKIE
    }
    return server


def wait_until(is_so: Callable[[], bool], *, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.2)
