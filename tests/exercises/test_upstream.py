"""Where a row differs from the catalogue's files, and settling that on the desk."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.files.documents import write_text
from exercises.files.revisions import record
from exercises.files.sync import sync
from exercises.models import Equipment, Exercise, Muscle, Revision, Source, SyncedDocument
from tests.conftest import signed_in
from tests.exercises.files.catalogue_files import FILES, changed, edit, held, outcome_of, write
from tests.exercises.test_admin import address, errors_of, form_data
from tests.factories import ExerciseFactory, UserFactory, log

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

CONFLICTS = reverse("admin:exercises_openconflict_changelist")
FEWER = [each for each in FILES if each.slug != "muscle-up"]


def exercise(slug="pull-up"):
    return Exercise.objects.get(slug=slug)


def synced(slug="pull-up"):
    return SyncedDocument.objects.get(kind="exercise", slug=slug)


def texts(response):
    return [str(message) for message in response.context["messages"]]


def settle(client, row, picks, page=None, **others):
    """Choose on the page as it was shown, or as it is shown now."""
    where = address("upstream", row)
    page = page or client.get(where)
    data = {"version": page.context["comparison"].version, "change_reason": "", **others}
    data |= {f"pick-{name}": side for name, side in picks.items()}
    return client.post(where, data, follow=True)


def state():
    """All that settling writes, but for the history."""
    bases = SyncedDocument.objects.values_list(
        "kind", "slug", "object_id", "fields", "conflicts", "edited", "is_gone"
    )
    return held(), sorted(bases, key=str)


@pytest.fixture
def files():
    """Both sides changed summary, steps, load and level of the pull-up; ours alone the cues."""
    sync(FILES)
    edit(
        "pull-up",
        summary="Mine.",
        cues="Mine\n",
        steps=["Hang.", "Pull hard."],
        level="advanced",
        slug="chin-over-bar",
    )
    record("Edited")
    files = changed(
        FILES,
        "pull-up",
        summary="Theirs.",
        steps=["Hang.", "Pull slowly."],
        level="intermediate",
        safety="New.",
    )
    sync(files)
    return files


class TestThePage:
    @pytest.mark.parametrize(
        "picks",
        [
            {"summary": "theirs"},
            {"summary": "mine"},
            {"summary": "theirs", "steps": "mine"},
            {"summary": "theirs", "steps": "theirs", "level": "theirs", "cues": "theirs"},
            {"summary": "mine", "steps": "mine", "level": "mine"},
            {"slug": "theirs", "level": "mine"},
        ],
    )
    def test_comes_to_what_the_command_does(self, eddies_client, files, picks, tmp_path):
        write(files, tmp_path)
        wanted = {
            side: [f"pull-up.{name}" for name, picked in picks.items() if picked == side]
            for side in ("theirs", "mine")
        }
        with transaction.atomic():
            call_command(
                "sync_catalog",
                *("--folder", tmp_path, "--verbosity", "0"),
                *(["--take-theirs", *wanted["theirs"]] if wanted["theirs"] else []),
                *(["--keep-mine", *wanted["mine"]] if wanted["mine"] else []),
            )
            by_command = state()
            transaction.set_rollback(True)
        assert state() != by_command

        response = settle(eddies_client, exercise("chin-over-bar"), picks)

        assert response.status_code == 200
        assert state() == by_command
        assert {each.outcome for each in sync(files)} == {"unchanged"}
        assert state() == by_command

    def test_shows_both_sides_word_by_word_open_ones_first(self, eddies_client, files):
        page = eddies_client.get(address("upstream", exercise("chin-over-bar")))

        fields = page.context["comparison"].fields
        assert [(each.name, each.is_open) for each in fields] == [
            ("summary", True),
            ("level", True),
            ("steps", True),
            ("slug", False),
            ("cues", False),
            ("former_slugs", False),
        ]
        shown = page.content.decode()
        assert "Pull <ins>slowly</ins>." in shown
        assert "Pull <ins>hard</ins>." in shown
        assert '<p class="version">What it is.</p>' in shown
        assert "changed here and upstream" in shown

    def test_writes_a_version_with_who_and_why(self, eddies_client, eddie, files):
        row = exercise("chin-over-bar")

        response = settle(
            eddies_client, row, {"summary": "theirs", "level": "mine"}, change_reason="Clearer"
        )

        newest = Revision.objects.of("exercise", row.pk).first()
        assert (newest.user, newest.reason) == (eddie, "Clearer")
        assert newest.fields["summary"] == "Theirs."
        assert texts(response) == ["Taken from upstream: summary.", "Kept as it is here: level."]

    def test_writes_one_too_where_all_was_kept(self, eddies_client, eddie, files):
        row = exercise("chin-over-bar")

        settle(eddies_client, row, {"summary": "mine"})

        newest = Revision.objects.of("exercise", row.pk).first()
        assert (newest.user, newest.reason) == (eddie, "Compared with the catalogue")
        history = eddies_client.get(address("history", row)).content.decode()
        assert "Nothing in it changed." in history

    def test_leaves_open_what_nobody_chose(self, eddies_client, files):
        row = exercise("chin-over-bar")
        before = state()

        response = settle(eddies_client, row, {"summary": "", "cues": "mine"})

        assert texts(response) == ["Nothing was chosen, so nothing was changed."]
        assert state() == before

    def test_takes_back_an_edit_that_is_no_conflict(self, eddies_client, files):
        settle(eddies_client, exercise("chin-over-bar"), {"cues": "theirs"})

        assert exercise("chin-over-bar").cues == "Pull\n"
        assert set(synced().conflicts) == {"summary", "level", "steps"}

    @pytest.mark.parametrize("change", ["row", "upgrade", "settled"])
    def test_notices_that_it_is_stale(self, eddies_client, files, change):
        row = exercise("chin-over-bar")
        page = eddies_client.get(address("upstream", row))
        if change == "row":
            edit("chin-over-bar", summary="Mine again.")
        elif change == "upgrade":
            sync(changed(files, "pull-up", summary="Theirs again."))
        else:
            sync(files, keep_mine=["pull-up.summary"])
        before = state()

        response = settle(eddies_client, row, {"summary": "theirs"}, page, change_reason="Why")

        assert response.status_code == 409
        assert "Nothing was changed" in texts(response)[0]
        assert state() == before
        shown = response.content.decode()
        assert {"row": "Mine again", "upgrade": "Theirs again", "settled": "Mine"}[change] in (
            shown.replace("<ins>", "").replace("</ins>", "")
        )
        assert 'value="Why"' in shown

    @pytest.mark.parametrize("data", [{}, {"version": "x"}, {"version": "\0"}])
    def test_refuses_what_no_page_sent(self, eddies_client, files, data):
        row = exercise("chin-over-bar")

        response = eddies_client.post(
            address("upstream", row), data | {"pick-summary": "theirs", "pick-nothing": "theirs"}
        )

        assert response.status_code == 409
        assert exercise("chin-over-bar").summary == "Mine."

    def test_refuses_a_reason_that_is_too_long(self, eddies_client, files):
        row = exercise("chin-over-bar")

        response = settle(eddies_client, row, {"summary": "theirs"}, change_reason="x" * 81)

        assert response.status_code == 422
        assert exercise("chin-over-bar").summary == "Mine."

    def test_of_a_row_without_differences_says_so(self, eddies_client, files):
        made_here = ExerciseFactory()

        for row, said in [
            (exercise("muscle-up"), "It says what upstream says"),
            (made_here, "Upstream does not have it"),
        ]:
            assert said in eddies_client.get(address("upstream", row)).content.decode()

    @pytest.mark.parametrize(
        ("model", "slug", "field"),
        [(Muscle, "lats", "origin"), (Equipment, "bar", "note"), (Source, "a2020", "title")],
    )
    def test_is_there_for_every_kind(self, eddies_client, model, slug, field):
        sync(FILES)
        row = model.objects.get_by_natural_key(slug)
        setattr(row, field, "Mine")
        row.save()
        sync(changed(FILES, slug, **{field: "Theirs"}))

        settle(eddies_client, row, {field: "theirs"})

        row.refresh_from_db()
        assert getattr(row, field) == "Theirs"
        assert not SyncedDocument.objects.with_conflicts().exists()


class TestWhatAFormWouldRefuse:
    """The command and the page alike leave it open, and say why."""

    def refused(self, client, files, name):
        """What both say who are told to take the field, which stays open."""
        with transaction.atomic():
            change = outcome_of(sync(files, take_theirs=[f"pull-up.{name}"]), "pull-up")
            by_command = state()
            transaction.set_rollback(True)
        assert change.conflicts == [name]

        response = settle(client, exercise(), {name: "theirs"})

        assert state() == by_command
        assert name in synced().conflicts
        [said, why] = texts(response)
        assert said == f"Not taken: {name.replace('_', ' ')}."
        assert change.notes == [why]
        return why

    @pytest.mark.parametrize(
        ("name", "theirs", "why"),
        [
            ("summary", "", "A published exercise needs a summary."),
            ("steps", [], "A published exercise needs steps."),
            ("targets", [["lats", "secondary"]], "A published exercise needs a main muscle."),
            ("summary", "So[^b2021].", "[^b2021]: there is no source with this key."),
            ("mistakes", "Too fast", "Write what goes wrong, a colon, then what to do instead"),
            ("cues", "Pull[^a2020]", "Cues show no footnotes."),
            ("name", "2: up", "Begin with a letter, and use no colon."),
        ],
    )
    def test_is_not_taken(self, eddies_client, name, theirs, why):
        sync(FILES)
        mine = {"steps": ["Mine."]}.get(name, "Mine: me.")
        if name == "targets":
            exercise().targets.filter(role="secondary").delete()
        else:
            edit("pull-up", **{name: "Mine" if name == "name" else mine})
        files = changed(FILES, "pull-up", **{name: theirs})
        sync(files)

        assert why in self.refused(eddies_client, files, name)

    def test_is_a_load_type_under_which_logged_sets_cant_be_read(self, eddies_client, alice):
        sync(FILES)
        log(alice, "Pull Up: 8, 8")
        edit("pull-up", load_type="bodyweight_plus")
        files = changed(FILES, "pull-up", load_type="duration", bodyweight_fraction=None)
        sync(files)

        assert set(synced().conflicts) == {"load_type"}
        response = settle(eddies_client, exercise(), {"load_type": "theirs"})

        assert exercise().load_type == "bodyweight_plus"
        assert texts(response)[0] == "Not taken: load type."
        assert texts(response)[1].startswith("load_type: ")

    def test_is_not_held_against_what_was_wrong_before(self, eddies_client):
        sync(FILES)
        edit("pull-up", summary="Mine.", cues="Pull[^a2020]")
        sync(changed(FILES, "pull-up", summary="Theirs."))

        settle(eddies_client, exercise(), {"summary": "theirs"})

        assert exercise().summary == "Theirs."

    def test_is_the_name_of_another_row(self, eddies_client):
        sync(FILES)
        edit("pull-up", name="Mine")
        ExerciseFactory(name="Bar pull", slug="bar-pull")
        sync(changed(FILES, "pull-up", name="Bar Pull"))
        assert synced().conflicts == {"name": "Bar Pull"}

        response = settle(eddies_client, exercise(), {"name": "theirs"})

        assert texts(response) == [
            "Nothing was changed.",
            "name: “Bar Pull” is what Bar pull (bar-pull) is called here",
        ]
        assert exercise().name == "Mine"


class TestLeftUpstream:
    @pytest.fixture
    def muscle_up(self):
        sync(FILES)
        edit("muscle-up", summary="Mine.")
        record("Edited")
        sync(FEWER)
        return exercise("muscle-up")

    @pytest.mark.parametrize(
        ("side", "choice", "status"),
        [("theirs", "take_theirs", "archived"), ("mine", "keep_mine", "published")],
    )
    def test_is_settled_as_by_the_command(self, eddies_client, muscle_up, side, choice, status):
        with transaction.atomic():
            sync(FEWER, **{choice: ["muscle-up.status"]})
            by_command = state()
            transaction.set_rollback(True)

        response = settle(eddies_client, muscle_up, {"status": side})

        assert state() == by_command
        assert exercise("muscle-up").status == status
        assert {each.outcome for each in sync(FEWER)} == {"unchanged"}
        assert "It left upstream, and stays here." in response.content.decode()

    def test_is_said_on_the_page(self, eddies_client, muscle_up):
        page = eddies_client.get(address("upstream", muscle_up)).content.decode()

        assert "It left upstream, but was edited here" in page
        assert "archived" in page


class TestTheList:
    def test_names_who_in_which_fields_and_how_many(self, eddies_client, files):
        page = eddies_client.get(CONFLICTS).content.decode()

        row = exercise("chin-over-bar")
        assert f'<a href="{address("upstream", row)}">Pull Up</a>' in page
        assert '<td class="field-fields_in_words">summary, level, steps</td>' in page
        assert '<td class="field-count">3</td>' in page

    def test_is_on_the_desk(self, eddies_client):
        assert CONFLICTS in eddies_client.get(reverse("admin:index")).content.decode()

    def test_leaves_out_rows_that_are_gone(self, eddies_client):
        sync(FILES)
        row = Source.objects.get()
        Source.objects.update(title="Mine")
        sync(changed(FILES, "a2020", title="Theirs"))
        assert "Mine" in eddies_client.get(CONFLICTS).content.decode()

        row.delete()

        assert "0 open conflicts" in eddies_client.get(CONFLICTS).content.decode()

    @pytest.mark.parametrize("count", [1, 2])
    def test_costs_the_same_for_any_number(self, eddies_client, count):
        sync(FILES)
        files = FILES
        for slug in ["pull-up", "muscle-up"][:count]:
            edit(slug, summary="Mine.")
            files = changed(files, slug, summary="Theirs.")
        sync(files)

        with CaptureQueriesContext(connection) as queries:
            response = eddies_client.get(CONFLICTS)

        assert len(response.context["cl"].result_list) == count
        # session, user, permissions of both kinds, two counts, the conflicts, kinds to filter by
        assert len(queries) <= 8


class TestWhoMaySettle:
    def test_editors_do_and_nobody_else(self, client, alices_client, files):
        row = exercise("chin-over-bar")
        may_log_in_only = UserFactory.create(is_staff=True)
        before = state()

        for visitor in (client, alices_client):
            for page in (CONFLICTS, address("upstream", row)):
                assert visitor.get(page).status_code == 302
            assert visitor.post(address("upstream", row), {}).status_code == 302
        for page in (CONFLICTS, address("upstream", row)):
            assert signed_in(may_log_in_only).get(page).status_code == 403
        assert state() == before

    def test_whoever_may_only_look_sees_both_and_no_choice(self, files):
        row = exercise("chin-over-bar")
        looker = UserFactory.create(is_staff=True)
        looker.user_permissions.add(Permission.objects.get(codename="view_exercise"))
        page = signed_in(looker).get(address("upstream", row))

        assert "Mine" in page.content.decode()
        assert 'type="radio"' not in page.content.decode()
        sent = {"version": page.context["comparison"].version, "pick-summary": "theirs"}
        assert signed_in(looker).post(address("upstream", row), sent).status_code == 403
        assert signed_in(looker).get(CONFLICTS).status_code == 403

    def test_own_exercises_of_athletes_have_no_such_page(self, eddies_client, alice):
        own = ExerciseFactory(owner=alice)

        assert eddies_client.get(address("upstream", own)).status_code == 302

    def test_whoever_edits_muscles_only_sees_conflicts_of_muscles(self, files):
        anatomist = UserFactory.create(is_staff=True)
        anatomist.user_permissions.add(Permission.objects.get(codename="change_muscle"))

        page = signed_in(anatomist).get(CONFLICTS)

        assert list(page.context["cl"].result_list) == []


LISTS = {
    model: reverse(f"admin:exercises_{model._meta.model_name}_changelist")
    for model in (Exercise, Muscle, Equipment, Source)
}


class TestTheColumnAndTheFilter:
    def listed(self, client, wanted, model=Exercise):
        found = client.get(LISTS[model], {"upstream": wanted}).context["cl"].result_list
        return [str(row) for row in found]

    def cell(self, client, model=Exercise):
        """The column of the first row of the list."""
        page = client.get(LISTS[model]).content.decode()
        return page.partition('<td class="field-differs">')[2].partition("</td>")[0]

    def test_say_where_each_row_differs(self, eddies_client, files):
        ExerciseFactory(name="Zercher squat")

        page = eddies_client.get(LISTS[Exercise]).content.decode()

        assert "<strong>open: summary, level, steps</strong> · slug, cues, former slugs</a>" in page
        assert '<span class="quiet">only here</span>' in page
        assert self.listed(eddies_client, "differs") == ["Pull Up"]
        assert self.listed(eddies_client, "open") == ["Pull Up"]
        assert self.listed(eddies_client, "same") == ["Muscle Up"]
        assert self.listed(eddies_client, "only-here") == ["Zercher squat"]
        assert self.listed(eddies_client, "left") == []
        assert self.listed(eddies_client, "nonsense") == ["Muscle Up", "Pull Up", "Zercher squat"]

    def test_say_what_left(self, eddies_client):
        sync(FILES)
        sync(FEWER)

        assert self.listed(eddies_client, "left") == ["Muscle Up"]
        assert ">left upstream</a>" in self.cell(eddies_client)

    @pytest.mark.parametrize("model", LISTS)
    def test_are_right_after_a_save_and_after_going_back(self, eddies_client, model):
        sync(FILES)
        row = model.objects.order_by("pk").first()
        field = "title" if model is Source else "name"
        data = form_data(eddies_client.get(address("change", row)))

        response = eddies_client.post(address("change", row), data | {field: "Mine"})

        assert response.status_code == 302, errors_of(response)
        assert self.listed(eddies_client, "differs", model) == ["Mine"]
        first = Revision.objects.of(row._meta.model_name, row.pk).last()
        eddies_client.post(address("history", row), {"revision": first.pk})
        assert self.listed(eddies_client, "differs", model) == []

    def test_are_right_for_the_other_side_of_antagonists(self, eddies_client, eddie):
        sync(FILES)
        lats = Muscle.objects.get(slug="lats")
        data = form_data(eddies_client.get(address("change", lats)))

        response = eddies_client.post(address("change", lats), data | {"antagonists": []})

        assert response.status_code == 302, errors_of(response)
        assert self.listed(eddies_client, "differs", Muscle) == ["Lats", "Traps"]
        traps = Revision.objects.of("muscle", Muscle.objects.get(slug="traps").pk).first()
        assert (traps.fields["antagonists"], traps.user) == ([], eddie)
        first = Revision.objects.of("muscle", lats.pk).last()
        eddies_client.post(address("history", lats), {"revision": first.pk})
        assert self.listed(eddies_client, "differs", Muscle) == []

    @pytest.mark.parametrize("by", ["itself", "list"])
    @pytest.mark.parametrize(
        ("model", "of", "name", "field"),
        [
            (Source, Muscle, "Traps", "sources"),
            (Equipment, Exercise, "Pull Up", "equipment"),
        ],
    )
    def test_are_right_for_what_named_a_deleted_row(
        self, eddies_client, eddie, model, of, name, field, by
    ):
        sync(FILES)
        row = model.objects.get()
        if by == "itself":
            eddies_client.post(address("delete", row), {"post": "yes"})
        else:
            chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
            eddies_client.post(LISTS[model], chosen)

        assert not model.objects.exists()
        assert self.listed(eddies_client, "differs", of) == [name]
        newest = Revision.objects.of(of._meta.model_name, of.objects.get(name=name).pk).first()
        assert (newest.user, newest.fields[field]) == (eddie, [])
        assert newest.reason == f"Without {row.natural_key()[0]}, now deleted"

    def test_are_right_after_an_import_and_an_action(self, eddies_client):
        sync(FILES)
        text = write_text(changed(FILES, "pull-up", summary="Imported."), heading="Edits")

        eddies_client.post(
            reverse("admin:exercises_exercise_import"), {"text": text, "apply": "Import"}
        )
        assert self.listed(eddies_client, "differs") == ["Pull Up"]

        muscle_up = exercise("muscle-up")
        chosen = {"action": "unpublish", "_selected_action": muscle_up.pk}
        eddies_client.post(LISTS[Exercise], chosen)
        assert self.listed(eddies_client, "differs") == ["Muscle Up", "Pull Up"]

    @pytest.mark.parametrize("model", LISTS)
    @pytest.mark.parametrize("count", [2, 40])
    def test_cost_the_same_for_any_number(self, admin_client, model, count):
        sync(FILES)
        make = {"kind": model._meta.model_name, "fields": {}, "edited": ["name"]}
        for number in range(count):
            SyncedDocument.objects.create(**make, slug=f"x-{number}", object_id=1000 + number)
            fields = {"key" if model is Source else "slug": f"x-{number}", "pk": 1000 + number}
            if model is Muscle:
                fields |= {"kind": "muscle", "is_volume_unit": True, "region": "back"}
                fields |= {"view": "back", "layer": "deep"}
            if model is Exercise:
                fields |= {"name": f"X {number}", "load_type": "external"}
            if model is Equipment:
                fields |= {"kind": "bench"}
            model.objects.create(**fields)

        with CaptureQueriesContext(connection) as queries:
            response = admin_client.get(LISTS[model], {"upstream": "differs"})

        assert len(response.context["cl"].result_list) == count
        assert len(queries) <= 12


class TestTheForm:
    def test_says_where_it_differs_and_what_is_open(self, eddies_client, files):
        row = exercise("chin-over-bar")

        page = eddies_client.get(address("change", row)).content.decode()

        assert "Changed here and upstream: summary, level, steps." in page
        assert "Differs from upstream: slug, cues, former slugs." in page
        assert page.count(f'href="{address("upstream", row)}"') == 2

    def test_says_nothing_where_nothing_differs(self, eddies_client, files):
        page = eddies_client.get(address("change", exercise("muscle-up"))).content.decode()

        assert "upstream" not in page
