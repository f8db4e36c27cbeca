"""The ways into the site: one door, with rate limits and a second factor, for staff above all."""

import re
import time
from io import StringIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.addresses import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

PASSWORD = "a good password"
SECRET = "JBSWY3DPEHPK3PXP"
SIGN_IN = reverse("account_login")
ADMIN = reverse("admin:index")
ADMINS_DOOR = reverse("admin:login")
# All that forms for signing in call their fields, with a user name and with an address
SHAPES = [
    dict.fromkeys(("login", "username", "email"), who)
    | dict.fromkeys(("password", "password1", "oldpassword", "old_password"), PASSWORD)
    | {"code": "000000", "action": "trust", "this_is_the_login_form": "1", "next": ADMIN}
    for who in ("alice", "alice@example.org")
]


def code_for(secret: str = SECRET) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def knock(client: Client, at: str, shape: dict[str, str]) -> None:
    """Post credentials to an address as a form does, and as other software may."""
    client.post(at, shape)
    basic = {"authorization": "Basic YWxpY2U6YSBnb29kIHBhc3N3b3Jk"}
    client.post(f"{at}?next=/admin/", shape, content_type="application/json", headers=basic)


@pytest.fixture
def noon():
    with time_machine.travel("2024-02-29T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def ada(db: None) -> User:
    """Administers the site; made by `createsuperuser`, so her address is not confirmed."""
    return User.objects.create_superuser("ada", "ada@example.org", PASSWORD)


@pytest.fixture
def strict(settings):
    """Staff need a second factor, as in production."""
    settings.STAFF_SECOND_FACTOR = True


class TestOneDoor:
    """Only the site's sign-in begins a session, at whatever address credentials arrive."""

    @pytest.fixture(autouse=True)
    def administrator(self, alice):
        User.objects.update(is_staff=True, is_superuser=True)

    @pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["login"])
    def test_begins_every_session(self, shape):
        opened = set()
        for at in addresses():
            client = Client()
            knock(client, at, shape)
            if is_in(client):
                opened.add(at)

        assert opened == {SIGN_IN}

    @pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["login"])
    def test_begins_none_before_the_code(self, alice, shape):
        TOTP.activate(alice, SECRET)

        for at in addresses():
            client = Client()
            knock(client, at, shape)
            assert not is_in(client), at

    def test_opens_nothing_to_who_waits_for_the_code(self, alice, client):
        TOTP.activate(alice, SECRET)
        client.post(SIGN_IN, {"login": "alice", "password": PASSWORD})

        for at in addresses():
            client.get(at)
            assert not is_in(client), at

    def test_walks_the_admin_too(self):
        assert {ADMINS_DOOR, ADMIN, "/admin/auth/user/", SIGN_IN} <= set(addresses())


class TestAdminsDoor:
    def test_is_the_sites_sign_in(self, client):
        page = client.get(ADMINS_DOOR)

        assert page.status_code == 200
        assert f'action="{SIGN_IN}"' in page.content.decode()
        assert 'name="next" value="/admin/"' in page.content.decode()

    def test_leads_on_to_where_one_was_going(self, client, ada):
        asked = client.get("/admin/auth/user/?q=a", follow=True)
        goal = re.search(r'name="next" value="(.*?)"', asked.content.decode())[1]

        answer = client.post(SIGN_IN, {"login": "ada", "password": PASSWORD, "next": goal})

        assert answer.url == "/admin/auth/user/?q=a"

    @pytest.mark.parametrize("goal", ["https://evil.example", "//evil.example", "javascript:x"])
    def test_leads_nowhere_else(self, client, ada, goal):
        assert 'value="/admin/"' in client.get(ADMINS_DOOR, {"next": goal}).content.decode()
        assert client.post(f"{ADMINS_DOOR}?next={goal}").url == f"{SIGN_IN}?next=/admin/"

        client.force_login(ada)

        assert client.get(ADMINS_DOOR, {"next": goal}).url == ADMIN

    def test_takes_no_password_itself(self, client, ada):
        answer = client.post(ADMINS_DOOR, {"username": "ada", "password": PASSWORD})

        assert answer.url == f"{SIGN_IN}?next=/admin/"
        assert not is_in(client)

    def test_counts_wrong_passwords(self, client, ada):
        for _ in range(5):
            client.post(SIGN_IN, {"login": "ada", "password": "x", "next": ADMIN})

        page = client.post(SIGN_IN, {"login": "ada", "password": PASSWORD, "next": ADMIN})

        assert "Too many tries." in page.content.decode()
        assert not is_in(client)

    def test_turns_athletes_away(self, alices_client):
        assert alices_client.get(ADMIN, follow=True).status_code == 403

    def test_changes_no_password_past_the_sites_own_page(self, client, ada):
        client.force_login(ada)

        answer = client.post("/admin/password_change/", {"old_password": PASSWORD})

        assert answer.url == reverse("account_change_password")


