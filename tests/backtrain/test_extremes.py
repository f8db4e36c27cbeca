"""What an address may say at worst, at every address: never a 500."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from exercises.models import Revision
from exercises.search.filters import ExerciseFilter
from tests.addresses import PLAIN, address_of, addresses, templates
from tests.backtrain.extremes import EXERCISES, Site, each
from workouts.forms.history import HistoryForm

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

# As they stand in an address
EXTREMES = {
    "nothing": "",
    "zero": "0",
    "minus one": "-1",
    "ten digits": "9" * 10,
    "nineteen digits": "9" * 19,
    "more digits than Python reads": "9" * 5000,
    "first month": "0001-01",
    "last month": "9999-12",
    "no month": "0000-00",
    "NUL": "%00",
    "NUL between": "a%00b",
    "half a surrogate": "%ED%A0%80",
    "no UTF-8": "%FF",
    "no percent": "%zz",
    "long": "x" * 300,
    "Arabic digit": "%D9%A3",
    "superscript": "%C2%B2",
    "admin's quoting": "_00",
}
NAMES = {value: name for name, value in EXTREMES.items()}
WORST_OF_200 = {"9" * 19, "a%00b"}

LIST = (
    "q",
    "p",
    "o",
    "e",
    "all",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "_facets",
    "pk__in",
)
FORM = ("_popup", "_to_field", "_changelist_filters")
ONE = f"{EXERCISES}{{pull_up}}"
# What each page looks for in its address. `row` is another parameter of the same address.
PARAMETERS = {
    "/": ("page", "next"),
    "/accounts/login/": ("next",),
    "/accounts/signup/": ("next",),
    "/admin/login/": ("next",),
    "/bodyweight/": ("range", "page", "deleted"),
    "/exercises/": (*ExerciseFilter.base_filters, "page"),
    "/exercises/own/": ("page", "archived"),
    "/exercises/own/equipment/": ("next", "q"),
    "/exercises/own/new/": ("name", "next"),
    "/exercises/own/{own}/merge/": ("into", "next"),
    "/manifest.webmanifest": ("language",),
    "/progress/": ("span", "sort"),
    "/progress/exercises/pull-up/": ("page", "part", "range", "from", "to", "show", "with"),
    "/progress/records/": ("page",),
    "/progress/muscles/trapezius/": ("range", "from"),
    "/workouts/": (*HistoryForm.base_fields, "page", "deleted"),
    "/plates/": ("weight", "unit", "bar", "exercise"),
    "/workouts/new/?exercise=pull-up": ("sets",),
    "/workouts/new/": ("exercise", "routine", "start", "view"),
    "/routines/": ("deleted", "order"),
    "/routines/new/": ("workout",),
    "/admin/": FORM,
    EXERCISES: (
        *LIST,
        *("id__in", "id__exact", "owner", "variations", "missing", "review", "status__exact"),
        "upstream",
        *("muscles__id__exact", "muscles__isnull", "equipment__id__exact", "level__in"),
    ),
    f"{EXERCISES}add/": (
        *FORM,
        *("name", "variation_of", "harder", "sources", "equipment", "owner", "article_place"),
    ),
    f"{EXERCISES}import/": FORM,
    f"{ONE}/change/": FORM,
    f"{ONE}/delete/": FORM,
    f"{ONE}/history/": ("page",),
    "/admin/exercises/revision/": (*LIST, "by", "kind"),
    "/admin/exercises/openconflict/": (*LIST, "kind", "kind__exact"),
    f"{ONE}/compare/": ("before", "after"),
    f"{ONE}/compare/?before={{version}}": ("after",),
    "/admin/exercises/muscle/": (*LIST, "parent", "region__exact", "is_volume_unit__exact"),
    "/admin/exercises/muscle/add/": ("parent", "antagonists", "sources", "position"),
    "/admin/exercises/equipment/": (*LIST, "is_home_friendly__exact"),
    "/admin/workouts/workout/": (
        *LIST,
        *("day__year", "day__month", "day__day", "day__gte", "day__lt", "source__exact"),
    ),
    "/admin/auth/user/": (*LIST, "groups__id__exact", "is_active__exact", "last_login__gte"),
    "/admin/auth/user/add/": ("username", "password1", *FORM),
    "/admin/auth/group/add/": ("permissions",),
    "/admin/account/emailaddress/": (*LIST, "verified__exact", "primary__exact"),
    "/admin/account/emailaddress/add/": ("user", "email"),
    "/admin/account/emailconfirmation/add/": ("email_address", "created", "sent", "key"),
    "/admin/mfa/authenticator/": (*LIST, "created_at__gte", "last_used_at__lt", "type__exact"),
    "/admin/autocomplete/?app_label=exercises&model_name=exercise&field_name=harder": (
        *("term", "page", "app_label", "model_name", "field_name"),
    ),
}


@pytest.fixture
def site(alice, eddie, pull_up, row) -> Site:
    return Site(alice, eddie, pull_up)


def whoever_has(at: str) -> Iterator[str]:
    """Who has such a page: of the admin whoever gets everywhere in it, else everyone."""
    yield from ("root",) if at.startswith("/admin/") else ("visitor", "athlete", "editor")


class TestAddress:
    @pytest.mark.parametrize("extreme", each(EXTREMES.values(), NAMES.get))
    def test_takes_any_part(self, site, extreme):
        for template, gaps in templates():
            if gaps and not template.startswith("/media/"):  # served by Django with DEBUG alone
                at = address_of(template, gaps, dict.fromkeys(PLAIN, extreme))
                for who in whoever_has(at):
                    site.ask(who, at)

        assert site.broken == []

    @pytest.mark.parametrize("extreme", each(EXTREMES.values(), NAMES.get, often=WORST_OF_200))
    def test_takes_any_parameter(self, site, extreme, alice, pull_up):
        for page, names in PARAMETERS.items():
            version = Revision.objects.get(kind="exercise", object_id=pull_up.pk).pk
            at = page.format(pull_up=pull_up.pk, own="x", version=version)
            who = "root" if at.startswith("/admin/") else "athlete"
            for name in names:
                site.ask(who, f"{at}{'&' if '?' in at else '?'}{name}={extreme}")

        assert site.broken == []

    @pytest.mark.parametrize(
        "method",
        each(["put", "patch", "delete", "options", "head", "post"], str, often={"delete", "post"}),
    )
    def test_takes_any_method(self, site, method):
        for at in addresses():
            for who in whoever_has(at):
                site.ask(who, at, method=method)

        assert site.broken == []

    def test_has_no_parameter_that_is_not_tried(self):
        asked = re.compile(r"GET\)?(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"")
        apps = [settings.BASE_DIR / app for app in ("backtrain", "exercises", "workouts")]
        source = "".join(file.read_text() for app in apps for file in Path(app).rglob("*.py"))

        found = set(asked.findall(source))

        assert {"page", "into", "deleted", "next"} <= found
        assert found <= {name for names in PARAMETERS.values() for name in names}


class TestHistory:
    """The first and the last months there are can be looked at."""

    @pytest.mark.parametrize(
        "asked",
        ["month=9999-12", "month=0001-01", "year=9999", "year=1", "year=0", "month=0000-00"],
    )
    def test_opens(self, alices_client, asked):
        assert alices_client.get(f"/workouts/?{asked}").status_code == 200
