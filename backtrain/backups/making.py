"""Making a backup while the site is in use."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from backtrain.backups import BackupProblem, Database, Progress
from backtrain.backups.archive import Manifest, Writable, Writer
from backtrain.backups.engines import engine_of
from backtrain.backups.media import Media, all_names

MEDIA = "media"
Stamp = tuple[int, datetime]  # size and time of the last change: a file that has both is the same


def make_backup(
    file: Writable,
    *,
    database: Database,
    media: Media,
    beside: Path,
    at: datetime,
    progress: Progress,
) -> Manifest:
    """Write database and pictures into ``file``; ``beside`` has room for a copy of the database.

    Pictures go before the database and after: each that a row names was there at the database's
    moment, so it was met either before that or after.
    """
    engine = engine_of(database)
    packed: dict[str, Stamp] = {}
    with (
        Writer(file) as archive,
        tempfile.TemporaryDirectory(prefix=".backtrain-", dir=beside) as folder,
    ):
        _pack_media(archive, media, packed, progress)
        copy = Path(folder) / engine.FILE
        found = engine.dump(database, copy, progress)
        if not found.migrations:
            raise BackupProblem("The database is empty: does DATABASE_URL lead to the right one?")
        with copy.open("rb") as source:
            archive.add(engine.FILE, source, copy.stat().st_size)
        _pack_media(archive, media, packed, progress)
        manifest = Manifest(
            made_at=at.isoformat(timespec="seconds"),
            database=engine.NAME,
            migrations=found.migrations,
            rows=found.rows,
            files=archive.files,
        )
        archive.finish(manifest)
    return manifest


def _pack_media(
    archive: Writer, media: Media, packed: dict[str, Stamp], progress: Progress
) -> None:
    """Add the files that are new, or are not what they were."""
    names = all_names(media)
    for number, name in enumerate(names, start=1):
        try:
            stamp = (media.size(name), media.get_modified_time(name))
            if packed.get(name) != stamp:
                with media.open(name) as file:
                    archive.add(f"{MEDIA}/{name}", file, file.size)
                packed[name] = stamp
        except FileNotFoundError:  # deleted since it was listed
            continue
        progress("pictures", number, len(names))


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there under its name only once all of it is on the disk, for its owner alone.

    Raises BackupProblem if there is one by that name.
    """
    taken = BackupProblem(f"{path} is there already: name another file.")
    if path.exists():
        raise taken
    handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, path)
    except FileExistsError as error:
        raise taken from error
    finally:
        os.unlink(partial)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
