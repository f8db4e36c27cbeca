"""A disk without room, under the database."""

import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.clusters import Cluster
from tests.faults.sites import (
    SETS,
    Athlete,
    Site,
    assert_says_what_was_typed,
    is_saved,
    sent_again,
)
from tests.production import Answer
from tests.with_postgres import give_to_nobody, is_root, temporary_folder

pytestmark = pytest.mark.fault

SQLITE_MB, POSTGRESQL_MB = 16, 500
MOST_POSTS = 500  # until one needs another page of the disk


@pytest.fixture
def small_disk() -> Iterator[Callable[[int], Path]]:
    """A disk of so many megabytes, in memory, where PostgreSQL's user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="disk-", dir=temporary_folder()))

    def mount(megabytes: int) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
        if subprocess.run(command, check=False, capture_output=True, timeout=10).returncode:
            pytest.skip("Only root can mount a small disk.")
        return folder

    yield mount
    if folder.is_mount():
        subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=10)
    folder.rmdir()


def fill(disk: Path) -> Path:
    """A file that takes all the room there is, to the last byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for piece in (bytes(1_000_000), bytes(4096), b"0"):
            try:
                while file.write(piece) == len(piece):
                    pass
            except OSError:
                continue
    return filler


def test_refuses_and_goes_on_when_there_is_room(
    small_disk: Callable[[int], Path], on_sqlite: Callable[[Path], Site]
) -> None:
    assert_recovers(small_disk(SQLITE_MB), on_sqlite)


def test_of_postgresql_likewise(
    small_disk: Callable[[int], Path], cluster: Cluster, on_postgresql: Callable[[], Site]
) -> None:
    site = on_postgresql()
    disk = small_disk(POSTGRESQL_MB)
    cluster.stop("fast")
    shutil.copytree(cluster.home / "data", disk / "data", symlinks=True)
    cluster.start()
    (disk / "data").chmod(0o700)
    with (disk / "data/postgresql.conf").open("a") as file:
        file.write(f"unix_socket_directories = '{disk}'\n")
    if is_root():
        give_to_nobody(disk)
    small = Cluster(disk, binaries=cluster.binaries)
    small.start()
    try:
        site.installation.environment["DATABASE_URL"] = small.url(site.name)
        site.cluster = small
        assert_recovers(disk, lambda _: site)
    finally:
        small.stop()


def assert_recovers(disk: Path, make: Callable[[Path], Site]) -> None:
    site = make(disk)
    saved: list[uuid.UUID] = []
    with site.served() as server:
        athlete = Athlete(server)
        filler = fill(disk)
        refused = log_until_refused(athlete, saved)
        page, ready = athlete.get("/muscles/"), athlete.get("/healthz/ready")
        filler.unlink()
        again = athlete.send("/workouts/new/", sent_again(refused.text))

    assert_says_what_was_typed(refused)
    assert (page.status, ready.status) == (200, 200)
    assert again.status == 302
    saved.append(uuid.UUID(sent_again(refused.text)["id"]))
    assert is_saved(again, saved[-1])
    assert site.logged() == {(key, 1, SETS): 1 for key in saved}


def log_until_refused(athlete: Athlete, saved: list[uuid.UUID]) -> Answer:
    """What fits into pages that are there already is saved, and stays."""
    for _ in range(MOST_POSTS):
        key = uuid.uuid4()
        answer = athlete.log(key)
        if answer.status != 302:
            return answer
        saved.append(key)
    raise AssertionError("The disk was never full.")
