"""Static files as production sends them, for browsers that open a page with nothing kept."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finder, get_finders

from backtrain.storage import JOINED


def join_static_files(folder: Path) -> None:
    """Find style sheets and modules joined, by the names that they have: few files, not eighty."""
    paths = {
        path: (storage, path) for finder in get_finders() for path, storage in finder.list(None)
    }
    for name, join in JOINED.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(join(paths, name), encoding="utf-8")
    settings.STATICFILES_DIRS = [folder, *settings.STATICFILES_DIRS]
    get_finder.cache_clear()
