import os
from pathlib import Path

import django
import pytest
from django.core.exceptions import ImproperlyConfigured

from backtrain.environment import (
    PATIENT_POSTGRESQL,
    SQLITE,
    WrongSetting,
    env_bool,
    env_int,
    env_list,
    read_caches,
    read_database,
    read_env_file,
    read_folder,
    read_hosts,
    read_log_level,
    read_mail,
    read_origins,
    read_plain_http,
    read_secret_key,
    read_security_contact,
    read_sender,
    read_trusted_proxies,
)

DEFAULT_FILE = Path("/srv/c++ & 50%/db.sqlite3")


class TestEnvFile:
    @pytest.fixture(autouse=True)
    def unset(self, monkeypatch):
        monkeypatch.setenv("SET", "before")
        for name in ("ENV_FILE", "PLAIN", "QUOTED", "SINGLE", "BLANK", "EMPTY"):
            monkeypatch.setenv(name, " ")

    def test_gives_what_the_environment_leaves_open(self, monkeypatch, tmp_path):
        file = tmp_path / ".env"
        file.write_text(
            '# a comment\n\nPLAIN = a=b #c $d \nexport QUOTED=" two words "\n'
            "SINGLE='$x'\nSET=after\nEMPTY=\n"
        )

        read_env_file(file)

        read = {name: os.environ[name] for name in ("PLAIN", "QUOTED", "SINGLE", "SET", "EMPTY")}
        assert read == {
            "PLAIN": "a=b #c $d",
            "QUOTED": " two words ",
            "SINGLE": "$x",
            "SET": "before",
            "EMPTY": "",
        }

    def test_may_be_another_file(self, monkeypatch, tmp_path):
        (tmp_path / "named").write_text("PLAIN=named")
        (tmp_path / ".env").write_text("PLAIN=default")
        monkeypatch.setenv("ENV_FILE", str(tmp_path / "named"))

        read_env_file(tmp_path / ".env")

        assert os.environ["PLAIN"] == "named"

    def test_need_not_be_there_unless_it_is_named(self, monkeypatch, tmp_path):
        read_env_file(tmp_path / ".env")
        monkeypatch.setenv("ENV_FILE", str(tmp_path / "named"))

        with pytest.raises(WrongSetting, match=r"^ENV_FILE can't be read: .*No such file"):
            read_env_file(tmp_path / ".env")

    @pytest.mark.parametrize("line", ["PLAIN", "1A=b", "A B=c", "=b"])
    def test_says_which_line_it_can_t_read(self, tmp_path, line):
        (tmp_path / ".env").write_text(f"# first\n{line}\n")

        with pytest.raises(WrongSetting, match=r"has no NAME=value on line 2: correct it"):
            read_env_file(tmp_path / ".env")


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

    @pytest.mark.parametrize(
        "word", ["-1", "1.5", "1e3", "1_000", "ten", "0x10", "²", "9" * 11, "9" * 5000]
    )
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
        monkeypatch.delenv("DATABASE_SECONDS")
        monkeypatch.setenv(
            "DATABASE_URL", f"{scheme}://ann:p%40ss@db.example.org:6543/log?sslmode=require"
        )

        database = read_database(default_file=DEFAULT_FILE)

        expected = {
            "ENGINE": PATIENT_POSTGRESQL,
            "NAME": "log",
            "USER": "ann",
            "PASSWORD": "p@ss",
            "HOST": "db.example.org",
            "PORT": 6543,
            "OPTIONS": {
                "connect_timeout": 5,
                "options": "-c statement_timeout=15s",
                "query_seconds": 15,
                "sslmode": "require",
            },
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
            "postgres://u:p@h:5432/",
        ],
    )
    def test_stops_at_anything_else_and_says_what_to_set(self, monkeypatch, url):
        monkeypatch.setenv("DATABASE_URL", url)

        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL can't be read: set it to"):
            read_database(default_file=DEFAULT_FILE)


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
        assert mail["EMAIL_TIMEOUT"] == 5

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
                    "timeout": 5,
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

    @pytest.mark.parametrize(
        "url", ["pigeon://coop", "smtp://mail.example.org:port", "smtp://", "mail.example.org"]
    )
    def test_refuses_what_it_can_t_read(self, monkeypatch, url):
        monkeypatch.setenv("EMAIL_URL", url)

        with pytest.raises(ImproperlyConfigured, match="EMAIL_URL can't be read: set it to"):
            read_mail()


