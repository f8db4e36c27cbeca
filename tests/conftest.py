"""The cast and what every test may use.

Alice owns the workouts. Charlie is a stranger who has an account. Eddie edits the catalogue.
"""

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from botocore.config import Config
from coverage import Coverage
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import caches
from django.core.management import BaseCommand, call_command
from django.core.management.commands.migrate import Command
from django.test import Client
from django.test.client import ClientHandler
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from backtrain import media
from backtrain.environment import read_bucket
from exercises.models import Exercise
from tests.athlete_versions import versions_renewed
from tests.athletes_keys import of_one_athlete
from tests.bucket import Bucket, bucket_server
from tests.factories import ExerciseFactory, UserFactory
from tests.migrated import KEPT, migrating_from

# New examples at every run on a desk; in CI the same ones each time, so that it can be repeated.
settings.register_profile(
    "backtrain", deadline=None, print_blob=True, derandomize=os.environ.get("CI") == "true"
)
settings.load_profile("backtrain")

USE_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database: the rest need not run on PostgreSQL too."""
    for item in items:
        fixtures = getattr(item, "fixturenames", [])
        if item.get_closest_marker("django_db") or USE_THE_DATABASE.intersection(fixtures):
            item.add_marker(pytest.mark.database)
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and "editors_again" not in fixtures:
            raise pytest.UsageError(f"{item.nodeid} empties the tables: it needs editors_again.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure no coverage where rows of the whole are looked at: others reach the same lines, and
    it takes half the speed."""
    is_repetition = all(item.get_closest_marker(name) for name in ("whole", "database"))
    coverage = Coverage.current() if is_repetition else None
    if coverage:
        coverage.stop()
    try:
        return (yield)
    finally:
        if coverage:
            coverage.start()


@pytest.fixture(scope="session")
def kept_migrations() -> pytest.MonkeyPatch:
    patch = pytest.MonkeyPatch()
    patch.setattr(Command, "handle", migrating_from(KEPT))
    return patch


@pytest.fixture(scope="session")
def django_db_setup(
    kept_migrations: pytest.MonkeyPatch,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Once the tables are made, `migrate` is what it was. With PARTITIONS=4 in the environment
    personal tables have as many, on PostgreSQL.
    """
    kept_migrations.undo()
    if partitions := os.environ.get("PARTITIONS"):
        with django_db_blocker.unblock():
            call_command("distribute", partitions=int(partitions), verbosity=0)


@pytest.fixture(autouse=True)
def quick_and_clean(settings: object) -> None:
    """Cheap password hashes, no collected static files, nothing left from another test."""
    settings.WHITENOISE_AUTOREFRESH = True  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    for cache in caches.all():
        cache.clear()


@pytest.fixture(autouse=True)
def every_write_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a request or a command of ours writes of an athlete makes them another version."""
    answer, execute = ClientHandler.get_response, BaseCommand.execute

    def watched_answer(self: ClientHandler, request: Any) -> Any:
        with versions_renewed(), of_one_athlete(request.path):
            return answer(self, request)

    def watched_execute(self: BaseCommand, *args: Any, **options: Any) -> Any:
        if type(self).__module__.startswith(("django.", "tests.")):
            return execute(self, *args, **options)
        with versions_renewed():
            return execute(self, *args, **options)

    monkeypatch.setattr(ClientHandler, "get_response", watched_answer)
    monkeypatch.setattr(BaseCommand, "execute", watched_execute)


@pytest.fixture
def alice(db: None) -> User:
    """Owns what the test makes."""
    return UserFactory.create(username="alice", email="alice@example.org")


@pytest.fixture
def charlie(db: None) -> User:
    """Signed in, and a stranger to Alice's rows."""
    return UserFactory.create(username="charlie", email="charlie@example.org")


@pytest.fixture
def eddie(db: None) -> User:
    """Edits the catalogue."""
    eddie = UserFactory.create(username="eddie", email="eddie@example.org", is_staff=True)
    eddie.groups.add(Group.objects.get(name="Editors"))
    return eddie


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def just_signed_in(user: User) -> Client:
    """Who has told their password a moment ago."""
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": "a good password"})
    return client


@pytest.fixture
def alices_client(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def charlies_client(charlie: User) -> Client:
    return signed_in(charlie)


@pytest.fixture
def eddies_client(eddie: User) -> Client:
    return signed_in(eddie)


@pytest.fixture
def pull_up(db: None) -> Exercise:
    return ExerciseFactory.create(
        name="Pull-up", slug="pull-up", load_type="bodyweight", bodyweight_fraction="1.00"
    )


@pytest.fixture
def row(db: None) -> Exercise:
    """A barbell row: logged by weight."""
    return ExerciseFactory.create(name="Bent-over barbell row", slug="bent-over-barbell-row")


EDITED = import_module("exercises.migrations.0003_editors_group").EDITED


@pytest.fixture(scope="class")
def editors_again(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For tests that empty the tables: the group comes with the migrations, and would be gone."""
    yield
    with django_db_blocker.unblock():
        editors, _ = Group.objects.get_or_create(name="Editors")
        of_catalogue = Permission.objects.filter(content_type__app_label="exercises")
        editors.permissions.set(of_catalogue.filter(content_type__model__in=EDITED))


@pytest.fixture(scope="session")
def new_bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Bucket]]:
    with bucket_server(tmp_path_factory.mktemp("buckets")) as new:
        yield new


@pytest.fixture
def bucket(
    new_bucket: Callable[[], Bucket], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Bucket:
    """An empty one, in which pictures are kept; a machine that is busy with tests may be slow."""
    bucket = new_bucket()
    patience = media.PATIENCE.merge(Config(connect_timeout=60, read_timeout=60))
    monkeypatch.setattr(media, "PATIENCE", patience)
    for name, value in bucket.variables.items():
        monkeypatch.setenv(name, value)
    settings.MEDIA_S3 = read_bucket(insecure=True)
    default = {"BACKEND": "backtrain.media.BucketStorage", "OPTIONS": settings.MEDIA_S3}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return bucket
