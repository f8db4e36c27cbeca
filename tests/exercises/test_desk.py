"""The editor's desk: previews, history with a way back, publishing, archiving, pictures, files."""

import re
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from exercises.files.dumping import stored_documents
from exercises.files.revisions import record_row
from exercises.models import Exercise, Picture, Revision
from tests.exercises.test_admin import ADD, LIST, add_row, address, errors_of, form_data, row_of
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    SourceFactory,
    StepFactory,
    TargetFactory,
    log,
)
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

IMPORT = reverse("admin:exercises_exercise_import")
PREVIEW_TEXT = reverse("admin:exercises_preview")


@pytest.fixture
def shrug():
    shrug = ExerciseFactory(
        name="Barbell shrug", slug="barbell-shrug", status="draft", summary="Shrug it."
    )
    StepFactory(exercise=shrug, position=1, text="Stand with the bar.")
    StepFactory(exercise=shrug, position=2, text="Lift your shoulders.")
    TargetFactory(exercise=shrug, muscle=MuscleFactory(slug="upper-traps", name="Upper traps"))
    return shrug


def save(client, row, **changes):
    data = form_data(client.get(address("change", row)))
    response = client.post(address("change", row), data | changes)
    assert response.status_code == 302, errors_of(response)


def texts(response):
    return [str(message) for message in response.context["messages"]]


class TestTexts:
    def test_keep_plain_line_breaks(self, eddies_client, shrug):
        save(eddies_client, shrug, cues="Chest up\r\nElbows back\r\n")

        shrug.refresh_from_db()
        assert shrug.cues == "Chest up\nElbows back\n"

    def test_saved_unchanged_say_what_they_said(self, eddies_client, shrug):
        """What the files say must not look edited after a save that changed nothing."""
        shrug.cues, shrug.mistakes = "Chest up\nElbows back\n", "Too fast: slow.\nHigh: lower.\n"
        shrug.save()
        before = stored_documents()
        data = form_data(eddies_client.get(address("change", shrug)))

        as_browsers_post = {
            name: value.replace("\n", "\r\n") if isinstance(value, str) else value
            for name, value in data.items()
        }
        eddies_client.post(address("change", shrug), as_browsers_post)

        assert stored_documents() == before
        assert Revision.objects.count() == 1

    def test_of_nothing_but_blanks_are_empty(self, eddies_client, shrug):
        save(eddies_client, shrug, safety=" \r\n ")

        shrug.refresh_from_db()
        assert shrug.safety == ""


class TestPreviewOfAText:
    def show(self, client, shape, text):
        return client.post(PREVIEW_TEXT, {"shape": shape, "text": text})

    @pytest.mark.parametrize(
        ("shape", "text", "shown"),
        [
            ("line", "Pull **hard**", "<p>Pull <strong>hard</strong></p>"),
            ("prose", "One\n\nTwo", "<p>One</p><p>Two</p>"),
            ("cues", "Chest up\n\nElbows back", "<li>Chest up</li><li>Elbows back</li>"),
            ("mistakes", "Fast: slow down", "<dt>Fast</dt><dd>slow down</dd>"),
            ("mistakes", "Fast", "A colon, then what to do instead."),
        ],
    )
    def test_is_what_the_site_makes_of_it(self, eddies_client, shape, text, shown):
        response = self.show(eddies_client, shape, text)

        assert shown in on_one_line(response.content.decode())

    def test_numbers_sources_and_names_unknown_ones(self, eddies_client):
        SourceFactory(key="gray", title="Gray's Anatomy")

        page = self.show(eddies_client, "line", "So[^gray] they say[^nobody].").content.decode()

        assert "1. Gray&#x27;s Anatomy" in page
        assert "There is no source nobody yet." in page

    def test_shows_script_as_text(self, eddies_client):
        page = self.show(eddies_client, "line", "<script>alert(1)</script>").content.decode()

        assert "<script>" not in page

    def test_is_for_editors(self, client, alices_client):
        for visitor in (client, alices_client):
            assert self.show(visitor, "line", "x").status_code == 302

    @pytest.mark.parametrize("shape", ["", "pie"])
    def test_needs_a_shape_it_knows(self, eddies_client, shape):
        assert self.show(eddies_client, shape, "x").status_code == 400
        assert eddies_client.get(PREVIEW_TEXT).status_code == 400

    def test_is_asked_for_by_each_text_of_the_form(self, eddies_client, shrug):
        page = eddies_client.get(address("change", shrug)).content.decode()

        assert page.count(f'data-preview-url="{PREVIEW_TEXT}"') == 4 + 2 + 1  # a blank step too


