"""The colours of the site, from the one place that says them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"
TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\((#\w{6}),\s*(#\w{6})\)|(#\w{6}));")


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour by its token's name, as #rrggbb in each scheme."""

    name: str
    light: str
    dark: str


def colours(css: str) -> dict[str, Colour]:
    """The colour tokens of a style sheet by name, in its order."""
    return {
        name: Colour(name, light or same, dark or same)
        for name, light, dark, same in TOKEN.findall(css)
    }


@lru_cache(maxsize=1)
def site_colours() -> dict[str, Colour]:
    """Those of ``tokens.css``."""
    return colours((STYLES / "tokens.css").read_text(encoding="utf-8"))
