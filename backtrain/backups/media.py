"""The editors' pictures by what a backup asks of them: a folder or a bucket, as Django knows it."""

from datetime import datetime
from typing import Any, Protocol


class Media(Protocol):
    """A storage of Django's. ``save`` never writes over a file: it finds another name."""

    def listdir(self, path: str, /) -> tuple[list[str], list[str]]: ...

    def size(self, name: str, /) -> int: ...

    def get_modified_time(self, name: str, /) -> datetime: ...

    def open(self, name: str, /) -> Any: ...

    def save(self, name: str, content: Any, /) -> str: ...

    def delete(self, name: str, /) -> None: ...


def all_names(media: Media, folder: str = "") -> list[str]:
    """Of all files, in folders too, in order."""
    try:
        folders, files = media.listdir(folder)
    except FileNotFoundError:  # nothing was ever put there
        return []
    inside = [name for each in folders for name in all_names(media, f"{folder}{each}/")]
    return sorted([*(f"{folder}{file}" for file in files), *inside])