class TestPreviewOfAPage:
    def test_shows_a_draft_as_a_visitor_would_see_it(self, eddies_client, shrug):
        response = eddies_client.get(address("preview", shrug))

        page = response.content.decode()
        assert "Only editors see this." in page
        assert "Lift your shoulders." in page
        assert eddies_client.get(shrug.get_absolute_url()).status_code == 404

    def test_is_where_view_on_site_leads_for_a_draft(self, eddies_client, shrug):
        page = eddies_client.get(address("change", shrug)).content.decode()

        assert f'href="{address("preview", shrug)}"' in page

    def test_is_for_editors(self, client, alices_client, shrug):
        for visitor in (client, alices_client):
            assert visitor.get(address("preview", shrug)).status_code == 302

    def test_of_the_form_shows_the_edit_and_saves_nothing(self, eddies_client, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))
        first = row_of(data, "steps", "position", 1)
        data |= {f"{first}-text": "Take the bar.", "summary": "Not yet.", "_preview": "Preview"}

        response = eddies_client.post(address("change", shrug), data)

        page = response.content.decode()
        assert response.status_code == 200
        assert "Take the bar." in page
        assert "Not yet." in page
        shrug.refresh_from_db()
        assert shrug.summary == "Shrug it."
        assert shrug.steps.get(position=1).text == "Stand with the bar."
        assert not Revision.objects.exists()

    def test_of_a_new_one_makes_none(self, eddies_client):
        data = form_data(eddies_client.get(ADD))
        data |= {"name": "Rack pull", "slug": "rack-pull", "load_type": "external", "_preview": "1"}

        page = eddies_client.post(ADD, data).content.decode()

        assert "<h1>Rack pull</h1>" in page
        assert not Exercise.objects.exists()

    def test_of_a_wrong_form_says_what_is_wrong(self, eddies_client, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))

        response = eddies_client.post(
            address("change", shrug), data | {"name": "", "_preview": "1"}
        )

        assert "required" in errors_of(response)


class TestHistory:
    def test_shows_who_changed_what_word_by_word(self, eddies_client, shrug):
        save(eddies_client, shrug, summary="Shrug them.")

        page = eddies_client.get(address("history", shrug)).content.decode()

        assert "eddie · Edited in admin" in page
        assert "<del>it</del>" in page
        assert "<ins>them</ins>" in page
        assert "Backtrain · Before the first edit here" in page

    def test_sees_a_step_that_changed(self, eddies_client, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))
        data[row_of(data, "steps", "position", 1) + "-text"] = "Stand with a bar."
        eddies_client.post(address("change", shrug), data)

        page = eddies_client.get(address("history", shrug)).content.decode()

        assert "<del>the</del>" in page
        assert "<ins>a</ins>" in page

    def test_goes_back_with_one_click(self, eddies_client, shrug, eddie):
        save(eddies_client, shrug, summary="Worse.")
        first = Revision.objects.of("exercise", shrug.pk).last()

        response = eddies_client.post(
            address("history", shrug), {"revision": first.pk}, follow=True
        )

        shrug.refresh_from_db()
        assert shrug.summary == "Shrug it."
        assert texts(response)[-1] == "Went back: summary."
        newest = Revision.objects.of("exercise", shrug.pk).first()
        assert newest.user == eddie
        assert newest.reason.startswith("Back to the version of")

    def test_says_why_it_can_t_go_back(self, eddies_client, shrug):
        save(eddies_client, shrug, name="Power shrug")
        ExerciseFactory(name="Barbell shrug", slug="another-shrug")
        first = Revision.objects.of("exercise", shrug.pk).last()

        response = eddies_client.post(
            address("history", shrug), {"revision": first.pk}, follow=True
        )

        shrug.refresh_from_db()
        assert shrug.name == "Power shrug"
        assert texts(response)[-1].startswith("Nothing was changed:")

    @pytest.mark.parametrize("number", ["", "x", "0", "999999", "²"])
    def test_knows_only_versions_of_this_row(self, eddies_client, shrug, number):
        assert (
            eddies_client.post(address("history", shrug), {"revision": number}).status_code == 404
        )

    def test_does_not_take_another_rows_version(self, eddies_client, shrug):
        other = ExerciseFactory()
        record_row(other, "Other")
        revision = Revision.objects.get()

        response = eddies_client.post(address("history", shrug), {"revision": revision.pk})

        assert response.status_code == 404

    def test_needs_the_right_to_change(self, client, shrug, alice):
        alice.is_staff = True
        alice.save()
        client.force_login(alice)

        assert client.post(address("history", shrug), {"revision": 1}).status_code == 403
        assert client.get(address("history", shrug)).status_code == 403

    def test_teaches_while_it_is_empty(self, eddies_client, shrug):
        page = eddies_client.get(address("history", shrug)).content.decode()

        assert "The first edit here starts its history." in page

    def test_is_paged_with_each_compared_to_the_one_before(self, eddies_client, shrug):
        for number in range(25):
            Exercise.objects.filter(pk=shrug.pk).update(summary=f"Text{number}")
            record_row(shrug, f"Edit {number}")

        first = eddies_client.get(address("history", shrug)).context["versions"]
        second = eddies_client.get(address("history", shrug) + "?page=2").context["versions"]

        assert (len(first), len(second)) == (20, 5)
        assert [each.revision.reason for each in first[-1:] + second[:1]] == ["Edit 5", "Edit 4"]
        assert first[-1].differences[0].name == "summary"
        assert second[-1].differences == []
        assert [each.is_current for each in first[:2] + second[:1]] == [True, False, False]

    @pytest.mark.parametrize("model", ["muscle", "equipment", "source"])
    def test_is_kept_of_every_kind(self, eddies_client, model):
        row = {"muscle": MuscleFactory, "source": SourceFactory}.get(model, MuscleFactory)()

        save(eddies_client, row, **({"title": "New"} if model == "source" else {"name": "New"}))

        assert "<ins>New</ins>" in eddies_client.get(address("history", row)).content.decode()


