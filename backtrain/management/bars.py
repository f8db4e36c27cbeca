"""A bar for each part of a backup, on a terminal; in a pipe there is none."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Never

from tqdm import tqdm

from backtrain.backups import Progress


@contextmanager
def bars() -> Iterator[Progress]:
    """What to tell how far a part is: its name, and what is done of how many, 0 if not known."""
    shown: dict[str, tqdm[Never]] = {}
    with ExitStack() as stack:

        def progress(what: str, done: int, total: int) -> None:
            if what not in shown:
                bar: tqdm[Never] = tqdm(desc=what, unit="", unit_scale=True, disable=None)
                shown[what] = stack.enter_context(bar)
            shown[what].total = total or None
            shown[what].update(done - shown[what].n)

        yield progress
