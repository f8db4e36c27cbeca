"""System checks for whoever deploys Backtrain."""

import os

import pytest
from django.core.checks import run_checks

from backtrain import checks
from backtrain.settings import read_mail


def ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def unwritable(monkeypatch):
    """Folders that nobody may write to. Root may write anywhere, so the question is answered."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)


class TestSqliteFolder:
    @pytest.fixture(autouse=True)
    def sqlite(self, settings, tmp_path):
        file = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "db.sqlite3")}
        self.file = file
        return file

    def check(self, monkeypatch, settings):
        monkeypatch.setitem(settings.DATABASES, "default", self.file)
        return checks.check_sqlite_folder()

    def test_is_fine_when_writable(self, monkeypatch, settings):
        assert self.check(monkeypatch, settings) == []

    def test_is_an_error_when_not(self, monkeypatch, settings, unwritable, tmp_path):
        [error] = self.check(monkeypatch, settings)

        assert error.id == "backtrain.E001"
        assert str(tmp_path) in error.msg

    def test_does_not_matter_to_postgresql_or_in_memory(self, monkeypatch, settings, unwritable):
        for other in (
            {"ENGINE": "django.db.backends.postgresql", "NAME": "log"},
            {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:memory?mode=memory"},
        ):
            self.file = other
            assert self.check(monkeypatch, settings) == []


class TestUploadsFolder:
    def test_is_fine_when_it_can_be_made(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "not" / "yet"

        assert checks.check_uploads_folder() == []

    def test_is_a_warning_when_it_can_t(self, settings, tmp_path, unwritable):
        settings.MEDIA_ROOT = tmp_path / "media"

        assert ids(checks.check_uploads_folder()) == ["backtrain.W001"]


class TestBucket:
    @pytest.fixture(autouse=True)
    def nobody(self, monkeypatch):
        """No keys, neither in files nor from the machine."""
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
            monkeypatch.delenv(name, raising=False)
        for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
            monkeypatch.setenv(name, os.devnull)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    def test_is_asked_for_nothing_where_there_is_none(self, settings):
        settings.MEDIA_S3 = {}

        assert checks.check_bucket() == []

    def test_is_a_warning_where_nothing_says_who_writes(self, settings):
        settings.MEDIA_S3 = {"bucket": "pictures"}

        [warning] = checks.check_bucket()

        assert warning.id == "backtrain.W004"
        assert "pictures" in warning.msg
        assert "AWS_SECRET_ACCESS_KEY" in warning.hint

    def test_is_fine_with_keys_and_needs_no_folder(self, settings, monkeypatch, unwritable):
        settings.MEDIA_S3 = {"bucket": "pictures"}
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret")

        assert checks.check_bucket() == checks.check_uploads_folder() == []


class TestMail:
    @pytest.mark.parametrize(
        ("url", "found"),
        [("consolemail://", ["backtrain.I001"]), ("smtp+tls://mail.example.org:587", [])],
    )
    def test_says_when_it_reaches_nobody(self, monkeypatch, settings, url, found):
        monkeypatch.setenv("EMAIL_URL", url)
        for name, value in read_mail().items():
            setattr(settings, name, value)

        assert ids(checks.check_mail()) == found


class TestCache:
    @pytest.mark.parametrize(
        ("backend", "found"),
        [
            ("django.core.cache.backends.locmem.LocMemCache", ["backtrain.I002"]),
            ("django.core.cache.backends.redis.RedisCache", []),
        ],
    )
    def test_says_when_each_process_counts_alone(self, monkeypatch, settings, backend, found):
        monkeypatch.setitem(settings.CACHES, "default", {"BACKEND": backend})

        assert ids(checks.check_cache()) == found


class TestDeployment:
    def test_of_code_alone_asks_for_no_database_and_no_files(self, settings, monkeypatch):
        """As `make lint` does, where nothing is installed."""
        settings.DEBUG = False
        settings.ALLOWED_HOSTS = ["log.example.org"]
        monkeypatch.setattr(checks, "demo_accounts", list)

        found = run_checks(include_deployment_checks=True)

        assert not {"backtrain.E003", "backtrain.E004", "backtrain.E005"} & set(ids(found))
