"""A note that came in a file stays byte for byte what it was."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import UserFactory
from tests.workouts.data.test_exporting import FORMS, bring_in
from tests.workouts.data.test_importing import STRONG
from tests.workouts.views.log_form import page
from tests.workouts.views.test_grid import fields
from workouts.models import Entry, Workout

pytestmark = pytest.mark.usefixtures("catalogue")

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
NOTES = {
    "line ends of Windows": "belt\r\nstraps\r\n\r\nlast",
    "line ends of old Macs": "belt\rstraps",
    "tabs": "grip:\twide\n\trest:\t90 s",
    "blanks around": "  \n heavy  \nslow \t\n\n ",
    "emoji": "💪🏽 👩‍👩‍👧 e\u0301 \ufe0f\u200d",
    "from right to left": "\u202bכבד מאוד\u202c, خفيف\u200f 8x60",
    "control characters": "a\x07b\x1b[31mc\x85d\u2028e\xa0",
    "what looks like more sets": "Pull-up: 8, 8\n> 60 kg x 8\n2024-03-01 18:05 Day\n65 min",
    "what a spreadsheet would reckon": "=SUM(A1)",
}


def strong(note: str) -> str:
    rows = io.StringIO()
    for name, weight in (("Bent Over Row (Barbell)", 60), ("Pull Up", 0)):
        start = ["2024-03-01 18:05:00", "Pull", "1h", name, 1, weight, 8, 0, 0]
        csv.writer(rows, lineterminator="\r\n").writerow([*start, note, note, ""])
    return STRONG + rows.getvalue()


def notes_of(user: User) -> list[str]:
    """Those of the workout and of its entries."""
    workout = user.athlete.workouts.get()
    return [workout.notes, *workout.entries.order_by("position").values_list("notes", flat=True)]


@pytest.fixture(params=sorted(NOTES))
def note(request: pytest.FixtureRequest) -> str:
    return NOTES[request.param]


@pytest.fixture
def workout(alice: User, note: str) -> Workout:
    bring_in(alice, strong(note), unit="kg")
    return alice.athlete.workouts.get()


def edit(client: Client, workout: Workout, view: str, **changed: str) -> None:
    """Save what stands in the form, but for what is ``changed``. The text has the time too."""
    address = f"{workout.get_absolute_url()}edit/"
    form = fields(client.get(f"{address}?view={view}"))
    if "text" in form and "time" in changed:
        form["text"] = form["text"].replace("18:05", changed["time"], 1)
    answer = client.post(address, {**form, **changed, "save": "1"})
    assert answer.status_code == 302, page(answer)


class TestImportedNote:
    def test_is_kept(self, alice: User, workout: Workout, note: str) -> None:
        assert notes_of(alice) == [note] * 3

    @pytest.mark.parametrize("form", ["json", "csv"])
    def test_is_in_the_export_and_comes_back(
        self, alice: User, workout: Workout, note: str, form: str
    ) -> None:
        again = UserFactory.create()

        bring_in(again, FORMS[form](alice))

        assert notes_of(again) == [note] * 3

    def test_stands_on_the_page(self, alices_client: Client, workout: Workout, note: str) -> None:
        shown = page(alices_client.get(workout.get_absolute_url()))

        assert note.split()[0].replace(">", "&gt;") in shown

    @pytest.mark.parametrize("view", ["text", "grid"])
    def test_outlives_an_edit_that_leaves_it_alone(
        self, alice: User, alices_client: Client, workout: Workout, note: str, view: str
    ) -> None:
        edit(alices_client, workout, view, time="19:00")

        workout.refresh_from_db()
        assert (workout.revision, workout.local_start.hour) == (2, 19)
        assert notes_of(alice) == [note] * 3

    def test_is_in_the_text_as_text_has_it(self, workout: Workout) -> None:
        stored = Workout.objects.with_entries().get()

        assert stored.as_text().notes == "\n".join(
            line.rstrip() for line in stored.as_text().notes.split("\n")
        )
        assert stored.text.startswith("2024-03-01 18:05 Pull\n>")


class TestEditedEntries:
    def test_keep_the_name_of_their_app_wherever_they_go(
        self, alice: User, alices_client: Client
    ) -> None:
        bring_in(alice, strong("a\tb"), unit="kg")
        workout = alice.athlete.workouts.get()
        text = "Plank: 60 s\nPull-up: 9\n> a b\nBent-over barbell row: 62.5 kg x 8\n> changed"

        edit(alices_client, workout, "text", text=text)

        assert list(Entry.objects.order_by("position").values_list("imported_name", "notes")) == [
            ("", ""),
            ("Pull Up", "a\tb"),
            ("Bent Over Row (Barbell)", "changed"),
        ]

    def test_have_the_note_of_the_one_that_says_it(
        self, alice: User, alices_client: Client
    ) -> None:
        """Of two entries of one exercise, the first of which is taken out."""
        data = (
            "date,exercise,entry,reps,exercise notes\n2024-03-01,Pull-up,1,8,a\tb\n"
            "2024-03-01,Plank,2,,\n2024-03-01,Pull-up,3,7,c\td\n"
        )
        bring_in(alice, data)

        edit(alices_client, alice.athlete.workouts.get(), "text", text="Pull-up: 7\n> c d")

        assert list(Entry.objects.values_list("notes", flat=True)) == ["c\td"]


def test_what_no_database_keeps_is_a_sign_in_its_place(alice: User) -> None:
    document = json.loads(FORMS["json"](alice))
    entry = {"exercise": "Pull-up", "notes": "a\x00\ud800b\t", "sets": [{"reps": 8}]}
    start = {"day": "2024-03-01", "started_at": "2024-03-01T18:05:00Z", "notes": "\x00"}
    document["workouts"] = [{**start, "entries": [entry]}]

    bring_in(alice, json.dumps(document))

    assert notes_of(alice) == ["\ufffd", "a\ufffd\ufffdb\t"]


def test_a_note_that_is_too_long_is_cut_and_said_so(alice: User) -> None:
    one = bring_in(alice, strong("é" * 4_999 + "\t\r\n" + "ab"), unit="kg")

    assert notes_of(alice) == ["é" * 4_999] * 3
    cut = [line for line, reason, *_ in one.skipped if reason.startswith("A note has at")]
    assert cut == [2, 2, 5]