class TestEnvList:
    def test_takes_spaces_and_empty_items_for_nothing(self, monkeypatch):
        monkeypatch.setenv("NAMES", " a.example.org, b.example.org ,,")

        assert env_list("NAMES", default=[]) == ["a.example.org", "b.example.org"]

    @pytest.mark.parametrize("value", ["", " ", ",", " , "])
    def test_is_the_default_when_blank(self, monkeypatch, value):
        monkeypatch.setenv("NAMES", value)

        assert env_list("NAMES", default=["x"]) == ["x"]


class TestHosts:
    def test_are_names(self, monkeypatch):
        hosts = ["log.example.org", ".example.org", "10.0.0.1", "[::1]", "my_host", "*"]
        monkeypatch.setenv("ALLOWED_HOSTS", ", ".join(hosts))

        assert read_hosts(default=[]) == hosts

    @pytest.mark.parametrize(
        "value", ["https://a.example.org", "a.example.org:8000", "a.example.org/", "a b", "a;b"]
    )
    def test_are_nothing_else(self, monkeypatch, value):
        monkeypatch.setenv("ALLOWED_HOSTS", value)

        with pytest.raises(WrongSetting, match=r"ALLOWED_HOSTS holds .+: set it to host names"):
            read_hosts(default=[])


class TestOrigins:
    def test_have_a_scheme(self, monkeypatch):
        monkeypatch.setenv("CSRF_TRUSTED_ORIGINS", "https://a.example.org, http://b:8000")

        assert read_origins() == ["https://a.example.org", "http://b:8000"]

    @pytest.mark.parametrize("value", ["a.example.org", "https://a.example.org/log", "ftp://a"])
    def test_are_nothing_else(self, monkeypatch, value):
        monkeypatch.setenv("CSRF_TRUSTED_ORIGINS", value)

        with pytest.raises(WrongSetting, match=r"CSRF_TRUSTED_ORIGINS holds .+: set it to orig"):
            read_origins()


class TestTrustedProxies:
    @pytest.mark.parametrize(("value", "proxies"), [("", 0), ("0", 0), (" 2 ", 2)])
    def test_are_counted(self, monkeypatch, value, proxies):
        monkeypatch.setenv("TRUSTED_PROXIES", value)

        assert read_trusted_proxies() == proxies

    @pytest.mark.parametrize("value", ["on", "-1", "10.0.0.1"])
    def test_are_a_number(self, monkeypatch, value):
        monkeypatch.setenv("TRUSTED_PROXIES", value)

        with pytest.raises(WrongSetting, match=r"TRUSTED_PROXIES is .+: set it to a whole"):
            read_trusted_proxies()

    @pytest.mark.parametrize("value", ["1", "0", "on"])
    def test_come_in_place_of_another_variable(self, monkeypatch, value):
        monkeypatch.setenv("BEHIND_PROXY", value)

        with pytest.raises(WrongSetting, match="unset it, and set TRUSTED_PROXIES"):
            read_trusted_proxies()


class TestLogLevel:
    @pytest.mark.parametrize(
        ("value", "level"), [("", "INFO"), ("info", "INFO"), (" Debug ", "DEBUG")]
    )
    def test_may_be_in_small_letters(self, monkeypatch, value, level):
        monkeypatch.setenv("LOG_LEVEL", value)

        assert read_log_level() == level

    @pytest.mark.parametrize("value", ["verbose", "10", "INFO,DEBUG"])
    def test_is_one_of_five(self, monkeypatch, value):
        monkeypatch.setenv("LOG_LEVEL", value)

        with pytest.raises(WrongSetting, match=r"LOG_LEVEL is .+: set it to one of DEBUG, INFO"):
            read_log_level()


class TestFolder:
    @pytest.mark.parametrize("value", [None, "", " "])
    def test_is_the_default_when_blank(self, monkeypatch, tmp_path, value):
        if value is not None:
            monkeypatch.setenv("MEDIA_ROOT", value)

        assert read_folder("MEDIA_ROOT", default=tmp_path) == tmp_path

    def test_need_not_be_there(self, monkeypatch, tmp_path):
        monkeypatch.setenv("MEDIA_ROOT", f"{tmp_path}/not/yet")

        assert read_folder("MEDIA_ROOT", default=tmp_path) == tmp_path / "not/yet"

    def test_is_no_file(self, monkeypatch, tmp_path):
        (tmp_path / "file").touch()
        monkeypatch.setenv("MEDIA_ROOT", f"{tmp_path}/file")

        with pytest.raises(WrongSetting, match=r"MEDIA_ROOT is .+, a file: set it to a folder"):
            read_folder("MEDIA_ROOT", default=tmp_path)


