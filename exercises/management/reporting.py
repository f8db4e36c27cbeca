"""How commands report: a bar while they work, a table once they are done."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from tqdm import tqdm

_Item = TypeVar("_Item")


def progress_bar(items: Iterable[_Item], *, unit: str = "row") -> Iterable[_Item]:
    """The items, counted by a bar on a terminal; in a pipe there is none."""
    return tqdm(items, disable=None, unit=unit, leave=False)


def columns(rows: Sequence[Sequence[str]], *, first: int = 10, others: int = 14) -> str:
    """Rows of cells as text: the first column to the left, the others to the right."""
    return "\n".join(
        f"{row[0]:<{first}}" + "".join(f"{cell:>{others}}" for cell in row[1:]) for row in rows
    )
