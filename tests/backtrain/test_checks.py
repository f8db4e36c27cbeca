"""System checks speak up for what a deployer gets wrong, and are quiet otherwise."""

import os

import pytest
from django.conf import settings

from backtrain import checks

SQLITE = "django.db.backends.sqlite3"


def use_database(monkeypatch, engine: str, name: str) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", name)


class TestSqliteFolder:
    def test_is_quiet_where_it_can_write(self, monkeypatch, tmp_path):
        use_database(monkeypatch, SQLITE, str(tmp_path / "db.sqlite3"))

        assert checks.check_sqlite_folder() == []

    def test_complains_where_it_cannot(self, monkeypatch, tmp_path):
        use_database(monkeypatch, SQLITE, str(tmp_path / "missing" / "db.sqlite3"))

        (error,) = checks.check_sqlite_folder()

        assert error.id == "backtrain.E001"
        assert "missing" in error.msg

    @pytest.mark.parametrize(
        ("engine", "name"),
        [("django.db.backends.postgresql", "log"), (SQLITE, "file:memory?mode=memory")],
    )
    def test_does_not_ask_about_others(self, monkeypatch, engine, name):
        use_database(monkeypatch, engine, name)

        assert checks.check_sqlite_folder() == []


class TestUploads:
    def test_is_quiet_where_the_folder_can_be_made(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media" / "deep"

        assert checks.check_uploads_folder() == []

    def test_complains_where_it_cannot(self, monkeypatch):
        monkeypatch.setattr(os, "access", lambda path, mode: False)

        (warning,) = checks.check_uploads_folder()

        assert warning.id == "backtrain.W001"


class TestMail:
    def test_says_that_console_mail_reaches_nobody(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

        assert [info.id for info in checks.check_mail()] == ["backtrain.I001"]

    def test_is_quiet_with_a_server(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

        assert checks.check_mail() == []


class TestCache:
    def test_says_that_limits_count_per_process(self, settings):
        assert [info.id for info in checks.check_cache()] == ["backtrain.I002"]

    def test_is_quiet_with_a_shared_one(self, settings):
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}

        assert checks.check_cache() == []