class TestSender:
    @pytest.mark.parametrize("value", ["log@example.org", "Our log <log@example.org>"])
    def test_is_an_address(self, monkeypatch, value):
        monkeypatch.setenv("DEFAULT_FROM_EMAIL", value)

        assert read_sender() == value

    @pytest.mark.parametrize("value", ["Our log", "log@", "@example.org", "a@b.org\nBcc: c@d.org"])
    def test_is_nothing_else(self, monkeypatch, value):
        monkeypatch.setenv("DEFAULT_FROM_EMAIL", value)

        with pytest.raises(WrongSetting, match=r"DEFAULT_FROM_EMAIL is .+: set it to an add"):
            read_sender()


class TestPlainHttp:
    def test_is_off_unless_set(self, monkeypatch):
        assert read_plain_http() is False

        monkeypatch.setenv("PLAIN_HTTP", "1")
        monkeypatch.setenv("SECURE_SSL_REDIRECT", "0")
        assert read_plain_http() is True

    @pytest.mark.parametrize("name", ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"])
    def test_stands_beside_nothing_that_insists_on_https(self, monkeypatch, name):
        monkeypatch.setenv("PLAIN_HTTP", "1")
        monkeypatch.setenv(name, "1")

        with pytest.raises(WrongSetting, match=f"PLAIN_HTTP and {name} don't go together"):
            read_plain_http()


class TestSecurityContact:
    @pytest.mark.parametrize(
        ("value", "uri"),
        [
            ("", ""),
            ("security@example.org", "mailto:security@example.org"),
            ("mailto:security@example.org", "mailto:security@example.org"),
            ("https://example.org/security", "https://example.org/security"),
        ],
    )
    def test_is_a_uri(self, monkeypatch, value, uri):
        monkeypatch.setenv("SECURITY_CONTACT", value)

        assert read_security_contact() == uri

    @pytest.mark.parametrize("value", ["Ann", "http://example.org", "a@b.org\nExpires: x"])
    def test_is_nothing_else(self, monkeypatch, value):
        monkeypatch.setenv("SECURITY_CONTACT", value)

        with pytest.raises(WrongSetting, match=r"SECURITY_CONTACT is .+: set it to an e-mail"):
            read_security_contact()


class TestCaches:
    @pytest.mark.parametrize("url", ["", " ", "locmemcache://"])
    def test_are_each_process_s_own_when_unset(self, monkeypatch, url):
        monkeypatch.setenv("CACHE_URL", url)

        caches = read_caches()

        assert list(caches) == ["default"]
        assert caches["default"]["BACKEND"].endswith("LocMemCache")

    @pytest.mark.parametrize(
        ("url", "backend", "location"),
        [
            ("redis://cache.example.org:6379/1", "RedisCache", "redis://cache.example.org:6379/1"),
            ("rediss://:secret@h/0", "RedisCache", "rediss://:secret@h/0"),
            ("redis:///run/redis.sock", "RedisCache", "unix:///run/redis.sock"),
            ("dbcache://cache", "DatabaseCache", "cache"),
        ],
    )
    def test_that_are_shared_have_a_local_one_beside(self, monkeypatch, url, backend, location):
        monkeypatch.setenv("CACHE_URL", url)

        caches = read_caches()

        assert caches["default"]["BACKEND"] == "backtrain.caches.FallbackCache"
        assert caches["shared"]["BACKEND"].endswith(backend)
        assert caches["shared"]["LOCATION"] == location
        assert caches["local"]["BACKEND"].endswith("LocMemCache")

    def test_wait_a_second_for_a_server_unless_told_otherwise(self, monkeypatch):
        monkeypatch.setenv("CACHE_URL", "redis://h:6379/0?socket_timeout=3")

        options = read_caches()["shared"]["OPTIONS"]

        assert options == {"socket_connect_timeout": 1, "socket_timeout": 3}

    @pytest.mark.parametrize(
        "url",
        [
            *("nonsense", "https://h/0", "redis://", "redis://h:port/0", "dbcache://", "://"),
            *("dummycache://", "memcache://h:11211", "valkey://h:6379", "filecache:///tmp/x"),
        ],
    )
    def test_are_no_others(self, monkeypatch, url):
        monkeypatch.setenv("CACHE_URL", url)

        with pytest.raises(WrongSetting, match="CACHE_URL can't be read: set it to redis://"):
            read_caches()
