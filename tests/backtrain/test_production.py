"""The site as a deployer has it, through the real server, and what is said when it can't start."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager

import pytest

from backtrain.settings import BASE_DIR
from tests.production import Installation, Server, free_port, wait_for

PATH = f"{os.environ['PATH']}:/usr/sbin"
HOME = "Host: log.example.org"
PERSON = {
    "username": "robin",
    "email": "robin@example.org",
    "password1": "a good password",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    return Installation(tmp_path_factory.mktemp("installation")).prepared()


class TestStart:
    """One sentence each instead of a 500 on the first page."""

    def test_asks_for_all_at_once_that_is_missing(self, tmp_path):
        said = Installation(tmp_path).refused()

        [line] = said.splitlines()
        assert line.startswith("Backtrain can't start. ")
        assert "Run `manage.py migrate`, then `manage.py sync_catalog`." in line
        assert "Run `manage.py collectstatic --no-input`." in line

    def test_asks_for_the_catalogue(self, installation):
        empty = f"sqlite:///{installation.folder}/without-catalogue.sqlite3"

        said = installation.refused(DATABASE_URL=empty)

        assert said == (
            "Backtrain can't start. The catalogue is empty. Run `manage.py sync_catalog`.\n"
        )

    def test_asks_for_hosts(self, installation):
        said = installation.refused(ALLOWED_HOSTS=" ")

        assert "ALLOWED_HOSTS is not set" in said
        assert len(said.splitlines()) == 1

    def test_asks_for_a_folder_that_sqlite_may_write_to(self, installation, tmp_path):
        said = installation.refused(DATABASE_URL=f"sqlite:///{tmp_path}/none/db.sqlite3")

        assert f"SQLite can't write in {tmp_path}/none." in said
        assert "Traceback" not in said

    @pytest.mark.parametrize(
        ("missing", "said"),
        [("DATABASE_URL", "backtrain.E003"), ("STATIC_ROOT", "backtrain.E005")],
    )
    def test_agrees_with_the_check(self, installation, tmp_path, missing, said):
        elsewhere = {"DATABASE_URL": f"sqlite:///{tmp_path}/x", "STATIC_ROOT": str(tmp_path)}

        run = installation.manage(
            "check", "--deploy", "--database=default", **{missing: elsewhere[missing]}
        )

        assert run.returncode == 1
        assert said in run.stderr

    def test_has_nothing_to_ask_when_all_is_there(self, installation):
        run = installation.manage("check", "--deploy", "--database=default")

        assert run.returncode == 0
        assert "ERRORS" not in run.stderr
        assert "WARNINGS" not in run.stderr

    def test_is_not_had_by_a_server_in_debug(self, tmp_path):
        """There one sets up while it runs."""
        assert Installation(tmp_path).imported(DEBUG="1").returncode == 0


class TestPlainHttp:
    def test_lets_one_sign_up_log_and_sign_out(self, installation):
        with installation.served(PLAIN_HTTP="1") as server:
            home = server.get("/")
            assert home.status == 200
            assert "Strict-Transport-Security" not in home.headers
            assert "Cross-Origin-Opener-Policy" not in home.headers

            assert server.post("/accounts/signup/", PERSON, HOME).status == 302
            assert "robin" in server.get("/workouts/", HOME).text
            page = server.get("/workouts/new/", HOME).text
            [key] = re.findall(r'name="id" value="([^"]*)"', page)
            workout = {"id": key, "day": "2024-11-22", "time": "18:30", "time_zone": "UTC"}
            workout |= {"text": "Wrist curl 20 kg x 8", "save": "1"}
            saved = server.post("/workouts/new/", workout, HOME)
            assert (saved.status, saved.headers["Location"][:10]) == (302, "/workouts/")
            assert "Clear-Site-Data" in server.post("/accounts/logout/", {}, HOME).headers

    def test_is_not_how_it_is_otherwise(self, installation):
        with installation.served() as server:
            answer = server.get("/accounts/login/?a=b", HOME)

        assert answer.status == 301
        assert answer.headers["Location"] == "https://log.example.org/accounts/login/?a=b"


class TestBackup:
    def test_is_made_while_the_site_is_used_and_restored_elsewhere(self, installation, tmp_path):
        """Every row and every picture of it, into a database that is new."""
        picture = installation.folder / "media/exercises/row.webp"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(b"a picture")
        with installation.served(PLAIN_HTTP="1") as server:
            server.get("/", HOME)
            person = PERSON | {"username": "kim", "email": "kim@example.org"}
            assert server.post("/accounts/signup/", person, HOME).status == 302
            made = installation.manage("backup", str(tmp_path / "backup.tar.gz"))
        elsewhere = {
            "DATABASE_URL": f"sqlite:///{tmp_path}/restored.sqlite3",
            "MEDIA_ROOT": str(tmp_path / "media"),
        }
        restored = installation.manage("restore", str(tmp_path / "backup.tar.gz"), **elsewhere)

        assert made.returncode == 0, made.stderr
        assert restored.returncode == 0
        assert ", pictures: 1, as of " in restored.stdout
        assert (tmp_path / "media/exercises/row.webp").read_bytes() == b"a picture"
        there = everything(tmp_path / "restored.sqlite3")
        assert "'kim'" in there
        assert there == everything(installation.folder / "db.sqlite3")


class TestDoctor:
    def test_finds_nothing_wrong_with_what_the_docs_set_up(self, installation, tmp_path):
        """But for the notes on what the test's own variables leave out."""
        where = {"BACKUP_ROOT": str(tmp_path), "TRUSTED_PROXIES": "1", "PATH": str(tmp_path)}

        before = installation.manage("doctor", **where)
        installation.manage("backup", **where)
        after = installation.manage("doctor", **where)

        wrong = [line for line in before.stdout.splitlines() if line.startswith("WRONG")]
        assert wrong == [f"WRONG backups       There is no backup in {tmp_path}."]
        assert before.returncode == 1
        assert (after.returncode, after.stderr) == (0, "")
        assert "WRONG" not in after.stdout
        assert "good  database      SQLite 3." in after.stdout
        assert "note  mail          Mail is printed on the console" in after.stdout

    def test_says_all_that_is_missing_before_the_first_start(self, tmp_path):
        run = Installation(tmp_path).manage("doctor")

        assert run.returncode == 1
        assert "WRONG migrations    The database is not that of this version" in run.stdout
        assert "→ Run `manage.py collectstatic --no-input`." in run.stdout
        assert "note  catalogue     Not known: the database says" in run.stdout