@pytest.mark.usefixtures("strict")
class TestStaff:
    """With STAFF_SECOND_FACTOR a password alone opens nothing that is for staff."""

    @pytest.fixture
    def client(self, ada, client, noon):
        client.post(SIGN_IN, {"login": "ada", "password": PASSWORD})
        return client

    @pytest.fixture
    def confirmed(self, ada):
        EmailAddress.objects.filter(user=ada).delete()
        EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)

    @pytest.fixture(autouse=True)
    def committed(self, monkeypatch):
        """What waits for a commit happens within the request, as it does on a real server."""
        monkeypatch.setattr(transaction, "on_commit", lambda effect: effect())

    def set_up(self, client):
        """A second factor, through the pages; returns its key and the page with the codes."""
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        form = client.get(reverse("mfa_activate_totp")).content.decode()
        secret = re.search(r'class="secret-key">(\w+)<', form)[1]
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
        return secret, client.get(answer.url)

    @pytest.mark.parametrize(
        "goal", [ADMIN, "/admin/auth/user/", "/styleguide/", "/styleguide/figures/"]
    )
    def test_without_one_are_led_to_setting_it_up(self, client, settings, goal):
        settings.DEBUG = False

        page = client.get(goal, follow=True)

        assert page.redirect_chain[-1][0] == reverse("mfa_index")
        assert "Set yours up here" in page.content.decode()

    def test_without_one_reach_no_page_of_the_admin(self, client):
        pages = [at for at in addresses() if at.startswith("/admin/")]

        assert len(pages) > 50
        for at in pages:
            answer = client.get(at)
            assert answer.status_code == 302, at
            assert answer.url in (f"{ADMINS_DOOR}?next={at}", ADMIN, reverse("mfa_index")), at

    def test_without_one_change_nothing(self, client, ada, pull_up):
        client.post(f"/admin/exercises/exercise/{pull_up.pk}/delete/", {"post": "yes"})
        client.post("/admin/auth/group/add/", {"name": "Mine"})

        pull_up.refresh_from_db()
        assert pull_up.status == "published"

    def test_keep_their_own_pages(self, client):
        assert client.get("/").status_code == 200
        assert client.get("/workouts/").status_code == 200

    def test_who_set_it_up_go_on_to_where_they_were_going(self, client, confirmed):
        client.get("/admin/auth/user/", follow=True)

        _, codes = self.set_up(client)

        assert '<a href="/admin/auth/user/">go on to where you were going</a>' in (
            codes.content.decode()
        )
        assert client.get("/admin/auth/user/").status_code == 200
        assert "go on to" not in client.get(reverse("mfa_view_recovery_codes")).content.decode()

    def test_show_it_at_sign_in(self, client, confirmed, noon):
        secret, _ = self.set_up(client)
        noon.shift(60)
        other = Client()

        other.post(SIGN_IN, {"login": "ada", "password": PASSWORD})
        before = other.get(ADMIN)
        other.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

        assert before.status_code == 302
        assert other.get(ADMIN).status_code == 200

    def test_show_it_in_a_session_that_is_older_than_it(self, client, ada, noon):
        TOTP.activate(ada, SECRET)

        asked = client.get("/admin/auth/user/", follow=True)
        at = asked.redirect_chain[-1][0]
        answer = client.post(at, {"code": code_for()})

        assert at == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2Fauth%2Fuser%2F"
        assert answer.url == "/admin/auth/user/"
        assert client.get(answer.url).status_code == 200

    def test_do_not_show_it_by_their_password(self, client, ada):
        TOTP.activate(ada, SECRET)

        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

        assert client.get(ADMIN).status_code == 302

    def test_without_it_any_more_are_led_to_it_again(self, client, confirmed):
        self.set_up(client)

        client.post(reverse("mfa_deactivate_totp"))

        page = client.get(ADMIN, follow=True)
        assert page.redirect_chain[-1][0] == reverse("mfa_index")

    def test_who_are_none_any_more_are_turned_away(self, client, ada):
        User.objects.update(is_staff=False, is_superuser=False)

        assert client.get(ADMIN, follow=True).status_code == 403

    def test_cost_one_query_more(self, client, ada, noon, django_assert_num_queries):
        TOTP.activate(ada, SECRET)
        client.post(reverse("mfa_reauthenticate"), {"code": code_for()})

        with django_assert_num_queries(3):  # session, user, authenticator
            client.get("/admin/jsi18n/")

    def test_need_none_where_the_setting_says_so(self, client, settings):
        settings.STAFF_SECOND_FACTOR = False

        assert client.get(ADMIN).status_code == 200


class TestFirstAdministrator:
    """Has an address that nobody confirmed, and perhaps no mail server to confirm it with."""

    def confirm(self, name):
        output = StringIO()
        call_command("confirm_email", name, stdout=output)
        return output.getvalue().strip()

    def may_set_up(self, client):
        client.post(SIGN_IN, {"login": "ada", "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client.get(reverse("mfa_activate_totp")).status_code == 200

    def test_waits_for_a_confirmed_address(self, client, ada, strict):
        client.force_login(ada)
        client.get(reverse("account_email"))

        assert not self.may_set_up(client)
        page = client.get(ADMIN, follow=True)
        assert "manage.py confirm_email ada" in page.content.decode()

    def test_is_confirmed_by_whoever_runs_the_server(self, client, ada):
        client.force_login(ada)
        client.get(reverse("account_email"))

        assert self.confirm("ada") == "ada@example.org of ada is confirmed."
        assert self.confirm("ada") == "ada@example.org of ada is confirmed."
        assert self.may_set_up(client)
        assert EmailAddress.objects.get().primary

    def test_who_never_signed_in_too(self, client, ada):
        self.confirm("ada")

        assert self.may_set_up(client)

    def test_needs_no_address(self, client, ada):
        User.objects.update(email="")

        assert self.confirm("ada") == "ada has no address, so there is nothing to confirm."
        assert self.may_set_up(client)

    def test_does_not_take_anothers_address(self, ada, alice):
        EmailAddress.objects.create(user=alice, email="ada@example.org", verified=True)

        with pytest.raises(CommandError, match="Another account has confirmed ada"):
            self.confirm("ada")

    def test_is_named_rightly(self):
        with pytest.raises(CommandError, match="There is no account nobody"):
            self.confirm("nobody")
