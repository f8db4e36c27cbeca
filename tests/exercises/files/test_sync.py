"""Syncing installs and upgrades, and never undoes an editor."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.files.documents import Document
from exercises.files.sync import sync
from exercises.models import Alias, Equipment, Exercise, Revision, SyncedDocument
from tests.exercises.files.catalogue_files import (
    FILES,
    changed,
    edit,
    exercise,
    files_in,
    held,
    outcome_of,
    said,
    write,
)
from tests.factories import log

pytestmark = pytest.mark.django_db


CHEST_ROW = exercise("chest-row", aliases=[])


class TestInstall:
    def test_holds_what_the_files_say(self):
        changes = sync(FILES)

        assert {change.outcome for change in changes} == {"added"}
        assert held() == said(FILES)

    def test_again_changes_nothing(self):
        sync(FILES)
        before = Revision.objects.count()

        changes = sync(FILES)

        assert {change.outcome for change in changes} == {"unchanged"}
        assert not any(change.kept or change.conflicts for change in changes)
        assert before == len(FILES)
        assert Revision.objects.count() == before

    def test_takes_up_rows_that_are_there_already(self):
        sync(FILES)
        SyncedDocument.objects.all().delete()

        changes = sync(FILES)

        assert {change.outcome for change in changes} == {"unchanged"}
        assert SyncedDocument.objects.count() == len(FILES)

    def test_dry_run_reports_and_leaves_nothing(self):
        changes = sync(FILES, dry_run=True)

        assert {change.outcome for change in changes} == {"added"}
        assert not Exercise.objects.exists()
        assert not SyncedDocument.objects.exists()

    def test_leaves_own_exercises_and_editors_new_ones_alone(self, alice):
        Exercise.objects.create(owner=alice, slug="pull-up", name="Pull-up", load_type="external")
        Exercise.objects.create(slug="new-one", name="New one", load_type="external")

        sync(FILES)

        assert Exercise.objects.filter(owner=alice, load_type="external").exists()
        assert Exercise.objects.filter(slug="new-one", status="draft").exists()


class TestUpgrade:
    def test_updates_every_kind_of_field(self):
        sync(FILES)
        new = changed(
            FILES,
            "pull-up",
            summary="Better.",
            steps=["Hang still.", "Pull.", "Lower."],
            targets=[["traps", "primary"]],
            aliases=["chins", "strict pull"],
            harder=[],
            bodyweight_fraction="0.94",
        )
        new = changed(new, "lats", antagonists=[], text="Text.")
        new = changed(new, "traps", antagonists=[])

        changes = sync(new)

        assert held() == said(new)
        assert outcome_of(changes, "pull-up").outcome == "updated"
        assert outcome_of(changes, "muscle-up").outcome == "unchanged"

    def test_says_why_in_the_history(self):
        sync(FILES)

        sync(changed(FILES, "pull-up", summary="Better."))

        pull_up = Exercise.objects.get(slug="pull-up")
        newest, first = Revision.objects.of("exercise", pull_up.pk)
        assert (newest.reason, newest.user) == ("Catalogue upgrade", None)
        assert newest.fields == {**first.fields, "summary": "Better."}

    def test_keeps_what_an_editor_changed_beside_it(self):
        sync(FILES)
        edit("pull-up", summary="Mine.")
        pull_up = Exercise.objects.get(slug="pull-up")
        pull_up.steps.filter(position=1).update(text="My first step.")

        changes = sync(changed(FILES, "pull-up", cues="New cue\n", level="advanced"))

        pull_up.refresh_from_db()
        assert (pull_up.summary, pull_up.cues, pull_up.level) == ("Mine.", "New cue\n", "advanced")
        assert pull_up.steps.get(position=1).text == "My first step."
        assert outcome_of(changes, "pull-up").kept == ["summary", "steps"]

    def test_conflict_keeps_mine_until_told_otherwise(self):
        sync(FILES)
        edit("pull-up", summary="Mine.")
        new = changed(FILES, "pull-up", summary="Theirs.")

        changes = sync(new)
        assert outcome_of(changes, "pull-up").conflicts == ["summary"]
        assert Exercise.objects.get(slug="pull-up").summary == "Mine."

        sync(new, take_theirs=["pull-up"])
        assert Exercise.objects.get(slug="pull-up").summary == "Theirs."

    def test_keep_mine_settles_without_a_conflict(self):
        sync(FILES)
        edit("pull-up", summary="Mine.")

        changes = sync(changed(FILES, "pull-up", summary="Theirs."), keep_mine=["all"])

        assert outcome_of(changes, "pull-up").conflicts == []
        assert Exercise.objects.get(slug="pull-up").summary == "Mine."

    def test_follows_a_slug_that_an_editor_changed(self):
        sync(FILES)
        edit("pull-up", slug="pullup")

        sync(changed(FILES, "pull-up", summary="Better."))

        assert Exercise.objects.get(slug="pullup").summary == "Better."
        assert not Exercise.objects.filter(slug="pull-up").exists()
        assert Exercise.objects.get(slug="muscle-up").variation_of.slug == "pullup"

    def test_renamed_in_the_files_keeps_its_history(self, alice):
        sync(FILES)
        workout = log(alice, "Pull Up: 8")
        new = [each for each in FILES if each.slug != "pull-up"]
        new = changed(new, "muscle-up", variation_of="strict-pull-up")
        new.append(exercise("strict-pull-up", former_slugs=["pull-up"], harder=["muscle-up"]))

        changes = sync(new)

        assert outcome_of(changes, "strict-pull-up").outcome == "updated"
        assert workout.entries.get().exercise.slug == "strict-pull-up"
        assert Exercise.objects.filter(owner=None).count() == 2

    def test_old_address_leads_to_the_new_one(self, client):
        sync([*FILES[:4], exercise("strict-pull-up", former_slugs=["pull-up"])])

        answer = client.get("/exercises/pull-up/")

        assert (answer.status_code, answer.url) == (301, "/exercises/strict-pull-up/")

    def test_gone_from_the_files_is_archived_and_its_log_readable(self, alice):
        sync(FILES)
        workout = log(alice, "Muscle Up: 3")

        changes = sync([each for each in FILES if each.slug != "muscle-up"])

        assert outcome_of(changes, "muscle-up").outcome == "archived"
        assert "Muscle Up: 3" in workout.text
        assert not Exercise.objects.catalogue().filter(slug="muscle-up").exists()

    def test_back_in_the_files_is_back(self):
        sync(FILES)
        sync([each for each in FILES if each.slug != "muscle-up"])

        sync(FILES)

        assert Exercise.objects.catalogue().filter(slug="muscle-up").exists()

    def test_deleted_here_stays_deleted(self):
        sync(FILES)
        Equipment.objects.get(slug="bar").delete()

        changes = sync(changed(FILES, "pull-up", summary="Better."))

        assert outcome_of(changes, "bar").outcome == "deleted here"
        assert not Equipment.objects.exists()

    def test_alias_that_an_editor_gave_to_another_is_noted(self):
        sync(FILES)
        muscle_up = Exercise.objects.get(slug="muscle-up")
        Alias.objects.create(exercise=muscle_up, name="bar chin")

        changes = sync(changed(FILES, "pull-up", aliases=["chins", "bar chin"]))

        assert outcome_of(changes, "pull-up").notes == [
            "aliases: Muscle Up goes by “bar chin” here"
        ]
        assert Alias.objects.get(name="bar chin").exercise == muscle_up

    def test_alias_moves_from_one_to_another(self):
        sync(FILES)

        sync(changed(changed(FILES, "pull-up", aliases=[]), "muscle-up", aliases=["chins"]))

        assert Alias.objects.get().exercise.slug == "muscle-up"

    def test_stopped_half_way_has_changed_nothing(self):
        sync(FILES)
        before = held()

        def stop(files: Any) -> Any:
            yield files[0]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            sync(changed(FILES, "lats", text="New."), progress=stop)

        assert held() == before

    def test_costs_the_same_however_much_a_new_one_says(self):
        sync(FILES)
        short = exercise("short", aliases=["s"], steps=["Pull."], targets=[["lats", "primary"]])
        long = exercise(
            "long",
            aliases=[f"long {number:02}" for number in range(20)],
            steps=[f"Pull {number}." for number in range(20)],
            targets=[["lats", "primary"], ["traps", "secondary"]],
        )

        with CaptureQueriesContext(connection) as for_short:
            sync([*FILES, short])
        with CaptureQueriesContext(connection) as for_long:
            sync([*FILES, short, long])

        assert held() == said([*FILES, short, long])
        assert len(for_long) == len(for_short)

    @pytest.mark.parametrize("extra", [0, 100])
    def test_costs_the_same_however_many_are_unchanged(self, extra):
        files = FILES + [exercise(f"more-{n}", aliases=[]) for n in range(extra)]
        sync(files)

        with CaptureQueriesContext(
            connection,
        ) as queries:
            sync(files)

        # two savepoints and their ends, what was synced, the slugs and rows of 4 kinds, their parts
        assert len(queries) == 25 + 4 * connection.features.has_select_for_update  # and locks

    def test_from_files_without_a_field_leaves_it_as_it_is(self):
        held = {"load_type": "per_hand", "bodyweight_fraction": None}
        sync(changed(FILES, "pull-up", **held, implements=2))
        old = changed(FILES, "pull-up", **held)
        fields = next(each.fields for each in old if each.slug == "pull-up")
        del fields["implements"], fields["implements_one_side"]

        change = outcome_of(sync(old), "pull-up")

        assert change.outcome == "unchanged"
        assert Exercise.objects.get(slug="pull-up").implements == 2


@pytest.mark.usefixtures("editors_again")
@pytest.mark.django_db(transaction=True)
class TestAnEditorAtTheSameTime:
    def test_is_waited_for_and_not_overwritten(self):
        if not connection.features.has_select_for_update:
            pytest.skip("SQLite has one writer at a time.")
        sync(FILES)

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                edit("pull-up", cues="Mine\n")
                upgrade = pool.submit(self.upgrade, changed(FILES, "pull-up", summary="New."))
                self.wait_until_somebody_waits()
            upgrade.result(timeout=60)

        pull_up = Exercise.objects.get(slug="pull-up")
        assert (pull_up.summary, pull_up.cues) == ("New.", "Mine\n")

    def upgrade(self, files: list[Document]) -> None:
        try:
            sync(files)
        finally:
            connection.close()

    def wait_until_somebody_waits(self) -> None:
        for _ in range(300):
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    return
            sleep(0.1)
        pytest.fail("The upgrade waits for nobody.")


EDITABLE = ("summary", "cues", "level", "steps", "aliases", "equipment")
words = st.sampled_from(["One.", "Two.", "Three."])
new_values = {
    "summary": words,
    "cues": words,
    "level": st.sampled_from(["beginner", "intermediate", "advanced"]),
    "steps": st.lists(words, min_size=1, max_size=3),
    "aliases": st.lists(st.sampled_from(["chins", "dead hang chin", "bar work"]), unique=True).map(
        sorted
    ),
    "equipment": st.sampled_from([[], ["bar"]]),
}
upgrade = st.tuples(st.just("upgrade"), st.fixed_dictionaries(new_values))
editing = st.sampled_from(EDITABLE).flatmap(
    lambda name: st.tuples(st.just("edit"), st.just(name), new_values[name])
)


def merged_names(before: list[str], after: list[str], here: list[str]) -> list[str]:
    """Each alias by itself: the files' changes are followed, whatever an editor did to others."""
    came, went = set(after) - set(before), set(before) - set(after)
    return sorted((set(here) | came) - went)