def everything(file):
    """A database as the statements that make it."""
    with closing(sqlite3.connect(file)) as database:
        return "\n".join(database.iterdump())


class TestProxies:
    """By header lines as they come over the wire, underscores too."""

    FORGED = (
        ("X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.9"),
        ("X_Forwarded_Proto: https", "X_Forwarded_For: 203.0.113.9"),
        ("X-Forwarded_Proto: https",),
        ("x-forwarded-proto: https", "x-forwarded-host: evil.example"),
        ("Forwarded: proto=https;for=203.0.113.9", "X-Forwarded-Ssl: on"),
    )

    def test_that_are_none_are_not_believed(self, installation):
        with installation.served() as server:
            answers = [server.get("/", *lines) for lines in self.FORGED]

        assert [answer.status for answer in answers] == [301] * len(self.FORGED)
        assert {answer.headers["Location"] for answer in answers} == {"https://localhost/"}

    def test_are_believed_in_what_the_nearest_says(self, installation):
        with installation.served(TRUSTED_PROXIES="1") as server:
            secure = server.get("/", "X-Forwarded-Proto: https", "X-Forwarded-For: 1.1.1.1")
            added = server.get("/", "X-Forwarded-Proto: https", "X-Forwarded-Proto: http")
            host = server.get("/", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example")
            none = server.get("/")

        assert (secure.status, added.status, host.status, none.status) == (200, 301, 200, 301)
        assert "Strict-Transport-Security" in secure.headers
        assert "evil.example" not in host.text

    def test_tell_whom_the_limits_are_for(self, installation):
        """Bad tries by one, who makes up an address each time; then another comes."""
        proxied = "X-Forwarded-Proto: https"
        with installation.served(TRUSTED_PROXIES="1", LOG_LEVEL="info") as server:

            def sign_in(name, *lines):
                server.cookies.clear()
                page = server.raw(proxied, *lines, path="/accounts/login/")
                [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
                cookie = page.cookies[0].partition(";")[0]
                return server.raw(
                    *(proxied, *lines, f"Cookie: {cookie}", "Referer: https://localhost/"),
                    method="POST",
                    path="/accounts/login/",
                    body=f"login={name}&password=wrong&csrfmiddlewaretoken={token}",
                )

            for number in range(12):
                last = sign_in(
                    f"somebody-{number}",
                    f"X-Forwarded-For: 9.9.9.{number}",
                    "X-Forwarded-For: 203.0.113.66",
                )
            another = sign_in("robin", "X-Forwarded-For: 203.0.113.7")

        assert last.status == 429 or "Too many tries" in last.text
        assert "Too many tries" not in another.text
        assert "No account has this user name with this password." in another.text


CADDY = """{{
  admin off
  auto_https off
}}
http://:{front} {{
  bind 127.0.0.1
  {line}
  reverse_proxy 127.0.0.1:{back}
}}
"""
NGINX = """daemon off; pid {folder}/pid; error_log {folder}/log; events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{front};
    location / {{
      proxy_pass http://127.0.0.1:{back};
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
    }}
  }}
}}
"""


class TestRealProxies:
    """As docs/deploying.md sets them up, where they are installed."""

    FORGED = (
        "X-Forwarded-Proto: https",
        "X_Forwarded_Proto: https",
        "X-Forwarded_Proto: https",
        "X-Forwarded-Host: evil.example",
    )

    @contextmanager
    def behind(self, proxy, server, folder):
        """The same server, reached through the proxy."""
        front = free_port()
        [line] = re.findall(r"`(request_header .+?)`", (BASE_DIR / "docs/deploying.md").read_text())
        names = {"front": front, "back": server.port, "folder": folder, "line": line}
        file = folder / "configuration"
        file.write_text({"caddy": CADDY, "nginx": NGINX}[proxy].format_map(names))
        command = {
            "caddy": ["caddy", "run", "--adapter=caddyfile", f"--config={file}"],
            "nginx": ["nginx", "-e", f"{folder}/log", "-c", str(file)],
        }[proxy]
        with (folder / "said").open("wb") as said:
            process = subprocess.Popen(
                command,
                env={"PATH": PATH, "HOME": str(folder)},
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for(front, process, folder / "said")
            yield Server(front, process)
        finally:
            process.terminate()
            process.wait(timeout=20)

    @pytest.mark.parametrize("proxy", ["caddy", "nginx"])
    def test_pass_on_nothing_that_is_forged(self, installation, tmp_path, proxy):
        if not shutil.which(proxy, path=PATH):
            pytest.skip(f"There is no {proxy}.")
        with (
            installation.served(TRUSTED_PROXIES="1") as server,
            self.behind(proxy, server, tmp_path) as front,
        ):
            answers = [front.get("/", line) for line in self.FORGED]

        assert [answer.status for answer in answers] == [301] * len(self.FORGED)
        assert {answer.headers["Location"] for answer in answers} == {"https://localhost/"}
