"""Two servers on two addresses behind nginx, with one pooler, one database and one cache.

Each is killed while workouts are logged: for how long nothing is saved, and that nothing is lost.
"""

import http.client
import signal
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from tests.faults import programs
from tests.faults.clusters import Cluster, children, send
from tests.faults.sites import SETS, Athlete, Site, is_saved
from tests.production import Server, free_port, wait_for
from tests.with_postgres import temporary_folder

pytestmark = pytest.mark.fault

HOSTS = ("127.0.0.1", "127.0.0.2")
QUIET = 6  # seconds of logging before and after each fault
MOST_SECONDS = {
    "one server killed": 5,
    "the cache killed": 5,
    "the pooler killed": 15,
    "the database restarted": 20,
    "the database killed": 30,
}


class Machines:
    """All that runs, each in a place where it can be killed and started again."""

    def __init__(self, site: Site, cluster: Cluster, folder: Path) -> None:
        self.site, self.cluster, self.folder = site, cluster, folder
        self.front, self.cache, self.pooler = free_port(), free_port(), free_port()
        self.ports = {host: free_port() for host in HOSTS}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stack = ExitStack()
        site.installation.environment |= {
            "CACHE_URL": f"redis://127.0.0.1:{self.cache}/0",
            "TRUSTED_PROXIES": "1",
            "DATABASE_URL": (
                f"postgres://postgres:any@127.0.0.1:{self.pooler}/{site.name}"
                "?DISABLE_SERVER_SIDE_CURSORS=True"
            ),
        }

    def start_all(self) -> None:
        self.start_cache()
        self.start_pooler()
        for host in HOSTS:
            self.start_server(host)
        addresses = [f"{host}:{port}" for host, port in self.ports.items()]
        command = programs.nginx(self.of("nginx"), self.front, addresses)
        self.start("nginx", command, self.front)

    def of(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def start(self, name: str, command: list[str], port: int, *, is_nobody: bool = False) -> None:
        run = programs.running(command, self.of(name), port, is_nobody=is_nobody)
        self.running[name] = self.stack.enter_context(run)

    def start_cache(self) -> None:
        self.start("cache", programs.redis(self.cache), self.cache)

    def start_pooler(self) -> None:
        command = programs.pgbouncer(self.of("pooler"), self.pooler, self.cluster)
        self.start("pooler", command, self.pooler, is_nobody=True)

    def start_server(self, host: str) -> None:
        port = self.ports[host]
        process = self.site.installation.start(port, "--host", host)
        self.stack.callback(end, process)
        wait_for(port, process, self.site.installation.log, host=host)
        self.running[host] = process

    def kill(self, name: str) -> None:
        end(self.running[name])


def end(process: subprocess.Popen[bytes]) -> None:
    """With its workers, if it has any."""
    for one in (*children(process.pid), process.pid):
        send(one, signal.SIGKILL)
    process.wait()


class Logging(threading.Thread):
    """Logs one workout after the other, each until it is saved, and knows when each was."""

    def __init__(self, athlete: Athlete) -> None:
        super().__init__(daemon=True)
        self.athlete = athlete
        self.saved: list[tuple[float, uuid.UUID]] = []
        self.refused: list[float] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            key = uuid.uuid4()
            while not self.log(key):
                self.refused.append(time.monotonic())
                time.sleep(0.1)
            self.saved.append((time.monotonic(), key))

    def log(self, key: uuid.UUID) -> bool:
        try:
            return is_saved(self.athlete.log(key, day=len(self.saved) % 1000), key)
        except (OSError, http.client.HTTPException):
            return False

    def longest_gap(self, since: float) -> float:
        """Seconds in which nothing was saved."""
        times = [since, *(at for at, _ in self.saved if at >= since), time.monotonic()]
        return max(after - before for before, after in pairwise(times))


@pytest.fixture
def machines(cluster: Cluster, on_postgresql: Callable[[], Site]) -> Iterator[Machines]:
    with tempfile.TemporaryDirectory(prefix="machines-", dir=temporary_folder()) as folder:
        Path(folder).chmod(0o755)  # the pooler runs as nobody, if we are root
        machines = Machines(on_postgresql(), cluster, Path(folder))
        with machines.stack:
            machines.start_all()
            yield machines


def test_what_is_killed_loses_nothing(machines: Machines) -> None:
    athlete = Athlete(Server(machines.front, machines.running["nginx"]))
    logging = Logging(athlete)
    gaps = {}

    def during(name: str, *faults: Callable[[], None]) -> None:
        time.sleep(QUIET)
        begun, refused = time.monotonic(), len(logging.refused)
        for fault in faults:
            fault()
        time.sleep(QUIET)
        gaps[name] = logging.longest_gap(begun), len(logging.refused) - refused

    logging.start()
    first = HOSTS[0]
    during("one server killed", lambda: machines.kill(first), lambda: machines.start_server(first))
    during("the cache killed", lambda: machines.kill("cache"), machines.start_cache)
    during("the pooler killed", lambda: machines.kill("pooler"), machines.start_pooler)
    during("the database restarted", lambda: machines.cluster.stop("fast"), machines.cluster.start)
    during("the database killed", machines.cluster.kill, machines.cluster.start)
    logging.is_over.set()
    logging.join(timeout=60)

    for name, (seconds, refused) in gaps.items():
        print(f"{name}: nothing saved for {seconds:.1f} s, {refused} refused")  # noqa: T201
    print(f"{len(logging.saved)} saved")  # noqa: T201
    assert machines.site.logged() == {(key, 1, SETS): 1 for _, key in logging.saved}
    assert {name for name, (gap, _) in gaps.items() if gap > MOST_SECONDS[name]} == set()
