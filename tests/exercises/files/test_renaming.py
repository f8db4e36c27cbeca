"""A slug may change, here or in the files: addresses, figures, logs and upgrades follow the row."""

from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.files.documents import BadFile, read_folder, read_text
from exercises.files.dumping import stored_documents
from exercises.files.sync import sync
from exercises.models import Equipment, Exercise, FormerSlug, Muscle
from exercises.templatetags.figures import still
from tests.exercises.files.catalogue_files import (
    FILES,
    changed,
    edit,
    exercise,
    files_in,
    held,
    outcome_of,
    rename,
    write,
)
from tests.exercises.test_admin import address, form_data
from tests.factories import ExerciseFactory, MuscleFactory, log

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

THREE = [
    *FILES[:4],
    *(exercise(slug, aliases=[], harder=[], targets=[]) for slug in ("one", "two", "three")),
]


def saved(client: Any, row: Any, **data: Any) -> Any:
    """The answer to an editor's save of the row's page in admin."""
    page = address("change", row)
    return client.post(page, form_data(client.get(page)) | data)


def slugs_by_name() -> dict[str, str]:
    return dict(Exercise.objects.filter(owner=None).values_list("name", "slug"))


def rename_all(*pairs: tuple[str, str]) -> None:
    for old, new in pairs:
        rename(Exercise.objects.get(slug=old), new)


class TestInAdmin:
    def test_old_address_leads_to_the_new_one(self, client, eddies_client):
        pull_up = ExerciseFactory(slug="pull-up", name="Pull-up")

        assert saved(eddies_client, pull_up, slug="strict-pull-up").status_code == 302

        answer = client.get("/exercises/pull-up/")
        assert (answer.status_code, answer.url) == (301, "/exercises/strict-pull-up/")
        assert "no-cache" in answer["Cache-Control"]

    def test_figure_follows(self, client, eddies_client):
        pull_up = ExerciseFactory(slug="pull-up", name="Pull-up")
        saved(eddies_client, pull_up, slug="strict-pull-up")

        page = client.get("/exercises/strict-pull-up/").content.decode()
        listed = Exercise.objects.for_rows().with_primary_muscles().get(pk=pull_up.pk)

        assert 'aria-label="Pull-up: start"' in page
        assert "<path" in still(listed)
        assert Exercise.objects.with_gaps().get(pk=pull_up.pk).has_picture
        assert client.get("/exercises/strict-pull-up/card.png").status_code == 200

    def test_another_at_the_old_slug_has_no_figure_of_it(self, client, eddies_client):
        pull_up = ExerciseFactory(slug="pull-up", name="Pull-up")
        saved(eddies_client, pull_up, slug="strict-pull-up")
        other = ExerciseFactory(slug="pull-up", name="Other")

        assert client.get("/exercises/pull-up/").context["exercise"] == other
        assert "Other: start" not in client.get("/exercises/pull-up/").content.decode()

    def test_renaming_back_makes_no_circle(self, client, eddies_client):
        pull_up = ExerciseFactory(slug="pull-up", name="Pull-up")
        saved(eddies_client, pull_up, slug="strict-pull-up")
        pull_up.refresh_from_db()

        saved(eddies_client, pull_up, slug="pull-up")

        assert client.get("/exercises/pull-up/").status_code == 200
        assert client.get("/exercises/strict-pull-up/").url == "/exercises/pull-up/"
        assert [former.slug for former in FormerSlug.objects.all()] == ["strict-pull-up"]

    def test_progress_and_log_know_the_old_slug(self, alices_client, alice, eddies_client):
        pull_up = ExerciseFactory(slug="pull-up", name="Pull-up")
        log(alice, "Pull-up: 8")
        saved(eddies_client, pull_up, slug="strict-pull-up")

        progress = alices_client.get(reverse("progress:exercise", args=["pull-up"]))
        form = alices_client.get(reverse("workouts:new"), {"exercise": "pull-up"})

        assert progress.url == reverse("progress:exercise", args=["strict-pull-up"])
        assert "Pull-up: " in form.content.decode()

    def test_a_muscle_keeps_its_address_and_its_place_on_the_map(self, client, eddies_client):
        lats = MuscleFactory(slug="latissimus-dorsi", name="Lats", view="back")
        saved(eddies_client, lats, slug="lats")

        answer = client.get("/muscles/latissimus-dorsi/")
        assert (answer.status_code, answer.url) == (301, "/muscles/lats/")
        page = client.get("/muscles/lats/")
        assert page.context["map"].marked
        assert client.get("/muscles/latissimus-dorsi/card.png").status_code == 200

    def test_equipment_and_own_exercises(self, eddies_client, alices_client, alice):
        sync(FILES)
        own = ExerciseFactory(slug="strict-pull-up", name="Mine", owner=alice)

        saved(eddies_client, Equipment.objects.get(slug="bar"), slug="pull-up-bar")
        saved(eddies_client, Exercise.objects.get(slug="pull-up"), slug="strict-pull-up")

        assert Equipment.objects.get(former_slugs__slug="bar").slug == "pull-up-bar"
        own.refresh_from_db()
        assert own.slug == "strict-pull-up-2"
        page = alices_client.get("/exercises/strict-pull-up/")
        assert page.context["exercise"] == Exercise.objects.get(name="Pull Up")
        assert alices_client.get("/exercises/strict-pull-up-2/").context["exercise"] == own
        assert not FormerSlug.objects.filter(exercise=own).exists()

    def test_a_source_keeps_the_key_that_texts_cite(self, eddies_client):
        sync(FILES)
        source = Muscle.objects.get(slug="traps").sources.get()
        data = form_data(eddies_client.get(address("change", source)))

        eddies_client.post(address("change", source), data | {"key": "b2020"})

        source.refresh_from_db()
        assert source.key == "a2020"


