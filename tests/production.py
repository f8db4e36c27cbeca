"""The site as production runs it: granian, DEBUG off, a process and a port of its own.

Its database is SQLite's, in a folder of its own, whatever the tests run on.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from backtrain.settings import BASE_DIR

GRANIAN = (
    "--interface=wsgi",
    "--workers=1",
    "--blocking-threads=4",
    "--no-ws",
    "backtrain.wsgi:application",
    "--port",
)
SECONDS_TO_START = 180
FEW_ROWS = [
    f"fixtures/{name}.yaml" for name in ("muscles", "equipment", "sources", "exercises/wrist-curl")
]
UNUSED_FILES = ("admin", "htm*4*", "*-4*")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """A folder with database, static files and pictures, and the environment that leads there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "a key for tests of production, which keep no secrets either",
            "ALLOWED_HOSTS": "localhost, log.example.org",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
        }

    def manage(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=600,  # which a machine that is busy with other tests may take
        )

    def prepared(self) -> Installation:
        """What docs/deploying.md tells to run before the first start, but for most of the rows."""
        self.done("migrate")
        shutil.copy(self.folder / "db.sqlite3", self.folder / "without-catalogue.sqlite3")
        self.done("loaddata", *FEW_ROWS)
        self.collect()
        return self

    def collect(self) -> None:
        self.done("collectstatic", "--no-input", *(f"--ignore={name}" for name in UNUSED_FILES))

    def done(self, *command: str) -> None:
        run = self.manage(*command, "--verbosity=0")
        assert run.returncode == 0, run.stderr

    @contextmanager
    def served(self, **variables: str) -> Iterator[Server]:
        """The running server, which is stopped at the end."""
        port = free_port()
        process = self.start(port, **variables)
        try:
            wait_for(port, process, self.log)
            yield Server(port, process)
        finally:
            process.terminate()
            process.wait(timeout=20)

    @property
    def log(self) -> Path:
        """What servers said. No pipe: one that nobody reads stops them when it is full."""
        return self.folder / "server.log"

    def start(self, port: int, *options: str, **variables: str) -> subprocess.Popen[bytes]:
        """A server that is on its way, in a group of processes of its own."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "granian", *GRANIAN, str(port), *options],
                cwd=BASE_DIR,
                env={**self.environment, **variables},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def imported(self, **variables: str) -> subprocess.CompletedProcess[str]:
        """What the server does first."""
        return subprocess.run(
            [sys.executable, "-c", "import backtrain.wsgi"],
            cwd=BASE_DIR,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=60,
        )

    def refused(self, **variables: str) -> str:
        """What a server says that does not start."""
        run = self.imported(**variables)
        assert run.returncode == 1, run.stderr
        return run.stderr


def wait_for(
    port: int, process: subprocess.Popen[bytes], log: Path, *, host: str = "127.0.0.1"
) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)
    process.terminate()
    process.wait(timeout=20)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")


class Server:
    """A running server, and a browser of few words for it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.process = process
        self.cookies: dict[str, str] = {}

    def raw(self, *lines: str, method: str = "GET", path: str = "/", body: str = "") -> Answer:
        """Header lines as they are written, a Host first unless one is among them."""
        host = (
            [] if any(line.lower().startswith("host:") for line in lines) else ["Host: localhost"]
        )
        sent = [f"{method} {path} HTTP/1.1", *host, *lines, "Connection: close"]
        if body:
            sent += ["Content-Type: application/x-www-form-urlencoded"]
            sent += [f"Content-Length: {len(body)}"]
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(("\r\n".join([*sent, "", ""]) + body).encode("latin-1"))
            response = http.client.HTTPResponse(connection)
            response.begin()
            return Answer(response)

    def get(self, path: str, *lines: str) -> Answer:
        return self.kept(self.raw(*lines, *self.cookie(), path=path))

    def post(self, path: str, data: Mapping[str, str], *lines: str) -> Answer:
        """A form, with the token of the page that it stands on."""
        page = self.get(path, *lines)
        [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        body = urlencode({**data, "csrfmiddlewaretoken": token})
        answer = self.raw(*lines, *self.cookie(), method="POST", path=path, body=body)
        return self.kept(answer)

    def cookie(self) -> list[str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return [f"Cookie: {pairs}"] if pairs else []

    def kept(self, answer: Answer) -> Answer:
        """As a browser does over plain HTTP: secure cookies are not kept."""
        for cookie in answer.cookies:
            name, value = cookie.partition(";")[0].split("=", 1)
            if "; secure" not in cookie.lower():
                self.cookies[name] = value
        return answer


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.cookies = response.headers.get_all("Set-Cookie", [])
        self.text = response.read().decode()
