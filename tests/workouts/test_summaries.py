"""What is kept on entries stays right when an exercise changes, whatever way it is changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction

from exercises.files.documents import Document, write_text
from exercises.files.revisions import record_row, restore
from exercises.files.rows import load_stored, write_documents
from exercises.files.sync import sync
from exercises.models import Exercise, Revision
from tests.exercises.test_admin import form_data
from tests.factories import AliasFactory, ExerciseFactory, log
from workouts.models import Entry
from workouts.own_exercises import (
    OwnExerciseFacts,
    create_own_exercise,
    names_of,
    revise_own_exercise,
)
from workouts.summaries import BATCH, batches

pytestmark = pytest.mark.django_db


@pytest.fixture
def push_up():
    return ExerciseFactory.create(
        name="Press-up", slug="press-up", load_type="bodyweight", bodyweight_fraction="0.50"
    )


@pytest.fixture
def body(alice):
    return alice.athlete.body_weights.create(
        weighed_on=date(2020, 1, 1), weight=80, unit="kg", weight_kg=80
    )


def document(exercise, **fields):
    [stored] = load_stored(only={"exercise": [exercise.pk]}).values()
    kept = {name: value for name, value in stored.fields.items() if name != "slug"}
    return Document("exercise", exercise.slug, {**kept, **fields})


def saved(exercise, **fields):
    row = Exercise.objects.get(pk=exercise.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def set_in_the_database(exercise, **fields):
    Exercise.objects.filter(pk=exercise.pk).update(**fields)


def written_at_once(exercise, **fields):
    row = Exercise.objects.get(pk=exercise.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    Exercise.objects.bulk_update([row], list(fields))


def imported_from_a_file(exercise, **fields):
    write_documents([document(exercise, **fields)])


def upgraded(exercise, **fields):
    before = document(exercise)
    sync([before])
    sync([replace(before, fields={**before.fields, **fields})])


def gone_back_to(exercise, **fields):
    record_row(exercise, "Edited")
    old = Revision.objects.get()
    old.fields |= fields
    restore(old, user=None)


def loaded(exercise, tmp_path, **fields):
    file = tmp_path / "changed.yaml"
    rows = yaml.safe_load(write_text([document(exercise, **fields)], heading="Changed"))
    file.write_text(yaml.safe_dump([row for row in rows if row["model"] == "exercises.exercise"]))
    call_command("loaddata", file, verbosity=0)


WAYS = {
    way.__name__: way
    for way in (
        *(saved, set_in_the_database, written_at_once, imported_from_a_file),
        *(upgraded, gone_back_to, loaded),
    )
}


@pytest.fixture(params=WAYS)
def change(request, tmp_path):
    """Changes fields of an exercise in one of the ways in which that can happen."""
    if request.param == "loaded":
        return lambda exercise, **fields: loaded(exercise, tmp_path, **fields)
    return WAYS[request.param]


class TestReckoning:
    def test_follows_the_share_of_body_weight(self, alice, charlie, push_up, body, change):
        charlie.athlete.body_weights.create(
            weighed_on=date(2020, 1, 1), weight=60, unit="kg", weight_kg=60
        )
        hers = log(alice, "Press-up: 10").entries.get()
        his = log(charlie, "Press-up: 10").entries.get()
        assert (hers.volume_kg, his.volume_kg) == (400, 300)

        change(push_up, bodyweight_fraction="0.75")

        hers.refresh_from_db()
        his.refresh_from_db()
        assert (hers.volume_kg, his.volume_kg) == (600, 450)
        assert hers.best_e1rm_kg == Decimal("80.000")

    def test_follows_how_many_weights_move(self, alice, change):
        curl = ExerciseFactory.create(name="Curl", load_type="per_hand", implements=2)
        entry = log(alice, "Curl: 10 kg x 8 each side").entries.get()

        change(curl, implements_one_side=2)

        entry.refresh_from_db()
        assert entry.volume_kg == 320

    def test_follows_the_load_type_where_sets_can_be_read_so(self, alice, change):
        curl = ExerciseFactory.create(name="Curl", load_type="external")
        workout = log(alice, "Curl: 10 kg x 8")

        change(curl, load_type="per_hand", implements=2)

        workout.refresh_from_db()
        assert workout.entries.get().volume_kg == 160
        assert workout.revision > 1

    def test_of_the_text_leaves_workouts_alone(self, alice, push_up, body, change):
        workout = log(alice, "Press-up: 10")
        Entry.objects.update(volume_kg=1)

        change(push_up, summary="Push.")

        workout.refresh_from_db()
        assert workout.entries.get().volume_kg == 1
        assert workout.revision == 1

    def test_goes_through_more_than_a_batch(self, alice, push_up, body, monkeypatch):
        monkeypatch.setattr("workouts.summaries.BATCH", 2)
        for _ in range(5):
            log(alice, "Press-up: 10")

        saved(push_up, bodyweight_fraction="0.75")

        assert set(Entry.objects.values_list("volume_kg", flat=True)) == {600}

    def test_of_a_deleted_workout_is_right_once_it_is_back(self, alice, push_up, body):
        workout = log(alice, "Press-up: 10")
        type(workout).objects.update(deleted_at="2026-11-23T00:00:00Z")

        saved(push_up, bodyweight_fraction="0.75")

        assert workout.entries.get().volume_kg == 600


class TestRefusing:
    def test_a_load_type_that_sets_do_not_fit(self, alice, change):
        row = ExerciseFactory.create(name="Row", slug="row", load_type="external")
        log(alice, "Row: 20 kg x 8, 8")
        if change is upgraded:
            change(row, load_type="bodyweight")
        else:
            refused = pytest.raises(ValidationError, match="2 of 2 sets that were logged of Row")
            with refused, transaction.atomic():
                change(row, load_type="bodyweight", bodyweight_fraction=None)

        row.refresh_from_db()
        assert row.load_type == "external"
        assert Entry.objects.get().volume_kg == 320

    def test_names_the_field_and_the_reason_and_nobody(self, alice):
        row = ExerciseFactory.create(name="Row", load_type="external")
        log(alice, "Row: 20 kg x 8\nRow: 9")
        row.load_type = "bodyweight"

        with pytest.raises(ValidationError) as refused:
            row.full_clean()

        assert refused.value.message_dict == {
            "load_type": [
                "1 of 2 sets that were logged of Row can’t be read as “bodyweight”. This exercise"
                " is logged without weight. For added weight, choose the weighted version of it."
            ]
        }

    def test_help_that_would_be_added_weight(self, alice):
        dip = ExerciseFactory.create(name="Dip", load_type="bodyweight_plus")
        log(alice, "Dip: +20 kg x 8")

        with pytest.raises(ValidationError, match="opposite of help"):
            saved(dip, load_type="assisted_bodyweight")

    def test_in_an_upgrade_keeps_all_of_how_it_is_loaded_and_says_why(self, alice):
        row = ExerciseFactory.create(name="Row", slug="row", load_type="external", summary="Old.")
        log(alice, "Row: 20 kg x 8")
        before = document(row)
        sync([before])

        fields = {"load_type": "bodyweight", "bodyweight_fraction": "0.65", "summary": "New."}
        [change] = sync([replace(before, fields={**before.fields, **fields})])

        row.refresh_from_db()
        assert (row.load_type, row.bodyweight_fraction, row.summary) == ("external", None, "New.")
        assert sorted(change.conflicts) == ["bodyweight_fraction", "load_type"]
        assert change.updated == ["summary"]
        assert "1 of 1 sets that were logged of Row can’t be read" in change.notes[0]

    def test_on_the_desk_is_an_error_of_the_field(self, alice, eddies_client):
        row = ExerciseFactory.create(name="Row", load_type="external")
        log(alice, "Row: 20 kg x 8")
        address = f"/admin/exercises/exercise/{row.pk}/change/"
        data = form_data(eddies_client.get(address)) | {"load_type": "bodyweight"}

        page = eddies_client.post(address, data).content.decode()

        assert "1 of 1 sets that were logged of Row can’t be read as" in page
        row.refresh_from_db()
        assert row.load_type == "external"


class TestOnTheDesk:
    def test_a_save_reckons_anew(self, alice, eddies_client, push_up, body):
        entry = log(alice, "Press-up: 10").entries.get()
        address = f"/admin/exercises/exercise/{push_up.pk}/change/"
        data = form_data(eddies_client.get(address)) | {"bodyweight_fraction": "0.75"}

        assert eddies_client.post(address, data).status_code == 302

        entry.refresh_from_db()
        assert entry.volume_kg == 600


class TestOldNames:
    @pytest.mark.parametrize("way", [saved, imported_from_a_file, upgraded, gone_back_to])
    def test_are_found_and_logged_after_a_rename(self, alice, client, push_up, way):
        way(push_up, name="Floor press")

        assert names_of(alice).find("press ups") == push_up
        assert log(alice, "Press-up: 10").entries.get().exercise == push_up
        assert "Floor press" in client.get("/exercises/", {"q": "press up"}).content.decode()

    def test_take_no_name_away(self, alice, push_up):
        saved(push_up, name="Floor press")
        other = ExerciseFactory.create(name="Press-up")

        assert names_of(alice).find("Press-up") == other

    def test_give_way_to_an_alias_too(self, alice, push_up):
        saved(push_up, name="Floor press")
        alias = AliasFactory.create(name="Press-up")

        assert names_of(alice).find("Press-up") == alias.exercise

    def test_are_no_edit_for_an_upgrade(self, push_up):
        before = document(push_up)
        sync([before])
        renamed = replace(before, fields={**before.fields, "name": "Floor press"})

        sync([renamed])
        [again] = sync([renamed])

        assert (again.outcome, again.kept) == ("unchanged", [])

    def test_are_forgotten_once_it_is_called_so_again(self, push_up):
        saved(push_up, name="Floor press")
        saved(push_up, name="Press-up")
        saved(push_up, name="press up")

        assert [each.name for each in push_up.former_names.all()] == ["Floor press"]

    def test_of_own_exercises_stay_names_of_theirs(self, alice):
        own = create_own_exercise(owner=alice, facts=OwnExerciseFacts("Odd lift", "external"))

        revise_own_exercise(
            owner=alice, exercise=own, facts=OwnExerciseFacts("Even lift", "external")
        )

        assert names_of(alice).find("Odd lift") == own
        assert not own.former_names.exists()


class TestRebuilding:
    def test_check_lists_what_is_wrong_and_changes_nothing(self, alice, push_up, body):
        workout = log(alice, "Press-up: 10")
        Entry.objects.update(volume_kg=1, best_reps=None)
        out = StringIO()

        with pytest.raises(CommandError, match="2 figures are kept wrongly") as refused:
            call_command("rebuild_summaries", "--check", stdout=out)

        assert refused.value.returncode == 1
        assert out.getvalue().splitlines() == [
            f"workout {workout.pk}, 1. Press-up: volume_kg 1, right 400",
            f"workout {workout.pk}, 1. Press-up: best_reps none, right 10",
        ]
        assert workout.entries.get().volume_kg == 1

    def test_puts_right_what_is_wrong(self, alice, push_up, body):
        workout = log(alice, "Press-up: 10")
        Entry.objects.update(volume_kg=1)
        out = StringIO()

        call_command("rebuild_summaries", stdout=out)
        call_command("rebuild_summaries", "--check", stdout=out)

        assert workout.entries.get().volume_kg == 400
        assert "1 figure is put right." in out.getvalue()
        assert out.getvalue().endswith("Every stored figure is right.\n")

    def test_takes_a_batch_at_a_time(self, alice, push_up, monkeypatch):
        monkeypatch.setattr("workouts.summaries.BATCH", 2)
        for _ in range(3):
            log(alice, "Press-up: 10")

        assert [len(keys) for keys in batches(Entry.objects.all())] == [2, 1]
        assert BATCH > 2
