import re

import pytest
from django import forms
from django.contrib.auth.models import User
from django.template import Context, Template
from django.urls import NoReverseMatch, clear_script_prefix, set_script_prefix

from backtrain.templatetags.fields import widget
from backtrain.templatetags.navigation import Link


class TestHere:
    @pytest.mark.parametrize(
        ("path", "section", "mark"),
        [
            ("/muscles/", "muscles", ' aria-current="page"'),
            ("/muscles/trapezius/", "muscles", ' aria-current="true"'),
            ("/", "", ' aria-current="page"'),
            ("/muscles/", "", ""),
            ("/", "muscles", ""),
            ("/exercises/", "muscles", ""),
            ("/muscles-of-the-back/", "muscles", ""),
            ("/progress/muscles/trapezius/", "muscles", ""),
        ],
    )
    def test_marks_the_link_to_where_the_reader_is(self, path, section, mark):
        assert Link(section).current(path) == mark

    def test_leaves_a_page_of_the_section_to_its_own_link(self):
        link = Link("workouts", besides="workouts/new")

        assert not link.current("/workouts/new/")
        assert link.current("/workouts/")
        assert link.current("/workouts/new/er/")

    def test_says_nothing_without_a_request(self):
        page = Template("{% load navigation %}{% masthead %}").render(Context())

        assert "Sign in" in page
        assert "aria-current" not in page

    def test_takes_a_query_for_the_same_page(self, client, db):
        page = client.get("/muscles/?q=1").content.decode()

        assert '<a class="nav-link" href="/muscles/" aria-current="page">' in page

    def test_marks_where_one_is_among_the_pages_of_an_account(self, alices_client):
        page = alices_client.get("/accounts/email/").content.decode()

        marked = re.findall(r'<a [^>]*href="([^"]*)"[^>]* aria-current="page"', page)
        assert marked == ["/accounts/email/"]

    def test_names_who_reads_and_nobody_else(self, alices_client, charlies_client, client):
        for _ in range(2):
            for reader, name in ((alices_client, "alice"), (charlies_client, "charlie")):
                page = reader.get("/workouts/").content.decode()
                [shown] = re.findall(r'<span class="nav-who">([^<]*)<', page)
                assert shown == name
            assert "/accounts/settings/" not in client.get("/").content.decode()

    def test_escapes_a_name(self, client, db):
        client.force_login(User.objects.create_user('<i>"&'))

        assert '">&lt;i&gt;&quot;&amp;</span>' in client.get("/workouts/").content.decode()

    def test_marks_one_tab_on_a_page(self, client, db):
        page = client.get("/exercises/").content.decode()

        tab = r'<a class="tab"[^>]*aria-current="page">.*?</svg>\s*(\w+)\s*<'
        marked = re.findall(tab, page, re.DOTALL)
        assert marked == ["Exercises"]

    @pytest.mark.parametrize(
        ("reader", "tabs"),
        [
            ("client", "Home Muscles Exercises Routines"),
            ("alices_client", "History Routines Log Progress Exercises"),
        ],
    )
    def test_has_what_one_does_with_a_phone_at_the_thumb(self, reader, tabs, request, db):
        page = request.getfixturevalue(reader).get("/routines/starters/").content.decode()

        found = re.findall(
            r'<a class="tab[^>]*?( aria-current="true")?>.*?</svg>\s*(\w+)\s*<', page, re.S
        )
        assert " ".join(name for _, name in found) == tabs
        assert [name for mark, name in found if mark] == ["Routines"]


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


class TestUrl:
    """``{% url %}`` as Django has it, reversed once."""

    @pytest.mark.parametrize(
        ("tag", "address"),
        [
            ("{% url 'workouts:new' %}", "/workouts/new/"),
            ("{% url 'exercises:exercise' slug %}", "/exercises/pull-up/"),
            ("{% url 'exercises:exercise' slug=slug %}", "/exercises/pull-up/"),
            ("{% url 'exercises:exercise' slug as there %}{{ there }}", "/exercises/pull-up/"),
            ("{% url 'nowhere' as there %}[{{ there }}]", "[]"),
        ],
    )
    def test_leads_to_the_same_address_each_time(self, tag, address):
        template = Template(tag)

        shown = [template.render(Context({"slug": "pull-up"})) for _ in range(2)]

        assert shown == [address, address]

    def test_says_what_it_cannot_find(self):
        with pytest.raises(NoReverseMatch, match="nowhere"):
            Template("{% url 'nowhere' %}").render(Context())

    def test_begins_where_the_site_is_mounted(self):
        template = Template("{% url 'workouts:new' %}")
        set_script_prefix("/log/")
        mounted = template.render(Context())
        clear_script_prefix()

        assert mounted == "/log/workouts/new/"
        assert template.render(Context()) == "/workouts/new/"
