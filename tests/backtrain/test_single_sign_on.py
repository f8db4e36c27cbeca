"""Signing in by OpenID Connect, against a provider on this machine."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from backtrain import doctor, invitations
from backtrain.environment import WrongSetting, origins_of, read_single_sign_on
from tests.conftest import just_signed_in
from tests.provider_double import ACCESS_TOKEN, ANOTHER_KEY, CLIENT, SECRET, provided

pytestmark = pytest.mark.django_db

CONNECTIONS, SIGN_UP = "/accounts/sso/", "/accounts/sso/signup/"
START, CALLBACK = "/accounts/sso/start/", "/accounts/sso/callback/"
CANCELLED = "/accounts/sso/cancelled/"
FORM = {"username": "robin", "email": "robin@example.org", "time_zone": "Europe/Berlin"}


@pytest.fixture
def provider(settings):
    with provided() as provider:
        settings.SINGLE_SIGN_ON = {
            "issuer": provider.issuer,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "name": "the club",
        }
        yield provider


def back_from(provider, client, data=None):
    """What is answered to whoever pressed the button and comes back from the provider."""
    away = client.post(START, data)
    assert away.status_code == 302
    assert away.url.startswith(f"{provider.issuer}/authorize?")
    return client.get(provider.authorized(urlsplit(away.url).query))


def signed_up(provider, client):
    back_from(provider, client)
    return client.post(SIGN_UP, FORM)


def connected(provider, user):
    return SocialAccount.objects.create(
        user=user, provider=provider.issuer, uid=provider.person["sub"]
    )


def whose(client):
    return client.session.get("_auth_user_id")


def is_refused(client, answer):
    return (
        answer.status_code == 401
        and "That did not work" in answer.content.decode()
        and whose(client) is None
        and not SocialAccount.objects.exists()
    )


class TestOff:
    @pytest.mark.parametrize("address", [CONNECTIONS, START, CALLBACK, SIGN_UP, CANCELLED])
    def test_has_no_address(self, client, alices_client, address):
        assert {client.get(address).status_code, client.post(address).status_code} == {404}
        assert {alices_client.get(address).status_code} == {404}

    @pytest.mark.parametrize("address", ["3rdparty/", "3rdparty/signup/", "oidc/x/login/"])
    def test_leaves_allauths_own_addresses_out(self, client, provider, address):
        assert client.get(f"/accounts/{address}").status_code == 404

    def test_shows_no_button(self, client, alices_client):
        assert START not in client.get("/accounts/login/").content.decode()
        assert START not in client.get("/accounts/signup/").content.decode()
        assert CONNECTIONS not in alices_client.get("/accounts/email/").content.decode()

    def test_admin_shows_no_tokens_nor_secrets(self, admin_client):
        assert admin_client.get("/admin/socialaccount/socialapp/").status_code == 404
        assert admin_client.get("/admin/socialaccount/socialtoken/").status_code == 404


class TestButton:
    def test_is_one_on_the_pages_to_sign_in_and_up(self, client, provider):
        for address in ("/accounts/login/", "/accounts/signup/"):
            page = client.get(address).content.decode()
            assert page.count(f'action="{START}"') == 1
            assert "Go on with the club" in page

    def test_leads_on_to_where_one_was_going(self, client, provider, alice):
        connected(provider, alice)
        assert 'value="/plates/"' in client.get("/accounts/login/?next=/plates/").content.decode()

        assert back_from(provider, client, {"next": "/plates/"}).url == "/plates/"

    def test_has_to_be_pressed(self, client, provider):
        assert client.get(START).status_code == 405

    def test_asks_for_what_is_needed_by_pkce_whatever_the_address_says(self, client, provider):
        away = client.post(f"{START}?scope=offline_access&auth_params=prompt%3Dnone")

        asked = {name: found for name, [found] in parse_qs(urlsplit(away.url).query).items()}
        assert set(asked.pop("scope").split()) == {"openid", "profile", "email"}
        assert {len(asked.pop(name)) for name in ("code_challenge", "nonce")} == {43, 64}
        assert asked.pop("state")
        assert asked == {
            "client_id": CLIENT,
            "code_challenge_method": "S256",
            "redirect_uri": f"http://testserver{CALLBACK}",
            "response_type": "code",
        }


class TestSecret:
    """It is shown as the provider says that it may be: in the header, unless by the form alone."""

    @pytest.mark.parametrize(
        ("listed", "method"),
        [
            (None, "client_secret_basic"),  # as the standard says of those that say nothing
            (["client_secret_post", "client_secret_basic"], "client_secret_basic"),
            (["private_key_jwt", "client_secret_post"], "client_secret_post"),
            (7, "client_secret_basic"),
        ],
    )
    def test_is_shown_as_it_is_asked_for(self, client, provider, alice, listed, method):
        connected(provider, alice)
        provider.document["token_endpoint_auth_methods_supported"] = listed
        provider.method = method

        back_from(provider, client)

        assert whose(client) == str(alice.pk)

    def test_refused_is_told_in_the_log(self, client, provider, caplog):
        provider.document["token_endpoint_auth_methods_supported"] = ["client_secret_post"]

        assert is_refused(client, back_from(provider, client))

        [why] = [each.message for each in caplog.records if each.name == "backtrain.single_sign_on"]
        assert "Error retrieving access token" in why


class TestSignUp:
    def test_makes_an_account_that_it_signs_in_to_from_then_on(self, client, provider):
        answer = back_from(provider, client)
        assert answer.url == SIGN_UP
        page = client.get(SIGN_UP).content.decode()
        assert 'value="robin"' in page
        assert 'value="robin@example.org"' in page

        assert client.post(SIGN_UP, FORM | {"email": "else@example.org"}).status_code == 302

        robin = User.objects.get()
        assert whose(client) == str(robin.pk)
        assert (robin.username, robin.email) == ("robin", "robin@example.org")
        assert (robin.first_name, robin.last_name) == ("", "")
        assert robin.athlete.time_zone == "Europe/Berlin"
        assert not robin.has_usable_password()
        address = EmailAddress.objects.get()
        assert (address.email, address.verified) == ("robin@example.org", True)
        another = Client()
        back_from(provider, another)
        assert whose(another) == str(robin.pk)

    def test_keeps_no_token_and_nothing_of_the_person(self, client, provider, monkeypatch):
        kept = []
        encode = SessionBase.encode
        monkeypatch.setattr(
            SessionBase, "encode", lambda self, data: kept.append(str(data)) or encode(self, data)
        )

        signed_up(provider, client)

        account = SocialAccount.objects.get()
        assert (account.provider, account.uid, account.extra_data) == (provider.issuer, "7", {})
        assert not SocialToken.objects.exists()
        assert len(kept) > 2
        assert ACCESS_TOKEN not in str(kept)

    def test_by_an_address_that_nobody_has_confirmed_waits_for_the_letter(
        self, client, provider, mailoutbox
    ):
        provider.person["email_verified"] = "true"  # which is not what the standard says

        signed_up(provider, client)

        address = EmailAddress.objects.get()
        assert (address.email, address.verified) == ("robin@example.org", False)
        assert [letter.to for letter in mailoutbox] == [["robin@example.org"]]

    def test_is_refused_where_registration_is_closed(self, client, provider, settings):
        settings.REGISTRATION = "closed"

        answer = back_from(provider, client)

        assert "No new accounts for now" in answer.content.decode()
        assert not User.objects.exists()

    def test_closed_meanwhile_makes_no_account(self, client, provider, settings):
        back_from(provider, client)
        settings.REGISTRATION = "closed"

        client.post(SIGN_UP, FORM)

        assert not User.objects.exists()

    @pytest.mark.parametrize(("invited", "count"), [("Robin@example.org", 1), ("b@c.org", 0)])
    def test_by_invitation_is_for_the_address_alone(
        self, client, provider, settings, invited, count
    ):
        settings.REGISTRATION = "invited"
        client.get(invitations.path_for(invited))

        signed_up(provider, client)

        assert User.objects.count() == count

    def test_without_an_invitation_is_refused(self, client, provider, settings):
        settings.REGISTRATION = "invited"

        assert "No new accounts for now" in back_from(provider, client).content.decode()

    def test_page_without_having_been_there_leads_to_sign_in(self, client, provider):
        assert client.get(SIGN_UP).url == "/accounts/login/"


class TestAccountThatIsThere:
    @pytest.mark.parametrize("is_verified", [True, False])
    def test_is_not_taken_over_by_its_address(self, client, provider, alice, is_verified):
        provider.person["email"] = "alice@example.org"
        EmailAddress.objects.create(user=alice, email=alice.email, verified=is_verified)

        answer = back_from(provider, client)

        assert answer.url == f"/accounts/login/?next={CONNECTIONS.replace('/', '%2F')}"
        page = client.get(answer.url).content.decode()
        assert "An account has your address already" in page
        assert whose(client) is None
        assert list(User.objects.all()) == [alice]

    def test_is_not_told_of_to_whom_the_provider_does_not_know_by_it(self, client, provider, alice):
        EmailAddress.objects.create(user=alice, email=alice.email, verified=True)
        provider.person |= {"email": "alice@example.org", "email_verified": False}

        assert back_from(provider, client).url == SIGN_UP
        client.post(SIGN_UP, FORM | {"email": "alice@example.org"})

        address = EmailAddress.objects.get(user__username="robin")
        assert (address.email, address.verified) == ("alice@example.org", False)
        assert whose(client) != str(alice.pk)

    def test_is_connected_by_its_owner(self, provider, alice):
        client = just_signed_in(alice)
        assert "Not connected" in client.get(CONNECTIONS).content.decode()

        answer = back_from(provider, client)

        assert answer.url == CONNECTIONS
        page = client.get(CONNECTIONS).content.decode()
        assert "Connected. It signs you in" in page
        assert SocialAccount.objects.get().user == alice
        assert not EmailAddress.objects.filter(email="robin@example.org").exists()
        another = Client()
        back_from(provider, another)
        assert whose(another) == str(alice.pk)

    def test_asks_for_the_password_before_it_is_connected(self, provider, alices_client):
        answer = back_from(provider, alices_client)

        assert answer.url.startswith("/accounts/reauthenticate/")
        assert not SocialAccount.objects.exists()
        alices_client.post(answer.url, {"password": "a good password"})
        assert SocialAccount.objects.exists()

    def test_of_somebody_else_stays_theirs(self, provider, alice, charlie):
        connected(provider, charlie)
        client = just_signed_in(alice)

        answer = back_from(provider, client)

        assert "Another account here is connected" in client.get(answer.url).content.decode()
        assert SocialAccount.objects.get().user == charlie

    def test_is_disconnected(self, provider, alice):
        account = connected(provider, alice)
        client = just_signed_in(alice)

        client.post(CONNECTIONS, {"account": account.pk})

        assert not SocialAccount.objects.exists()

    def test_without_a_password_can_t_be_disconnected(self, client, provider):
        signed_up(provider, client)

        answer = client.post(CONNECTIONS, {"account": SocialAccount.objects.get().pk})

        assert "Set a password first" in answer.content.decode()
        assert SocialAccount.objects.exists()

    def test_is_disconnected_by_its_owner_alone(self, provider, alice, charlie):
        account = connected(provider, charlie)

        just_signed_in(alice).post(CONNECTIONS, {"account": account.pk})

        assert SocialAccount.objects.exists()

    def test_of_another_issuer_is_another(self, client, provider, alice):
        SocialAccount.objects.create(user=alice, provider="https://before.example.org", uid="7")

        assert back_from(provider, client).url == SIGN_UP

    def test_with_a_second_factor_is_asked_for_its_code(self, client, provider, alice):
        connected(provider, alice)
        TOTP.activate(alice, "JBSWY3DPEHPK3PXP")

        answer = back_from(provider, client)

        assert answer.url == "/accounts/2fa/authenticate/"
        assert whose(client) is None

    def test_that_is_switched_off_stays_so(self, client, provider, alice):
        connected(provider, alice)
        User.objects.update(is_active=False)

        assert back_from(provider, client).url == "/accounts/inactive/"
        assert whose(client) is None

    def test_has_its_page_for_itself(self, client, provider):
        assert client.get(CONNECTIONS).url == f"/accounts/login/?next={CONNECTIONS}"


class TestRefused:
    @pytest.mark.parametrize(
        "claims",
        [
            {"nonce": "another"},
            {"iss": "https://evil.example.org"},
            {"aud": "another client"},
            {"exp": 1},
            {"exp": None},
            {"sub": "8"},  # than the profile's
            {"sub": ""},
            {"sub": 7},
            {"sub": "7\0"},
            {"sub": "7" * 200},
        ],
    )
    def test_token_for_another_sign_in(self, client, provider, claims):
        provider.claims = claims
        if "8" not in claims.values() and "sub" in claims:
            provider.person |= claims

        assert is_refused(client, back_from(provider, client))

    def test_token_without_a_nonce(self, client, provider, monkeypatch):
        encode = pytest.importorskip("jwt").encode
        monkeypatch.setattr(
            "jwt.encode",
            lambda claims, *args, **kw: encode(
                {name: each for name, each in claims.items() if name != "nonce"}, *args, **kw
            ),
        )

        assert is_refused(client, back_from(provider, client))

    def test_signature_of_another_key(self, client, provider):
        provider.key = ANOTHER_KEY

        assert is_refused(client, back_from(provider, client))

    def test_state_of_another_browser(self, client, provider, alice):
        connected(provider, alice)
        away = Client().post(START)

        answer = client.get(provider.authorized(urlsplit(away.url).query))

        assert answer.status_code == 401
        assert whose(client) is None

    def test_state_used_twice(self, client, provider, alice):
        connected(provider, alice)
        away = client.post(START)
        back = provider.authorized(urlsplit(away.url).query)
        client.get(back)
        client.post("/accounts/logout/")

        assert client.get(back).status_code == 401
        assert whose(client) is None

    @pytest.mark.parametrize("query", ["", "?code=a", "?state=%00&code=%00", "?error=x&state=y"])
    def test_coming_back_without_having_left(self, client, provider, query):
        assert is_refused(client, client.get(f"{CALLBACK}{query}"))

    def test_turning_back(self, client, provider):
        provider.is_cancelled = True

        answer = back_from(provider, client)

        assert answer.url == CANCELLED
        assert "You turned back at the club" in client.get(CANCELLED).content.decode()
        assert whose(client) is None

    @pytest.mark.parametrize("document", [None, [], {"issuer": "https://evil.example.org"}])
    def test_provider_that_is_another(self, client, provider, document):
        provider.document = document and (
            provider.document | document if isinstance(document, dict) else document
        )

        assert is_refused(client, client.post(START))

    def test_provider_that_is_away(self, client, provider, settings):
        settings.SINGLE_SIGN_ON |= {"issuer": "http://127.0.0.1:1"}

        assert is_refused(client, client.post(START))

    def test_pages_are_kept_by_nobody(self, client, provider, alices_client):
        for answer in (client.get(CANCELLED), client.get(CALLBACK), alices_client.get(CONNECTIONS)):
            assert "no-store" in answer.headers["Cache-Control"]


class TestExtremes:
    @pytest.mark.parametrize("worst", ["", "\0", "9" * 19, "x" * 300, "\ud800", "٣"])
    def test_are_no_fault_of_the_server(self, client, provider, alice, worst):
        provider.person |= {"preferred_username": worst, "email": worst}
        back_from(provider, client)
        inside, typed = just_signed_in(alice), worst.encode(errors="replace").decode()

        answers = [
            client.get(SIGN_UP),
            client.post(SIGN_UP, dict.fromkeys(FORM, typed)),
            inside.post(CONNECTIONS, {"account": typed}),
            inside.post(START, {"next": typed}),
        ]
        assert {answer.status_code for answer in answers} <= {200, 302, 400, 422}


class TestLog:
    def test_says_what_happened_and_nothing_secret(self, client, provider, alice, caplog):
        caplog.set_level(logging.DEBUG)
        connecting = just_signed_in(alice)
        caplog.clear()
        back_from(provider, connecting)
        connecting.post(CONNECTIONS, {"account": SocialAccount.objects.get().pk})
        signed_up(provider, client)
        provider.claims = {"nonce": "another"}
        back_from(provider, Client())

        events = [one.event for one in caplog.records if one.name == "backtrain.security"]
        assert events == [
            "single-sign-on-added",
            "single-sign-on-removed",
            "sign-up",
            "sign-in",
            "sign-in-failed",
        ]
        ours = [one.getMessage() for one in caplog.records if "urllib3" not in one.name]
        for secret in (SECRET, ACCESS_TOKEN, "robin@example.org", "Robin Rower"):
            assert secret not in " ".join(ours)


class TestDoctor:
    def part(self):
        found = {part.name: part for part in doctor.examine(now=doctor.datetime.now(doctor.UTC))}
        return found.get("single sign-on")

    def test_says_nothing_where_it_is_not_set(self):
        assert self.part() is None

    def test_asks_for_the_discovery_document(self, provider):
        assert self.part().good == f"{provider.issuer} answers."

    def test_says_that_it_does_not_answer(self, provider):
        provider.document = None

        [message] = self.part().messages
        assert message.msg.startswith(
            f"{provider.issuer} gives no discovery document (HTTPError: 400"
        )
        assert "OIDC_ISSUER" in message.hint

    def test_says_where_the_browser_would_not_follow(self, provider):
        provider.document["authorization_endpoint"] = "https://elsewhere.example.org/authorize"

        [message] = self.part().messages
        assert "https://elsewhere.example.org" in message.msg


class TestSettings:
    @pytest.fixture(autouse=True)
    def unset(self, monkeypatch):
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME"):
            monkeypatch.delenv(f"OIDC_{name}", raising=False)

    @pytest.fixture
    def told(self, monkeypatch):
        def tell(**values):
            for name, value in values.items():
                monkeypatch.setenv(f"OIDC_{name}", value)

        return tell

    def test_are_none(self):
        assert read_single_sign_on(insecure=False) == {}
        assert origins_of(None) == []

    def test_name_a_provider(self, told):
        told(ISSUER="https://id.example.org:8443/realms/club/", CLIENT_ID="b", CLIENT_SECRET="$x")

        found = read_single_sign_on(insecure=False)

        assert found == {
            "issuer": "https://id.example.org:8443/realms/club/",
            "client_id": "b",
            "client_secret": "$x",
            "name": "single sign-on",
        }
        assert origins_of(found["issuer"]) == ["https://id.example.org:8443"]

    def test_that_lack_one_say_which(self, told):
        told(ISSUER="https://id.example.org", NAME="the club")

        with pytest.raises(WrongSetting, match="without OIDC_CLIENT_ID, OIDC_CLIENT_SECRET"):
            read_single_sign_on(insecure=False)

    @pytest.mark.parametrize(
        "issuer",
        ["http://id.example.org", "id.example.org", "https://", "https://a;b/", "https://a/?b"],
    )
    def test_refuse_what_is_no_address(self, told, issuer):
        told(ISSUER=issuer, CLIENT_ID="backtrain", CLIENT_SECRET="secret")

        with pytest.raises(WrongSetting, match="OIDC_ISSUER is"):
            read_single_sign_on(insecure=False)

    def test_take_plain_http_where_all_is_plain(self, told):
        told(ISSUER="http://id.home", CLIENT_ID="backtrain", CLIENT_SECRET="secret")

        assert read_single_sign_on(insecure=True)["issuer"] == "http://id.home"
