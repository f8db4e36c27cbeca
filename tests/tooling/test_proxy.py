"""docs/nginx.conf and docs/Caddyfile in front of the server: whoever stalls stops nobody."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings

from backtrain.management.commands.demo import OPTIONS

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
PAGE = "/robots.txt"  # made by Django, without a database
STALLED = 24  # three for each of the server's threads
HALF = (
    b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken=%s\r\n\r\nlogin=a"
) % (b"a" * 32)
AROUND = """
{user}daemon off;
pid {folder}/pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/backtrain.conf;
}}
"""


class Proxy(NamedTuple):
    name: str
    port: int


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def get(port: int, *, seconds: float = 10) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)) as connection:
        connection.request("GET", PAGE, headers={"Host": "localhost"})
        with connection.getresponse() as answer:
            return answer.status


@contextmanager
def running(command: list[str], *, port: int, **options: Any) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, **options) as process:
        try:
            wait_for(lambda: get(port) == 200)
            yield
        finally:
            process.terminate()


def wait_for(is_so: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError):
            if is_so():
                return
        time.sleep(0.1)
    raise TimeoutError


@contextmanager
def stalled(port: int) -> Iterator[None]:
    """Many who have sent half a form, and send nothing more."""
    with ExitStack() as stack:
        for _ in range(STALLED):
            connection = socket.create_connection(("127.0.0.1", port))
            stack.enter_context(connection).sendall(HALF)
        time.sleep(0.5)
        yield


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "granian", *OPTIONS, "--port", str(port)]
    variables = {"DEBUG": "1", "TRUSTED_PROXIES": "1", "LOG_LEVEL": "critical"}
    with running(
        [*command, "backtrain.wsgi:application"],
        port=port,
        cwd=settings.BASE_DIR,
        env=os.environ | variables,
    ):
        yield port


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxy(
    server: int, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    program = shutil.which(request.param, path=PATH)
    if not program:
        pytest.skip(f"{request.param} is not installed.")
    folder, port = tmp_path_factory.mktemp(request.param), free_port()
    media = folder / "media"
    (media / "exercises").mkdir(parents=True)
    (media / "exercises/row.webp").write_bytes(b"a picture")
    if request.param == "nginx":
        (folder / "backtrain.conf").write_text(as_nginx(server, port, media))
        user = "user root;\n" if os.geteuid() == 0 else ""  # or it asks for files as nobody
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
        command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    else:
        (folder / "Caddyfile").write_text(as_caddy(server, port, media))
        command = [program, "run", "--adapter=caddyfile", f"--config={folder}/Caddyfile"]
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with running(command, port=port, env=environment, stderr=subprocess.DEVNULL):
        yield Proxy(request.param, port)


def as_caddy(server: int, port: int, media: Path) -> str:
    """The file of the docs, on other ports and without a certificate."""
    text = Path(settings.BASE_DIR / "docs/Caddyfile").read_text()
    text = text.replace("{\n\tservers {", "{\n\tadmin off\n\tservers {", 1)
    text = text.replace("log.example.org {", f"http://localhost:{port}, http://127.0.0.1:{port} {{")
    text = text.replace("/srv/backtrain/media", str(media))
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{server}")


def as_nginx(server: int, port: int, media: Path) -> str:
    """The file of the docs, on other ports and without a certificate."""
    text = Path(settings.BASE_DIR / "docs/nginx.conf").read_text()
    text = "\n".join(line for line in text.splitlines() if "ssl_certificate" not in line)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port} default_server;")
    text = text.replace("/srv/backtrain/media", str(media))
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{server}")


def test_without_it_whoever_stalls_stops_the_site(server: int) -> None:
    """What the proxy is for. The server recovers when they have gone."""
    with stalled(server), pytest.raises(TimeoutError):
        get(server, seconds=2)

    wait_for(lambda: get(server) == 200)


def test_whoever_stalls_stops_nobody(proxy: Proxy) -> None:
    with stalled(proxy.port):
        assert get(proxy.port) == 200


def test_pictures_come_from_the_folder_alone(proxy: Proxy) -> None:
    status, headers, body = answer(proxy.port, "/media/exercises/row.webp")
    assert (status, body) == (200, b"a picture")
    assert headers["Cache-Control"] == "public, max-age=86400"
    assert headers["X-Content-Type-Options"] == "nosniff"

    for path in ("/media/none.webp", "/media/../Caddyfile", "/media/%2e%2e/nginx.conf", "/media/"):
        assert answer(proxy.port, path)[0] in (400, 403, 404), path


def answer(
    port: int, path: str, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.putrequest("GET", path, skip_host=True)
        for name, value in {"Host": "localhost", **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders()
        with connection.getresponse() as said:
            return said.status, dict(said.getheaders()), said.read()


def test_too_large_a_body_is_refused_before_it_is_sent(proxy: Proxy) -> None:
    if proxy.name == "caddy":
        pytest.skip("Caddy reads as far as the limit.")
    with closing(http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)) as connection:
        connection.putrequest("POST", "/accounts/login/")
        connection.putheader("Content-Length", str(100_000_000))
        connection.endheaders()

        with connection.getresponse() as answer:
            assert (answer.status, answer.getheader("Connection")) == (413, "close")
