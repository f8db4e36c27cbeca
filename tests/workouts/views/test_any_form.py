"""Whatever a log form says: no error of the server, and nothing that was typed is silently lost.

Each form is of a kind that people or scripts send, with something wrong in it half of the time,
made from a number of its own, which a failure names: `FORM=17` makes just that one. How many are
made is `FORMS` (20,000 in `make fuzz`), so many a test that no transaction gets slow of its rows.
"""

import os
import random
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse, QueryDict
from django.test import Client

from tests.factories import log
from tests.workouts.views.log_form import box, page
from tests.workouts.views.test_grid import fields
from workouts.grid.fields import posted_grid
from workouts.models import LoggedSet, Workout, WorkoutDraft

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.ignore_template_errors]

FORMS = int(os.environ.get("FORMS", "150"))
ONE = os.environ.get("FORM")
IN_ONE_TEST = 500
SESSION = ("started", "ticks", "ended")
NEW, DRAFT = "/workouts/new/", "/workouts/draft/"
NAMES = ("Pull-up", "pullups", "Bent-over barbell row", "bb row", "Plank", "Dumbbell row", "plak")
LINES = (
    "Pull-up: 8, 8, 6",
    "pullups 3x8",
    "Bent-over barbell row: 60 kg x 8, 70 kg x 7 @9",
    "Assisted pull-up -20kg 3x8",
    "Plank: 1:30, 60 s",
    "Dumbbell row: 10 kg x 8 L, 10 kg x 7 R",
    "A1 Pull-up: 8",
    "row",
    "8, 8",
    "",
)
CELLS = {
    "weight": ("60", "62,5", "+10", "-20", "60 kg", "0", "x", "9" * 10, "1e5", "٣", " ", "."),
    "reps": ("8", "12", "0", "-1", "8,5", "eight", "9" * 10, "8/8", "²"),
    "time": ("1:30", "90", "0", "1:75", "x", "9" * 12),
    "distance": ("40", "0.5", "x", "-3", "9" * 10),
    "rpe": ("8", "7,5", "11", "x", "@9"),
    "kind": ("working", "warm-up", "drop", "failure", "", "x"),
    "side": ("both", "left", "right", "x"),
    "unit": ("kg", "lb", "", "x"),
    "last": ("60 kg x 8", "8", "1:30", "x", "-20 kg x 8", ""),
    "done": ("1", "on"),
    "ticked": ("1", ""),
    "removed": ("1",),
}
VERBS = ("add-exercise", "up", "down", "remove", "add-set", "tick-all", "warm-up", "copy-down")
VERBS += ("remove-set", "step", "call", "restore", "x")
TYPED = ("weight", "reps", "time", "distance", "rpe")
SAID = ("started", "ticks", "ended", "minutes", "time", "day", "routine", "plan", "undone", "draft")
ODD = ("", "x", "\x00", "9" * 30, "2026-13-40", "9999-12-31", "-1", "\u202e", "😀", "a" * 300)
TOKEN = re.compile(r"zq\d+")
WITHOUT_LOSS = {200, 302, 409, 422}


