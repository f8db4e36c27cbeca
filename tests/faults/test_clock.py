"""A clock that is set while the server runs: by days and back, and beyond a session's end."""

import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.sites import HOST, NEW, PERSON, SETS, Athlete, Site, is_saved
from tests.production import Answer, Server

pytestmark = pytest.mark.fault

LOCKED_SECONDS = 300  # after five wrong passwords
LIBRARIES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")


@pytest.fixture
def clock(tmp_path: Path) -> Callable[[timedelta], None]:
    """Sets the clock of a server that is started with its ``variables``."""
    file = tmp_path / "clock"

    def set_by(by: timedelta) -> None:
        shifted = file.with_suffix(".new")
        shifted.write_text(f"{by.total_seconds():+.0f}s")
        shifted.replace(file)

    set_by(timedelta())
    return set_by


def variables(folder: Path) -> dict[str, str]:
    library = next((path for name in LIBRARIES for path in Path("/").glob(name[1:])), None)
    if not library:
        pytest.skip("There is no libfaketime.")
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def test_that_jumps_loses_nothing(
    site: Site, tmp_path: Path, clock: Callable[[timedelta], None]
) -> None:
    saved = []
    with site.served(**variables(tmp_path)) as server:
        athlete = Athlete(server)
        today = datetime.now(UTC).date()
        for days in (0, 2, -3, 40, -400, 0):
            clock(timedelta(days=days))
            key = uuid.uuid4()
            assert is_saved(athlete.log(key, day=len(saved)), key), days
            saved.append(key)
            assert athlete.get("/").status == 200
            assert f'value="{today + timedelta(days=days)}"' in athlete.get(NEW).text, days
            assert athlete.get(f"/workouts/{key}/").status == 200

    assert site.logged() == {(key, 1, SETS): 1 for key in saved}


def test_beyond_a_session_keeps_what_was_typed(
    site: Site, tmp_path: Path, clock: Callable[[timedelta], None]
) -> None:
    key = uuid.uuid4()
    with site.served(**variables(tmp_path)) as server:
        athlete = Athlete(server)
        clock(timedelta(days=120))
        asked = athlete.log(key)
        server.cookies |= dict(one.partition(";")[0].split("=", 1) for one in asked.cookies)
        form = {"login": PERSON["username"], "password": PERSON["password1"]}
        signed_in = server.post("/accounts/login/?next=/workouts/new/", form, HOST)
        kept = athlete.get("/workouts/new/")

    assert (asked.status, signed_in.status) == (302, 302)
    assert "Wrist curl 20 kg x 8, 8, 7" in kept.text


def test_set_back_locks_nobody_out_for_longer(
    on_sqlite: Callable[..., Site], tmp_path: Path, clock: Callable[[timedelta], None]
) -> None:
    """Who mistyped while it was a day ahead waits for the five minutes, not for the day."""
    wrong = {"login": PERSON["username"], "password": "wrong"}
    right = wrong | {"password": PERSON["password1"]}
    with on_sqlite().served(**variables(tmp_path)) as server:
        Athlete(server)
        clock(timedelta(days=1))
        said = [at_the_door(server, wrong) for _ in range(6)]
        clock(timedelta())
        locked_out = at_the_door(server, right)
        time.sleep(LOCKED_SECONDS + 1)
        signed_in = at_the_door(server, right)

    assert "Too many" in said[-1].text
    assert locked_out.status == 200
    assert signed_in.status == 302


def at_the_door(server: Server, form: dict[str, str]) -> Answer:
    return Server(server.port, server.process).post("/accounts/login/", form, HOST)
