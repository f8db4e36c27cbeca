"""What `manage.py doctor` finds of each part, and how it says so."""

import io
import os
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core import mail
from django.core.cache.backends.locmem import LocMemCache
from django.core.checks import ERROR, INFO, WARNING, Error, Info, Warning
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from backtrain import doctor
from tests.factories import ExerciseFactory, UserFactory
from tests.production import free_port

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 2, 29, 12, tzinfo=UTC)
PARTS = [
    *("settings", "database", "migrations", "catalogue", "accounts", "static files", "storage"),
    *("mail", "cache", "clock", "disk", "proxy", "backups"),
]


@pytest.fixture(autouse=True)
def place(settings, tmp_path, monkeypatch):
    """A folder of the test's own with a backup of an hour ago, and checks that find nothing."""
    settings.MEDIA_ROOT, settings.BACKUP_ROOT = tmp_path / "media", tmp_path / "backups"
    settings.BACKUP_ROOT.mkdir()
    back_up(settings.BACKUP_ROOT, timedelta(hours=1))
    monkeypatch.setattr(doctor, "run_checks", lambda **_: [])
    monkeypatch.setattr(doctor, "_said_by", lambda *_: "yes")
    monkeypatch.setattr(doctor, "LITTLE_ROOM", 1)


def back_up(folder, age):
    file = folder / "backtrain-20240229T110000Z.tar.gz"
    file.touch()
    os.utime(file, ((NOW - age).timestamp(),) * 2)


def found(name, **asked):
    """What is wrong with a part as its level, words and what to do, or how it is if nothing is."""
    part = {part.name: part for part in doctor.examine(now=NOW, **asked)}[name]
    if not part.messages:
        return part.good
    [message] = part.messages
    return message.level, message.msg, message.hint


class TestExamine:
    def test_looks_at_every_part_in_turn(self):
        assert [part.name for part in doctor.examine(now=NOW)] == PARTS

    def test_gives_each_of_djangos_messages_to_its_part(self, monkeypatch):
        messages = [
            Error("No tables", id="backtrain.E003"),
            Warning("Short key", id="security.W009"),
            Info("On the console", id="backtrain.I001"),
        ]
        monkeypatch.setattr(doctor, "run_checks", lambda **_: messages)

        parts = {part.name: part for part in doctor.examine(now=NOW)}

        assert [each.msg for each in parts["migrations"].messages] == ["No tables"]
        assert [each.msg for each in parts["settings"].messages] == ["Short key"]
        assert [each.msg for each in parts["mail"].messages] == ["On the console"]

    def test_names_only_parts_that_there_are(self):
        assert set(doctor.ABOUT.values()) <= set(PARTS)


class TestDatabase:
    def test_says_which_it_is_and_how_soon_it_answers(self):
        said = found("database")

        assert said.startswith(("SQLite 3.", "PostgreSQL "))
        assert said.endswith(" ms.")

    def test_of_a_newer_version_is_noticed(self):
        MigrationRecorder.Migration.objects.create(app="workouts", name="9999_later")

        _, said, todo = found("migrations")

        assert said == (
            "The database went through workouts.9999_later, which this version does not know."
        )
        assert "restore a backup" in todo

    def test_counts_its_exercises(self):
        ExerciseFactory.create()

        assert found("catalogue") == "1 exercise."

    def test_that_is_away_leaves_open_what_only_it_knows(self, monkeypatch):
        def fail(*_):
            raise OperationalError("connection refused")

        monkeypatch.setattr(doctor, "applied_migrations", fail)

        assert found("migrations")[:2] == (
            INFO,
            "Not known: the database says OperationalError: connection refused.",
        )


class TestAccounts:
    def test_that_administer_are_counted(self):
        assert found("accounts")[1] == "Nobody administers the site."

        UserFactory.create(is_superuser=True)

        assert found("accounts") == "1 administrator, and none with the demo's password."


class TestStorage:
    def test_is_tried_and_left_as_it_was(self, settings):
        assert found("storage") == f"A file was written to {settings.MEDIA_ROOT}, read and removed."
        assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []

    def test_that_takes_nothing_is_an_error(self, monkeypatch):
        def refuse(*_, **__):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(FileSystemStorage, "save", refuse)

        level, said, todo = found("storage")

        assert level == ERROR
        assert "PermissionError: [Errno 13] Permission denied" in said
        assert "MEDIA_ROOT" in todo


