"""A dump writes the edits into the files, and nothing else."""

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.files.dumping import stored_documents
from exercises.files.sync import sync
from exercises.models import Equipment, Exercise
from tests.exercises.files.catalogue_files import (
    FILES,
    changed,
    edit,
    exercise,
    files_in,
    held,
    write,
)

pytestmark = pytest.mark.django_db


def by_slug(documents):
    return {(each.kind, each.slug): each.fields for each in documents}


class TestDump:
    def test_without_edits_is_the_files(self):
        sync(FILES)

        assert by_slug(stored_documents(FILES)) == by_slug(FILES)

    def test_leaves_what_the_files_changed_since_the_last_sync(self):
        sync(FILES)
        edit("pull-up", summary="Mine.")
        newer = [*changed(FILES, "pull-up", cues="New\n"), exercise("new-one", aliases=[])]

        dumped = by_slug(stored_documents(newer))

        assert dumped == by_slug(changed(newer, "pull-up", summary="Mine."))

    def test_never_brings_back_what_the_files_dropped(self):
        sync(FILES)
        fewer = [each for each in FILES if each.slug != "muscle-up"]
        fewer = changed(fewer, "pull-up", harder=[])

        assert by_slug(stored_documents(fewer)) == by_slug(fewer)
        sync(fewer)
        assert by_slug(stored_documents(fewer)) == by_slug(fewer)
        assert by_slug(stored_documents()) == by_slug(fewer)

    def test_not_even_what_was_edited_and_kept(self):
        sync(FILES)
        edit("muscle-up", summary="Mine.")
        fewer = changed([each for each in FILES if each.slug != "muscle-up"], "pull-up", harder=[])
        sync(fewer, keep_mine=["all"])

        assert by_slug(stored_documents(fewer)) == by_slug(fewer)

    def test_writes_a_deletion_and_what_was_made_here(self):
        sync(FILES)
        Equipment.objects.get(slug="bar").delete()
        Exercise.objects.create(slug="mine", name="Mine", load_type="external")

        dumped = by_slug(stored_documents(FILES))

        assert ("equipment", "bar") not in dumped
        assert dumped["exercise", "pull-up"]["equipment"] == []
        assert ("exercise", "mine") in dumped

    def test_after_syncing_a_deletion_refers_to_nothing_that_is_not_there(self):
        sync(FILES)
        Equipment.objects.get(slug="bar").delete()
        sync(FILES)

        assert by_slug(stored_documents(FILES))["exercise", "pull-up"]["equipment"] == []

    def test_leaves_the_file_of_what_was_blocked(self):
        sync(FILES)
        Exercise.objects.create(slug="mine", name="Chest row", load_type="external")
        files = changed(
            [*FILES, exercise("chest-row", aliases=[])], "pull-up", harder=["chest-row"]
        )
        sync(files)

        dumped = by_slug(stored_documents(files))

        assert dumped["exercise", "chest-row"] == files[-1].fields
        assert dumped["exercise", "pull-up"]["harder"] == ["chest-row"]

    def test_of_an_open_conflict_is_the_edit(self):
        sync(FILES)
        edit("pull-up", summary="Mine.")
        files = changed(FILES, "pull-up", summary="Theirs.")
        sync(files)

        assert by_slug(stored_documents(files)) == by_slug(
            changed(FILES, "pull-up", summary="Mine.")
        )

    def test_twice_writes_the_same_bytes(self, tmp_path):
        write(FILES, tmp_path)
        call_command("sync_catalog", "--folder", tmp_path, verbosity=0)
        edit("pull-up", summary="Mine.", slug="strict-pull-up")
        call_command("dump_catalog", "--folder", tmp_path, verbosity=0)
        once = files_in(tmp_path)

        call_command("dump_catalog", "--folder", tmp_path, verbosity=0)

        assert files_in(tmp_path) == once

    def test_into_bad_files_writes_nothing(self, tmp_path):
        (tmp_path / "muscles.yaml").write_text("- model: [")

        with pytest.raises(Exception, match="Nothing was written"):
            call_command("dump_catalog", "--folder", tmp_path)


edits = st.fixed_dictionaries(
    {},
    optional={
        "summary": st.sampled_from(["One.", "Two.\n\nThree."]),
        "aliases": st.sampled_from([[], ["bar pull"], ["bar pull", "chins"]]),
        "steps": st.sampled_from([["Hang."], ["Hang.", "Pull.", "Lower."]]),
        "equipment": st.sampled_from([[], ["bar"]]),
        "slug": st.sampled_from(["a", "b"]),
    },
)


class TestLaws:
    @pytest.mark.whole
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(edits=edits)
    def test_dumped_and_synced_elsewhere_the_rows_are_the_same(self, edits):
        with transaction.atomic():
            sync(FILES)
            edit("pull-up", **edits)
            here = held()
            dumped = stored_documents(FILES)
            transaction.set_rollback(True)
        with transaction.atomic():
            sync(FILES)
            sync(dumped)
            assert held() == here
            transaction.set_rollback(True)
        with transaction.atomic():
            sync(dumped)
            assert held() == here
            transaction.set_rollback(True)