class TestCompare:
    """Any two versions, at an address that can be sent to somebody."""

    @pytest.fixture
    def versions(self, shrug, eddie):
        """Three of them, the oldest first."""
        for summary, level in (
            ("Shrug the bar.", "beginner"),
            ("Lift the bar.", "intermediate"),
            ("Lift a bar.", "intermediate"),
        ):
            Exercise.objects.filter(pk=shrug.pk).update(summary=summary, level=level)
            record_row(shrug, f"As in “{summary}”", user=eddie)
        return list(Revision.objects.of("exercise", shrug.pk).reverse())

    def at(self, row, before, after):
        return f"{address('compare', row)}?before={before}&after={after}"

    def test_shows_what_differs_word_by_word(self, eddies_client, shrug, versions):
        first, _, last = versions

        response = eddies_client.get(self.at(shrug, first.pk, last.pk))

        page = response.content.decode()
        assert [each.label for each in response.context["differences"]] == ["Summary", "Level"]
        assert re.findall("<del>(.*?)</del>", page) == ["Shrug", "the", "beginner"]
        assert re.findall("<ins>(.*?)</ins>", page) == ["Lift", "a", "intermediate"]
        assert "2 fields different" in page
        for version in (first, last):
            made = f"{version.made_at:%-d %B %Y, %H:%M} UTC</time> · eddie · {version.reason}"
            assert made in page

    def test_has_the_fields_in_the_order_of_a_document(self, eddies_client, shrug, versions):
        first, _, last = versions
        last.fields = dict(reversed(last.fields.items()))  # as PostgreSQL may give them back
        last.save()

        response = eddies_client.get(self.at(shrug, first.pk, last.pk))

        assert [each.label for each in response.context["differences"]] == ["Summary", "Level"]

    def test_puts_the_older_first_however_they_are_chosen(self, eddies_client, shrug, versions):
        first, second, _ = versions

        pages = [
            eddies_client.get(self.at(shrug, *pair)).context
            for pair in ((first.pk, second.pk), (second.pk, first.pk))
        ]

        assert [(page["older"], page["newer"]) for page in pages] == [(first, second)] * 2

    def test_goes_back_to_the_older(self, eddies_client, shrug, versions):
        page = eddies_client.get(self.at(shrug, versions[1].pk, versions[0].pk)).content.decode()
        [action] = re.findall(r'<form method="post" action="([^"]+/history/)"', page)
        [newest] = re.findall(r'name="newest" value="(\d+)"', page)
        [key] = re.findall(r'name="revision" value="(\d+)"', page)

        eddies_client.post(action, {"newest": newest, "revision": key})

        shrug.refresh_from_db()
        assert (shrug.summary, shrug.level) == ("Shrug the bar.", "beginner")

    def test_is_chosen_in_the_history_from_all_versions(self, eddies_client, shrug, versions):
        page = eddies_client.get(address("history", shrug)).content.decode()

        assert f'action="{address("compare", shrug)}"' in page
        chosen = re.findall(r'<option value="(\d+)" selected>', page)
        assert chosen == [str(versions[1].pk), str(versions[2].pk)]
        assert page.count("<option ") == 6
        assert self.at(shrug, versions[0].pk, versions[2].pk).replace("&", "&amp;") in page

    def test_is_not_offered_where_there_is_nothing_to_compare(self, eddies_client, shrug):
        record_row(shrug, "Once")

        assert "<select" not in eddies_client.get(address("history", shrug)).content.decode()

    def test_of_a_version_with_itself_says_so(self, eddies_client, shrug, versions):
        page = eddies_client.get(self.at(shrug, versions[0].pk, versions[0].pk)).content.decode()

        assert "That is one and the same version." in page

    def test_of_versions_that_say_the_same_says_so(self, eddies_client, shrug, versions):
        Exercise.objects.filter(pk=shrug.pk).update(summary="Shrug the bar.", level="beginner")
        record_row(shrug, "Back")
        newest = Revision.objects.of("exercise", shrug.pk).first()

        page = eddies_client.get(self.at(shrug, newest.pk, versions[0].pk)).content.decode()

        assert "Both versions say the same." in page

    @pytest.mark.parametrize("key", ["", "x", "0", "-1", "9" * 30, "²", "%00"])
    def test_knows_only_versions_of_this_row(self, eddies_client, shrug, versions, key):
        other = ExerciseFactory()
        record_row(other, "Other")
        others = Revision.objects.get(object_id=other.pk)

        for pair in ((versions[0].pk, key), (key, versions[0].pk), (others.pk, versions[0].pk)):
            assert eddies_client.get(self.at(shrug, *pair)).status_code == 404
        assert eddies_client.get(address("compare", shrug)).status_code == 404

    def test_of_what_was_deleted_can_still_be_read(self, eddies_client):
        muscle = MuscleFactory(name="Old muscle")
        record_row(muscle, "One")
        [version] = Revision.objects.all()
        at = self.at(muscle, version.pk, version.pk)
        muscle.delete()

        page = eddies_client.get(at).content.decode()

        assert "Old muscle has been deleted." in page
        assert "Go back" not in page

    def test_needs_the_right_to_look(self, client, alices_client, shrug, versions, charlie):
        at = self.at(shrug, versions[0].pk, versions[1].pk)
        charlie.is_staff = True
        charlie.save()

        assert [each.get(at).status_code for each in (client, alices_client)] == [302, 302]
        client.force_login(charlie)
        assert client.get(at).status_code == 403
        charlie.user_permissions.add(Permission.objects.get(codename="view_exercise"))
        page = client.get(at).content.decode()
        assert "<ins>" in page
        assert "Go back" not in page

    def test_costs_the_same_for_many_versions(
        self, eddies_client, shrug, versions, django_assert_num_queries
    ):
        for number in range(30):
            Exercise.objects.filter(pk=shrug.pk).update(summary=f"Text {number}")
            record_row(shrug, "Edited")

        # session, user, permissions twice; the row with its targets and equipment; both versions,
        # and all to choose from
        with django_assert_num_queries(10):
            eddies_client.get(self.at(shrug, versions[0].pk, versions[1].pk))


