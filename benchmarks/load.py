"""`python -m benchmarks.load`: many athletes at once, at a server in production mode.

Locust asks from this machine, so it takes its share of the processors too.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from benchmarks.installation import fill, set_up

CONNECTIONS = (1, 8, 32, 128)
SOAK_CONNECTIONS = 8
PORT = 8765
WORKERS = 2
SERVER = (
    *("granian", "--interface=wsgi", "--no-ws", f"--workers={WORKERS}", "--blocking-threads=4"),
    *(f"--port={PORT}", "backtrain.wsgi:application"),
)
MOST_GROWTH = 1.1  # of the memory in the last third of a soak, against the third before


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=int, default=60, help="Of each number of connections")
    arguments.add_argument(
        "--soak", type=int, default=0, metavar="MINUTES", help="Then so long with 8"
    )
    arguments.add_argument("--others", type=int, default=max(CONNECTIONS), help="1,000 sets each")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder = Path(name)
        set_up(folder)
        fill(others=chosen.others)
        os.environ |= {"SESSIONS": str(folder / "sessions.json"), "PLAIN_HTTP": "1"}
        os.environ["MALLOC_ARENA_MAX"] = "1"  # as docs/systemd/ and the Dockerfile have it
        (folder / "sessions.json").write_text(json.dumps(session_keys()))
        with served(folder) as server:
            load(folder, server, seconds=chosen.seconds)
            if chosen.soak:
                soak(folder, server, minutes=chosen.soak)


def load(folder: Path, server: int, *, seconds: int) -> None:
    print("| connections | answers a second | p50 | p95 | p99 | longest | errors | MB a worker |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for connections in CONNECTIONS:
        ask(folder, connections, seconds=seconds)
        pages = results(folder)
        print(row(str(connections), pages["Aggregated"], seconds, memory(server)), flush=True)
    print(f"\nBy page, with {connections} connections:\n")
    for name, page in sorted(pages.items()):
        print(row(name, page, seconds, 0).removesuffix(" 0 |"))


def soak(folder: Path, server: int, *, minutes: int) -> None:
    """Ends with 1 if the server's memory grows to the end."""
    seen = []
    for minute in range(minutes):
        ask(folder, SOAK_CONNECTIONS, seconds=60)
        seen.append(memory(server))
        errors = results(folder)["Aggregated"]["Failure Count"]
        print(f"minute {minute + 1}: {seen[-1]} MB a worker, {errors} errors", flush=True)
    third = max(minutes // 3, 1)
    growth = max(seen[-third:]) / max(seen[-2 * third : -third] or seen[-third:])
    print(f"{growth:.2f} times as much in the last third as in the one before")
    sys.exit(growth > MOST_GROWTH)


def session_keys() -> list[str]:
    """Of everybody who has an account."""
    from django.contrib.auth.models import User
    from django.test import Client

    keys = []
    for user in User.objects.order_by("-pk"):
        client = Client()
        client.force_login(user)
        keys.append(client.cookies["sessionid"].value)
    return keys


@contextmanager
def served(folder: Path) -> Iterator[int]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", *SERVER], stdout=log, stderr=log)
    try:
        until = time.monotonic() + 120
        while not is_live():
            if time.monotonic() > until or process.poll() is not None:
                raise SystemExit(f"The server did not start:\n{(folder / 'log').read_text()}")
            time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def is_live() -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{PORT}/healthz/live", timeout=5):
            return True
    except OSError:
        return False


def ask(folder: Path, connections: int, *, seconds: int) -> None:
    command = [sys.executable, "-m", "locust", "-f", "benchmarks/locustfile.py", "--headless"]
    command += ["-u", str(connections), "-r", str(connections), "-t", f"{seconds}s"]
    command += ["--host", f"http://127.0.0.1:{PORT}", "--csv", str(folder / "run")]
    with (folder / "locust.log").open("wb") as log:
        run = subprocess.run(command, stdout=log, stderr=log, check=False)
    is_run = run.returncode in (0, 1)  # 1 is for failures, which are counted
    if not is_run or results(folder)["Aggregated"]["Request Count"] == "0":
        raise SystemExit((folder / "locust.log").read_text())


def results(folder: Path) -> dict[str, dict[str, str]]:
    """What locust counted of each page, and of all as "Aggregated"."""
    with (folder / "run_stats.csv").open() as file:
        return {page["Name"]: page for page in csv.DictReader(file)}


def row(name: str, page: dict[str, str], seconds: int, megabytes: int) -> str:
    """Milliseconds, answers a second, errors."""
    rate = int(page["Request Count"]) / seconds
    times = " | ".join(page[column] for column in ("50%", "95%", "99%", "100%"))
    return f"| {name} | {rate:.1f} | {times} | {page['Failure Count']} | {megabytes} |"


def memory(server: int) -> int:
    """MB in memory of the largest worker."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            continue
        if int(fields["PPid"]) == server and "VmRSS" in fields:
            sizes.append(int(fields["VmRSS"].split()[0]) // 1024)
    return max(sizes)


if __name__ == "__main__":
    main()
