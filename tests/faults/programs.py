"""What stands between several servers of the site: a pooler, a cache, a proxy."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.clusters import Cluster
from tests.production import wait_for
from tests.with_postgres import as_nobody, give_to_nobody, is_root

PATH = f"{os.environ['PATH']}:/usr/sbin"
# Sessions, prepared statements and server-side cursors outlive no transaction behind it.
PGBOUNCER = """
[databases]
* = host={home} port=5432 user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 6
max_client_conn = 200
ignore_startup_parameters = options,extra_float_digits
server_login_retry = 1
"""
NGINX = """
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
    upstream backtrain {{
{servers}
        keepalive 16;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://backtrain;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_connect_timeout 1s;
        }}
    }}
}}
"""


def program(*names: str) -> str:
    """The first of these that is installed; the test is skipped where none is."""
    for name in names:
        if found := shutil.which(name, path=PATH):
            return found
    pytest.skip(f"There is no {' and no '.join(names)}.")


@contextmanager
def running(
    command: Sequence[str], folder: Path, port: int, *, is_nobody: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    said = folder / f"{Path(command[0]).name}.log"
    with said.open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            **(as_nobody() if is_nobody else {}),
        )
    try:
        wait_for(port, process, said)
        yield process
    finally:
        process.kill()
        process.wait()


def redis(port: int) -> list[str]:
    """Without files of its own: what it counts may be lost."""
    names = program("redis-server", "valkey-server")
    return [names, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]


def pgbouncer(folder: Path, port: int, cluster: Cluster) -> list[str]:
    file = folder / "pgbouncer.ini"
    file.write_text(PGBOUNCER.format(home=cluster.home, port=port))
    if is_root():
        give_to_nobody(folder)
    return [program("pgbouncer"), str(file)]


def nginx(folder: Path, port: int, addresses: Sequence[str]) -> list[str]:
    """One that leaves out, for a second, a server that does not take connections."""
    servers = "\n".join(f"        server {one} max_fails=1 fail_timeout=1s;" for one in addresses)
    user = "user root;\n" if is_root() else ""
    file = folder / "nginx.conf"
    file.write_text(NGINX.format(folder=folder, port=port, servers=servers, user=user))
    return [program("nginx"), "-e", "stderr", "-c", str(file), "-p", str(folder)]