class TestSteps:
    def test_can_be_swapped(self, eddies_client, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))
        first, second = (row_of(data, "steps", "position", number) for number in (1, 2))
        data |= {f"{first}-position": 2, f"{second}-position": 1}

        response = eddies_client.post(address("change", shrug), data)

        assert response.status_code == 302
        assert list(shrug.steps.values_list("position", "text")) == [
            (1, "Lift your shoulders."),
            (2, "Stand with the bar."),
        ]

    def test_can_be_put_between(self, eddies_client, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))
        data[row_of(data, "steps", "position", 2) + "-position"] = 3
        add_row(data, "steps", position=2, text="Breathe in.")

        eddies_client.post(address("change", shrug), data)

        assert list(shrug.steps.values_list("position", "text")) == [
            (1, "Stand with the bar."),
            (2, "Breathe in."),
            (3, "Lift your shoulders."),
        ]


class TestCompleteness:
    def gaps(self, client, query=""):
        rows = client.get(LIST + query).context["cl"].result_list
        return {row.name: row.gaps for row in rows}

    def test_says_what_is_missing(self, eddies_client, shrug):
        ExerciseFactory(name="Bare", slug="bare", summary="")

        assert self.gaps(eddies_client) == {
            "Barbell shrug": ["cues", "mistakes", "sources"],  # it is drawn
            "Bare": list(Exercise.GAPS),
        }

    @pytest.mark.parametrize(
        ("gap", "found"),
        [
            ("steps", ["Bare"]),
            ("sources", ["Barbell shrug", "Bare"]),
            ("main muscle", ["Bare"]),
            ("nothing", []),
            ("nonsense", ["Barbell shrug", "Bare"]),
        ],
    )
    def test_filters(self, eddies_client, shrug, gap, found):
        ExerciseFactory(name="Bare")

        assert sorted(self.gaps(eddies_client, f"?missing={gap}")) == found

    def test_agrees_with_the_filters(self, eddies_client, shrug):
        ExerciseFactory(name="Bare")
        everything = self.gaps(eddies_client)

        for gap in Exercise.GAPS:
            lacking = {name for name, gaps in everything.items() if gap in gaps}
            assert set(self.gaps(eddies_client, f"?missing={gap}")) == lacking

    def test_finds_what_is_to_be_reviewed(self, eddies_client, shrug):
        ExerciseFactory(
            name="Imported", status="draft", origin="x#1", review_notes="Unknown muscle: wings"
        )

        assert list(self.gaps(eddies_client, "?review=waiting")) == ["Imported"]

    def test_of_a_muscle(self, eddies_client):
        muscle = MuscleFactory(text="")
        page = reverse("admin:exercises_muscle_changelist")

        [row] = eddies_client.get(f"{page}?missing=text").context["cl"].result_list

        assert row == muscle
        assert row.gaps == ["text", "sources"]


class TestPublishing:
    def act(self, client, action, *rows):
        data = {"action": action, "_selected_action": [row.pk for row in rows]}
        return client.post(LIST, data, follow=True)

    def test_publishes_what_is_ready_and_says_what_is_not(self, client, eddies_client, shrug):
        bare = ExerciseFactory(name="Bare", status="draft", summary="")

        response = self.act(eddies_client, "publish", shrug, bare)

        assert texts(response) == [
            "Bare has no summary, steps, main muscle yet.",
            "Barbell shrug: published.",
        ]
        assert client.get(shrug.get_absolute_url()).status_code == 200
        assert client.get(bare.get_absolute_url()).status_code == 404

    def test_unpublishes(self, client, eddies_client, pull_up):
        self.act(eddies_client, "unpublish", pull_up)

        assert client.get(pull_up.get_absolute_url()).status_code == 404

    def test_is_in_the_history(self, eddies_client, eddie, shrug):
        self.act(eddies_client, "publish", shrug)

        newest, first = Revision.objects.of("exercise", shrug.pk)
        assert (newest.reason, newest.user, newest.fields["status"]) == (
            "Published",
            eddie,
            "published",
        )
        assert first.fields["status"] == "draft"

    def test_names_a_few_of_many(self, eddies_client):
        rows = ExerciseFactory.create_batch(7)

        [said] = texts(self.act(eddies_client, "unpublish", *rows))

        assert said.endswith("and 2 more: made drafts.")


