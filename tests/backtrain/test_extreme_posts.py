"""What a post to the admin may say at worst: never a 500."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import RequestFactory

from tests.backtrain.extremes import EXERCISES, Site, each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TYPED = ["", "0", "-1", "9" * 10, "9" * 5000, "\x00", "٣", "²", "x", "x" * 3000]
KEYS = ["9" * 18, "9" * 19, "9" * 20, str(2**63), "\uff11"]


@pytest.fixture
def site(alice, eddie, pull_up, row) -> Site:
    return Site(alice, eddie, pull_up)


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
