"""Sites that something is done to, each with rows of its own."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests import with_postgres
from tests.faults.clusters import Cluster
from tests.faults.sites import Site
from tests.production import FEW_ROWS, Installation

PLAIN = {"PLAIN_HTTP": "1", "LOG_LEVEL": "warning"}
numbers = count()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """On SQLite, with what every copy has: static files and a little of the catalogue."""
    return Installation(tmp_path_factory.mktemp("prepared")).prepared()


@pytest.fixture(scope="session")
def cluster(prepared: Installation) -> Iterator[Cluster]:
    """A PostgreSQL that loses nothing, with a prepared database to copy."""
    with pytest.MonkeyPatch.context() as patch, with_postgres.postgres() as url:
        patch.setenv("ENV_FILE", "/dev/null")
        cluster = Cluster(Path("/" + url.split("//", 2)[2].rpartition("/")[0]))
        cluster.make_durable()
        cluster.ask("CREATE DATABASE prepared")
        for command in (("migrate",), ("loaddata", *FEW_ROWS)):
            run = prepared.manage(*command, "--verbosity=0", DATABASE_URL=cluster.url("prepared"))
            assert run.returncode == 0, run.stderr
        yield cluster


@pytest.fixture
def on_sqlite(prepared: Installation, tmp_path: Path) -> Callable[[Path], Site]:
    def make(folder: Path = tmp_path) -> Site:
        installation = Installation(folder)
        installation.environment |= PLAIN | {"STATIC_ROOT": prepared.environment["STATIC_ROOT"]}
        shutil.copy(prepared.folder / "db.sqlite3", folder)
        return Site(installation)

    return make


@pytest.fixture
def on_postgresql(
    prepared: Installation, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[], Site]:
    def make() -> Site:
        cluster = request.getfixturevalue("cluster")
        name = f"site{next(numbers)}"
        cluster.ask(f"CREATE DATABASE {name} TEMPLATE prepared")
        installation = Installation(tmp_path)
        installation.environment |= PLAIN | {
            "STATIC_ROOT": prepared.environment["STATIC_ROOT"],
            "DATABASE_URL": cluster.url(name),
        }
        return Site(installation, cluster)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest) -> Site:
    """On either database."""
    made: Site = request.getfixturevalue(f"on_{request.param}")()
    return made