class TestArchiving:
    def test_is_what_deleting_does(self, client, eddies_client, alice, pull_up):
        workout = log(alice, "Pull-up: 8")

        page = eddies_client.get(address("delete", pull_up)).content.decode()
        response = eddies_client.post(address("delete", pull_up), {"post": "yes"}, follow=True)

        assert "Nothing is deleted" in page
        assert texts(response) == ["Pull-up: archived."]
        pull_up.refresh_from_db()
        assert pull_up.status == "archived"
        assert workout.entries.get().exercise == pull_up
        assert client.get(pull_up.get_absolute_url()).status_code == 404

    def test_is_offered_in_bulk_in_place_of_deleting(self, eddies_client, shrug):
        page = eddies_client.get(LIST)

        offered = dict(page.context["action_form"].fields["action"].choices)
        assert offered["delete_selected"] == "Archive"

        eddies_client.post(LIST, {"action": "delete_selected", "_selected_action": [shrug.pk]})
        shrug.refresh_from_db()
        assert shrug.status == "archived"


IN_BOTH = pytest.mark.parametrize("media", ["folder", "bucket"], indirect=True)


class TestPicture:
    @pytest.fixture(autouse=True)
    def media(self, request, settings, tmp_path):
        """The folder in which files are, which is a bucket's for tests that are in both."""
        if getattr(request, "param", "folder") == "bucket":
            return request.getfixturevalue("bucket").folder
        settings.MEDIA_ROOT = tmp_path
        return tmp_path

    def file(self, size=(2000, 1000), colour="red"):
        file = BytesIO()
        Image.new("RGB", size, colour).save(file, "PNG")
        return SimpleUploadedFile("start.html", file.getvalue(), "text/html")

    def words(self, **fields):
        words = {"alt": "The start", "credit": "Ann", "licence": "CC0", "position": 1}
        return {"image": self.file(), **words, **fields}

    def upload(self, client, row, **fields):
        data = form_data(client.get(address("change", row)))
        add_row(data, "pictures", **self.words(**fields))
        return client.post(address("change", row), data)

    def replacement(self, client, row):
        """What a browser posts when the picture is replaced by a blue one."""
        data = form_data(client.get(address("change", row)))
        return data | {"pictures-0-image": self.file((400, 800), "blue")}

    def new_exercise(self, client, **changes):
        data = form_data(client.get(ADD)) | {"name": "Snatch-grip shrug", "slug": "snatch-shrug"}
        data |= {"load_type": "external", "safety": "Let go of the bar."} | changes
        add_row(data, "pictures", **self.words())
        return data

    def files(self, media):
        return {str(path.relative_to(media)) for path in media.rglob("*.webp")}

    @IN_BOTH
    def test_is_drawn_anew_in_two_sizes(self, eddies_client, shrug, media):
        response = self.upload(eddies_client, shrug)

        assert response.status_code == 302
        picture = shrug.pictures.get()
        assert (picture.width, picture.height) == (1280, 640)
        assert picture.image.name == "exercises/barbell-shrug.webp"
        for name, size in ((picture.image.name, (1280, 640)), (picture.small.name, (320, 160))):
            with Image.open(media / name) as image:
                assert image.size == size

    def test_may_come_with_a_new_exercise(self, eddies_client, media):
        response = eddies_client.post(ADD, self.new_exercise(eddies_client))

        assert response.status_code == 302, errors_of(response)
        picture = Exercise.objects.get(slug="snatch-shrug").pictures.get()
        assert picture.image.name == "exercises/snatch-shrug.webp"
        assert self.files(media) == picture.files

    @IN_BOTH
    def test_with_a_new_exercise_can_be_looked_at_first(self, eddies_client, media):
        data = self.new_exercise(eddies_client)

        page = eddies_client.post(ADD, data | {"_preview": "1"}).content.decode()

        assert "Let go of the bar." in page
        assert 'src="data:image/webp;base64,' in page
        assert not Exercise.objects.exists()
        assert not self.files(media)

    def test_with_a_new_exercise_that_is_refused_keeps_the_text(self, eddies_client, media):
        response = eddies_client.post(ADD, self.new_exercise(eddies_client, name=""))

        assert "required" in errors_of(response)
        assert "Let go of the bar." in response.content.decode()
        assert texts(response) == ["Choose the picture again: a browser does not send it twice."]
        assert not self.files(media)

    @pytest.mark.parametrize("missing", ["alt", "credit", "licence"])
    def test_needs_words(self, eddies_client, shrug, missing):
        assert "required" in errors_of(self.upload(eddies_client, shrug, **{missing: ""}))

    def test_is_known_by_its_content(self, eddies_client, shrug):
        script = SimpleUploadedFile("a.png", b"<script>alert(1)</script>", "image/png")

        response = self.upload(eddies_client, shrug, image=script)

        assert "not a JPEG, PNG or WebP" in errors_of(response)

    def test_is_not_too_many_bytes(self, eddies_client, shrug):
        large = SimpleUploadedFile("a.png", b"\0" * (10 * 1024 * 1024 + 1), "image/png")

        assert "larger than 10 MB" in errors_of(self.upload(eddies_client, shrug, image=large))

    def test_stays_when_only_its_words_change(self, eddies_client, shrug):
        self.upload(eddies_client, shrug)
        before = shrug.pictures.get()
        data = form_data(eddies_client.get(address("change", shrug)))
        data = {name: value for name, value in data.items() if not name.endswith("-image")}
        data["pictures-0-alt"] = "Better words"

        response = eddies_client.post(address("change", shrug), data)

        assert response.status_code == 302, errors_of(response)
        after = shrug.pictures.get()
        assert (after.alt, after.image, after.small) == ("Better words", before.image, before.small)

    @IN_BOTH
    def test_takes_the_place_of_the_drawing_on_the_page_and_in_lists(
        self, client, eddies_client, pull_up
    ):
        assert "figure-drawing" in client.get(pull_up.get_absolute_url()).content.decode()

        self.upload(eddies_client, pull_up)

        picture = pull_up.pictures.get()
        page = on_one_line(client.get(pull_up.get_absolute_url()).content.decode())
        assert f'src="{picture.image.url}" alt="The start" width="704" height="352"' in page
        assert "Ann, CC0" in page
        assert "figure-drawing" not in page
        rows = client.get(reverse("exercises:exercises")).content.decode()
        assert f'src="{picture.small.url}" alt=""' in rows

    @IN_BOTH
    def test_takes_its_files_with_it(
        self, eddies_client, shrug, media, django_capture_on_commit_callbacks
    ):
        self.upload(eddies_client, shrug)
        assert len(list(media.rglob("*.webp"))) == 2

        with django_capture_on_commit_callbacks(execute=True):
            Picture.objects.get().delete()

        assert not list(media.rglob("*.webp"))

    @IN_BOTH
    def test_replaced_leaves_the_disk(
        self, eddies_client, shrug, media, django_capture_on_commit_callbacks
    ):
        self.upload(eddies_client, shrug)
        before = self.files(media)

        with django_capture_on_commit_callbacks(execute=True):
            response = eddies_client.post(
                address("change", shrug), self.replacement(eddies_client, shrug)
            )

        assert response.status_code == 302, errors_of(response)
        assert self.files(media) == shrug.pictures.get().files
        assert not self.files(media) & before

    def test_of_a_preview_is_shown_and_not_kept(self, eddies_client, shrug, media):
        data = form_data(eddies_client.get(address("change", shrug)))
        add_row(data, "pictures", **self.words(image=self.file((20, 10))))

        response = eddies_client.post(address("change", shrug), data | {"_preview": "1"})

        page = on_one_line(response.content.decode())
        assert response.status_code == 200
        assert re.search(r'src="data:image/webp;base64,[\w+/=]+" alt="The start" width="20"', page)
        assert not Picture.objects.exists()
        assert not self.files(media)

    @IN_BOTH
    def test_of_a_preview_may_stand_in_for_another_which_stays(
        self, eddies_client, shrug, media, django_capture_on_commit_callbacks
    ):
        self.upload(eddies_client, shrug)
        before = shrug.pictures.get()

        with django_capture_on_commit_callbacks(execute=True):
            page = eddies_client.post(
                address("change", shrug),
                self.replacement(eddies_client, shrug) | {"_preview": "1"},
            ).content.decode()

        assert 'width="240" height="480"' in page
        assert shrug.pictures.get().files == before.files == self.files(media)

    def test_stays_when_a_preview_comes_with_another_file(self, eddies_client, shrug, media):
        self.upload(eddies_client, shrug)
        data = form_data(eddies_client.get(address("change", shrug)))
        data = {name: value for name, value in data.items() if not name.endswith("-image")}

        page = eddies_client.post(
            address("change", shrug), data | {"_preview": "1", "other": self.file()}
        ).content.decode()

        assert f'src="{shrug.pictures.get().image.url}"' in page
        assert shrug.pictures.get().files == self.files(media)

    @pytest.mark.parametrize(
        ("size", "shown"),
        [
            ((2000, 1000), (704, 352)),
            ((1000, 2000), (240, 480)),
            ((1280, 1280), (480, 480)),
            ((40, 20), (40, 20)),
            ((3000, 100), (704, 24)),
            ((1, 1280), (1, 480)),
        ],
    )
    def test_keeps_its_proportions_on_the_page(self, eddies_client, shrug, size, shown):
        self.upload(eddies_client, shrug, image=self.file(size))

        assert shrug.pictures.get().shown_size == shown


