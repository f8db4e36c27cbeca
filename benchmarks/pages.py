"""What the server takes for pages, against bare Django views: ``make bench``.

Every page is asked for by turns with its bare twin: a view that renders a template of the same
text, and at least of what the page weighed in November 2026, through the same middleware in the
same process. So the ratio of the medians tells what Backtrain adds, whatever the machine. It is
taken of the first view after a write, since people look right after they log, and of a page that
was seen before. A visitor's first view, after a start or an edit, is of a page that its process
has drawn meanwhile; what that takes, which is what who asks sooner waits, stands beside it. Goals
are ratios; beyond one of them the command fails.

    python -m benchmarks.pages [--others 100] [--partitions 16] [--rounds 20] [--only WORD]

It fills an empty database, that of DATABASE_URL or one of its own: an athlete with twelve years of
training, others with 1,000 sets each. PostgreSQL's tables may be partitioned by athlete.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Literal

from benchmarks.asking import Request, Site, prepare_bare_save
from benchmarks.installation import ATHLETE, fill, set_up

ROOT = Path(__file__).resolve().parent.parent
OTHERS, ROUNDS, WARM_UP = 100, 20, 2
STARTS, BARE_BEFORE = 5, 10  # processes, and requests in each before the one that counts
TODAY = date.today()
WORKOUT = uuid.uuid4()  # of today, with twenty sets; written again and again
SETS = """\
Weighted pull-up: +20 kg x 6, 6, 5, 5
Bent-over barbell row: 70 kg x 8, 8, 7, {reps}
Lat pulldown: 60 kg x 10, 10, 9, 9
Rope face pull: 20 kg x 15, 15, 14, 14
Barbell curl: 30 kg x 10, 10, 9, 8"""


@dataclass(frozen=True)
class Page:
    """What is measured, and how many times its bare twin it may take.

    ``kb`` is what the twin weighs at least, in thousands of bytes. ``after`` says what a first view
    comes after: ``log``, a workout that the athlete saved; ``edit``, one of the catalogue; the
    ``start`` of the process. After the latter two the page is drawn before it is looked at.
    """

    name: str
    request: Request
    first: float
    kept: float | None = None
    kb: int = 0
    after: Literal["log", "edit", "start"] = "log"

    @property
    def slug(self) -> str:
        return self.name.replace(" ", "-").replace(",", "").replace(":", "")

    @property
    def twin(self) -> Request:
        return replace(self.request, address=f"/bare/{self.slug}/")


@dataclass(frozen=True)
class Times:
    """Medians in milliseconds; ``kept`` where the page can be, ``drawn`` where it is ahead."""

    first: float
    bare: float
    kept: float | None = None
    drawn: float | None = None


mine = partial(Request, is_signed_in=True)


def log_form(button: str, key: uuid.UUID | None = None, **more: object) -> dict[str, str]:
    """What is sent, of a new workout unless a key says which."""
    when = {"id": key or uuid.uuid4(), "day": TODAY, "time": "00:00"}
    fields = {**when, "text": SETS.format(reps=6), button: "1", **more}
    return {name: str(value) for name, value in fields.items()}


def all_pages() -> list[Page]:
    everyone = [
        ("catalogue", "/exercises/", 145),
        ("exercise", "/exercises/pull-up/", 115),
        ("muscles", "/muscles/", 111),
        ("muscle", "/muscles/latissimus-dorsi/", 96),
    ]
    visited = [("home", "/", 161), *everyone]
    progress = "/progress/exercises/pull-up/"
    bests = "/progress/exercises/bent-over-barbell-row/?show=bests"
    muscle = "/progress/muscles/latissimus-dorsi/"
    last_year = f"/workouts/?year={TODAY.year - 1}"
    last_month = f"/workouts/?month={TODAY.year - 1}-11"
    preview = mine("/workouts/new/", form=partial(log_form, "preview"), target="preview")
    save = mine("/workouts/new/", form=partial(log_form, "save"))
    return [
        *(Page(f"first {name}", Request(at), 4, None, kb, "start") for name, at, kb in visited),
        *(Page(f"visitor: {name}", Request(at), 4, 1.2, kb, "edit") for name, at, kb in visited),
        *(Page(name, mine(at), 2, 1.5, kb) for name, at, kb in everyone),
        Page("home", mine("/"), 5, 2, 118),
        Page("history", mine("/workouts/"), 5, 3, 58),
        Page("history of a year", mine(last_year), 5, 3, 58),
        Page("history of a month", mine(last_month), 5, 3, 58),
        Page("history, search", mine("/workouts/?q=row"), 8),
        Page("history, filtered", mine("/workouts/?muscle=latissimus-dorsi"), 8),
        Page("year in review", mine(f"/progress/years/{TODAY.year - 1}/"), 5, 3),
        Page("progress", mine("/progress/"), 5, 3),
        Page("progress, 500 sessions", mine(progress), 5, 3, 54),
        Page("bests of an exercise", mine(bests), 5, 3),
        Page("progress of a muscle", mine(muscle), 5, 3),
        Page("progress of a muscle, 12 years", mine(f"{muscle}?range=all"), 5, 3),
        Page("own history panel", mine(f"{progress}?part=own-history", target="own-history"), 5),
        Page("workout", mine(f"/workouts/{WORKOUT}/"), 5, 3, 84),
        Page("log form", mine("/workouts/new/"), 3, None, 41),
        Page("repeat a workout", mine(f"/workouts/{WORKOUT}/copy/"), 5, None, 41),
        Page("preview of 20 sets", preview, 3.3),  # 10 of what was 44
        Page("save 20 sets", save, 2),
    ]


def main(*, others: int, partitions: int, rounds: int, only: str) -> int:
    """Measure, print the table, and return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        set_up(folder)
        fill(others=others, partitions=partitions)
        site = Site()
        site.ask(mine("/workouts/new/", form=partial(log_form, "save", WORKOUT)))
        pages = [page for page in all_pages() if only in page.name]
        for page in pages:
            write_twin(site, page, folder)
        in_turns = [page for page in pages if page.after != "start"]
        times = {
            **{page: at_start(page, folder) for page in pages if page.after == "start"},
            **measured(site, in_turns, rounds),
        }
    print(table({page: times[page] for page in pages}))
    return 1 if any(beyond(page, times[page]) for page in pages) else 0


