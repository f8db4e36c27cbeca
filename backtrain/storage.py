"""How static files are stored in production."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE_IMPORT = re.compile(r'^@import "(.+)";$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\n\s+")
# What a style sheet means the same without, but for strings; a pseudo-class has no space after its
# colon
SPACE = re.compile(r'("[^"]*")|\s*([{};,>])\s*|(?<=[\w-])(:) ')
IMPORT = re.compile(r'^import (\{ [\w, ]+ \}) from "\./(.+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)

Paths = dict[str, tuple[Storage, str]]


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files; style sheets are joined, and so are a page's modules."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[tuple[str | None, bool], str] = {}

    def url(self, name: str | None, force: bool = True) -> str:
        """The address with the hash, with DEBUG too; made once, since a page has a dozen."""
        if (name, force) not in self._addresses:
            self._addresses[name, force] = str(super().url(name, force))
        return self._addresses[name, force]

    def post_process(
        self, paths: Paths, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        self._addresses.clear()
        if not dry_run:
            for name, join in JOINED.items():
                if name in paths:
                    self._replace(paths, name, join(paths, name))
        yield from super().post_process(paths, dry_run, **options)

    def _replace(self, paths: Paths, name: str, text: str) -> None:
        self.delete(name)
        self.save(name, ContentFile(text.encode()))
        paths[name] = (self, name)


def _styles(paths: Paths, name: str) -> str:
    """A sheet with those that it imports in it: one is sent faster than thirty."""
    whole = STYLE_IMPORT.sub(lambda found: _read(paths, f"css/{found[1]}"), _read(paths, name))
    return SPACE.sub(r"\1\2\3", _short(whole))


def _modules(paths: Paths, name: str) -> str:
    return _short(joined_modules(lambda each: _read(paths, each), name))


def _short(text: str) -> str:
    """Without comments and indents, a sixth of what is sent."""
    return INDENT.sub("\n", COMMENT.sub("", text))


def joined_modules(read: Callable[[str], str], name: str) -> str:
    """A module with those that it imports in it, and what these import in them, each in a scope of
    its own.
    """

    def scope(found: re.Match[str]) -> str:
        body = EXPORT.sub("", joined_modules(read, f"js/{found[2]}"))
        return f"const {found[1]} = (() => {{\n{body}return {found[1]};\n}})();"

    return IMPORT.sub(scope, read(name))


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read(), "utf-8")


SCRIPTS = ("main", "athlete", "log", "settings", "unsent")
SHEETS = ("site", "training")
JOINED = {f"css/{name}.css": _styles for name in SHEETS} | {
    f"js/{name}.js": _modules for name in SCRIPTS
}
