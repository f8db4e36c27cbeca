"""Take a picture of every page: `python tests/shots.py`, or `make shots`.

Each page of tests/pages.py is opened on a demo of its own, as a visitor, a new athlete and one who
has trained for two years, and taken from head to foot on a phone and on a desk, light and dark,
into shots/. `make shots ONLY=history` takes only those with the word in their name; `make pictures`
renews the pictures of the README.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from tqdm import tqdm

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests import pages  # noqa: E402  (after the folder that holds it)
from tests.demo_server import served  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

    from tests.demo_server import Site
    from tests.pages import Page

SHOTS = ROOT / "shots"
PICTURES = ROOT / "docs" / "pictures"
# What the README shows, and who sees it so
README = {
    "home": pages.VISITOR,
    "exercise": pages.VISITOR,
    "log-preview": pages.DEMO,
    "history": pages.DEMO,
}
HEIGHTS = {390: 844, 1280: 800}
SCHEMES = ("light", "dark")
# What a graphics card takes as one picture
TALLEST = 16_000


def main(arguments: Sequence[str]) -> None:
    """Take the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(description="Take a picture of every page.")
    parser.add_argument("--only", default="", help="only pages with this in their name")
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    options = parser.parse_args(arguments)
    wanted = [(page, who) for page, who in pages.views() if options.only in page.name]
    if not wanted:
        sys.exit(f"No page has “{options.only}” in its name. tests/pages.py lists them.")
    say("Making a demo of two years …")
    with served() as site, browser() as chromium:
        if options.readme:
            take_readme_pictures(chromium, site)
        else:
            take_all(chromium, site, wanted)


@contextmanager
def browser() -> Iterator[Browser]:
    """The Chromium that make has found (CHROMIUM), or the one on PATH."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no Chromium; make browser gets one.")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium)


# Every page


def take_all(chromium: Browser, site: Site, wanted: Sequence[tuple[Page, str]]) -> None:
    """Each page as someone sees it, four times."""
    SHOTS.mkdir(exist_ok=True)
    tabs: dict[str, Tab] = {}
    for page, who in (bar := tqdm(wanted, unit="page")):
        bar.set_description(f"{page.name} ({who})")
        if who not in tabs:
            tabs[who] = site.tab(chromium, who)
        page.opened(tabs[who], site.keys)
        take(tabs[who], f"{page.name}--{who}")
    say(f"{len(wanted) * len(HEIGHTS) * len(SCHEMES)} pictures are in {SHOTS.relative_to(ROOT)}/.")


def take(tab: Tab, name: str) -> None:
    """The page as it stands, on each width in each scheme."""
    for width in HEIGHTS:
        stretch(tab, width)
        for scheme in SCHEMES:
            tab.emulate_media(color_scheme=scheme)
            tab.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", animations="disabled")


def stretch(tab: Tab, width: int) -> None:
    """Make the window as tall as the page, so that what is fixed to its foot lies at its foot."""
    tab.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    tab.evaluate("scrollTo(0, 0)")
    height = tab.evaluate("document.documentElement.scrollHeight")
    tab.set_viewport_size({"width": width, "height": min(height, TALLEST)})


# The README


def take_readme_pictures(chromium: Browser, site: Site) -> None:
    """Four first screens of a desk, three quarters as large, so that they need no scaling."""
    PICTURES.mkdir(exist_ok=True)
    by_name = {page.name: page for page in pages.PAGES}
    desk = {"viewport": {"width": 960, "height": 720}, "device_scale_factor": 0.75}
    for name, who in tqdm(README.items(), unit="picture"):
        tab = site.tab(chromium, who, **desk)
        tab.goto("/muscles/")  # the first page may do without the font
        by_name[name].opened(tab, site.keys)
        tab.evaluate("scrollTo(0, 0)")
        shrink(tab.screenshot(animations="disabled"), PICTURES / f"{name}.webp")
        tab.context.close()


def shrink(picture: bytes, path: Path) -> None:
    """Write it as WebP, which is a tenth of the PNG."""
    Image.open(io.BytesIO(picture)).save(path, quality=82, method=6)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