class Maker(random.Random):
    """Makes the fields of one form. Its words are numbered, so that each can be looked for."""

    words = 0

    def word(self) -> str:
        self.words += 1
        return f"zq{self.words}"

    def id(self) -> str:
        return str(UUID(int=self.getrandbits(128), version=4))

    def is_so(self, share: float) -> bool:
        return self.random() < share

    def stored(self) -> str:
        """A workout that can be saved, to be edited."""
        return "\n".join(self.sample(LINES[:6], self.randint(1, 4)))

    def edit(self, workout: Workout, owner: int) -> dict[str, str]:
        """What an edit of a workout sends, now and then of another revision than the stored one."""
        made = {n: v for n, v in self.form(owner).items() if n not in SESSION}
        revision = self.choice(["2", "0", "x", ""]) if self.is_so(0.1) else "1"
        return made | {"id": str(workout.pk), "revision": revision}

    def form(self, owner: int) -> dict[str, str]:
        is_grid = self.is_so(0.6)
        head = {"id": self.id(), "owner": str(owner), "day": "2026-11-22", "time": "18:30"}
        made = head | {"time_zone": "UTC", "view": "grid" if is_grid else "text"}
        made["notes"] = self.word() if self.is_so(0.2) else ""
        made |= self.grid() if is_grid else {"text": self.text()}
        if self.is_so(0.3):
            made |= {"started": "2026-11-22T18:30:00+00:00", "ticks": "1-1=1795372200", "ended": ""}
        if self.is_so(0.15):
            made[self.choice(SAID)] = self.choice(ODD)
        return made

    def text(self) -> str:
        lines = [self.line() for _ in range(self.randint(0, 8))]
        if self.is_so(0.2):
            lines.insert(0, f"2026-11-{self.randint(1, 30)} 18:30 {self.word()}")
        return "\n".join(lines)

    def line(self) -> str:
        if self.is_so(0.15):
            return f"> {self.word()}"
        if self.is_so(0.1):
            return f"{self.word()} press: 8"
        line = self.choice(LINES)
        if line and self.is_so(0.15):
            at = self.randrange(len(line))
            line = (
                line[:at]
                + self.choice(["", ",", "x", "@", ":", "\x00", "²", "\t"])
                + line[at + 1 :]
            )
        return line

    def grid(self) -> dict[str, str]:
        made = {"title": self.word() if self.is_so(0.2) else "", "minutes": self.choice(["", "65"])}
        for block in range(1, self.randint(1, 4)):
            if self.is_so(0.05):
                made[f"line-{block}"] = self.line()
                continue
            name = self.word() if self.is_so(0.1) else self.choice(NAMES)
            made[f"exercise-{block}"] = "" if self.is_so(0.05) else name
            made[f"superset-{block}"] = self.choice(["", "", "A", "ZZ"])
            made[f"notes-{block}"] = self.word() if self.is_so(0.1) else ""
            for row in range(1, self.randint(1, 5)):
                made |= self.row(f"set-{block}-{row}")
        return made

    def row(self, name: str) -> dict[str, str]:
        usual = self.is_so(0.5)
        shares = {"weight": 0.5, "reps": 0.7, "kind": 0.2, "side": 0.2, "unit": 0.5, "last": 0.4}
        shares |= {"done": 0.6, "ticked": 0.3, "time": 0.1, "distance": 0.05, "rpe": 0.2}
        made = {}
        for part, of in CELLS.items():
            if self.is_so(shares.get(part, 0.02)):
                made[f"{name}-{part}"] = of[0] if usual else self.choice(of)
        return made

    def button(self, form: Mapping[str, str]) -> dict[str, str]:
        other = "text" if form["view"] == "grid" else "grid"
        numbers = f"{self.randint(0, 4)} {self.randint(0, 4)}"
        do = {
            "step": f"step {numbers} {self.choice(TYPED)} {self.choice(['2.5', '-1', 'x'])}",
            "call": f"call {self.randint(0, 4)} {self.choice(NAMES)}",
        }
        verb = self.choice(VERBS)
        return self.choice(
            [
                {"save": "1"},
                {"save": "1"},
                {"preview": "1"},
                {"view": other},
                {"keep": "1"},
                {"start": "1"},
                {"mine": self.choice(["1", "2", "x"])},
                {"add": self.choice(NAMES)},
                {"replace": self.choice(["1:pull-up", "x", ":"])},
                {"answer": self.choice(["1:0:0", "x", "1"])},
                {"do": do.get(verb, f"{verb} {numbers}")},
                {"do": do.get(verb, f"{verb} {numbers}")},
            ]
        )


def sent_as(form: Mapping[str, str], button: Mapping[str, str]) -> dict[str, Any]:
    """A form with its button; where that has a field's name it comes after it."""
    return {**form, **{n: [form[n], v] if n in form else v for n, v in button.items()}}


def words_in(form: Iterable[str]) -> set[str]:
    return {word for value in form for word in TOKEN.findall(value)}


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


