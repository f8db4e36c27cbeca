"""Migrations that are killed on their way, and two that are started together."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backtrain.settings import BASE_DIR
from tests.faults.clusters import Cluster
from tests.faults.sites import Site
from tests.production import Installation

pytestmark = pytest.mark.fault

TABLES = """
SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
WHERE table_schema = 'public' ORDER BY 1, 2
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
STATEMENTS = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1"
DONE = "SELECT app, name FROM django_migrations ORDER BY 1, 2"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """An installation whose database has no tables yet."""
    installation = Installation(tmp_path)
    if request.param == "sqlite":
        return Site(installation)
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"empty{random.randrange(10**9)}"
    cluster.ask(f"CREATE DATABASE {name}")
    installation.environment["DATABASE_URL"] = cluster.url(name)
    return Site(installation, cluster)


@pytest.fixture
def whole(
    empty: Site, on_sqlite: Callable[..., Site], on_postgresql: Callable[[], Site], tmp_path: Path
) -> Site:
    """One that was migrated without a fault."""
    other = tmp_path / "whole"
    other.mkdir()
    return on_postgresql() if empty.cluster else on_sqlite(other)


def start(site: Site) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "migrate"],
        cwd=BASE_DIR,
        env=site.installation.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def made(site: Site) -> list[object]:
    """Tables, indexes and constraints, and the migrations that are noted, each once."""
    queries = (TABLES, INDEXES, DONE) if site.cluster else (STATEMENTS, DONE)
    return [site.ask(query) for query in queries]


def migrations(site: Site) -> int:
    try:
        return len(site.ask(DONE))
    except Exception:  # there is no table yet
        return 0


def test_killed_again_and_again_come_to_the_same(empty: Site, whole: Site) -> None:
    """Each is killed when it has done a fifth of them, at any place of the next."""
    kills, known = 0, len(whole.ask(DONE))
    while (done := migrations(empty)) < known:
        process = start(empty)
        while process.poll() is None and migrations(empty) < min(done + known // 5, known):
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.2))
        process.kill()
        _, said = process.communicate()
        assert process.returncode in (0, -9), said.decode()
        kills += process.returncode != 0
    last = start(empty)
    _, said = last.communicate(timeout=300)

    assert last.returncode == 0, said.decode()
    assert kills > 2
    assert made(empty) == made(whole)


def test_started_together_come_to_the_same(empty: Site, whole: Site) -> None:
    processes = [start(empty) for _ in range(3)]
    said = [process.communicate(timeout=300)[1].decode() for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert "waiting for it" in "".join(said)
    assert made(empty) == made(whole)