class TestFiles:
    def export(self, client, row):
        response = client.get(address("export", row))
        assert response["Content-Disposition"] == f'attachment; filename="{row.slug}.yaml"'
        return response.content.decode()

    def test_export_then_import_changes_nothing(self, eddies_client, shrug):
        text = self.export(eddies_client, shrug)

        response = eddies_client.post(IMPORT, {"text": text})

        [(change, differences)] = response.context["looked_at"]
        assert (change.outcome, differences) == ("unchanged", [])

    def test_shows_what_it_would_change_before_it_does(self, eddies_client, eddie, shrug):
        text = self.export(eddies_client, shrug).replace("Shrug it.", "Shrug them.")
        upload = SimpleUploadedFile("shrug.yaml", text.encode())

        page = eddies_client.post(IMPORT, {"file": upload}).content.decode()

        assert "<ins>them</ins>" in page
        shrug.refresh_from_db()
        assert shrug.summary == "Shrug it."

        response = eddies_client.post(IMPORT, {"text": text, "apply": "1"}, follow=True)

        shrug.refresh_from_db()
        assert shrug.summary == "Shrug them."
        assert texts(response) == ["Imported: 1 of 1 were changed."]
        newest = Revision.objects.of("exercise", shrug.pk).first()
        assert (newest.reason, newest.user) == ("Imported from a file", eddie)

    def test_applies_what_it_showed(self, eddies_client, shrug):
        """The text travels through the page, so it must come back as it went."""
        text = self.export(eddies_client, shrug).replace("Shrug it.", "<b>&amp;</b> “it”")
        page = eddies_client.post(IMPORT, {"text": "\n" + text})
        shown = page.context["form"].cleaned_data["text"]

        eddies_client.post(IMPORT, {"text": shown.replace("\n", "\r\n"), "apply": "1"})

        shrug.refresh_from_db()
        assert shrug.summary == "<b>&amp;</b> “it”"

    def test_makes_what_is_new(self, eddies_client, shrug):
        text = self.export(eddies_client, shrug)
        text = text.replace("barbell-shrug", "dumbbell-shrug").replace("Barbell s", "Dumbbell s")

        eddies_client.post(IMPORT, {"text": text, "apply": "1"})

        made = Exercise.objects.get(slug="dumbbell-shrug")
        assert made.steps.count() == 2
        assert made.targets.get().muscle.slug == "upper-traps"

    def test_export_of_several(self, eddies_client, shrug, pull_up):
        data = {"action": "export_file", "_selected_action": [shrug.pk, pull_up.pk]}

        text = eddies_client.post(LIST, data).content.decode()

        assert text.count("model: exercises.exercise\n") == 2

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("", "Choose a file, or paste its text."),
            ("{", "not readable as YAML"),
            ("[" * 10_000, "nested more than 12 deep, line 1"),
            ("- &a x\n- *a", "references such as *a are not taken, line 2"),
            ("x" * 1_000_001, "longer than 1 MB"),
            ("- a\n- b", "The text, row 1 is a text (a), not a model with fields."),
            ("[]", "There is no exercise"),
            (
                "- model: exercises.exercise\n  fields: {slug: x}",
                "The text, line 2, name of exercise x: it is missing.",
            ),
            (
                "- model: auth.user\n  fields: {exercise: [x]}",
                "a text (auth.user) is none of exercises",
            ),
        ],
    )
    def test_refuses_and_keeps_what_was_pasted(self, eddies_client, text, complaint):
        response = eddies_client.post(IMPORT, {"text": text, "apply": "1"})

        assert response.status_code == 422
        page = response.content.decode()
        assert complaint in page
        assert not Exercise.objects.exists()

    @pytest.mark.parametrize(
        ("says", "would_say", "why"),
        [
            (
                "load_type: external",
                "load_type: externl",
                "“externl” is none of external, per_hand, duration,",
            ),
            ("name: Barbell shrug", "name: Pull-up", "Another exercise of the catalogue has this"),
            ("name: Barbell shrug", "name: 12", "a text is needed, not a number (12)."),
            ("name: Barbell shrug", "name: no", "a text is needed, not yes or no (no)."),
            ("name: Barbell shrug", "name: []", "a text is needed, not a list."),
            ("name: Barbell shrug", "name: ''", "it is empty."),
            ("name: Barbell shrug", 'name: "a\\0b"', "a character in it can’t be kept."),
            ("    name: Barbell shrug\n", "", "it is missing."),
            ("name: Barbell shrug", "name: " + "x" * 999, "at most 80 characters (it has 999)."),
            ("implements: 1\n", "implements: two\n", "a whole number is needed, not a text (two)."),
            ("implements: 1\n", "implements: 2\n", "Only a weight in each hand"),
            ("implements: 1\n", "implements: -1\n", "greater than or equal to 0."),
            ("bodyweight_fraction: null", "bodyweight_fraction: half", "must be a decimal number."),
            (
                "bodyweight_fraction: null",
                "bodyweight_fraction: 0.5",
                "The text, line 4, exercise barbell-shrug: A share",
            ),
            ("role: primary", "role: prime", "“prime” is none of primary, "),
            ("    position: 1\n    text", "    position: x\n    text", "a whole number is needed"),
        ],
    )
    def test_refuses_in_words_what_a_form_would_refuse(
        self, eddies_client, shrug, pull_up, says, would_say, why
    ):
        text = self.export(eddies_client, shrug)
        assert says in text

        response = eddies_client.post(
            IMPORT, {"text": text.replace(says, would_say, 1), "apply": "1"}
        )

        assert response.status_code == 422
        [error] = response.context["form"].non_field_errors()
        assert why.replace("’", "'") in error
        for jargon in (
            "CHECK",
            "UNIQUE",
            "NULL",
            "Error(",
            "None",
            "exercises_exercise",
            "Constra",
        ):
            assert jargon not in error
        shrug.refresh_from_db()
        assert (shrug.name, shrug.load_type) == ("Barbell shrug", "external")

    def test_names_all_that_it_refuses_with_their_lines(self, eddies_client, shrug):
        text = self.export(eddies_client, shrug)
        text = text.replace("level: beginner", "level: hard").replace("role: primary", "role: main")
        lines = {
            name: 1 + text[: text.index(f"{name}: ")].count("\n") for name in ("level", "muscle")
        }

        errors = eddies_client.post(IMPORT, {"text": text}).context["form"].non_field_errors()

        slug = "exercise barbell-shrug"
        assert [each.partition(": “")[0] for each in errors] == [
            f"The text, line {lines['level']}, level of {slug}",
            f"The text, line {lines['muscle'] - 1}, targets 1 of {slug}",
        ]

    def test_takes_what_is_published_too_early_as_a_draft(self, eddies_client, shrug):
        text = self.export(eddies_client, shrug).replace("barbell-shrug", "cable-shrug")
        text = text.replace("Barbell shrug", "Cable shrug").replace(
            "role: primary", "role: stabiliser"
        )
        text = text.replace("summary: Shrug it.", "summary: ''").replace("draft", "published")

        [(change, _)] = eddies_client.post(IMPORT, {"text": text}).context["looked_at"]

        note = "a draft, since it has no summary and no main muscle"
        assert change.notes == [note]

        answer = eddies_client.post(IMPORT, {"text": text, "apply": "1"}, follow=True)

        assert Exercise.objects.get(slug="cable-shrug").status == "draft"
        assert f"cable-shrug: {note}" in texts(answer)

    def test_leaves_published_what_lacked_it_before(self, eddies_client, shrug):
        shrug.steps.all().delete()
        Exercise.objects.filter(pk=shrug.pk).update(status="published")
        text = self.export(eddies_client, shrug).replace("Shrug it.", "Shrug them.")

        eddies_client.post(IMPORT, {"text": text, "apply": "1"})

        shrug.refresh_from_db()
        assert (shrug.summary, shrug.status) == ("Shrug them.", "published")

    @pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 1_000_001])
    def test_refuses_a_file_that_is_no_text_or_too_large(self, eddies_client, content):
        upload = SimpleUploadedFile("a.yaml", content)

        assert eddies_client.post(IMPORT, {"file": upload}).status_code == 422

    def test_is_for_editors(self, client, alices_client, shrug):
        for visitor in (client, alices_client):
            assert visitor.get(IMPORT).status_code == 302
            assert visitor.get(address("export", shrug)).status_code == 302


