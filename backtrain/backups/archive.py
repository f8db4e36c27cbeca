"""The file of a backup: a gzipped tar with a manifest at its end.

``tar -xzf`` opens it, too. The manifest says of every other file how long it is and what its
SHA-256 is, so whatever is damaged or missing is found before anything is touched.
"""

import hashlib
import json
import tarfile
import zlib
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol, Self

from backtrain.backups import BackupProblem

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1 << 20
NEWER = "The backup is of a newer Backtrain. Upgrade this one, then restore."
DAMAGED = "The backup is damaged: {}. Nothing was changed."


class Writable(Protocol):
    def write(self, data: bytes, /) -> Any: ...


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. ``migrations`` are ``app.name``; ``files`` size and SHA-256 by path."""

    made_at: str
    database: str
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, tuple[int, str]]
    format: int = FORMAT


class Writer:
    """Puts files into an archive; ``finish`` with the manifest makes it one that is whole.

    A context manager: left by an error, it ends without a manifest.
    """

    def __init__(self, file: Writable) -> None:
        self.files: dict[str, tuple[int, str]] = {}
        self._tar = tarfile.open(fileobj=file, mode="w|gz")  # type: ignore[call-overload]  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tar.close()

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """``size`` bytes of the file; a later one of the same name takes its place."""
        hashed = _Hashed(file)
        self._tar.addfile(_entry(name, size), hashed)
        self.files[name] = (size, hashed.sha256.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        text = json.dumps(asdict(manifest), indent=1).encode()
        self._tar.addfile(_entry(MANIFEST, len(text)), BytesIO(text))


def extract(file: Readable, folder: Path) -> Manifest:
    """Put all that the archive holds into the folder. Raises BackupProblem where it is not whole.

    What is in the folder then is what was written, byte for byte.
    """
    found: dict[str, tuple[int, str]] = {}
    try:
        with tarfile.open(fileobj=file, mode="r|gz") as tar:  # type: ignore[call-overload]
            for member in tar:
                found[member.name] = _extracted(tar, member, folder)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # of the folder: no room, no rights
        raise BackupProblem(DAMAGED.format("it can't be read to its end")) from error
    if found.pop(MANIFEST, None) is None:
        raise BackupProblem(DAMAGED.format("its end is missing"))
    manifest = _read(folder / MANIFEST)
    wrong = sorted(
        name
        for name in manifest.files.keys() | found.keys()
        if manifest.files.get(name) != found.get(name)
    )
    if wrong:
        raise BackupProblem(DAMAGED.format(f"{wrong[0]} is not what was written"))
    return manifest


def _extracted(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> tuple[int, str]:
    parts = PurePosixPath(member.name).parts
    source = tar.extractfile(member)
    if source is None or ".." in parts or parts[0] == "/":
        raise ValueError(member.name)
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    with target.open("wb") as copy:
        while block := source.read(BLOCK):
            copy.write(block)
            sha256.update(block)
    return member.size, sha256.hexdigest()


def _read(path: Path) -> Manifest:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] > FORMAT:
            raise BackupProblem(NEWER)
        files = {name: (size, sha256) for name, (size, sha256) in content["files"].items()}
        return Manifest(**{**content, "files": files})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BackupProblem(DAMAGED.format("its manifest can't be read")) from error


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


class _Hashed:
    """A file whose SHA-256 is that of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.sha256 = hashlib.sha256()
        self._file = file

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.sha256.update(data)
        return data
