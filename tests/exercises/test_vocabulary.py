import pytest
import yaml
from django.template import Context, Template

from exercises.files.rows import load_stored
from exercises.files.schemas import SCHEMAS
from exercises.models import Exercise
from exercises.vocabulary import LoadType, Role, Vocabulary


class Temper(Vocabulary):
    CALM = "calm"
    SHORT = "short-tempered", "Short tempered"


class TestVocabulary:
    def test_word_is_the_text_that_is_stored(self):
        assert Temper.SHORT == "short-tempered"
        assert f"{Temper.SHORT}" == "short-tempered"
        assert Temper("calm") is Temper.CALM

    def test_words_have_labels(self):
        assert Temper.values == ["calm", "short-tempered"]
        assert Temper.labels == ["Calm", "Short tempered"]
        assert Temper.choices == [("calm", "Calm"), ("short-tempered", "Short tempered")]

    def test_can_be_listed_in_templates(self):
        template = Template("{% for temper in tempers %}{{ temper }} {% endfor %}")

        assert template.render(Context({"tempers": Temper})) == "calm short-tempered "


class TestWordField:
    def test_row_that_is_read_has_the_member(self, pull_up):
        assert Exercise.objects.get().load_type is LoadType.BODYWEIGHT
        assert list(Exercise.objects.values_list("load_type", flat=True)) == [LoadType.BODYWEIGHT]

    def test_offers_its_words(self, pull_up):
        assert pull_up._meta.get_field("load_type").choices == LoadType.choices
        assert pull_up.get_load_type_display() == "Bodyweight"

    @pytest.mark.usefixtures("pull_up")
    def test_documents_are_of_plain_texts(self):
        fields = load_stored()["exercise", "pull-up"].fields

        assert type(fields["load_type"]) is str
        assert set(SCHEMAS["exercise"].fields) <= set(fields)
        assert yaml.safe_load(yaml.safe_dump(fields)) == fields

    def test_roles_are_one_list(self):
        assert Role.values == ["primary", "secondary", "stabiliser"]