class TestGoingBack:
    """Nothing that a visitor could not use is published by going back."""

    @pytest.fixture
    def old(self, shrug):
        shrug.steps.all().delete()
        Exercise.objects.filter(pk=shrug.pk).update(status="published")
        record_row(shrug, "Without steps")
        return Revision.objects.of("exercise", shrug.pk).first()

    def go(self, client, shrug, old):
        return client.post(address("history", shrug), {"revision": old.pk}, follow=True)

    def test_to_a_version_that_lacks_something_makes_a_draft(self, eddies_client, shrug, old):
        Exercise.objects.filter(pk=shrug.pk).update(status="draft", summary="New.")

        answer = self.go(eddies_client, shrug, old)

        shrug.refresh_from_db()
        assert (shrug.summary, shrug.status) == ("Shrug it.", "draft")
        assert "a draft, since it has no steps" in texts(answer)

    def test_takes_nothing_off_the_site(self, eddies_client, shrug, old):
        StepFactory(exercise=shrug, position=1)

        answer = self.go(eddies_client, shrug, old)

        assert texts(answer) == [
            "Nothing was changed: That version has no steps, without which an exercise is not"
            " published. Make it a draft first, then go back, and add what is missing."
        ]
        shrug.refresh_from_db()
        assert (shrug.steps.count(), shrug.status) == (1, "published")