class TestBucket:
    @pytest.fixture(autouse=True)
    def kept_in(self, bucket):
        self.bucket = bucket

    def test_is_tried_and_left_as_it_was(self):
        said = f"A file was written to the bucket {self.bucket.name}, read and removed."
        assert found("storage") == said
        assert self.bucket.files() == {}

    def test_that_browsers_can_t_see_is_an_error(self, settings):
        elsewhere = {"public_url": f"{self.bucket.public_url}/elsewhere"}
        settings.MEDIA_S3 = settings.MEDIA_S3 | elsewhere
        default = settings.STORAGES["default"] | {"OPTIONS": settings.MEDIA_S3}
        settings.STORAGES = settings.STORAGES | {"default": default}

        level, said, todo = found("storage")

        assert level == ERROR
        assert said.endswith("/elsewhere is 404 File not found.")
        assert "MEDIA_S3_PUBLIC_URL" in todo
        assert self.bucket.files() == {}

    def test_whose_keys_are_wrong_is_an_error(self, settings, monkeypatch):
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
        settings.STORAGES = dict(settings.STORAGES)  # so that it is made anew

        level, said, todo = found("storage")

        assert level == ERROR
        assert f"can't be kept in the bucket {self.bucket.name}" in said
        assert "AWS_ACCESS_KEY_ID" in todo

    def test_takes_no_room_on_this_disk(self, settings, monkeypatch):
        monkeypatch.setattr(doctor, "LITTLE_ROOM", 10**20)

        _, said, _ = found("disk")

        assert said.endswith(f"are free where {settings.BACKUP_ROOT} is.")


class TestMail:
    def test_is_sent_when_asked_for(self, settings):
        assert "`--mail ADDRESS` tries it" in found("mail")
        assert mail.outbox == []

        said = found("mail", mail_to="ann@example.org")

        assert (
            said == f"One was handed over for ann@example.org, from {settings.DEFAULT_FROM_EMAIL}."
        )
        assert [message.to for message in mail.outbox] == [["ann@example.org"]]

    def test_that_goes_nowhere_is_an_error(self, monkeypatch):
        def refuse(*_):
            raise ConnectionRefusedError(111, "Connection refused")

        monkeypatch.setattr(mail.EmailMessage, "send", refuse)

        level, said, todo = found("mail", mail_to="ann@example.org")

        assert level == ERROR
        assert "Connection refused" in said
        assert "EMAIL_URL" in todo


class TestCache:
    def test_is_tried(self):
        assert found("cache") == "It keeps what is put into it."

    def test_that_keeps_nothing_is_noticed(self, monkeypatch):
        monkeypatch.setattr(LocMemCache, "set", lambda *_, **__: None)

        assert found("cache")[1] == "The cache does not keep what is put into it."


class TestClock:
    @pytest.mark.parametrize(
        ("said", "words"), [("yes", "kept by the system"), ("", "by whom it is kept is not known")]
    )
    def test_says_who_keeps_it(self, monkeypatch, said, words):
        monkeypatch.setattr(doctor, "_said_by", lambda *_: said)

        assert found("clock") == f"It is 2024-02-29 12:00:00 UTC; {words}."

    def test_that_nobody_keeps_right_is_noticed(self, monkeypatch):
        monkeypatch.setattr(doctor, "_said_by", lambda *_: "no")

        assert found("clock")[1] == "Nothing keeps this machine's clock right."

    def test_is_compared_with_the_databases(self, monkeypatch):
        if connection.vendor == "sqlite":
            pytest.skip("SQLite has no clock of its own.")
        monkeypatch.setattr(doctor, "CLOCK_SECONDS", -1)

        assert found("clock")[1] == "The database's clock is 0 seconds from this one."

    @pytest.mark.parametrize("command", [["no-such-program"], ["false"]])
    def test_is_not_known_where_nobody_can_be_asked(self, monkeypatch, command):
        monkeypatch.undo()

        assert doctor._said_by(*command) == ""


