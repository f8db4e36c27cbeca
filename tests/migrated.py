"""A migrated database, kept from run to run.

On SQLite migrating takes ten seconds of every process, most of it for models as they once were.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.commands.migrate import Command
from django.db import connections

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".pytest_cache" / "d" / "migrated"


def migrating_from(folder: Path) -> Callable[..., None]:
    """How `migrate` begins with what is kept in the folder, or keeps there what it made."""
    migrate = Command.handle
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{fingerprint()}.sqlite3"

    def handle(command: Command, *apps: str, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            migrate(command, *apps, **options)
            return
        connection.ensure_connection()
        if kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(connection.connection)
            migrate(command, *apps, **options)
        else:
            migrate(command, *apps, **options)
            own = kept.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(own)) as target:
                connection.connection.backup(target)
            own.replace(kept)

    return handle


def fingerprint() -> str:
    """Another one when a migration is, or what is installed."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements" / "dev.txt"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