class TestSearch:
    @pytest.mark.parametrize("query", ["rücken", "RÜCKEN", "rucken strecken", "AUSBLICK", "nach"])
    def test_folds_alike_on_every_database(self, eddies_client, shrug, query):
        found = ExerciseFactory(name="RÜCKEN strecken")
        AliasFactory(exercise=found, name="Ausblick nach Süden")

        rows = eddies_client.get(LIST, {"q": query}).context["cl"].queryset

        assert list(rows) == [found]

    def test_of_nothing_but_blanks_shows_all(self, eddies_client, shrug):
        assert list(eddies_client.get(LIST, {"q": " "}).context["cl"].queryset) == [shrug]

    def test_of_muscles_folds_too(self, eddies_client):
        muscle = MuscleFactory(name="ÄUSSERER schräger Bauchmuskel")

        answer = eddies_client.get(reverse("admin:exercises_muscle_changelist"), {"q": "äußerer"})

        assert list(answer.context["cl"].queryset) == [muscle]


def test_a_weight_of_nothing_is_refused_in_words(eddies_client):
    barbell = EquipmentFactory(slug="barbell", name="Barbell")
    data = form_data(eddies_client.get(address("change", barbell)))

    answer = eddies_client.post(address("change", barbell), data | {"empty_weight_kg": "0"})

    assert "A weight is above 0." in answer.content.decode()
    assert "Constraint" not in answer.content.decode()