class TestDump:
    @pytest.fixture
    def folder(self, tmp_path):
        write(FILES, tmp_path)
        call_command("sync_catalog", "--folder", tmp_path, verbosity=0)
        return tmp_path

    def test_carries_the_renaming_and_nothing_else(self, folder):
        before = files_in(folder)
        edit("pull-up", slug="strict-pull-up")

        call_command("dump_catalog", "--folder", folder, verbosity=0)

        after = files_in(folder)
        renamed = after.pop("exercises/strict-pull-up.yaml")
        assert "permanent_slug: pull-up\n" in renamed
        assert "slug: pull-up\n" in renamed.partition("formerslug")[2]
        assert "variation_of: [strict-pull-up]" in after.pop("exercises/muscle-up.yaml")
        assert after == {
            name: text
            for name, text in before.items()
            if name not in ("exercises/pull-up.yaml", "exercises/muscle-up.yaml")
        }

    def test_of_muscles_and_equipment_changes_what_refers_to_them(self, folder):
        rename(Muscle.objects.get(slug="lats"), "latissimus")
        rename(Equipment.objects.get(slug="bar"), "pull-up-bar")

        call_command("dump_catalog", "--folder", folder, verbosity=0)

        files = files_in(folder)
        assert "slug: latissimus\n    permanent_slug: lats\n" in files["muscles.yaml"]
        assert "muscle: [latissimus]" in files["exercises/pull-up.yaml"]
        assert "equipment: [[pull-up-bar]]" in files["exercises/pull-up.yaml"]

    def test_is_read_by_loaddata(self, folder, tmp_path_factory):
        rename(Muscle.objects.get(slug="lats"), "latissimus")
        rename_all(("pull-up", "x"), ("muscle-up", "pull-up"), ("x", "muscle-up"))
        expected = held()
        call_command("dump_catalog", "--folder", folder, verbosity=0)
        for model in (Exercise, Muscle, Equipment):
            model.objects.all().delete()

        call_command("loaddata", *sorted(folder.rglob("*.yaml"), reverse=True), verbosity=0)

        assert held() == expected

    def test_syncing_it_here_changes_nothing(self, folder):
        edit("pull-up", slug="strict-pull-up")
        rename(Muscle.objects.get(slug="lats"), "latissimus")
        before = held()
        call_command("dump_catalog", "--folder", folder, verbosity=0)

        changes = sync(read_folder(folder))

        assert {(each.outcome, *each.kept, *each.conflicts) for each in changes} == {("unchanged",)}
        assert held() == before