class TestAnyHistory:
    @pytest.mark.whole
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(history=st.lists(upgrade | editing, max_size=6))
    def test_keeps_every_edit_and_updates_every_other_field(self, history):
        with transaction.atomic():
            sync(FILES)
            files = FILES
            base = {name: exercise("pull-up", equipment=["bar"]).fields[name] for name in EDITABLE}
            mine, edited = dict(base), set()
            for event, *what in history:
                if event == "edit":
                    name, value = what
                    edit("pull-up", **{name: value})
                    mine[name] = value
                    (edited.discard if value == base[name] else edited.add)(name)
                else:
                    before, (base,) = base, what
                    files = changed(files, "pull-up", **base)
                    sync(files)
                    names = merged_names(before["aliases"], base["aliases"], mine["aliases"])
                    mine = {n: mine[n] if n in edited else base[n] for n in EDITABLE}
                    mine["aliases"] = names
                    edited = {n for n in edited if mine[n] != base[n]}

                fields = held()["exercise", "pull-up"]
                assert {name: fields[name] for name in EDITABLE} == mine
            transaction.set_rollback(True)


class TestCommands:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        write(FILES, tmp_path)
        return tmp_path

    def test_load_then_dump_gives_the_same_bytes(self, folder, tmp_path_factory):
        out = tmp_path_factory.mktemp("out")

        call_command("sync_catalog", "--folder", folder, verbosity=0)
        call_command("dump_catalog", "--folder", out, verbosity=0)

        assert files_in(out) == files_in(folder)

    def test_loaddata_then_dump_gives_the_same_bytes(self, folder, tmp_path_factory):
        out = tmp_path_factory.mktemp("out")

        call_command("loaddata", *folder.rglob("*.yaml"), verbosity=0)
        call_command("dump_catalog", "--folder", out, verbosity=0)

        assert files_in(out) == files_in(folder)

    def test_dump_writes_an_edit_and_removes_what_is_gone(self, folder, capsys):
        call_command("sync_catalog", "--folder", folder, verbosity=0)
        edit("pull-up", summary="Mine.")
        (folder / "exercises" / "stale.yaml").write_text("# old\n")

        call_command("dump_catalog", "--folder", folder, "--dry-run")
        assert "Mine." not in files_in(folder)["exercises/pull-up.yaml"]
        call_command("dump_catalog", "--folder", folder)

        assert "summary: Mine." in files_in(folder)["exercises/pull-up.yaml"]
        assert "exercises/stale.yaml" not in files_in(folder)
        assert "5 files, 1 changed, 1 removed" in capsys.readouterr().out

    def test_sync_reports_in_a_table_and_by_name(self, folder, capsys):
        call_command("sync_catalog", "--folder", folder)
        edit("pull-up", summary="Mine.", cues="Mine\n")
        write(changed(FILES, "pull-up", summary="Theirs.", level="advanced"), folder)
        capsys.readouterr()

        call_command("sync_catalog", "--folder", folder, "--dry-run")

        out = capsys.readouterr().out
        assert "updated   exercise pull-up: level" in out
        assert "kept      exercise pull-up: cues" in out
        assert (
            "CONFLICT  exercise pull-up.summary\n          here   Mine.\n          files  Theirs.\n"
        ) in out
        assert "Dry run: nothing was changed." in out
        assert Exercise.objects.get(slug="pull-up").level == "beginner"

    def test_sync_refuses_a_bad_file_and_a_missing_folder(self, folder):
        (folder / "muscles.yaml").write_text("- model: [")

        with pytest.raises(CommandError, match=r"(?s)muscles\.yaml, line 2 is.*Nothing was"):
            call_command("sync_catalog", "--folder", folder)
        with pytest.raises(CommandError, match="There is no folder"):
            call_command("sync_catalog", "--folder", folder / "nowhere")

    def test_sync_says_which_file_is_no_text(self, folder):
        (folder / "muscles.yaml").write_bytes(b"- \xff")

        with pytest.raises(CommandError, match=r"muscles\.yaml is not text in UTF-8: byte 3\."):
            call_command("sync_catalog", "--folder", folder)

    def test_sync_says_in_words_what_a_row_could_not_hold(self, folder, capsys):
        path = folder / "exercises" / "muscle-up.yaml"
        text = path.read_text().replace("level: beginner", "level: hard")
        path.write_text(text)

        call_command("sync_catalog", "--folder", folder)

        out = " ".join(capsys.readouterr().out.split())
        assert "blocked exercise muscle-up" in out
        line = 1 + text[: text.index("level:")].count("\n")
        assert (
            f"note exercise muscle-up: muscle-up.yaml, line {line}, level of exercise muscle-up:"
            " “hard” is none of advanced, beginner, intermediate." in out
        )
        assert Exercise.objects.filter(slug="pull-up").exists()

    def test_sync_says_in_words_what_the_database_refuses(self, folder, capsys):
        path = folder / "exercises" / "muscle-up.yaml"
        path.write_text(path.read_text().replace("implements: 1", "implements: 2"))

        call_command("sync_catalog", "--folder", folder)

        out = " ".join(capsys.readouterr().out.split())
        assert "note exercise muscle-up: Only a weight in each hand" in out
        assert "CHECK" not in out

    def test_sync_names_what_is_new_but_not_all_of_a_first_install(self, folder, capsys):
        call_command("sync_catalog", "--folder", folder)
        first = capsys.readouterr().out
        write([*FILES, CHEST_ROW], folder)

        call_command("sync_catalog", "--folder", folder)

        assert "added     exercise chest-row" in capsys.readouterr().out
        assert "added     exercise" not in first

    def test_sync_says_when_rows_clash(self, folder, capsys):
        call_command("sync_catalog", "--folder", folder, verbosity=0)
        Exercise.objects.create(slug="other", name="Chest row", load_type="external")
        write([*changed(FILES, "pull-up", summary="New."), CHEST_ROW], folder)

        call_command("sync_catalog", "--folder", folder)

        out = capsys.readouterr().out
        assert "blocked   exercise chest-row" in out
        assert "“Chest Row” is what Chest row (other) is called here" in out
        assert not Exercise.objects.filter(slug="chest-row").exists()
        assert Exercise.objects.get(slug="pull-up").summary == "New."

    @pytest.mark.parametrize(
        ("what", "said"),
        [
            ("pul-up", "The catalogue has no pul-up. Did you mean pull-up"),
            ("pull-up.sumary", "Exercise pull-up has no sumary. Did you mean summary?"),
        ],
    )
    @pytest.mark.parametrize("option", ["--take-theirs", "--keep-mine"])
    def test_sync_refuses_a_mistyped_choice(self, folder, option, what, said):
        call_command("sync_catalog", "--folder", folder, verbosity=0)
        write(changed(FILES, "pull-up", summary="New."), folder)

        with pytest.raises(CommandError, match=re.escape(said)):
            call_command("sync_catalog", option, what, "--folder", folder)

        assert Exercise.objects.get(slug="pull-up").summary == "What it is."
