from decimal import Decimal

from django.template import Context, Template
from django.templatetags import i18n
from django.utils import translation

from exercises.templatetags import quick_i18n


def drawn(template, language, **values):
    with translation.override(language):
        return template.render(Context(values))


def test_a_text_is_that_of_each_language():
    template = Template('{% load i18n %}{% translate "Monday" %}')

    said = [drawn(template, language) for language in ("en", "de", "en")]

    assert said == ["Monday", "Montag", "Monday"]


def test_a_text_is_looked_up_once_a_language(monkeypatch):
    template = Template('{% load i18n %}{% translate "Monday" %}')
    drawn(template, "de")
    monkeypatch.setattr(i18n.TranslateNode, "render", None)

    assert drawn(template, "de") == "Montag"


def test_what_a_variable_says_is_looked_up_each_time():
    template = Template("{% load i18n %}{% translate name %}")

    assert [drawn(template, "de", name=name) for name in ("Monday", "Tuesday")] == [
        "Montag",
        "Dienstag",
    ]


def test_a_text_can_be_kept_for_later_and_filtered():
    template = Template(
        '{% load i18n %}{% translate "Monday" as said %}{{ said }}{% translate "Monday"|upper %}'
    )

    assert drawn(template, "en") == "MondayMONDAY"


def test_a_text_with_a_context_is_that_of_each_language():
    template = Template('{% load i18n %}{% translate "None" context "superset" %}')

    assert [drawn(template, language) for language in ("en", "de")] == ["None", "Keiner"]


class TestTextsWithValues:
    def test_the_text_is_that_of_each_language(self):
        template = Template(
            "{% load i18n %}"
            "{% blocktranslate with name=name|upper %}More of {{ name }}{% endblocktranslate %}"
        )

        said = [drawn(template, language, name="Row") for language in ("en", "de", "en")]

        assert said == ["More of ROW", "Mehr zu „ROW“", "More of ROW"]

    def test_it_is_looked_up_once_a_language_and_filled_each_time(self, monkeypatch):
        template = Template(
            "{% load i18n %}"
            "{% blocktranslate with name=name %}More of {{ name }}{% endblocktranslate %}"
        )
        drawn(template, "de", name="Row")
        monkeypatch.setattr(quick_i18n, "gettext", None)

        assert drawn(template, "de", name="Squat") == "Mehr zu „Squat“"

    def test_values_come_from_the_page_too_and_are_escaped(self):
        template = Template(
            "{% load i18n %}{% blocktranslate with one=1 %}100 %: {{ one }} {{ two }} {{ none }}"
            "{% endblocktranslate %}"
        )

        assert drawn(template, "en", two="<b>") == "100 %: 1 &lt;b&gt; "

    def test_numbers_are_those_of_the_language(self):
        template = Template(
            "{% load i18n %}"
            "{% blocktranslate with amount=amount %}{{ amount }} kg{% endblocktranslate %}"
        )

        said = [drawn(template, language, amount=Decimal("2.5")) for language in ("en", "de")]

        assert said == ["2.5 kg", "2,5 kg"]

    def test_a_text_without_values_is_kept_whole(self, monkeypatch):
        template = Template(
            "{% load i18n %}{% blocktranslate trimmed %}\n  100 %\n  done\n{% endblocktranslate %}"
        )
        drawn(template, "en")
        monkeypatch.setattr(i18n.BlockTranslateNode, "render", None)

        assert drawn(template, "en") == "100 % done"

    def test_counts_and_what_is_kept_for_later_are_left_to_django(self):
        template = Template(
            "{% load i18n %}{% blocktranslate asvar said %}Ready{% endblocktranslate %}{{ said }}: "
            "{% blocktranslate count n=n %}{{ n }} line{% plural %}{{ n }} lines"
            "{% endblocktranslate %}"
        )

        assert [drawn(template, "en", n=n) for n in (1, 2)] == ["Ready: 1 line", "Ready: 2 lines"]
