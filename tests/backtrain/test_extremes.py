"""What an address or a post may say at worst, at every address: never a 500."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client, RequestFactory

from exercises.files.revisions import record
from exercises.models import Revision
from exercises.search.filters import ExerciseFilter
from tests.addresses import PLAIN, address_of, addresses, templates
from tests.conftest import signed_in
from tests.factories import TargetFactory, log
from workouts.forms import HistoryForm

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
TYPED = ["", "0", "-1", "9" * 10, "9" * 5000, "\x00", "٣", "²", "x", "x" * 3000]
KEYS = ["9" * 18, "9" * 19, "9" * 20, str(2**63), "\uff11"]
# One of each kind for every change; the others are for `make test-all`.
WORST = {"", "9" * 19, "a%00b", "%FF", "\x00", "x"}
WORST_OF_200 = {"9" * 19, "a%00b"}


def each(values, name=lambda value: repr(value[:20]), *, often=WORST):
    return [
        pytest.param(value, id=name(value), marks=() if value in often else pytest.mark.whole)
        for value in values
    ]


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
EXERCISES, ONE = "/admin/exercises/exercise/", "/admin/exercises/exercise/{pull_up}"
# What each page looks for in its address. `row` is another parameter of the same address.
PARAMETERS = {
    "/": ("page", "next"),
    "/accounts/login/": ("next",),
    "/accounts/signup/": ("next",),
    "/admin/login/": ("next",),
    "/exercises/": (*ExerciseFilter.base_filters, "page"),
    "/exercises/own/": ("page", "archived"),
    "/exercises/own/equipment/": ("next", "q"),
    "/exercises/own/new/": ("name", "next"),
    "/exercises/own/{own}/merge/": ("into", "next"),
    "/progress/exercises/pull-up/": ("page", "part"),
    "/workouts/": (*HistoryForm.base_fields, "page", "deleted"),
    "/workouts/new/": ("exercise",),
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


class Site:
    """Everyone's clients, and what of it went wrong."""

    def __init__(self, clients: dict[str, Client]) -> None:
        self.clients = clients
        self.broken: list[str] = []

    def ask(self, who: str, at: str, data: object = None, *, method: str = "get") -> None:
        """Ask, note a 500, and undo what it did."""
        with transaction.atomic():
            answer = getattr(self.clients[who], method)(at, data)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.broken.append(f"{answer.status_code} {who} {method} {at[:200]} {data or ''}"[:400])


@pytest.fixture
def site(alice, eddie, pull_up, row) -> Site:
    log(alice, "Pull-up: 8\nBent-over barbell row: 60 kg x 8")
    TargetFactory.create(exercise=pull_up)
    record("Made")
    root = User.objects.create_superuser("root", "root@example.org", "x")
    clients = {"visitor": Client(), "athlete": signed_in(alice)}
    clients |= {"editor": signed_in(eddie), "root": signed_in(root)}
    for client in clients.values():
        client.raise_request_exception = False
    return Site(clients)


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


class TestAdminsForms:
    """Posts that no page of the admin makes."""

    LISTS = ("exercises/exercise", "exercises/muscle", "workouts/workout", "auth/user")
    ACTIONS = ("publish", "delete_selected", "export_file", "nothing")

    @pytest.mark.parametrize("value", each(TYPED))
    def test_take_any_choice_of_rows(self, site, value):
        for name in self.LISTS:
            for action in self.ACTIONS:
                for more in ({}, {"select_across": "1"}, {"index": value}, {"post": "yes"}):
                    data = {"action": action, "_selected_action": [value, "1"], **more}
                    site.ask("root", f"/admin/{name}/", data, method="post")
                site.ask("root", f"/admin/{name}/", {"action": action}, method="post")

        assert site.broken == []

    @pytest.mark.parametrize("value", each(TYPED))
    def test_take_any_version_to_go_back_to(self, site, value, pull_up):
        at = f"{EXERCISES}{pull_up.pk}/history/"

        assert site.clients["editor"].post(at, {"revision": value}).status_code in (302, 404)

    @pytest.mark.parametrize("value", each(TYPED))
    def test_take_any_value(self, site, value, pull_up):
        counts = {
            f"{prefix}-{name}": "1" if name == "TOTAL_FORMS" else "0"
            for prefix in ("steps", "targets", "aliases", "pictures")
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
        names = ("name", "slug", "variation_of", "harder", "article_place", "bodyweight_fraction")
        names += ("equipment", "sources", "status", "load_type", "laterality", "muscles")
        names += tuple(
            f"{prefix}-0-{name}"
            for prefix in ("steps", "targets", "aliases", "pictures")
            for name in ("id", "exercise", "position", "text", "muscle", "role", "name", "DELETE")
        )
        filled = dict.fromkeys(names, value)
        for at in (f"{EXERCISES}add/", f"{EXERCISES}{pull_up.pk}/change/"):
            for known in ({}, counts, {**counts, "targets-INITIAL_FORMS": "1"}):
                site.ask("root", at, {**filled, **known}, method="post")
                site.ask("root", at, {**filled, **known, "name": "Good name"}, method="post")
            site.ask("root", at, dict.fromkeys(counts, value), method="post")

        assert site.broken == []

    @pytest.mark.parametrize("value", each([*TYPED, *KEYS]))
    def test_take_any_key(self, site, value, alice):
        ours = {"user": alice, "group": Group.objects.get(name="Editors")}
        for model, model_admin in admin.site._registry.items():
            request = RequestFactory().get("/")
            request.user = User.objects.get(username="root")
            row = ours.get(model._meta.model_name)
            at = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            for page, there in ((f"{at}add/", None), (row and f"{at}{row.pk}/change/", row)):
                if page:
                    fields = model_admin.get_form(request, there, change=bool(there)).base_fields
                    site.ask("root", page, {name: [value] for name in fields}, method="post")

        assert site.broken == []

    def test_say_which_field_has_a_key_that_no_row_has(self, site):
        data = {"name": "Coaches", "permissions": ["9" * 19]}

        answer = site.clients["root"].post("/admin/auth/group/add/", data)

        assert answer.status_code == 200
        assert list(answer.context["adminform"].errors) == ["permissions"]
        assert not Group.objects.filter(name="Coaches").exists()

    @pytest.mark.parametrize("value", each(TYPED))
    def test_take_any_text(self, site, value):
        for at, data in {
            "/admin/exercises/exercise/preview-text/": {"text": f"[^{value}]", "shape": "prose"},
            f"{EXERCISES}import/": {"text": value},
            "/admin/exercises/muscle/import/": {"text": value, "apply": "1"},
            "/admin/auth/user/add/": {"username": value, "password1": value, "password2": value},
            "/admin/auth/group/add/": {"name": value, "permissions": [value]},
            "/admin/account/emailaddress/add/": {"user": value, "email": value},
            "/admin/exercises/equipment/add/": {"name": value, "slug": value, "position": value},
            "/admin/exercises/source/add/": {"key": value, "title": value, "url": value},
        }.items():
            site.ask("root", at, data, method="post")

        assert site.broken == []


class TestHistory:
    """The first and the last months there are can be looked at."""

    @pytest.mark.parametrize(
        "asked",
        ["month=9999-12", "month=0001-01", "year=9999", "year=1", "year=0", "month=0000-00"],
    )
    def test_opens(self, alices_client, asked):
        assert alices_client.get(f"/workouts/?{asked}").status_code == 200
