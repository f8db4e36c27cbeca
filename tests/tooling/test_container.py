"""Dockerfile and compose.yaml, as far as they can be tried without an engine."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.production import free_port

ROOT = Path(settings.BASE_DIR)
PLACE = "/srv/backtrain"
STEPS = [
    (step[0], step[1])
    for line in (ROOT / "Dockerfile").read_text().splitlines()
    if line and not line.startswith("#")
    for step in [line.split(" ", 1)]
]
NOT_HERE = ("apt-get", "useradd", "pip install", "-m venv")  # what needs root, or a network


def argument(instruction: str) -> str:
    """The last one's."""
    return [words for name, words in STEPS if name == instruction][-1]


def files() -> dict[Path, float]:
    """What is in the folder, and when it was written."""
    return {path: path.stat().st_mtime for path in Path.cwd().rglob("*") if path.is_file()}


class TestImage:
    def test_is_of_the_last_of_two_stages_and_no_root(self):
        stages = [words for name, words in STEPS if name == "FROM"]

        assert stages == ["python:3.11-slim-bookworm AS build", "python:3.11-slim-bookworm"]
        assert argument("USER") == "10001"
        assert argument("VOLUME") == "/data"

    def test_installs_nothing_without_its_hash(self):
        installs = [words for name, words in STEPS if name == "RUN" and "pip install" in words]

        assert len(installs) == 1
        assert "--require-hashes -r requirements/$LOCK.txt" in installs[0]
        assert argument("ARG") == "LOCK=base"
        copied = next(words for name, words in STEPS if name == "COPY").split()[:-1]
        assert copied == ["requirements/base.txt", "requirements/s3.txt"]

    def test_takes_along_what_the_server_needs_alone(self):
        lines = (ROOT / ".dockerignore").read_text().splitlines()
        rules = [line for line in lines if line and not line.startswith("#")]

        assert rules[0] == "*"
        assert not {"!tests", "!docs", "!.env", "!.git", "!benchmarks"} & set(rules)

    @pytest.fixture
    def built(self, tmp_path, monkeypatch):
        """A folder in which its steps were run, which it takes for PLACE; and its environment."""
        taken = [
            line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"
        ]
        for name in taken:
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, target)
        (tmp_path / ".venv").symlink_to(Path(sys.prefix))
        monkeypatch.chdir(tmp_path)
        told = [each.split("=", 1) for each in shlex.split(argument("ENV"))]
        environment = {name: value.replace(PLACE, str(tmp_path)) for name, value in told}
        environment["PATH"] += os.pathsep + os.environ["PATH"]
        for name, words in STEPS:
            if name == "RUN" and not any(each in words for each in NOT_HERE):
                command = words.replace(PLACE, str(tmp_path))
                subprocess.run(command, shell=True, check=True, env={"PATH": environment["PATH"]})
        return environment

    def test_collects_static_files_serves_and_writes_nothing_beside_the_code(self, built):
        port = str(free_port())
        command = [port if each == "8000" else each for each in json.loads(argument("CMD"))]
        health = argument("HEALTHCHECK").split("CMD ", 1)[1].replace(":8000", f":{port}")
        environment = {
            **built,
            "SECRET_KEY": "s" * 50,
            "ALLOWED_HOSTS": "localhost",
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",  # which may come later
        }
        before = files()
        server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            until = time.monotonic() + 180
            while (asked := subprocess.run(json.loads(health), env=environment)).returncode:
                assert server.poll() is None
                assert time.monotonic() < until
                time.sleep(1)
        finally:
            server.terminate()
            server.wait(timeout=30)

        assert asked.returncode == 0
        assert Path(built["STATIC_ROOT"], "staticfiles.json").exists()
        assert files() == before


class TestCompose:
    COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
    SERVICES = COMPOSE["services"]

    def test_is_server_database_cache_and_proxy(self):
        assert set(self.SERVICES) == {"server", "prepare", "database", "cache", "proxy"}

    @pytest.mark.parametrize("name", SERVICES)
    def test_gives_none_more_than_it_needs(self, name):
        service = self.SERVICES[name]

        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert ("ports" in service) is (name == "proxy")

    def test_sets_variables_that_there_are(self):
        text = (ROOT / "docs/deploying.md").read_text()
        rows = re.findall(r"^\| (`[A-Z0-9_`, ]+`) \|", text, re.MULTILINE)
        documented = {name for row in rows for name in re.findall(r"[A-Z0-9_]+", row)}

        assert set(self.SERVICES["server"]["environment"]) <= documented

    def test_names_volumes_and_services_that_there_are(self):
        used = {
            volume.split(":")[0]
            for service in self.SERVICES.values()
            for volume in service.get("volumes", [])
            if not volume.startswith(".")
        }
        asked = {name for each in self.SERVICES.values() for name in each.get("depends_on", {})}

        assert used == set(self.COMPOSE["volumes"])
        assert asked <= set(self.SERVICES)
        assert "server:8000" in (ROOT / "docs/containers/Caddyfile").read_text()

    def test_has_the_database_that_its_backups_can_be_made_of(self):
        """Debian 12 comes with the tools of PostgreSQL 15."""
        assert self.SERVICES["database"]["image"] == "postgres:15-bookworm"
        assert "bookworm" in argument("FROM")
