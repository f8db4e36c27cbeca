"""How static files are stored in production."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_STYLES = "css/site.css"
STYLE_IMPORT = re.compile(r'^@import "(.+)";$', re.MULTILINE)
_, MODULE_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns  # type: ignore[attr-defined]

Paths = dict[str, tuple[Storage, str]]


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed static files, the style sheets in one, with paths hashed in modules too.

    Only in modules of our own: others' scripts name in comments what is not there.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", MODULE_IMPORTS)

    def url(self, name: str | None, force: bool = True) -> str:
        """The address with the hash, with DEBUG too."""
        return str(super().url(name, force))

    def post_process(
        self, paths: Paths, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        if SITE_STYLES in paths and not dry_run:
            self._join_styles(paths)
        yield from super().post_process(paths, dry_run, **options)

    def _join_styles(self, paths: Paths) -> None:
        """Put the sheets that ``site.css`` imports in its place: one is sent faster than thirty."""
        joined = STYLE_IMPORT.sub(
            lambda found: _read(paths, f"css/{found[1]}"), _read(paths, SITE_STYLES)
        )
        self.delete(SITE_STYLES)
        self.save(SITE_STYLES, ContentFile(joined.encode()))
        paths[SITE_STYLES] = (self, SITE_STYLES)


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read(), "utf-8")
