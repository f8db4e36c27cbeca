"""Backups: database and pictures in one file, and back.

database, pictures ── making ──> archive (tar, gzip, checksums) ── sealing ──> file
database, pictures <─ restoring ── archive, every file checked <── sealing ─── file
"""

from collections.abc import Callable, Mapping
from typing import Any

Database = Mapping[str, Any]  # one of Django's DATABASES
Progress = Callable[[str, int, int], None]  # what is done, of how many bytes; 0 is not known


class BackupProblem(Exception):
    """The message is a sentence for whoever runs the server: what is wrong, and what to do."""