class Look:
    """What became of a form that was sent."""

    def __init__(
        self,
        client: Client,
        form: Mapping[str, str],
        button: Mapping[str, str],
        workout: Workout | None = None,
    ) -> None:
        self.form, self.button, self.workout = form, button, workout
        address = f"/workouts/{workout.pk}/edit/" if workout else NEW
        self.response = client.post(address, sent_as(form, button))
        self.said = " ".join(str(each) for each in get_messages(self.response.wsgi_request))

    def losses(self) -> list[str]:
        if self.response.status_code not in WITHOUT_LOSS:
            return [f"status {self.response.status_code}"]
        if self.response.status_code == 302 and "keep" not in self.button:
            return self.after_saving()
        if self.response.status_code == 302:
            return self.of_draft(WorkoutDraft.objects.open().get(workout=self.workout).posted)
        return self.on_the_page(self.response)

    def after_saving(self) -> list[str]:
        """All words stand in what was saved, or are named; of a grid each set that is logged."""
        saved = "\n".join(one.text for one in Workout.objects.with_entries())
        lost = [w for w in sorted(words_in(self.form.values())) if w not in saved + self.said]
        if self.form["view"] == "grid":
            blocks = posted_grid(self.form.items()).blocks
            rows = [row for block in blocks if not block.is_removed for row in block.rows]
            logged = sum(row.is_logged for row in rows)
            lines = any(block.lines for block in blocks)
            if not lines and logged != LoggedSet.objects.count():
                lost.append(f"{logged} sets, {LoggedSet.objects.count()} saved")
            if any(row.is_undone for row in rows) and "Left out" not in self.said:
                lost.append("sets that are not ticked, not said")
        return lost

    def of_draft(self, posted: QueryDict) -> list[str]:
        kept = {name: plain(value) for name, value in posted.items()}
        return [n for n, v in self.form.items() if n != "draft" and kept.get(n) != plain(v)]

    def replaced(self) -> set[str]:
        """The name in whose place another one is asked for."""
        verb, _, rest = self.button.get("do", "").partition(" ")
        block = rest.partition(" ")[0]
        return words_in([self.form.get(f"exercise-{block}", "")]) if verb == "call" else set()

    def on_the_page(self, response: HttpResponse) -> list[str]:
        html = unescape(page(response))
        words = words_in(self.form.values()) - self.replaced()
        lost = [word for word in sorted(words) if word not in html]
        is_same_view = "view" not in self.button
        if self.form["view"] == "text" and not self.button.keys() & {"add", "replace", "answer"}:
            if is_same_view and plain(box(response)) != plain(self.form["text"]):
                lost.append("text")
        elif self.form["view"] == "grid" and is_same_view and 'name="view" value="grid"' in html:
            shown = fields(response)
            before, after = typed_in(self.form), typed_in(shown)
            if self.button.keys() & {"add", "replace", "answer"}:  # which may number them anew
                as_lines = ",".join(v for n, v in shown.items() if n.startswith("line-"))
                count = len(rows_of(after)) + len(as_lines.split(",")) * bool(as_lines)
                lost += ["rows"] if count < len(rows_of(before)) else []
            else:
                lost += sorted(before - {name for name, value in shown.items() if value.strip()})
        return lost


def typed_in(form: Mapping[str, str]) -> set[str]:
    """The cells of a grid in which something is typed; of what was removed none."""
    typed = {name for name, value in form.items() if plain(value) and name.startswith("set-")}
    cells = {name for name in typed if name.rpartition("-")[2] in TYPED}
    return {name for name in cells if f"{name.rpartition('-')[0]}-removed" not in form}


def rows_of(cells: Iterable[str]) -> set[str]:
    return {name.rpartition("-")[0] for name in cells}


def numbers() -> list[range]:
    if ONE:
        return [range(int(ONE), int(ONE) + 1)]
    return [range(n, min(n + IN_ONE_TEST, FORMS)) for n in range(0, FORMS, IN_ONE_TEST)]


each_number = pytest.mark.parametrize(
    "numbers", numbers(), ids=lambda some: f"{some.start}-{some.stop - 1}"
)


@pytest.mark.whole
@each_number
def test_nothing_is_lost_and_nothing_breaks(alice, alices_client, numbers):
    alices_client.raise_request_exception = False
    found = []
    for number in numbers:
        Workout.objects.all().delete()
        WorkoutDraft.objects.all().delete()
        maker = Maker(number)
        form = maker.form(alice.pk)
        look = Look(alices_client, form, maker.button(form))
        if lost := look.losses():
            found.append((number, look.button, lost))

    assert found == [], "\n".join(map(str, found[:30]))


@pytest.mark.whole
@each_number
def test_nothing_is_lost_when_what_is_saved_is_edited(alice, alices_client, numbers):
    alices_client.raise_request_exception = False
    found = []
    for number in numbers:
        Workout.objects.all().delete()
        maker = Maker(number)
        workout = log(alice, maker.stored())
        form = maker.edit(workout, alice.pk)
        look = Look(alices_client, form, maker.button(form), workout)
        if lost := look.losses():
            found.append((number, look.button, lost))

    assert found == [], "\n".join(map(str, found[:30]))


@pytest.mark.whole
@each_number
def test_a_draft_is_the_form_as_it_was_sent(alice, alices_client, numbers):
    alices_client.raise_request_exception = False
    found = []
    for number in numbers:
        WorkoutDraft.objects.all().delete()
        form = Maker(number).form(alice.pk)
        answer = alices_client.post(DRAFT, form)
        answers = [answer.status_code]
        if answer.status_code == 200:
            answers.append(alices_client.post(f"{DRAFT}discard/", form).status_code)
            answers.append(alices_client.post(f"{DRAFT}restore/").status_code)
            answers.append(alices_client.get(NEW).status_code)
            kept = {n: plain(v) for n, v in WorkoutDraft.objects.open().get().posted.items()}
            lost = [n for n, v in form.items() if n != "draft" and kept.get(n) != plain(v)]
            answers += lost
        if answers not in ([200, 302, 302, 200], [404], [409]):
            found.append((number, answers))

    assert found == [], "\n".join(map(str, found[:30]))
