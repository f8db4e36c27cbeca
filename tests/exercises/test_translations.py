"""The catalogue's texts in other languages: what is shown, and how files carry them."""

from typing import ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from exercises.files.documents import BadFile, read_text, write_text
from exercises.files.dumping import stored_documents
from exercises.files.revisions import record, restore
from exercises.files.rows import load_stored, write_documents
from exercises.files.sync import sync
from exercises.forms import MappingField
from exercises.models import Exercise, Revision
from tests.factories import ExerciseFactory, MuscleFactory

pytestmark = pytest.mark.django_db

NAMES = {"de": {"name": "Klimmzug"}, "es": {"name": "Dominada", "summary": "Cuélgate."}}


@pytest.fixture
def pull_up():
    return ExerciseFactory(name="Pull-up", slug="pull-up", summary="Hang.", translations=NAMES)


def document(row):
    return next(each for each in stored_documents() if each.slug == row.slug)


class TestShown:
    @pytest.mark.parametrize(
        ("language", "name", "summary"),
        [
            ("en", "Pull-up", "Hang."),
            ("de", "Klimmzug", "Hang."),
            ("es", "Dominada", "Cuélgate."),
            ("fr", "Pull-up", "Hang."),
        ],
    )
    def test_is_the_reader_s_where_there_is_one(self, pull_up, language, name, summary):
        with translation.override(language):
            assert pull_up.shown_name == name
            assert pull_up.shown["summary"] == summary

    def test_says_what_is_in_english_on_other_pages(self, pull_up):
        with translation.override("de"):
            assert pull_up.lang["summary"] == ' lang="en-GB"'
            assert pull_up.lang["name"] == ""
        assert pull_up.lang["summary"] == ""

    def test_has_no_text_that_can_not_be_translated(self, pull_up):
        with pytest.raises(KeyError):
            pull_up.shown["slug"]


class TestMuscle:
    NAMES: ClassVar = {"es": {"name": "Trapecio", "common_name": "Trapecios"}}

    @pytest.mark.parametrize(
        ("language", "latin", "besides", "english"),
        [
            ("en", "m. trapezius", "Traps", ""),
            ("es", "m. trapezius", "Trapecios", ""),
            ("es", "m. cucullaris", "Trapecios", "Trapezius"),
            ("de", "m. cucullaris", "Traps", ""),
        ],
    )
    def test_has_each_of_its_names_once(self, language, latin, besides, english):
        muscle = MuscleFactory(
            name="Trapezius", common_name="Traps", latin=latin, translations=self.NAMES
        )

        with translation.override(language):
            assert (muscle.besides, muscle.in_english) == (besides, english)


class TestMappingField:
    @pytest.mark.parametrize("typed", ["9" * 5_000, "[" * 100_000, "{", '{"de": '])
    def test_says_of_anything_else_that_it_is_none(self, typed):
        field = MappingField(required=False)

        with pytest.raises(ValidationError, match="valid JSON"):
            field.clean(typed)
        assert field.bound_data(typed, {}) == typed


class TestTranslations:
    @pytest.mark.parametrize(
        "translations",
        [
            [],
            {"it": {"name": "Trazioni"}},
            {"de": {"name": "Klimm\x00zug"}},
            {"de": {"name": "Klimm\ud800zug"}},
            {"de": "Klimmzug"},
            {"de": {"name": ""}},
            {"de": {"name": 3}},
            {"de": {"slug": "klimmzug"}},
            {"de": {"name": "K" * 81}},
        ],
    )
    def test_that_make_no_sense_are_refused(self, pull_up, translations):
        pull_up.translations = translations

        with pytest.raises(ValidationError):
            pull_up.full_clean()

    def test_go_to_files_and_back(self, pull_up):
        text = write_text([document(pull_up)], heading="Pull-up")
        Exercise.objects.update(translations={})

        assert "    translations:\n      de:\n        name: Klimmzug\n" in text
        write_documents(read_text(text, name="pull-up.yaml"))
        pull_up.refresh_from_db()
        assert pull_up.translations == NAMES

    def test_are_not_in_files_without_any(self, pull_up):
        pull_up.translations = {}
        pull_up.save()

        assert "translations" not in write_text([document(pull_up)], heading="Pull-up")

    def test_go_where_a_file_has_none(self, pull_up):
        head, _ = write_text([document(pull_up)], heading="Pull-up").split("    translations:\n")

        write_documents(read_text(head, name="pull-up.yaml"))

        pull_up.refresh_from_db()
        assert pull_up.translations == {}

    def test_stay_where_a_version_is_from_before_there_were_any(self, pull_up):
        record("before")
        version = Revision.objects.get(kind="exercise", object_id=pull_up.pk)
        version.fields = {
            name: said for name, said in version.fields.items() if name != "translations"
        }
        pull_up.name = "Pull up"
        pull_up.save()

        restore(version, user=None)

        pull_up.refresh_from_db()
        assert (pull_up.name, pull_up.translations) == ("Pull-up", NAMES)

    def test_that_are_no_mapping_name_their_line(self, pull_up):
        text = write_text([document(pull_up)], heading="Pull-up")
        bad = text.replace("de:\n        name: Klimmzug", "de: Klimmzug")

        with pytest.raises((BadFile, ValidationError), match=r"pull-up\.yaml, line"):
            write_documents(read_text(bad, name="pull-up.yaml"))

    def test_follow_the_files_unless_they_were_edited(self, pull_up):
        before = document(pull_up)
        sync([before], keep_mine=["all"])
        newer = {**before.fields, "translations": {**NAMES, "fr": {"name": "Traction"}}}
        files = [type(before)(before.kind, before.slug, newer, before.permanent_slug)]

        sync(files)

        pull_up.refresh_from_db()
        assert pull_up.translations["fr"] == {"name": "Traction"}

    def test_are_part_of_a_version(self, pull_up):
        record("before")
        version = Revision.objects.get(kind="exercise", object_id=pull_up.pk)
        pull_up.translations = {"de": {"name": "Klimmzüge"}}
        pull_up.save()
        record("after")

        restore(version, user=None)

        pull_up.refresh_from_db()
        assert pull_up.translations == NAMES
        assert load_stored()["exercise", "pull-up"].fields["translations"] == NAMES