def write_twin(site: Site, page: Page, folder: Path) -> None:
    """The template of the bare view. What weighs less than it did is made up by the drawing that
    used to be in it, then by its own text.
    """
    text = site.text(page.request).encode()
    missing = page.kb * 1000 - len(text)
    if missing > 0:
        drawings = sorted((ROOT / "static" / "img").glob("body-map-*.svg"))
        drawing = b"".join(each.read_bytes() for each in drawings)
        text += (drawing + text * 9)[:missing]
    template = f"{{% verbatim bare %}}{text.decode(errors='ignore')}{{% endverbatim bare %}}"
    (folder / f"bare-{page.slug}.html").write_text(template, encoding="utf-8")


def measured(site: Site, pages: list[Page], rounds: int) -> dict[Page, Times]:
    taken: dict[Page, list[Times]] = {page: [] for page in pages}
    for after in ("edit", "log"):  # apart, since an edit makes all pages new
        some = [page for page in pages if page.after == after]
        for page in some * (WARM_UP + rounds):
            taken[page].append(one_by_one(site, page))
    return {page: medians(all_times[WARM_UP:]) for page, all_times in taken.items()}


def one_by_one(site: Site, page: Page) -> Times:
    """After a write the page, its twin, and the page again; what they saved is deleted."""
    change(site, page.after)
    drawn = site.drawing_milliseconds(page.request) if page.after == "edit" else None
    first, bare = site.milliseconds(page.request), site.milliseconds(page.twin)
    kept = site.milliseconds(page.request) if page.kept else None
    forget_saved()
    return Times(first, bare, kept, drawn)


def medians(times: list[Times]) -> Times:
    return Times(*(_median(values) for values in zip(*map(astuple, times), strict=True)))


def _median(values: Iterable[float | None]) -> Any:
    """``None`` of what there is none of."""
    there = [value for value in values if value is not None]
    return median(there) if there else None


def change(site: Site, after: str) -> None:
    """What makes the next view a first one; and have a workout ready for the bare view to write."""
    from exercises.models import Exercise
    from workouts.models import Workout

    workout = Workout.objects.with_entries().get(pk=WORKOUT)
    if after == "log":
        again = partial(log_form, "save", WORKOUT, revision=workout.revision)
        site.ask(mine(f"/workouts/{WORKOUT}/edit/", form=again))
    else:
        Exercise.objects.filter(slug="wrist-curl").update(review_notes=str(uuid.uuid4()))
    prepare_bare_save(workout)


def forget_saved() -> None:
    from workouts.models import Workout

    of_today = Workout.objects.filter(athlete__user__username=ATHLETE, day__gte=TODAY)
    of_today.exclude(pk=WORKOUT).delete()


def at_start(page: Page, folder: Path) -> Times:
    """The first view of the page in a new process, after bare ones."""
    command = [sys.executable, "-m", "benchmarks.pages", "--start", page.name, str(folder)]
    runs = (
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for _ in range(STARTS)
    )
    return medians([Times(**json.loads(run)) for run in runs])


def start(name: str, folder: Path) -> None:
    """In a process of its own: print what the page and its twin took."""
    set_up(folder)
    site = Site()
    [page] = [page for page in all_pages() if page.name == name]
    bare = median(site.milliseconds(page.twin) for _ in range(BARE_BEFORE))
    drawn = site.drawing_milliseconds(page.request)
    print(json.dumps({"drawn": drawn, "first": site.milliseconds(page.request), "bare": bare}))


def table(times: dict[Page, Times]) -> str:
    """Milliseconds and ratios, each beside its goal."""
    names = ("bare ms", "drawn ms", "first ms", "ratio", "goal", "kept", "goal")
    heads = (f"{head:>9}" for head in names)
    lines = [f"{'page':<24}{''.join(heads)}"]
    for page, each in times.items():
        drawn = "" if each.drawn is None else f"{each.drawn:.2f}"
        columns = f"{each.bare:>9.2f}{drawn:>9}{each.first:>9.2f}"
        columns += f"{each.first / each.bare:>9.1f}{page.first:>9}"
        if each.kept is not None:
            columns += f"{each.kept / each.bare:>9.1f}{page.kept:>9}"
        lines.append(f"{page.name:<24}{columns:<63}{'  beyond' if beyond(page, each) else ''}")
    return "\n".join(lines)


def beyond(page: Page, times: Times) -> bool:
    """Whether the page takes more of its twin's time than it may."""
    is_slow_kept = times.kept is not None and times.kept > (page.kept or 0) * times.bare
    return times.first > page.first * times.bare or is_slow_kept


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure pages against bare Django views.")
    parser.add_argument("--others", type=int, default=OTHERS, help="athletes with 1,000 sets each")
    parser.add_argument("--partitions", type=int, default=0, help="of tables, on PostgreSQL")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="pages whose names have this word")
    parser.add_argument("--start", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.start:
        start(asked.start[0], Path(asked.start[1]))
    else:
        sys.exit(
            main(
                others=asked.others,
                partitions=asked.partitions,
                rounds=asked.rounds,
                only=asked.only,
            )
        )
