"""The settings as a whole, in a process of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from backtrain.settings import BASE_DIR


def python(*arguments, **environment):
    """What Python does with this environment and nothing else."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def in_production(**environment):
    """What settings become."""
    names = ("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    names += ("SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")
    names += ("STAFF_SECOND_FACTOR",)
    shown = "; ".join(f"print({name!r}, repr(s.{name}))" for name in names)
    return python("-c", f"import backtrain.settings as s; {shown}", **environment)


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

    def test_over_plain_http_insists_on_nothing(self):
        run = in_production(SECRET_KEY="s" * 50, PLAIN_HTTP="1")

        assert run.stdout.splitlines()[:5] == [
            "DEBUG False",
            "SESSION_COOKIE_SECURE False",
            "CSRF_COOKIE_SECURE False",
            "SECURE_SSL_REDIRECT False",
            "SECURE_HSTS_SECONDS 0",
        ]


class TestFiles:
    """A demo's data never lie where a real server looks for its own."""

    def names(self, **environment):
        look = "print(s.DATABASES['default']['NAME'], s.MEDIA_ROOT)"
        run = python("-c", f"import backtrain.settings as s; {look}", **environment)
        return [Path(path).name for path in run.stdout.split()]

    def test_are_apart_from_production(self):
        assert self.names(DEBUG="1") == ["demo.sqlite3", "demo-media"]
        assert self.names(SECRET_KEY="s" * 50) == ["db.sqlite3", "media"]


class TestBucket:
    """Whose pictures pages may show, and no others."""

    def sources(self, **environment):
        look = "print(*s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'], s.STORAGES['default'])"
        run = python(
            "-c", f"import backtrain.settings as s; {look}", SECRET_KEY="s" * 50, **environment
        )
        return run.stdout

    def test_is_where_pictures_may_come_from(self):
        told = {
            "MEDIA_S3_BUCKET": "pictures",
            "MEDIA_S3_PUBLIC_URL": "https://img.example.org:8443/pictures",
        }

        assert self.sources(**told).startswith("'self' data: https://img.example.org:8443 ")
        assert "BucketStorage" in self.sources(**told)
        assert self.sources().startswith("'self' data: {")
        assert "FileSystemStorage" in self.sources()


class TestWrongValue:
    VALUES = {
        "ALLOWED_HOSTS": "https://a.example.org",
        "BACKUP_ROOT": __file__,
        "BEHIND_PROXY": "1",
        "CACHE_URL": "nonsense",
        "COLLECTED_STATIC": "perhaps",
        "CSRF_TRUSTED_ORIGINS": "a.example.org",
        "DATABASE_REPLICA_URL": "nonsense",
        "DATABASE_SECONDS": "long",
        "DATABASE_URL": "nonsense",
        "DEBUG": "perhaps",
        "DEFAULT_FROM_EMAIL": "nobody",
        "EMAIL_URL": "nonsense",
        "ENV_FILE": "/not/there",
        "LOG_FORMAT": "nice",
        "LOG_LEVEL": "loud",
        "MEDIA_ROOT": __file__,
        "MEDIA_S3_BUCKET": "alone",
        "MEDIA_S3_ENDPOINT": "alone",
        "MEDIA_S3_PUBLIC_URL": "alone",
        "MEDIA_S3_REGION": "alone",
        "METRICS_ROOT": __file__,
        "METRICS_TOKEN": "abc",
        "OIDC_CLIENT_ID": "alone",
        "OIDC_CLIENT_SECRET": "alone",
        "OIDC_ISSUER": "alone",
        "OIDC_NAME": "alone",
        "PLAIN_HTTP": "perhaps",
        "REGISTRATION": "perhaps",
        "SECRET_KEY": "",
        "SECRET_KEY_FALLBACKS": "abc",
        "SECURE_HSTS_SECONDS": "long",
        "SECURE_SSL_REDIRECT": "perhaps",
        "SECURITY_CONTACT": "nobody",
        "SLOW_QUERY_MS": "long",
        "STAFF_SECOND_FACTOR": "perhaps",
        "STATIC_ROOT": __file__,
        "TRUSTED_PROXIES": "one",
    }

    @pytest.mark.parametrize("name", VALUES)
    def test_stops_a_command_with_a_sentence(self, name):
        environment = {"SECRET_KEY": "s" * 50, name: self.VALUES[name]}
        if name == "DATABASE_SECONDS":
            environment["DATABASE_URL"] = "postgres://u:p@h:5432/db"

        run = python("manage.py", "check", **environment)

        assert run.returncode == 1
        [line] = run.stderr.splitlines()
        assert line.startswith(name)

    @pytest.mark.parametrize("module", ["backtrain.wsgi", "backtrain.asgi"])
    def test_stops_the_server_with_a_sentence(self, module):
        run = python("-c", f"import {module}", LOG_LEVEL="loud", SECRET_KEY="s" * 50)

        assert run.returncode == 1
        [line] = run.stderr.splitlines()
        assert line.startswith("Backtrain can't start. LOG_LEVEL is 'LOUD': set it to one of")

    def test_is_tried_for_every_variable(self):
        source = (BASE_DIR / "docs/deploying.md").read_text()
        documented = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", source, re.MULTILINE))

        assert documented <= self.VALUES.keys()
