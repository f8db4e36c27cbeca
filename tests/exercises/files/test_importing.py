"""Importing makes drafts for review, nothing twice, and never touches what is there."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.files.documents import BadFile, read_folder
from exercises.files.dumping import stored_documents
from exercises.files.free_exercise_db import read_records
from exercises.files.importing import BadAnswer, Import, Provenance, import_drafts
from exercises.files.sync import sync
from exercises.models import Exercise, Revision, SyncedDocument
from exercises.search.lookup import NameIndex
from tests.exercises.files.test_documents import FOLDER
from tests.exercises.files.test_sync import FILES
from tests.factories import AliasFactory, EquipmentFactory, ExerciseFactory, MuscleFactory

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parent / "data" / "others.json"
OURS = Provenance(source="others", licence="CC0-1.0", author="Them")
MUSCLES = (
    "front-deltoid triceps-brachii upper-trapezius rectus-abdominis erector-spinae latissimus-dorsi"
)


@pytest.fixture
def anatomy(db: None) -> None:
    for slug in MUSCLES.split():
        MuscleFactory.create(slug=slug)
    EquipmentFactory.create(slug="dumbbell")


def imported(*rows: Any, provenance: Provenance = OURS, **options: Any) -> list[Import]:
    records = read_records(json.dumps(rows).encode())
    return import_drafts(records, provenance=provenance, **options)


@pytest.mark.usefixtures("anatomy")
class TestDrafts:
    def test_hold_what_the_record_says(self):
        answers = {("muscle", "shoulders"): ("front-deltoid",)}  # the name does not say which
        import_drafts(read_records(SAMPLE.read_bytes()), provenance=OURS, answers=answers)

        press = Exercise.objects.get(slug="seated-odd-press")
        assert (press.status, press.owner) == ("draft", None)
        assert (press.force, press.level, press.mechanic) == ("push", "advanced", "compound")
        assert press.load_type == "per_hand"
        assert [thing.slug for thing in press.equipment.all()] == ["dumbbell"]
        assert [step.text for step in press.steps.all()] == [
            "Sit tall with a weight at each shoulder.",
            "Press both overhead.",
        ]
        assert [(target.muscle.slug, target.role) for target in press.targets.all()] == [
            ("front-deltoid", "primary"),
            ("triceps-brachii", "secondary"),
            ("upper-trapezius", "secondary"),
        ]
        assert "Seated_Odd_Press/0.jpg" in press.review_notes
        assert Revision.objects.of("exercise", press.pk).get().reason == "Import"

    def test_say_whose_they_are_the_record_before_the_file(self):
        import_drafts(read_records(SAMPLE.read_bytes()), provenance=OURS)

        press = Exercise.objects.get(slug="seated-odd-press")
        hold = Exercise.objects.get(slug="ball-twist-hold")
        assert (press.licence, press.author) == ("CC0-1.0", "Them")
        assert (hold.licence, hold.author) == ("CC-BY-SA-4.0", "Nadia")
        assert press.origin == "others: Seated_Odd_Press"

    def test_are_seen_by_nobody_but_editors(self, client, alices_client, alice):
        imported({"name": "Odd press"})

        assert client.get("/exercises/odd-press/").status_code == 404
        assert alices_client.get("/exercises/odd-press/").status_code == 404
        assert "Odd press" not in client.get("/exercises/?q=odd").content.decode()
        assert NameIndex.for_user(alice).find("Odd press") is None
        assert not Exercise.objects.visible_to(AnonymousUser()).exists()

    def test_wait_in_the_admin(self, eddies_client):
        imported({"name": "Odd press", "level": "hard"})
        ExerciseFactory.create(name="Looked at", status="draft")
        draft = Exercise.objects.get(name="Odd press")

        page = eddies_client.get("/admin/exercises/exercise/?review=waiting").content.decode()
        form = eddies_client.get(f"/admin/exercises/exercise/{draft.pk}/change/").content.decode()

        assert "Odd press" in page
        assert "Looked at" not in page
        assert "Left out: level “hard”." in form

    def test_credit_the_author_once_published(self, client):
        imported({"name": "Odd press"})
        Exercise.objects.update(status="published")

        assert "Text by Them, CC0-1.0." in client.get("/exercises/odd-press/").content.decode()

    def test_name_the_muscles_and_things_that_are_gone_here(self):
        imported({"name": "Odd curl", "equipment": "barbell", "primaryMuscles": ["biceps"]})

        draft = Exercise.objects.get()
        assert not draft.targets.exists()
        assert "the catalogue here has no biceps-brachii." in draft.review_notes
        assert "the catalogue here has no barbell." in draft.review_notes

    @pytest.mark.parametrize(
        ("name", "slug"), [("Own", "own-2"), ("Odd lift", "odd-lift-2"), ("Жим лёжа", "exercise")]
    )
    def test_have_free_slugs(self, name, slug):
        ExerciseFactory.create(slug="odd-lift", name="Another")

        imported({"name": name})

        assert Exercise.objects.exclude(name="Another").get().slug == slug


class TestAgain:
    def test_nothing_twice(self):
        first = import_drafts(read_records(SAMPLE.read_bytes()), provenance=OURS)
        Exercise.objects.filter(slug="pullups").update(name="Renamed", name_key="renamed")

        second = import_drafts(read_records(SAMPLE.read_bytes()), provenance=OURS)

        assert [each.outcome for each in first] == ["imported"] * 3 + ["skipped"] * 2
        assert [each.outcome for each in second] == ["here already"] * 3 + ["skipped"] * 2
        assert second[2].reason == "imported before, as pullups"
        assert Exercise.objects.count() == 3

    def test_nothing_that_goes_by_the_name_already(self, pull_up, row):
        AliasFactory.create(exercise=row, name="Yates row")

        results = imported({"name": "Pull Ups"}, {"name": "Yates Rows"})

        assert [each.reason for each in results] == [
            "the name of pull-up",
            "the name of bent-over-barbell-row",
        ]
        assert Exercise.objects.count() == 2

    @pytest.mark.parametrize(
        ("there", "alias", "name"),
        [
            ("Front squat", "Barbell front squat", "Front Barbell Squat"),
            ("Chest-supported row", "Incline dumbbell row", "Dumbbell Incline Row"),
            ("Single-arm dumbbell row", "DB row", "Dumbbell Row, One-Arm"),
            ("Curl", "Barbell curl", "Curls with the Barbell"),
        ],
    )
    def test_nothing_that_has_its_words_in_another_order(self, there, alias, name):
        AliasFactory.create(exercise=ExerciseFactory.create(name=there, slug="here"), name=alias)

        (result,) = imported({"name": name})

        assert (result.outcome, result.reason) == (
            "here already",
            "the words of here, in another order",
        )

    def test_nothing_twice_within_a_file_in_another_order(self):
        results = imported({"name": "Odd press", "id": "1"}, {"name": "Press, odd", "id": "2"})

        assert [each.outcome for each in results] == ["imported", "here already"]

    def test_nothing_twice_within_a_file(self):
        results = imported({"name": "Odd press", "id": "1"}, {"name": "odd-presses", "id": "2"})

        assert [each.outcome for each in results] == ["imported", "here already"]

    def test_own_exercises_are_no_hindrance(self, alice):
        ExerciseFactory.create(name="Odd press", slug="odd-press", owner=alice)

        imported({"name": "Odd press"})

        assert Exercise.objects.filter(owner=None, slug="odd-press").exists()


class TestAlike:
    """Near names are drafts all the same, and say what they may be."""

    @pytest.fixture(autouse=True)
    def catalogue(self, db):
        for slug, name, alias in (
            ("muscle-up", "Muscle-up", "Strict muscle-up"),
            ("back-squat", "Back squat", "Barbell squat"),
            ("dip", "Dip", "Parallel bar dip"),
            ("bench-press", "Bench press", "Barbell bench press"),
        ):
            exercise = ExerciseFactory.create(slug=slug, name=name)
            AliasFactory.create(exercise=exercise, name=alias)

    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Barbell Full Squat", "back-squat"),
            ("Barbell Bench Press - Medium Grip", "bench-press"),
            ("Dips - Chest Version", "dip"),
            ("Barbel Bench Pres", "bench-press"),
        ],
    )
    def test_are_named_in_report_and_notes(self, name, slug):
        (result,) = imported({"name": name})

        assert (result.outcome, result.alike) == ("imported", [slug])
        note = f"Possibly the same as {slug}. If it is, delete this draft."
        assert note in Exercise.objects.get(name=name).review_notes.splitlines()

    @pytest.mark.parametrize(
        "name",
        [
            "Kipping Muscle Up",
            "Reverse Barbell Squat",
            "One-Leg Barbell Squat",
            "Incline Bench Press",
            "Weighted Dip",
        ],
    )
    def test_are_not_what_a_word_tells_apart(self, name):
        (result,) = imported({"name": name})

        assert (result.outcome, result.alike) == ("imported", [])

    def test_strict_is_what_we_mean(self):
        (result,) = imported({"name": "Muscle Up, Strict"})

        assert result.outcome == "here already"


def test_kipping_is_no_name_of_a_strict_exercise():
    exercises = [each for each in read_folder(FOLDER) if each.kind == "exercise"]
    names = {each.fields["name"] for each in exercises}
    names.update(*(each.fields["aliases"] for each in exercises))

    assert len(names) > 500
    assert [name for name in names if re.search(r"\bkipping", name.lower())] == []


class TestSides:
    def test_and_weights_are_those_of_the_name(self):
        imported(
            {"name": "One-Arm Odd Row", "equipment": "dumbbell"},
            {"name": "Single-Leg Odd Squat", "equipment": "dumbbell"},
            {"name": "Alternate Odd Curl", "equipment": "dumbbell"},
            {"name": "Odd Curl", "equipment": "dumbbell"},
        )

        rows = Exercise.objects.order_by("pk").values_list(
            "laterality", "implements", "implements_one_side"
        )
        assert list(rows) == [
            ("unilateral", 1, 1),
            ("unilateral", 2, 2),
            ("alternating", 1, 1),
            ("bilateral", 2, 1),
        ]


class TestAnswers:
    @pytest.mark.usefixtures("anatomy")
    def test_of_what_is_not_here_are_refused(self):
        for pair in (("muscle", "shoulders"), ("equipment", "machine")):
            with pytest.raises(BadAnswer, match=f"the catalogue has no {pair[0]} “delts”"):
                imported({"name": "Odd press"}, answers={pair: ("delts",)})

        assert not Exercise.objects.exists()


class TestLicence:
    def test_is_needed_for_every_record(self):
        with pytest.raises(BadFile, match=r"Record 2 \(B\) has no license"):
            imported({"name": "A", "license": "CC0"}, {"name": "B"}, provenance=Provenance("x"))

        assert not Exercise.objects.exists()

    @pytest.mark.parametrize(
        ("row", "name"),
        [
            ({"license": "x" * 61}, "licence"),
            ({"license_author": "x" * 121}, "author"),
            ({"id": "x" * 200}, "origin"),
        ],
    )
    def test_and_the_rest_fit_their_columns(self, row, name):
        with pytest.raises(BadFile, match=f"its {name} has more than"):
            imported({"name": "A", **row})


class TestTransaction:
    def test_dry_run_changes_nothing(self):
        results = imported({"name": "Odd press"}, dry_run=True)

        assert results[0].outcome == "imported"
        assert not Exercise.objects.exists()
        assert not Revision.objects.exists()

    def test_stopped_half_way_has_changed_nothing(self):
        def stop(records: Any) -> Any:
            yield records[0]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            imported({"name": "A"}, {"name": "B"}, progress=stop)

        assert not Exercise.objects.exists()

    @pytest.mark.parametrize("known", [2, 50])
    def test_what_is_there_already_costs_five_queries(self, known):
        rows = [{"name": f"Odd press {letter * 2}"} for letter in "abcdefghij"]
        imported(*rows)
        ExerciseFactory.create_batch(known)

        with CaptureQueriesContext(connection) as queries:
            imported(*rows)

        assert len([one for one in queries if one["sql"].startswith("SELECT")]) == 5


class TestSync:
    def test_leaves_imported_drafts_alone(self):
        imported({"name": "Odd press"})

        sync(FILES)
        changes = sync([each for each in FILES if each.slug != "muscle-up"])

        assert Exercise.objects.get(slug="odd-press").status == "draft"
        assert "odd-press" not in {change.slug for change in changes}
        assert not SyncedDocument.objects.filter(slug="odd-press").exists()

    def test_with_a_namesake_keeps_the_draft_and_says_so(self):
        imported({"name": "Pull Up", "id": "1"})

        changes = sync(FILES)

        assert Exercise.objects.get(slug="pull-up").status == "draft"
        assert "status" in next(each for each in changes if each.slug == "pull-up").conflicts


class TestDump:
    def test_leaves_drafts_out_until_they_are_reviewed(self):
        sync(FILES)
        imported({"name": "Odd press"})
        draft = Exercise.objects.get(slug="odd-press")
        Exercise.objects.get(slug="pull-up").harder.add(draft)

        before = {each.slug: each for each in stored_documents()}
        Exercise.objects.filter(pk=draft.pk).update(review_notes="")
        after = {each.slug: each for each in stored_documents()}

        assert "odd-press" not in before
        assert before["pull-up"].fields["harder"] == ["muscle-up"]
        assert after["odd-press"].fields["licence"] == "CC0-1.0"
        assert after["pull-up"].fields["harder"] == ["muscle-up", "odd-press"]

    def test_keeps_the_drafts_that_editors_began(self):
        ExerciseFactory.create(slug="begun", status="draft", review_notes="Look again.")

        assert [each.slug for each in stored_documents()] == ["begun"]


class TestCommand:
    def test_reports_each_record_and_sums_up(self, capsys):
        MuscleFactory.create(slug="front-deltoid")

        call_command("import_exercises", SAMPLE, "--licence", "CC0-1.0", "--dry-run")

        out = capsys.readouterr().out
        assert "imported      Seated Odd Press: could not place muscle “shoulders”\n" in out
        assert "imported      Ball Twist Hold: could not place field “video”" in out
        assert "skipped       Wall Calf Stretch: stretching is not resistance training" in out
        assert "skipped       3/4 Curl: its name does not begin with a letter" in out
        assert out.split("exercises")[1].split()[:3] == ["3", "0", "2"]
        assert "muscle “shoulders”                               2" in out
        assert "Dry run: nothing was changed." in out
        assert not Exercise.objects.exists()

    @pytest.mark.usefixtures("anatomy")
    def test_takes_an_answer_for_all_records(self, capsys):
        call_command(
            *("import_exercises", SAMPLE, "--licence", "CC0-1.0", "--dry-run"),
            *("--muscle", "shoulders=front-deltoid, latissimus-dorsi"),
            *("--equipment", "medicine ball="),
        )

        out = capsys.readouterr().out
        assert "shoulders" not in out
        assert "medicine ball" not in out
        assert "muscle “obliques”" in out
        assert "--muscle or --equipment, or be asked with --ask" in out

    @pytest.mark.usefixtures("anatomy")
    def test_asks_once_for_each_word(self, capsys, monkeypatch):
        asked = []

        def answer(question):
            asked.append(question)
            return "front-deltoid" if "shoulders" in question else ""

        monkeypatch.setattr("builtins.input", answer)
        call_command("import_exercises", SAMPLE, "--licence", "CC0-1.0", "--ask", verbosity=0)

        assert asked == [
            "muscle “shoulders” (2 records). Slugs here, or Enter to leave it: ",
            "equipment “medicine ball” (1 record). Slugs here, or Enter to leave it: ",
            "muscle “obliques” (1 record). Slugs here, or Enter to leave it: ",
        ]
        press = Exercise.objects.get(slug="seated-odd-press")
        assert press.targets.first().muscle.slug == "front-deltoid"

    @pytest.mark.parametrize("answer", ["shoulders", "=front-deltoid", ""])
    def test_refuses_an_answer_that_is_none(self, answer):
        with pytest.raises(CommandError, match="is not WORD=SLUGS"):
            call_command("import_exercises", SAMPLE, "--muscle", answer)

    def test_refuses_an_answer_that_is_not_here(self):
        with pytest.raises(CommandError, match=r"no muscle “delts”.*Nothing was imported"):
            call_command(
                *("import_exercises", SAMPLE, "--licence", "x", "--muscle", "shoulders=delts")
            )

    def test_says_what_may_be_the_same(self, capsys, pull_up):
        AliasFactory.create(exercise=pull_up, name="Twist hold")

        call_command("import_exercises", SAMPLE, "--licence", "CC0-1.0", "--dry-run")

        assert re.search(
            r"Ball Twist Hold: .*; possibly the same as pull-up\n", capsys.readouterr().out
        )

    def test_names_the_source_after_the_file_unless_told(self):
        call_command("import_exercises", SAMPLE, licence="CC0-1.0", verbosity=0)
        Exercise.objects.filter(slug="pullups").delete()
        call_command("import_exercises", SAMPLE, licence="CC0-1.0", source="The DB", verbosity=0)

        assert Exercise.objects.get(slug="seated-odd-press").origin.startswith("others: ")
        assert Exercise.objects.get(slug="pullups").origin == "The DB: Pullups"

    def test_is_silent_when_asked(self, capsys):
        call_command("import_exercises", SAMPLE, "--licence", "CC0-1.0", verbosity=0)

        assert capsys.readouterr().out == ""
        assert Exercise.objects.count() == 3

    def test_refuses_without_a_licence(self):
        with pytest.raises(CommandError, match=r"no license\..* --licence\. Nothing"):
            call_command("import_exercises", SAMPLE)

        assert not Exercise.objects.exists()

    def test_refuses_a_bad_a_missing_and_an_unreadable_file(self, tmp_path):
        bad = tmp_path / "bad.json"
        bad.write_text("[{")

        with pytest.raises(CommandError, match=r"bad\.json: It is not JSON.*Nothing was imported"):
            call_command("import_exercises", bad, "--licence", "x")
        with pytest.raises(CommandError, match="can't be read: No such file"):
            call_command("import_exercises", tmp_path / "none.json")
        with pytest.raises(CommandError, match="can't be read: Is a directory"):
            call_command("import_exercises", tmp_path)


class TestReservedSlugs:
    def test_are_not_in_the_files(self):
        assert "own" not in {document.slug for document in read_folder(FOLDER)}

    def test_are_refused_in_the_admin(self, eddies_client):
        page = eddies_client.post(
            "/admin/exercises/exercise/add/", {"name": "Own", "slug": "own", "status": "draft"}
        )

        assert "/exercises/own/ is a page of its own." in page.content.decode()
