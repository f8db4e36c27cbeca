import os
import subprocess
import sys
from pathlib import Path

import django
import pytest
from django.core.exceptions import ImproperlyConfigured

from backtrain.settings import (
    BASE_DIR,
    POSTGRESQL,
    SQLITE,
    env_bool,
    env_int,
    read_database,
    read_mail,
    read_secret_key,
)

DEFAULT_FILE = Path("/srv/c++ & 50%/db.sqlite3")


def in_production(**environment):
    """What settings become in a fresh process with this environment and nothing else."""
    names = ("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    names += ("SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")
    names += ("STAFF_SECOND_FACTOR",)
    shown = "; ".join(f"print({name!r}, repr(s.{name}))" for name in names)
    return subprocess.run(
        [sys.executable, "-c", f"import backtrain.settings as s; {shown}"],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


class TestEnvBool:
    @pytest.mark.parametrize("word", ["1", "true", "True", "YES", " on "])
    def test_reads_yes(self, monkeypatch, word):
        monkeypatch.setenv("FLAG", word)

        assert env_bool("FLAG", default=False) is True

    @pytest.mark.parametrize("word", ["0", "false", "False", "NO", " off "])
    def test_reads_no(self, monkeypatch, word):
        monkeypatch.setenv("FLAG", word)

        assert env_bool("FLAG", default=True) is False

    @pytest.mark.parametrize("default", [True, False])
    def test_is_the_default_when_unset_or_blank(self, monkeypatch, default):
        monkeypatch.delenv("FLAG", raising=False)
        assert env_bool("FLAG", default=default) is default

        monkeypatch.setenv("FLAG", " ")
        assert env_bool("FLAG", default=default) is default

    @pytest.mark.parametrize("word", ["2", "y", "t", "ja", "tru", "enabled", "None", "1 0"])
    def test_stops_at_any_other_word_and_says_what_to_set(self, monkeypatch, word):
        monkeypatch.setenv("FLAG", word)

        with pytest.raises(ImproperlyConfigured) as caught:
            env_bool("FLAG", default=True)
        assert str(caught.value) == (
            f"FLAG is {word.lower()!r}: set it to one of 1, true, yes, on, 0, false, no, off."
        )


class TestEnvInt:
    @pytest.mark.parametrize(("word", "number"), [("0", 0), ("31536000", 31_536_000), (" 7 ", 7)])
    def test_reads_whole_numbers(self, monkeypatch, word, number):
        monkeypatch.setenv("SECONDS", word)

        assert env_int("SECONDS", default=1) == number

    def test_is_the_default_when_unset_or_blank(self, monkeypatch):
        monkeypatch.delenv("SECONDS", raising=False)
        assert env_int("SECONDS", default=5) == 5

        monkeypatch.setenv("SECONDS", "")
        assert env_int("SECONDS", default=5) == 5

    @pytest.mark.parametrize("word", ["-1", "1.5", "1e3", "1_000", "ten", "0x10", "²"])
    def test_stops_at_anything_else(self, monkeypatch, word):
        monkeypatch.setenv("SECONDS", word)

        with pytest.raises(ImproperlyConfigured, match=r"SECONDS is .+: set it to a whole number"):
            env_int("SECONDS", default=1)


class TestSecretKey:
    @pytest.mark.parametrize("key", ["a-long-secret", "$starts-with-a-dollar", "${x}", r"\$5"])
    @pytest.mark.parametrize("debug", [True, False])
    def test_is_what_is_set(self, monkeypatch, key, debug):
        monkeypatch.setenv("SECRET_KEY", key)

        assert read_secret_key(debug=debug) == key

    @pytest.mark.parametrize("key", [None, ""])
    def test_may_be_unset_only_while_debugging(self, monkeypatch, key):
        monkeypatch.delenv("SECRET_KEY", raising=False)
        if key is not None:
            monkeypatch.setenv("SECRET_KEY", key)

        assert "insecure" in read_secret_key(debug=True)
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set: set it to 50 or"):
            read_secret_key(debug=False)


class TestDatabase:
    @pytest.mark.parametrize("url", [None, "", "  "])
    def test_is_the_file_when_unset(self, monkeypatch, url):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        if url is not None:
            monkeypatch.setenv("DATABASE_URL", url)

        database = read_database(default_file=DEFAULT_FILE)

        assert database["ENGINE"] == SQLITE
        assert database["NAME"] == str(DEFAULT_FILE)

    @pytest.mark.parametrize("url", [None, "sqlite:////data/log.sqlite3"])
    def test_on_sqlite_loses_nothing(self, monkeypatch, url):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        if url:
            monkeypatch.setenv("DATABASE_URL", url)

        options = read_database(default_file=DEFAULT_FILE)["OPTIONS"]

        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] >= 5
        assert "journal_mode=WAL" in options["init_command"]
        assert "synchronous=FULL" in options["init_command"]

    def test_reads_a_sqlite_address(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "sqlite:////data/log.sqlite3")

        assert read_database(default_file=DEFAULT_FILE)["NAME"] == "/data/log.sqlite3"

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
    def test_reads_a_postgresql_address(self, monkeypatch, scheme):
        monkeypatch.setenv(
            "DATABASE_URL", f"{scheme}://ann:p%40ss@db.example.org:6543/log?sslmode=require"
        )

        database = read_database(default_file=DEFAULT_FILE)

        expected = {
            "ENGINE": POSTGRESQL,
            "NAME": "log",
            "USER": "ann",
            "PASSWORD": "p@ss",
            "HOST": "db.example.org",
            "PORT": 6543,
            "OPTIONS": {"sslmode": "require"},
        }
        assert expected.items() <= database.items()
        assert database["CONN_HEALTH_CHECKS"] is True

    @pytest.mark.parametrize("url", ["", "sqlite:////srv/log.sqlite3", "postgres://u:p@h:5432/db"])
    def test_keeps_connections_for_a_minute(self, monkeypatch, url):
        monkeypatch.setenv("DATABASE_URL", url)

        assert read_database(default_file=DEFAULT_FILE)["CONN_MAX_AGE"] == 60

    @pytest.mark.parametrize(
        "url",
        [
            *("nonsense", "/data/log.sqlite3", "https://example.org/db", "mysql://u:p@h/db"),
            *("postgres://u:p@h:port/db", "postgres//u:p@h/db", "oracle://u:p@h/db", "://"),
        ],
    )
    @pytest.mark.filterwarnings("ignore:Engine not recognized")
    def test_stops_at_anything_else_and_says_what_to_set(self, monkeypatch, url):
        monkeypatch.setenv("DATABASE_URL", url)

        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL can't be read: set it to"):
            read_database(default_file=DEFAULT_FILE)


class TestProduction:
    def test_is_what_unset_means(self):
        run = in_production(SECRET_KEY="s" * 50)

        assert run.stdout.splitlines() == [
            "DEBUG False",
            "SESSION_COOKIE_SECURE True",
            "CSRF_COOKIE_SECURE True",
            "SECURE_SSL_REDIRECT True",
            "SECURE_HSTS_SECONDS 31536000",
            "ALLOWED_HOSTS []",
            "CSRF_TRUSTED_ORIGINS []",
            "STAFF_SECOND_FACTOR True",
        ]

    def test_does_not_start_without_a_secret_key(self):
        run = in_production()

        assert run.returncode != 0
        assert "SECRET_KEY is not set: set it to" in run.stderr.splitlines()[-1]

    def test_takes_a_list_of_hosts(self):
        run = in_production(SECRET_KEY="s" * 50, ALLOWED_HOSTS="a.example.org,b.example.org")

        assert "ALLOWED_HOSTS ['a.example.org', 'b.example.org']" in run.stdout

    def test_is_left_by_debug(self):
        run = in_production(DEBUG="1")

        assert "DEBUG True" in run.stdout
        assert "SECURE_SSL_REDIRECT False" in run.stdout
        assert "STAFF_SECOND_FACTOR False" in run.stdout
        assert "localhost" in run.stdout


class TestFiles:
    """A demo's data never lie where a real server looks for its own."""

    def names(self, **environment):
        look = "print(s.DATABASES['default']['NAME'], s.MEDIA_ROOT)"
        run = subprocess.run(
            [sys.executable, "-c", f"import backtrain.settings as s; {look}"],
            cwd=BASE_DIR,
            env={"PATH": os.environ["PATH"], **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return [Path(path).name for path in run.stdout.split()]

    def test_are_apart_from_production(self):
        assert self.names(DEBUG="1") == ["demo.sqlite3", "demo-media"]
        assert self.names(SECRET_KEY="s" * 50) == ["db.sqlite3", "media"]


class TestReadMail:
    URL = "smtp+tls://ann:p%40ss@mail.example.org:587"

    @pytest.mark.skipif(django.VERSION >= (6, 1), reason="Django 6.1 has MAILERS")
    def test_names_the_server_in_the_email_settings(self, monkeypatch):
        monkeypatch.setenv("EMAIL_URL", self.URL)

        mail = read_mail()

        assert mail["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
        assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example.org", 587)
        assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("ann", "p@ss")
        assert mail["EMAIL_USE_TLS"] is True

    @pytest.mark.skipif(django.VERSION < (6, 1), reason="Django 5.2 has no MAILERS")
    @pytest.mark.parametrize(
        ("url", "backend", "options"),
        [
            (
                URL,
                "smtp",
                {
                    "host": "mail.example.org",
                    "port": 587,
                    "username": "ann",
                    "password": "p@ss",
                    "use_tls": True,
                },
            ),
            ("", "console", {}),
        ],
    )
    def test_names_the_server_in_mailers(self, monkeypatch, url, backend, options):
        monkeypatch.setenv("EMAIL_URL", url)
        if not url:
            monkeypatch.delenv("EMAIL_URL")

        assert read_mail() == {
            "MAILERS": {
                "default": {
                    "BACKEND": f"django.core.mail.backends.{backend}.EmailBackend",
                    "OPTIONS": options,
                }
            }
        }

    @pytest.mark.parametrize("url", ["pigeon://coop", "smtp://mail.example.org:port"])
    def test_refuses_what_it_can_t_read(self, monkeypatch, url):
        monkeypatch.setenv("EMAIL_URL", url)

        with pytest.raises(ImproperlyConfigured, match="EMAIL_URL can't be read: set it to"):
            read_mail()
