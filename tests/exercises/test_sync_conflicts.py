"""What an upgrade can't do: rows that are in the way, and fields that both sides changed."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.files.revisions import record
from exercises.files.sync import sync
from exercises.models import Equipment, Exercise, Revision, SyncedDocument
from tests.exercises.files.catalogue_files import (
    FILES,
    changed,
    edit,
    exercise,
    held,
    muscle,
    outcome_of,
)

pytestmark = pytest.mark.django_db

CHEST_ROW = exercise("chest-row", aliases=[])


def synced(slug):
    return SyncedDocument.objects.get(kind="exercise", slug=slug)


def everything():
    """All that a sync writes."""
    fields = ("kind", "slug", "object_id", "fields", "conflicts", "edited", "is_gone")
    bases = SyncedDocument.objects.order_by("kind", "slug").values_list(*fields)
    return held(), list(bases), Revision.objects.count()


class TestClashes:
    def test_a_name_that_another_has_names_both_and_blocks_one(self):
        sync(FILES)
        Exercise.objects.create(slug="mine", name="Chest rows", load_type="external")
        files = changed([*FILES, CHEST_ROW], "pull-up", summary="New.", harder=["chest-row"])

        changes = sync(files)

        assert outcome_of(changes, "chest-row").outcome == "blocked"
        assert outcome_of(changes, "chest-row").notes == [
            "name: “Chest Row” is what Chest rows (mine) is called here"
        ]
        assert outcome_of(changes, "pull-up").notes == ["there is no exercise chest-row here"]
        assert Exercise.objects.get(slug="pull-up").summary == "New."

    def test_what_was_blocked_comes_once_nothing_is_in_its_way(self):
        sync(FILES)
        Exercise.objects.create(slug="mine", name="Chest row", load_type="external")
        files = changed([*FILES, CHEST_ROW], "pull-up", harder=["chest-row"])
        sync(files)
        Exercise.objects.filter(slug="mine").delete()

        changes = sync(files)

        assert outcome_of(changes, "chest-row").outcome == "added"
        harder = Exercise.objects.get(slug="pull-up").harder
        assert [each.slug for each in harder.all()] == ["chest-row"]

    def test_a_name_that_is_an_editors_alias(self):
        sync(FILES)
        edit("pull-up", aliases=["chins", "Chest row"])

        changes = sync([*changed(FILES, "pull-up", summary="New."), CHEST_ROW])

        assert outcome_of(changes, "chest-row").notes == [
            "name: “Chest Row” is an alias of Pull Up (pull-up) here"
        ]
        assert outcome_of(changes, "pull-up").updated == ["summary"]

    def test_an_alias_that_became_a_name_in_the_files(self):
        files = changed(FILES, "pull-up", aliases=["chest row", "chins"])
        sync(files)

        changes = sync([*changed(files, "pull-up", aliases=["chins"]), CHEST_ROW])

        assert outcome_of(changes, "chest-row").outcome == "added"

    def test_an_alias_that_is_the_name_of_a_row_here(self):
        sync(FILES)
        Exercise.objects.create(slug="mine", name="Bar pull", load_type="external")

        changes = sync(changed(FILES, "pull-up", aliases=["bar pull", "beam pull", "chins"]))

        assert outcome_of(changes, "pull-up").notes == ["aliases: Bar pull goes by “bar pull” here"]
        assert held()["exercise", "pull-up"]["aliases"] == ["beam pull", "chins"]

    def test_one_alias_of_an_editor_keeps_no_other_from_coming(self):
        sync(FILES)
        edit("pull-up", aliases=["chins", "my name"])

        changes = sync(changed(FILES, "pull-up", aliases=["bar pull", "chins"]))

        assert outcome_of(changes, "pull-up").conflicts == []
        assert held()["exercise", "pull-up"]["aliases"] == ["bar pull", "chins", "my name"]

    def test_names_swapped_in_the_files(self):
        sync(FILES)
        swapped = changed(FILES, "pull-up", name="Muscle Up")
        swapped = changed(swapped, "muscle-up", name="Pull Up")

        assert {each.outcome for each in sync(swapped)} <= {"updated", "unchanged"}
        assert Exercise.objects.get(slug="pull-up").name == "Muscle Up"

    def test_a_place_in_the_article_that_another_has(self):
        sync(FILES)
        Exercise.objects.create(slug="x", name="X", load_type="external", article_place=3)

        changes = sync(changed(FILES, "pull-up", article_place=3))

        assert outcome_of(changes, "pull-up").notes == ["article place 3: X (x) has it here"]

    def test_what_only_the_database_refuses_blocks_one_row(self):
        sync(FILES)
        edit("pull-up", load_type="external", bodyweight_fraction=None)
        base = changed(FILES, "pull-up", bodyweight_fraction=None)
        sync(base)
        edit("pull-up", load_type="per_hand")

        changes = sync(
            changed(changed(base, "pull-up", bodyweight_fraction="0.50"), "lats", text="New.")
        )

        assert outcome_of(changes, "pull-up").outcome == "blocked"
        assert "A share of bodyweight is above 0" in outcome_of(changes, "pull-up").notes[0]
        assert held()["muscle", "lats"]["text"] == "New."

    def test_a_dry_run_says_the_same(self):
        sync(FILES)
        Exercise.objects.create(slug="mine", name="Chest row", load_type="external")
        edit("pull-up", summary="Mine.")
        files = [*changed(FILES, "pull-up", summary="Theirs.")[:5], CHEST_ROW]
        before = everything()

        said = sync(files, dry_run=True)

        assert everything() == before
        assert sync(files) == said


class TestConflicts:
    @pytest.fixture
    def files(self):
        """Both sides changed the summary, and ours the cues."""
        sync(FILES)
        edit("pull-up", summary="Mine.", cues="Mine\n")
        return changed(FILES, "pull-up", summary="Theirs.")

    def test_are_shown_with_both_values(self, files):
        change = outcome_of(sync(files), "pull-up")

        assert change.sides == {"summary": ("Mine.", "Theirs.")}

    def test_stay_open_until_they_are_settled(self, files):
        for _ in range(3):
            assert outcome_of(sync(files), "pull-up").conflicts == ["summary"]
            assert synced("pull-up").conflicts == {"summary": "Theirs."}

        sync(files, keep_mine=["pull-up.summary"])

        assert outcome_of(sync(files), "pull-up").conflicts == []
        assert synced("pull-up").conflicts == {}
        assert Exercise.objects.get(slug="pull-up").summary == "Mine."

    def test_of_one_field_can_be_taken_alone(self, files):
        sync(files, take_theirs=["pull-up.summary"])

        pull_up = Exercise.objects.get(slug="pull-up")
        assert (pull_up.summary, pull_up.cues) == ("Theirs.", "Mine\n")
        assert synced("pull-up").conflicts == {}

    def test_are_over_when_an_editor_writes_the_same(self, files):
        sync(files)
        edit("pull-up", summary="Theirs.")
        record("Edited")

        assert synced("pull-up").conflicts == {}
        assert synced("pull-up").edited == ["cues"]

    def test_are_not_over_when_an_editor_writes_another_thing(self, files):
        sync(files)
        edit("pull-up", summary="What it is.")

        assert outcome_of(sync(files), "pull-up").conflicts == ["summary"]
        assert Exercise.objects.get(slug="pull-up").summary == "What it is."

    def test_are_over_when_the_files_take_their_change_back(self, files):
        sync(files)

        assert outcome_of(sync(FILES), "pull-up").kept == ["summary", "cues"]
        assert synced("pull-up").conflicts == {}

    def test_a_field_that_the_last_sync_did_not_know_follows_the_files(self):
        sync(FILES)
        base = synced("pull-up")
        del base.fields["level"]
        base.save()

        change = outcome_of(sync(changed(FILES, "pull-up", level="advanced")), "pull-up")

        assert (change.updated, change.conflicts) == (["level"], [])

    def test_edits_are_known_without_a_sync(self):
        sync(FILES)
        edit("pull-up", cues="Mine\n")
        record("Edited")

        assert [each.slug for each in SyncedDocument.objects.edited()] == ["pull-up"]
        assert synced("pull-up").edited == ["cues"]


class TestGoneFromTheFiles:
    FEWER = [each for each in FILES if each.slug != "muscle-up"]

    def test_what_was_edited_is_a_conflict_of_the_status(self):
        sync(FILES)
        edit("muscle-up", summary="Mine.")

        for _ in range(2):
            change = outcome_of(sync(self.FEWER), "muscle-up")
            assert change.conflicts == ["status"]
            assert change.sides == {"status": ("published", "archived")}
            assert change.notes == ["left the files, but was edited here: summary"]
            assert Exercise.objects.get(slug="muscle-up").status == "published"

    @pytest.mark.parametrize(
        ("choice", "status"), [("take_theirs", "archived"), ("keep_mine", "published")]
    )
    @pytest.mark.parametrize("what", ["muscle-up", "muscle-up.status", "all"])
    def test_can_be_settled(self, choice, status, what):
        sync(FILES)
        edit("muscle-up", summary="Mine.")
        sync(self.FEWER)

        sync(self.FEWER, **{choice: [what]})

        assert Exercise.objects.get(slug="muscle-up").status == status
        assert not SyncedDocument.objects.with_conflicts().exists()
        assert not any(change.slug == "muscle-up" for change in sync(self.FEWER))

    def test_whose_status_alone_was_edited_is_a_conflict_too(self):
        sync(FILES)
        edit("muscle-up", status="draft")

        change = outcome_of(sync(self.FEWER), "muscle-up")

        assert change.sides == {"status": ("draft", "archived")}
        assert change.notes == ["left the files, but was edited here: status"]
        assert Exercise.objects.get(slug="muscle-up").status == "draft"

    def test_that_an_editor_archived_stays_so_and_is_none(self):
        sync(FILES)
        edit("muscle-up", status="archived")

        assert not any(change.slug == "muscle-up" for change in sync(self.FEWER))
        assert Exercise.objects.get(slug="muscle-up").status == "archived"
        assert not SyncedDocument.objects.with_conflicts().exists()

    def test_back_in_the_files_is_back_with_its_edits(self):
        sync(FILES)
        edit("muscle-up", summary="Mine.")
        sync(self.FEWER, take_theirs=["muscle-up"])

        sync(FILES)

        muscle_up = Exercise.objects.get(slug="muscle-up")
        assert (muscle_up.status, muscle_up.summary) == ("published", "Mine.")

    def test_other_rows_stay_and_are_named_once(self):
        files = [*FILES, muscle("teres")]
        sync(files)

        assert outcome_of(sync(FILES), "teres").notes == ["left the files; it stays here"]
        assert not any(change.slug == "teres" for change in sync(FILES))
        assert ("muscle", "teres") not in held()  # so no dump brings it back


texts = st.sampled_from(["One.", "Two.", "Three."])
names = st.lists(st.sampled_from(["chins", "bar pull", "beam pull"]), unique=True).map(sorted)
said = st.fixed_dictionaries(
    {
        "summary": texts,
        "name": st.sampled_from(["Pull Up", "Muscle Up", "Bar pull"]),
        "aliases": names,
        "equipment": st.sampled_from([[], ["bar"]]),
        "article_place": st.sampled_from([None, 1, 2]),
    }
)
both = st.tuples(said, said)


class TestLaws:
    @pytest.mark.whole
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(here=both, there=both, is_gone=st.booleans(), is_deleted=st.booleans())
    def test_syncing_twice_is_syncing_once(self, here, there, is_gone, is_deleted):
        slugs = ("pull-up", "muscle-up")
        files = FILES[:-1] if is_gone else FILES
        for slug, fields in zip(slugs, there, strict=True):
            files = changed(files, slug, **fields)
        with transaction.atomic():
            sync(FILES)
            for slug, fields in zip(slugs, here, strict=True):
                try:
                    with transaction.atomic():
                        edit(slug, **fields)
                except Exception:
                    pass
            if is_deleted:
                Equipment.objects.all().delete()
            record("Edited")

            first = sync(files)
            once = everything()
            second = sync(files)

            assert everything() == once
            assert {each.outcome for each in second} <= {"unchanged", "deleted here", "blocked"}
            open_before = {(e.slug, tuple(e.conflicts)) for e in first if e.conflicts}
            assert {(e.slug, tuple(e.conflicts)) for e in second if e.conflicts} == open_before
            transaction.set_rollback(True)