class TestElsewhere:
    """An installation that has the old files gets those that another one renamed in."""

    @staticmethod
    def renamed_files(*pairs: tuple[str, str], files: Any = THREE) -> Any:
        """What the other one dumps after renaming one exercise after another."""
        from django.db import transaction

        with transaction.atomic():
            sync(files)
            rename_all(*pairs)
            dumped = stored_documents(files)
            transaction.set_rollback(True)
        return dumped

    @pytest.mark.parametrize(
        "pairs",
        [
            [("one", "uno")],
            [("one", "uno"), ("uno", "one")],
            [("one", "x"), ("two", "one"), ("x", "two")],
            [("one", "uno"), ("two", "one")],
            [("one", "uno"), ("two", "one"), ("one", "dos"), ("three", "one")],
            [("one", "x"), ("two", "one"), ("three", "two"), ("x", "three")],
        ],
        ids=["once", "and back", "swap", "to a former one", "and on", "all around"],
    )
    def test_every_row_stays_itself(self, pairs, alice):
        files = self.renamed_files(*pairs)
        sync(THREE)
        rows = dict(Exercise.objects.values_list("name", "pk"))
        workout = log(alice, "One: 5")

        changes = sync(files)

        assert {each.outcome for each in changes} <= {"updated", "unchanged"}
        assert dict(Exercise.objects.values_list("name", "pk")) == rows
        assert slugs_by_name() == {
            str(each.fields["name"]): each.slug for each in files if each.kind == "exercise"
        }
        assert workout.entries.get().exercise.name == "One"
        assert {each.outcome for each in sync(files)} == {"unchanged"}
        assert [str(each) for each in stored_documents(files)] == [str(each) for each in files]

    def test_an_edit_here_goes_along(self):
        files = self.renamed_files(("one", "uno"))
        sync(THREE)
        edit("one", summary="Mine.")

        sync(files)

        assert Exercise.objects.get(slug="uno").summary == "Mine."

    def test_renamed_on_both_sides_is_a_conflict_of_the_slug(self, client):
        files = self.renamed_files(("one", "uno"))
        sync(THREE)
        edit("one", slug="eins")

        changes = sync(files)
        assert outcome_of(changes, "uno").conflicts == ["slug"]
        assert slugs_by_name()["One"] == "eins"

        sync(files, take_theirs=["eins.slug"])
        assert slugs_by_name()["One"] == "uno"
        for old in ("one", "eins"):
            assert client.get(f"/exercises/{old}/").url == "/exercises/uno/"

    def test_a_new_one_at_the_old_slug_is_another(self):
        files = self.renamed_files(("one", "uno"))
        files.append(exercise("one", name="New one", aliases=[], targets=[]))
        files[-1] = type(files[-1])("exercise", "one", files[-1].fields, "one-2")
        sync(THREE)

        changes = sync(files)

        assert outcome_of(changes, "one").outcome == "added"
        assert slugs_by_name() == {"One": "uno", "Two": "two", "Three": "three", "New one": "one"}

    def test_other_edits_do_not_take_a_renamed_reference_for_a_change(self):
        files = [*FILES[:4], *changed(THREE[4:], "two", variation_of="one")]
        renamed = self.renamed_files(("one", "uno"), files=files)
        sync(files)
        edit("two", summary="Mine.")

        changes = sync(changed(renamed, "two", summary="Theirs."))

        assert outcome_of(changes, "two").conflicts == ["summary"]
        assert Exercise.objects.get(slug="two").variation_of.slug == "uno"

    @pytest.mark.whole
    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        here=st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc")), max_size=4),
        there=st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc")), max_size=4),
    )
    def test_whatever_was_renamed_on_both_sides(self, here, there):
        """Nothing is added, lost or taken for another; and syncing twice is syncing once."""
        from django.db import transaction

        names = ("One", "Two", "Three")

        def rename_free(moves: Any) -> None:
            for number, slug in moves:
                if not Exercise.objects.filter(slug=slug).exists():
                    rename(Exercise.objects.get(name=names[number]), slug)

        with transaction.atomic():
            sync(THREE)
            rename_free(there)
            files = stored_documents(THREE)
            transaction.set_rollback(True)
        with transaction.atomic():
            sync(THREE)
            rename_free(here)
            rows = dict(Exercise.objects.values_list("name", "pk"))

            sync(files)
            once = held()
            sync(files)

            assert held() == once
            assert dict(Exercise.objects.values_list("name", "pk")) == rows
            transaction.set_rollback(True)


class TestFiles:
    def test_two_that_are_known_by_one_slug_are_refused(self, tmp_path):
        twins = [*FILES, type(FILES[0])("exercise", "other", FILES[4].fields, "pull-up")]
        write(twins, tmp_path)

        with pytest.raises(BadFile, match="other and pull-up are both known as pull-up"):
            read_folder(tmp_path)

    def test_permanent_slug_that_is_the_slug_is_left_out(self):
        text = "- model: exercises.equipment\n  fields: {slug: bar, permanent_slug: bar}\n"

        [bar] = read_text(text, name="x.yaml")

        assert bar.permanent_slug == ""
        assert bar.key == ("equipment", "bar")
