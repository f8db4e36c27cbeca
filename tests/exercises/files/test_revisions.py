"""Every version of a document is kept, and can be gone back to."""

import pytest

from exercises.files.documents import Document
from exercises.files.revisions import UNRECORDED, record, record_row, restore
from exercises.files.rows import load_stored, write_documents
from exercises.models import Exercise, Revision, Step
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    StepFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    row = ExerciseFactory(name="Barbell row", slug="barbell-row", summary="Row.")
    StepFactory(exercise=row, position=1, text="Hinge.")
    StepFactory(exercise=row, position=2, text="Pull.")
    TargetFactory(exercise=row, muscle=MuscleFactory(slug="lats"))
    AliasFactory(exercise=row, name="BB row")
    row.equipment.add(EquipmentFactory(slug="barbell"))
    return row


def versions(row):
    return list(Revision.objects.of("exercise", row.pk))


def fields_of(row):
    [stored] = load_stored(only={"exercise": [row.pk]}).values()
    return stored.fields


class TestRecord:
    def test_keeps_the_whole_document(self, row, eddie):
        record_row(row, "Edited", user=eddie)

        [version] = versions(row)
        assert (version.reason, version.user) == ("Edited", eddie)
        assert version.fields["steps"] == ["Hinge.", "Pull."]
        assert version.fields["targets"] == [["lats", "primary"]]
        assert version.fields["aliases"] == ["BB row"]
        assert version.fields["slug"] == "barbell-row"

    def test_adds_nothing_where_nothing_changed(self, row):
        assert record_row(row, "One") == 1
        assert record_row(row, "Two") == 0

    @pytest.mark.parametrize("part", ["steps", "targets", "aliases", "equipment"])
    def test_notices_a_change_in_any_part(self, row, part):
        record_row(row, "One")
        if part == "equipment":
            row.equipment.clear()
        else:
            getattr(row, part).all().delete()

        assert record_row(row, "Two") == 1

    def test_leaves_own_exercises_out(self, row, alice):
        own = ExerciseFactory(owner=alice)

        record("All")

        assert not versions(own)
        assert record_row(own, "Own") == 0

    def test_of_everything_looks_at_each_rows_latest(self, row):
        other = ExerciseFactory()
        record("One")
        Exercise.objects.filter(pk=other.pk).update(summary="New.")

        record("Two")

        assert [version.reason for version in versions(row)] == ["One"]
        assert [version.reason for version in versions(other)] == ["Two", "One"]


class TestRestore:
    def test_brings_every_part_back(self, row, eddie):
        record_row(row, "One")
        before = fields_of(row)
        row.name, row.slug, row.summary = "Row", "row", "Worse."
        row.save()
        row.steps.all().delete()
        Step.objects.create(exercise=row, position=1, text="Just pull.")
        row.aliases.all().delete()
        row.targets.update(role="secondary")
        row.equipment.clear()
        record_row(row, "Two")

        change = restore(versions(row)[-1], user=eddie)

        assert fields_of(row) == {**before, "former_slugs": ["row"]}
        assert {"name", "slug", "summary", "steps", "aliases", "targets", "equipment"} == set(
            change.updated
        )
        assert [version.reason[:15] for version in versions(row)] == [
            "Back to the ver",
            "Two",
            "One",
        ]
        assert versions(row)[0].user == eddie

    def test_records_first_what_nobody_recorded(self, row, eddie):
        record_row(row, "One")
        Exercise.objects.filter(pk=row.pk).update(summary="By hand.")

        restore(versions(row)[0], user=eddie)

        assert versions(row)[1].reason == UNRECORDED
        assert versions(row)[1].fields["summary"] == "By hand."

    def test_can_itself_be_gone_back_from(self, row, eddie):
        record_row(row, "One")
        Exercise.objects.filter(pk=row.pk).update(summary="Better.")
        record_row(row, "Two")
        one_ago, first = versions(row)

        restore(first, user=eddie)
        restore(one_ago, user=eddie)

        row.refresh_from_db()
        assert row.summary == "Better."

    def test_says_what_is_no_longer_there(self, row, eddie):
        record_row(row, "One")
        row.equipment.get().delete()
        record_row(row, "Two")

        change = restore(versions(row)[-1], user=eddie)

        assert change.notes == ["equipment: there is no equipment barbell here"]

    def test_works_for_muscles_equipment_and_sources(self, eddie):
        muscle, thing = MuscleFactory(text="Old."), EquipmentFactory(note="Old.")
        record("One")
        for row, field in ((muscle, "text"), (thing, "note")):
            setattr(row, field, "New.")
            row.save()
        record("Two")

        for kind, row, field in (("muscle", muscle, "text"), ("equipment", thing, "note")):
            restore(list(Revision.objects.of(kind, row.pk))[-1], user=eddie)
            row.refresh_from_db()
            assert getattr(row, field) == "Old."

    def test_to_a_version_from_before_a_field_leaves_that_as_it_is(self, row, eddie):
        record_row(row, "Edited", user=eddie)
        [old] = versions(row)
        del old.fields["implements"], old.fields["implements_one_side"]
        old.save()
        Exercise.objects.filter(pk=row.pk).update(
            summary="Other.", load_type="per_hand", implements=2, implements_one_side=2
        )
        old.fields["load_type"] = "per_hand"

        restore(old, user=eddie)

        row.refresh_from_db()
        assert (row.summary, row.implements, row.implements_one_side) == ("Row.", 2, 2)


class TestWriteDocuments:
    def test_leaves_rows_that_are_not_named(self, row):
        other = ExerciseFactory(summary="Stays.")

        write_documents(
            [Document("exercise", "barbell-row", {**fields_of(row), "summary": "New."})]
        )

        other.refresh_from_db()
        assert (other.status, other.summary) == ("published", "Stays.")

    def test_as_a_dry_run_changes_nothing(self, row):
        document = Document("exercise", "barbell-row", {**fields_of(row), "steps": ["One."]})

        [change] = write_documents([document], dry_run=True)

        assert (change.outcome, change.updated) == ("updated", ["steps"])
        assert row.steps.count() == 2
