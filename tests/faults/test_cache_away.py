"""A shared cache that dies or hangs: limits count per process until it is back, and all goes on."""

import signal
import subprocess
import time
import uuid
from contextlib import AbstractContextManager

import pytest

from backtrain.caches import OPEN_SECONDS
from tests.faults import programs
from tests.faults.sites import HOST, PERSON, Athlete, Site, is_saved
from tests.production import Server, free_port

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_that_is_away_stops_nobody(site: Site, number: signal.Signals) -> None:
    port = free_port()
    with site.served(CACHE_URL=f"redis://127.0.0.1:{port}/0", LOG_LEVEL="info") as server:
        with redis(site, port) as process:
            athlete = Athlete(server)
            process.send_signal(number)
            begun = time.monotonic()
            key = uuid.uuid4()
            signed_in = sign_in(server)
            saved = athlete.log(key)
            waited = time.monotonic() - begun
            ready = athlete.get("/healthz/ready")
        with redis(site, port):
            time.sleep(OPEN_SECONDS + 1)
            again = sign_in(server)
            told = athlete.get("/healthz/ready")

    assert (signed_in, again) == (302, 302)
    assert is_saved(saved, key)
    assert waited < 8
    assert (ready.status, "does not answer" in ready.text) == (200, True)
    assert (told.status, "does not answer" in told.text) == (200, False)
    log = site.installation.log.read_text()
    assert log.count("The shared cache can't be used") == 1
    assert log.count("The shared cache is back") == 1


def redis(site: Site, port: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    folder = site.installation.folder
    return programs.running(programs.redis(port), folder, port)


def sign_in(server: Server) -> int:
    """Somebody's sign-in, which is counted."""
    door = Server(server.port, server.process)
    form = {"login": PERSON["username"], "password": PERSON["password1"]}
    return door.post("/accounts/login/", form, HOST).status
