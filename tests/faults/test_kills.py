"""Thousands of workouts posted while processes are killed: what was acknowledged is there, once."""

import http.client
import os
import random
import signal
import subprocess
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import pytest

from tests.faults.clusters import children, send
from tests.faults.sites import SETS, Athlete, Site, is_saved
from tests.production import Server, free_port, wait_for

pytestmark = pytest.mark.fault

POSTS = int(os.environ.get("POSTS", "2000"))
SENDERS = 4
TRIES = 1000  # a third of a second apart
WORKERS = ("--workers", "2", "--respawn-failed-workers")
BETWEEN = (20, 60)  # workouts that are saved from one kill to the next


class Killer(threading.Thread):
    """Kills workers, the whole server, and PostgreSQL's processes; starts again what has ended."""

    def __init__(self, site: Site, port: int) -> None:
        super().__init__(daemon=True)
        self.site, self.port = site, port
        self.kills = {"worker": 0, "server": 0, "connection": 0, "database": 0}
        self.is_over = threading.Event()
        self.saved = 0
        self.failure: BaseException | None = None
        self.process = self.start_server()

    def start_server(self) -> subprocess.Popen[bytes]:
        process = self.site.installation.start(self.port, *WORKERS)
        wait_for(self.port, process, self.site.installation.log)
        return process

    def run(self) -> None:
        try:
            at = random.randint(*BETWEEN)
            while not self.is_over.wait(0.02):
                if self.process.poll() is not None:  # granian ends when workers die too soon
                    self.process = self.start_server()
                if self.saved < at:
                    continue
                at = self.saved + random.randint(*BETWEEN)
                kinds = ["worker", "worker", "server"]
                if self.site.cluster:
                    kinds += ["connection", "database"]
                self.kill(random.choice(kinds))
        except BaseException as failure:
            self.failure = failure

    def kill(self, kind: str) -> None:
        cluster = self.site.cluster
        if kind == "worker" and (workers := children(self.process.pid)):
            send(random.choice(workers), signal.SIGKILL)
        elif kind == "connection" and cluster and (backends := cluster.backends()):
            send(random.choice(backends), signal.SIGKILL)
        elif kind == "database" and cluster:
            cluster.kill()
            cluster.start()
        else:
            kind = "server"
            self.end_server()
        self.kills[kind] += 1

    def end_server(self) -> None:
        """All processes at once; then nobody listens."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def post_until_saved(athlete: Athlete, killer: Killer, key: uuid.UUID, day: int) -> int:
    """How often it was sent."""
    for sent in range(1, TRIES):
        try:
            answer = athlete.log(key, day=day)
        except (OSError, http.client.HTTPException):
            answer = None
        if answer and is_saved(answer, key):
            killer.saved += 1
            return sent
        assert answer is None or answer.status == 503, (answer.status, answer.text)
        time.sleep(0.3)
    raise AssertionError(f"{key} was never saved.")


def test_what_was_acknowledged_is_there_once(site: Site) -> None:
    port = free_port()
    killer = Killer(site, port)
    try:
        athlete = Athlete(Server(port, killer.process))
        keys = [uuid.uuid4() for _ in range(POSTS)]
        begun = time.monotonic()
        killer.start()
        with ThreadPoolExecutor(SENDERS) as pool:
            send_one = partial(post_until_saved, athlete, killer)
            sent = list(pool.map(send_one, keys, range(POSTS)))
    finally:
        killer.is_over.set()
        killer.join()
        killer.end_server()
    seconds = time.monotonic() - begun

    print(f"{POSTS} in {seconds:.0f} s, {sum(sent)} sent, kills: {killer.kills}")  # noqa: T201
    assert killer.failure is None
    assert sum(killer.kills.values()) > POSTS / 100
    assert site.logged() == {(key, 1, SETS): 1 for key in keys}