class TestDisk:
    def test_says_what_is_free(self):
        assert found("disk").endswith(" GB are free.")

    def test_that_is_nearly_full_is_noticed(self, monkeypatch):
        monkeypatch.setattr(doctor, "LITTLE_ROOM", 10**18)
        [part] = [part for part in doctor.examine(now=NOW) if part.name == "disk"]

        assert {message.level for message in part.messages} == {WARNING}
        assert {message.hint for message in part.messages} == {
            "Make room: a full disk stops every save."
        }


class TestBackups:
    def test_of_late_are_fine(self):
        assert found("backups") == "1 backup, the last one 1 hour old."

    def test_that_are_old_are_noticed(self, settings):
        back_up(settings.BACKUP_ROOT, timedelta(days=9))

        assert found("backups")[1] == f"The last backup in {settings.BACKUP_ROOT} is 9 days old."

    def test_that_are_none_are_noticed(self, settings, tmp_path):
        settings.BACKUP_ROOT = tmp_path / "none"

        _, said, todo = found("backups")

        assert said == f"There is no backup in {tmp_path}/none."
        assert todo.startswith("Run `manage.py backup`, and set up its timer")


@pytest.fixture
def site():
    """A site that answers as told: path to status, and one for a forged header."""

    class Site(BaseHTTPRequestHandler):
        statuses: dict = {}

        def do_GET(self):
            forged = "X_Forwarded_Proto" in self.headers
            status = self.statuses.get("forged" if forged else self.path, 200)
            self.send_response(status)
            if status == 301:
                self.send_header("Location", "https://localhost/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", Site.statuses
        server.shutdown()
        thread.join()


class TestProxy:
    @pytest.fixture(autouse=True)
    def proxied(self, settings):
        settings.DEBUG, settings.TRUSTED_PROXIES = False, 1

    def test_is_said(self):
        assert found("proxy") == "1 trusted; `--url https://…` asks it as anyone would."

    def test_that_nobody_counts_is_a_note(self, settings):
        settings.TRUSTED_PROXIES = 0

        assert found("proxy")[0] == INFO

    def test_is_asked_as_by_anyone(self, site):
        assert found("proxy", url=site[0]) == f"{site[0]} answers, and passes on nothing forged."

    @pytest.mark.parametrize(
        ("statuses", "words"),
        [
            ({"/healthz/ready": 503}, "/healthz/ready is 503 Service Unavailable."),
            ({"/robots.txt": 301}, "/robots.txt is 301 Moved Permanently."),
            ({"/robots.txt": 400}, "/robots.txt is 400 Bad Request."),
            ({"forged": 301}, "a forged one gave 301 Moved Permanently."),
        ],
    )
    def test_that_gets_it_wrong_is_noticed(self, site, statuses, words):
        address, told = site
        told.clear()
        told.update(statuses)

        assert found("proxy", url=address)[1].endswith(words)

    def test_that_is_not_there_is_an_error(self):
        level, said, _ = found("proxy", url=f"http://127.0.0.1:{free_port()}")

        assert level == ERROR
        assert "not to be had (URLError" in said


class TestCommand:
    def run(self, **options):
        out = io.StringIO()
        try:
            call_command("doctor", stdout=out, no_color=True, **options)
        except SystemExit as end:
            return end.code, out.getvalue()
        return 0, out.getvalue()

    def test_has_a_line_for_each_part(self, settings):
        settings.BACKUP_ROOT.joinpath("backtrain-now").touch()
        settings.TRUSTED_PROXIES = 1
        UserFactory.create(is_superuser=True)

        status, said = self.run()

        assert status == 0
        assert [line[6:20].strip() for line in said.splitlines()] == PARTS
        assert all(line.startswith("good ") for line in said.splitlines())

    def test_says_what_is_wrong_and_what_to_do(self, settings, tmp_path, monkeypatch):
        settings.BACKUP_ROOT = tmp_path / "none"
        messages = [Info("Mail is printed\n on the console.", id="backtrain.I001")]
        monkeypatch.setattr(doctor, "run_checks", lambda **_: messages)

        status, said = self.run()

        assert status == 1
        assert f"WRONG backups       There is no backup in {tmp_path}/none.\n" in said
        assert "\n                    → Run `manage.py backup`, and set up" in said
        assert "note  mail          Mail is printed on the console.\n" in said
