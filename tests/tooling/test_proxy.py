"""docs/nginx.conf in front of the server as the docs start it: whoever stalls stops nobody."""

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
from typing import Any

import pytest
from django.conf import settings

from backtrain.management.commands.demo import OPTIONS

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PAGE = "/robots.txt"  # made by Django, without a database
STALLED = 24  # three for each of the server's threads
HALF = (
    b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken=%s\r\n\r\nlogin=a"
) % (b"a" * 32)
AROUND = """
daemon off;
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

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed.")


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


@pytest.fixture(scope="module")
def proxy(server: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    (folder / "backtrain.conf").write_text(documented(server, port))
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    with running([str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)], port=port):
        yield port


def documented(server: int, port: int) -> str:
    """The file of the docs, on other ports and without a certificate."""
    text = Path(settings.BASE_DIR / "docs/nginx.conf").read_text()
    text = "\n".join(line for line in text.splitlines() if "ssl_certificate" not in line)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port} default_server;")
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{server}")


def test_without_it_whoever_stalls_stops_the_site(server: int) -> None:
    """What the proxy is for. The server recovers when they have gone."""
    with stalled(server), pytest.raises(TimeoutError):
        get(server, seconds=2)

    wait_for(lambda: get(server) == 200)


def test_whoever_stalls_stops_nobody(proxy: int) -> None:
    with stalled(proxy):
        assert get(proxy) == 200


def test_too_large_a_body_is_refused_before_it_is_sent(proxy: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", proxy, timeout=10)) as connection:
        connection.putrequest("POST", "/accounts/login/")
        connection.putheader("Content-Length", str(100_000_000))
        connection.endheaders()

        with connection.getresponse() as answer:
            assert (answer.status, answer.getheader("Connection")) == (413, "close")
