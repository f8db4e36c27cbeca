"""One list of what was changed on the desk: what, by whom and why."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.files.revisions import UNRECORDED, record, record_row
from exercises.models import Equipment, Exercise, Muscle, Revision, Source
from tests.factories import (
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

CHANGES = reverse("admin:exercises_revision_changelist")


def changes(client, **asked):
    return client.get(CHANGES, asked).context["cl"].changes


def said(client, **asked):
    return [(change.revision.name, change.revision.reason) for change in changes(client, **asked)]


@pytest.fixture
def erin():
    """Another editor."""
    return UserFactory(username="erin")


@pytest.fixture
def edits(eddie, erin):
    """A document of each kind, made by an upgrade; three were edited since, one of them twice."""
    shrug = ExerciseFactory(name="Shrug", summary="Old.", level="beginner")
    lats = MuscleFactory(name="Lats", text="Old.")
    barbell = EquipmentFactory(name="Barbell")
    SourceFactory(title="Gray")
    record("Catalogue upgrade")
    Exercise.objects.filter(pk=shrug.pk).update(summary="New.", level="advanced")
    record_row(shrug, "Clearer", user=eddie)
    Muscle.objects.filter(pk=lats.pk).update(text="New.")
    record_row(lats, "Typo", user=erin)
    Equipment.objects.filter(pk=barbell.pk).update(note="New.")
    record_row(barbell, "Weight", user=eddie)
    Exercise.objects.filter(pk=shrug.pk).update(summary="Newest.")
    record_row(shrug, "Shorter", user=erin)
    return shrug, lats, barbell


class TestList:
    def test_has_all_kinds_newest_first(self, eddies_client, edits):
        assert said(eddies_client)[:4] == [
            ("Shrug", "Shorter"),
            ("Barbell", "Weight"),
            ("Lats", "Typo"),
            ("Shrug", "Clearer"),
        ]
        assert {name for name, _ in said(eddies_client)[4:]} == {
            "Shrug",
            "Lats",
            "Barbell",
            "Gray",
        }

    def test_says_which_fields_were_changed(self, eddies_client, edits):
        assert [change.fields for change in changes(eddies_client)[:5]] == [
            ("Summary",),
            ("Note",),
            ("Text",),
            ("Summary", "Level"),
            (),
        ]

    def test_leads_to_the_difference(self, eddies_client, edits):
        page = eddies_client.get(CHANGES)
        change = page.context["cl"].changes[3]

        assert change.address.replace("&", "&amp;") in page.content.decode()
        compared = eddies_client.get(change.address)
        assert [each.label for each in compared.context["differences"]] == ["Summary", "Level"]
        assert compared.context["newer"].reason == "Clearer"

    def test_leads_from_a_first_version_to_its_history(self, eddies_client, edits):
        first = changes(eddies_client)[-1]

        assert (first.is_first, first.fields) == (True, ())
        assert eddies_client.get(first.address).status_code == 200

    def test_leaves_out_what_was_merely_found(self, eddies_client, eddie):
        muscle = MuscleFactory()
        record_row(muscle, UNRECORDED)
        assert said(eddies_client) == []

        Muscle.objects.filter(pk=muscle.pk).update(text="By hand.")
        record_row(muscle, UNRECORDED)

        assert said(eddies_client) == [(muscle.name, UNRECORDED)]

    def test_names_who_deleted_what(self, eddies_client, edits):
        _, lats, _ = edits

        eddies_client.post(
            reverse("admin:exercises_muscle_delete", args=[lats.pk]), {"post": "yes"}
        )

        assert not Muscle.objects.exists()
        [deleted, *_] = changes(eddies_client)
        assert (deleted.revision.name, deleted.revision.reason) == ("Lats", "Deleted in admin")
        assert (deleted.revision.by, deleted.fields) == ("eddie", ())
        assert "Lats has been deleted." in eddies_client.get(deleted.address).content.decode()

    def test_names_what_was_deleted_from_a_list(self, eddies_client):
        rows = SourceFactory.create_batch(2)

        eddies_client.post(
            reverse("admin:exercises_source_changelist"),
            {"action": "delete_selected", "_selected_action": [r.pk for r in rows], "post": "yes"},
        )

        assert not Source.objects.exists()
        assert said(eddies_client) == [(row.title, "Deleted in admin") for row in reversed(rows)]

    def test_is_paged(self, eddies_client, eddie):
        muscle = MuscleFactory()
        for number in range(60):
            Muscle.objects.filter(pk=muscle.pk).update(text=f"Text {number}")
            record_row(muscle, f"Edit {number}", user=eddie)

        first, second = said(eddies_client), said(eddies_client, p=2)

        assert (len(first), len(second)) == (50, 10)
        assert [reason for _, reason in (first[0], first[-1], second[0])] == [
            "Edit 59",
            "Edit 10",
            "Edit 9",
        ]
        assert said(eddies_client, all="") == first

    def test_teaches_while_it_is_empty(self, eddies_client):
        page = eddies_client.get(CHANGES).content.decode()

        assert "Nothing has been changed yet." in page

    def test_is_linked_from_the_desk(self, eddies_client):
        page = eddies_client.get(reverse("admin:index")).content.decode()

        assert f'href="{CHANGES}"' in page

    def test_costs_the_same_for_2_and_for_200(self, eddies_client, eddie):
        costs = []
        for count in (2, 50):
            rows = [
                *ExerciseFactory.create_batch(count),
                *MuscleFactory.create_batch(count),
                *SourceFactory.create_batch(count),
                *EquipmentFactory.create_batch(count),
            ]
            record("Catalogue upgrade")
            for row in rows[:5]:
                Revision.objects.create(
                    kind=row._meta.model_name,
                    object_id=row.pk,
                    fields={"slug": "x", "name": "New"},
                    reason="Edited",
                    user=eddie,
                )
            with CaptureQueriesContext(connection) as queries:
                eddies_client.get(CHANGES)
            costs.append(len(queries))

        # session, user, permissions twice, editors, how many there are, a page of them, and what
        # they say, each with the one before it
        assert costs == [8, 8]


class TestFilters:
    def test_by_editor(self, eddies_client, edits, eddie, erin):
        assert said(eddies_client, by=eddie.pk) == [("Barbell", "Weight"), ("Shrug", "Clearer")]
        assert said(eddies_client, by=erin.pk) == [("Shrug", "Shorter"), ("Lats", "Typo")]
        assert {reason for _, reason in said(eddies_client, by="backtrain")} == {
            "Catalogue upgrade"
        }

    def test_by_kind(self, eddies_client, edits):
        assert said(eddies_client, kind="muscle") == [
            ("Lats", "Typo"),
            ("Lats", "Catalogue upgrade"),
        ]

    def test_by_both(self, eddies_client, edits, erin):
        assert said(eddies_client, kind="exercise", by=erin.pk) == [("Shrug", "Shorter")]

    def test_that_find_nothing_say_so(self, eddies_client, edits, erin):
        page = eddies_client.get(CHANGES, {"kind": "source", "by": erin.pk}).content.decode()

        assert "Nothing was changed that fits the filter." in page

    def test_offer_those_who_changed_something(self, eddies_client, edits, charlie):
        page = eddies_client.get(CHANGES)
        offered = {
            spec.title: [name for _, name in spec.lookup_choices]
            for spec in page.context["cl"].filter_specs
        }

        assert offered == {
            "kind": ["Sources", "Equipment", "Muscles", "Exercises"],
            "editor": ["eddie", "erin", "Backtrain"],
        }

    @pytest.mark.parametrize("value", ["", "x", "0", "9" * 30, "²", "\x00"])
    @pytest.mark.parametrize("name", ["by", "kind"])
    def test_take_anything(self, eddies_client, edits, name, value):
        assert len(changes(eddies_client, **{name: value})) == 8


class TestWhoMayLook:
    def test_nobody_but_staff(self, client, alices_client):
        assert [each.get(CHANGES).status_code for each in (client, alices_client)] == [302, 302]

    def test_staff_see_the_kinds_that_they_may_look_at(self, client, edits, charlie):
        charlie.is_staff = True
        charlie.save()
        client.force_login(charlie)
        assert client.get(CHANGES).status_code == 403

        charlie.user_permissions.add(Permission.objects.get(codename="view_muscle"))

        assert said(client) == [("Lats", "Typo"), ("Lats", "Catalogue upgrade")]
        assert said(client, kind="exercise") == said(client)

    def test_nobody_changes_anything_there(self, admin_client, edits):
        [newest, *_] = changes(admin_client)
        form = {"action": "delete_selected", "_selected_action": [newest.revision.pk]}

        answers = [
            admin_client.post(CHANGES, form).status_code,
            *(
                admin_client.post(f"{CHANGES}{page}", {"post": "yes"}).status_code
                for page in ("add/", f"{newest.revision.pk}/change/", "1/delete/")
            ),
        ]

        assert answers[1:] == [404, 404, 404]
        assert Revision.objects.count() == 8
