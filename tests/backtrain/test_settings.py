"""The environment is read strictly, and refusals say what to set."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from backtrain.settings import BASE_DIR, env_bool, env_int, read_database, read_secret_key


class TestBooleans:
    @pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
    def test_reads_yes(self, monkeypatch, word):
        monkeypatch.setenv("A_FLAG", word)

        assert env_bool("A_FLAG", default=False) is True

    @pytest.mark.parametrize("word", ["0", "False", "no", "OFF"])
    def test_reads_no(self, monkeypatch, word):
        monkeypatch.setenv("A_FLAG", word)

        assert env_bool("A_FLAG", default=True) is False

    def test_unset_or_empty_is_the_default(self, monkeypatch):
        monkeypatch.setenv("A_FLAG", "")

        assert env_bool("A_FLAG", default=True) is True
        assert env_bool("ANOTHER_FLAG", default=False) is False

    def test_refuses_other_words_with_what_to_set(self, monkeypatch):
        monkeypatch.setenv("A_FLAG", "ture")

        with pytest.raises(ImproperlyConfigured, match="A_FLAG is 'ture': set it to one of 1"):
            env_bool("A_FLAG", default=False)


class TestNumbers:
    def test_reads_whole_numbers(self, monkeypatch):
        monkeypatch.setenv("A_NUMBER", "3600")

        assert env_int("A_NUMBER", default=1) == 3600

    def test_unset_is_the_default(self):
        assert env_int("A_NUMBER_NOT_SET", default=7) == 7

    @pytest.mark.parametrize("word", ["ten", "-1", "1.5"])
    def test_refuses_anything_else(self, monkeypatch, word):
        monkeypatch.setenv("A_NUMBER", word)

        with pytest.raises(ImproperlyConfigured, match="set it to a whole number"):
            env_int("A_NUMBER", default=1)


class TestSecretKey:
    def test_is_required_in_production(self, monkeypatch):
        monkeypatch.delenv("SECRET_KEY", raising=False)

        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
            read_secret_key(debug=False)

    def test_may_be_missing_in_development(self, monkeypatch):
        monkeypatch.delenv("SECRET_KEY", raising=False)

        assert "insecure" in read_secret_key(debug=True)

    def test_is_taken_as_it_stands(self, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "$ecret with $igns")

        assert read_secret_key(debug=False) == "$ecret with $igns"


class TestDatabase:
    def test_is_sqlite_that_waits_and_keeps(self, monkeypatch):
        monkeypatch.delenv("DATABASE_URL", raising=False)

        database = read_database(default_file=BASE_DIR / "some.sqlite3")

        assert database["NAME"] == str(BASE_DIR / "some.sqlite3")
        assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert database["OPTIONS"]["timeout"] == 20
        assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
        assert "synchronous=FULL" in database["OPTIONS"]["init_command"]
        assert not database.get("ATOMIC_REQUESTS")

    def test_is_postgresql_where_the_address_says_so(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://alice:secret@db.example.org:5433/log")

        database = read_database(default_file=BASE_DIR / "some.sqlite3")

        assert database["ENGINE"] == "django.db.backends.postgresql"
        assert (database["HOST"], database["PORT"]) == ("db.example.org", 5433)
        assert (database["USER"], database["PASSWORD"], database["NAME"]) == (
            "alice",
            "secret",
            "log",
        )

    @pytest.mark.parametrize("url", ["nonsense", "mysql://a@b/c", "postgres"])
    def test_refuses_what_it_cannot_use(self, monkeypatch, url):
        monkeypatch.setenv("DATABASE_URL", url)

        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL can't be read: set it to"):
            read_database(default_file=BASE_DIR / "some.sqlite3")
