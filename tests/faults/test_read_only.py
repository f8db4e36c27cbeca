"""A database that takes no writes for a while, as a full or failing disk leaves it."""

import shutil
import subprocess
import uuid

import pytest

from tests.faults.sites import Athlete, Site, assert_says_what_was_typed, is_saved, sent_again

pytestmark = pytest.mark.fault

ALTER = "ALTER DATABASE {} SET default_transaction_read_only = {}"


def make_read_only(site: Site, *, is_on: bool) -> None:
    """For connections that are open, too."""
    if site.cluster:
        word = "on" if is_on else "off"
        site.cluster.ask(f"ALTER SYSTEM SET default_transaction_read_only = {word}")
        site.cluster.ask("SELECT pg_reload_conf()")
        return
    for file in (site.file, site.file.with_name("db.sqlite3-wal")):
        sign = "+" if is_on else "-"
        if file.exists():
            subprocess.run(["chattr", f"{sign}i", str(file)], check=True, timeout=10)


def can_be_made_read_only(site: Site) -> bool:
    if site.cluster:
        return True
    if not shutil.which("chattr"):
        return False
    try:
        make_read_only(site, is_on=True)
    except subprocess.CalledProcessError:
        return False
    finally:
        subprocess.run(["chattr", "-i", str(site.file)], check=False, timeout=10)
    return True


def test_is_read_and_refuses_writes_until_it_takes_them_again(site: Site) -> None:
    if not can_be_made_read_only(site):
        pytest.skip("Only root can make a file immutable, and not on every file system.")
    key = uuid.uuid4()
    with site.served() as server:
        athlete = Athlete(server)
        assert is_saved(athlete.log(uuid.uuid4()), key) is False  # another key
        make_read_only(site, is_on=True)
        try:
            refused = athlete.log(key)
            history = athlete.get("/workouts/")
            ready = athlete.get("/healthz/ready")
        finally:
            make_read_only(site, is_on=False)
        again = athlete.send("/workouts/new/", sent_again(refused.text))

    assert_says_what_was_typed(refused)
    assert history.status == 200
    assert "Wrist curl" in history.text
    assert ready.status == 200
    assert is_saved(again, key)
    assert [kept[1:] for kept in site.logged().elements()] == [(1, 3), (1, 3)]
