"""Footnotes are looked at when a text is saved, and before a source goes."""

import pytest
from django.urls import reverse

from exercises.files.documents import Document
from exercises.files.rows import load_stored, write_documents
from exercises.footnotes import citations, unattached
from exercises.models import Source
from tests.exercises.test_admin import ADD, add_row, address, errors_of, form_data
from tests.factories import (
    ExerciseFactory,
    MuscleFactory,
    SourceFactory,
    StepFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def gray():
    return SourceFactory(key="gray", title="Gray, Anatomy")


@pytest.fixture
def shrug(gray):
    shrug = ExerciseFactory(name="Shrug", slug="shrug", status="draft", summary="Shrug.")
    StepFactory(exercise=shrug, position=1, text="Stand.")
    TargetFactory(exercise=shrug)
    return shrug


def post(client, row, **changes):
    data = form_data(client.get(address("change", row)))
    return client.post(address("change", row), data | changes)


class TestSaving:
    @pytest.mark.parametrize("field", ["summary", "safety", "mistakes", "steps-0-text"])
    def test_names_a_key_that_no_source_has_at_its_field(self, eddies_client, shrug, field):
        response = post(eddies_client, shrug, **{field: "So: they say[^nobody][^Gray 2008]."})

        assert response.status_code == 200
        steps = response.context["inline_admin_formsets"][0].formset
        form = steps.forms[0] if field.startswith("steps") else response.context["adminform"].form
        assert form.errors[field.removeprefix("steps-0-")] == [
            "[^nobody]: there is no source with this key.",
            "[^Gray 2008]: there is no source with this key.",
        ]

    @pytest.mark.parametrize("field", ["summary", "steps-0-text"])
    def test_names_a_source_that_is_not_attached(self, eddies_client, shrug, gray, field):
        response = post(eddies_client, shrug, **{field: "So they say[^gray]."})

        assert "add “Gray, Anatomy” to them" in errors_of(response)

    @pytest.mark.parametrize("field", ["summary", "steps-0-text"])
    def test_takes_one_that_is_attached_in_the_same_save(self, eddies_client, shrug, gray, field):
        response = post(eddies_client, shrug, sources=[gray.pk], **{field: "So[^gray]."})

        assert response.status_code == 302

    def test_takes_a_new_exercise_with_both(self, eddies_client, gray):
        data = form_data(eddies_client.get(ADD))
        data |= {"name": "Pull", "slug": "pull", "load_type": "external", "sources": [gray.pk]}
        add_row(data, "steps", position=1, text="Pull[^gray].")

        assert eddies_client.post(ADD, data).status_code == 302

    def test_refuses_to_leave_a_source_out_that_a_step_cites(self, eddies_client, shrug, gray):
        shrug.steps.update(text="Stand[^gray].")
        shrug.sources.add(gray)

        assert "not among the sources here" in errors_of(post(eddies_client, shrug, sources=[]))

    def test_says_that_cues_show_none(self, eddies_client, shrug, gray):
        response = post(eddies_client, shrug, cues="Up[^gray]", sources=[gray.pk])

        assert "Cues show no footnotes." in errors_of(response)

    def test_of_a_muscle_is_looked_at_too(self, eddies_client, gray):
        muscle = MuscleFactory()

        assert "no source" in errors_of(post(eddies_client, muscle, text="So[^nobody]."))
        assert "to them" in errors_of(post(eddies_client, muscle, text="So[^gray]."))

    def test_of_a_file_is_noted(self, shrug, gray):
        [stored] = load_stored(only={"exercise": [shrug.pk]}).values()
        fields = {**stored.fields, "steps": ["Stand[^gray][^nobody]."]}

        [change] = write_documents([Document("exercise", "shrug", fields)])

        assert change.notes == [
            "[^gray] is not among its sources",
            "[^nobody] is not among its sources",
        ]

    def test_knows_marks_only(self):
        assert unattached("[a](b) [^x] [^y] [^x] x^2]", {"y"}) == ["x"]


class TestPublishing:
    """The select asks for what the list's action asks for."""

    @pytest.mark.parametrize(
        ("gap", "complaint"),
        [
            ("summary", "A published exercise needs a summary."),
            ("steps", "A published exercise needs steps."),
            ("targets", "A published exercise needs a main muscle."),
        ],
    )
    def test_needs_what_a_visitor_needs(self, eddies_client, shrug, gap, complaint):
        gone = {"summary": ""} if gap == "summary" else {f"{gap}-0-DELETE": "on"}

        response = post(eddies_client, shrug, status="published", **gone)

        assert complaint in errors_of(response)
        shrug.refresh_from_db()
        assert shrug.status == "draft"

    def test_needs_a_muscle_that_does_the_main_work(self, eddies_client, shrug):
        response = post(eddies_client, shrug, status="published", **{"targets-0-role": "secondary"})

        assert "needs a main muscle" in errors_of(response)

    def test_is_done_with_all_of_them(self, eddies_client, shrug):
        assert post(eddies_client, shrug, status="published").status_code == 302

    def test_stays_so(self, eddies_client, shrug):
        """What is published may not lose what it needs, either."""
        shrug.status = "published"
        shrug.save()

        assert "needs steps" in errors_of(post(eddies_client, shrug, **{"steps-0-DELETE": "on"}))
        assert "needs a summary" in errors_of(post(eddies_client, shrug, summary=""))

    def test_is_not_asked_of_what_is_published_with_a_gap(self, eddies_client, pull_up):
        assert post(eddies_client, pull_up, level="advanced").status_code == 302


class TestDeletingASource:
    @pytest.fixture
    def cited(self, shrug, gray):
        shrug.sources.add(gray)
        shrug.steps.update(text="Stand[^gray].")
        MuscleFactory(name="Lats", text="So[^gray].").sources.add(gray)
        return gray

    def test_lists_the_texts_that_cite_it_and_refuses(self, eddies_client, cited, shrug):
        page = eddies_client.get(address("delete", cited)).content.decode()
        eddies_client.post(address("delete", cited), {"post": "yes"})

        assert f'<a href="{address("change", shrug)}">Shrug: step 1</a>' in page
        assert "Lats: text" in page
        assert "these texts cite it" in page
        assert Source.objects.get() == cited

    def test_refuses_in_bulk_too(self, eddies_client, cited):
        page = reverse("admin:exercises_source_changelist")
        data = {"action": "delete_selected", "_selected_action": [cited.pk]}

        shown = eddies_client.post(page, data).content.decode()
        eddies_client.post(page, data | {"post": "yes"})

        assert "Shrug: step 1" in shown
        assert Source.objects.exists()

    def test_says_which_lists_it_leaves(self, eddies_client, shrug, gray):
        shrug.sources.add(gray)

        page = eddies_client.get(address("delete", gray)).content.decode()
        eddies_client.post(address("delete", gray), {"post": "yes"})

        assert "Shrug: leaves its sources" in page
        assert not Source.objects.exists()

    def test_nor_takes_a_new_key(self, eddies_client, cited):
        post(eddies_client, cited, key="gray-2020")

        cited.refresh_from_db()
        assert cited.key == "gray"

    def test_leaves_athletes_own_texts_out(self, alice, gray):
        own = ExerciseFactory(owner=alice, summary="Mine[^gray].")
        StepFactory(exercise=own, text="Mine[^gray].")

        assert citations("gray") == []
