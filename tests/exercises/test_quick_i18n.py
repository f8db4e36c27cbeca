from django.template import Context, Template
from django.templatetags import i18n
from django.utils import translation


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
