import re

import pytest
from django import forms
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from backtrain.templatetags.fields import widget


def here(path, section):
    template = Template("{% load navigation %}<a{% here section %}>")
    return template.render(RequestContext(RequestFactory().get(path), {"section": section}))


class TestHere:
    @pytest.mark.parametrize(
        ("path", "section", "link"),
        [
            ("/muscles/", "muscles", '<a aria-current="page">'),
            ("/muscles/?q=1", "muscles", '<a aria-current="page">'),
            ("/muscles/trapezius/", "muscles", '<a aria-current="true">'),
            ("/", "", '<a aria-current="page">'),
            ("/muscles/", "", "<a>"),
            ("/", "muscles", "<a>"),
            ("/exercises/", "muscles", "<a>"),
            ("/muscles-of-the-back/", "muscles", "<a>"),
            ("/progress/muscles/trapezius/", "muscles", "<a>"),
        ],
    )
    def test_marks_the_link_to_where_the_reader_is(self, path, section, link):
        assert here(path, section) == link

    def test_leaves_a_page_of_the_section_to_its_own_link(self):
        template = Template("{% load navigation %}<a{% here 'workouts' besides='workouts/new' %}>")

        def marks(path):
            return "aria-current" in template.render(RequestContext(RequestFactory().get(path)))

        assert not marks("/workouts/new/")
        assert marks("/workouts/")
        assert marks("/workouts/new/er/")

    def test_says_nothing_without_a_request(self):
        template = Template("{% load navigation %}<a{% here 'muscles' %}>")

        assert template.render(Context()) == "<a>"

    def test_marks_one_tab_on_a_page(self, client, db):
        page = client.get("/exercises/").content.decode()

        marked = re.findall(r'<a class="tab"[^>]*aria-current="page">.*?</svg>(\w+)<', page)
        assert marked == ["Exercises"]


class SampleForm(forms.Form):
    plain = forms.CharField(required=False)
    helped = forms.CharField(required=False, help_text="Some help.")
    needed = forms.CharField(help_text="Some help.")


class TestWidget:
    def test_has_a_class(self):
        form = SampleForm()

        assert 'class="input"' in widget(form["plain"])
        assert 'class="input input-short"' in widget(
            form["plain"], **{"class": "input input-short"}
        )

    def test_is_described_by_nothing_when_there_is_nothing(self):
        html = widget(SampleForm({"plain": "x"})["plain"])

        assert "aria-" not in html

    def test_is_described_by_its_help(self):
        assert 'aria-describedby="id_helped_help"' in widget(SampleForm()["helped"])

    def test_is_described_by_its_error_as_well(self):
        html = widget(SampleForm({})["needed"])

        assert 'aria-describedby="id_needed_help id_needed_error"' in html
        assert 'aria-invalid="true"' in html

    def test_describes_what_the_page_shows(self, client, db):
        """Every id that a field's description names is on the page."""
        page = client.post("/accounts/signup/", {"username": "x"}).content.decode()

        named = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
        assert named
        assert [each for each in named if f'id="{each}"' not in page] == []
