"""The pages and mails of an account, from signing up to a second factor."""

import re
import time
from html import unescape
from pathlib import Path

import allauth
import brotli
import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from backtrain import accounts

pytestmark = pytest.mark.django_db

PASSWORD = "a good password"
NEW_PASSWORD = "another long phrase"
NOON = "2024-02-29T12:00:00Z"


def text(response):
    """What a page says, on one line."""
    page = response.content.decode()
    page = re.sub(r"<(svg|select)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def title(response):
    return unescape(re.findall(r"<title>(.*?)</title>", response.content.decode())[0])


def heading(response):
    found = re.findall(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert len(found) == 1
    return unescape(found[0])


def field(response, name):
    """The tag of a field to fill in."""
    tags = re.findall(rf'<(?:input|select) [^>]*name="{name}"[^>]*>', response.content.decode())
    return next(tag for tag in tags if 'type="hidden"' not in tag)


def message(response):
    found = re.findall(r'<p class="message message-\w+">(.*?)</p>', response.content.decode())
    return [unescape(each) for each in found]


def link_in(letter):
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def sign_in(client, name, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": name, "password": password}, follow=True)


def confirmed(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def code_for(secret):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


class TestSignIn:
    def test_asks_for_name_and_password_and_nothing_else(self, client):
        page = client.get(reverse("account_login"))

        assert (title(page), heading(page)) == ("Sign in · Backtrain", "Sign in")
        assert "User name or e-mail" in text(page)
        assert 'autocomplete="username"' in field(page, "login")
        assert 'autocapitalize="none"' in field(page, "login")
        assert "autofocus" in field(page, "login")
        assert 'autocomplete="current-password"' in field(page, "password")
        assert "placeholder" not in page.content.decode()

    def test_greets_by_name(self, client, alice):
        page = sign_in(client, "alice")

        assert message(page) == ["Signed in as alice."]

    def test_leads_on_to_where_one_was_going(self, client, alice):
        page = client.get(reverse("account_login") + "?next=/workouts/new/")

        assert 'name="next" value="/workouts/new/"' in page.content.decode()

    def test_says_what_did_not_fit_and_keeps_the_name(self, client, alice):
        page = sign_in(client, "alice", "a bad password")

        assert "No account has this user name with this password." in text(page)
        assert 'value="alice"' in field(page, "login")
        assert "value=" not in field(page, "password")

    def test_puts_the_cursor_where_something_is_missing(self, client):
        page = client.post(reverse("account_login"), {"login": "alice"})

        assert "autofocus" not in field(page, "login")
        assert "autofocus" in field(page, "password")
        assert 'aria-invalid="true"' in field(page, "password")

    def test_to_an_account_that_is_switched_off_says_so(self, client, alice):
        alice.is_active = False
        alice.save()

        page = sign_in(client, "alice")

        assert heading(page) == "This account is switched off"


class TestSignOut:
    def test_asks_once(self, alices_client):
        page = alices_client.get(reverse("account_logout"))

        assert heading(page) == "Sign out?"
        assert "You are signed in as alice." in text(page)

    def test_says_so(self, alices_client):
        page = alices_client.post(reverse("account_logout"), follow=True)

        assert message(page) == ["Signed out."]


class TestSignUp:
    DATA = {
        "username": "robin",
        "email": "robin@example.org",
        "password1": PASSWORD,
        "time_zone": "Europe/Berlin",
    }

    def test_says_what_an_account_is_for_and_what_is_kept(self, client):
        page = client.get(reverse("account_signup"))

        assert "Browsing needs no account." in text(page)
        assert "What it gives you" in text(page)
        assert "What is kept" in text(page)
        assert "At least 8 characters" in text(page)
        assert 'autocomplete="new-password"' in field(page, "password1")

    def test_leads_to_a_confirmed_address(self, client):
        page = client.post(reverse("account_signup"), self.DATA, follow=True)
        letter = mail.outbox[0]
        asked = client.get(link_in(letter))
        done = client.post(link_in(letter), follow=True)

        assert message(page) == [
            "We sent a link to robin@example.org. Open it to confirm the address.",
            "Signed in as robin.",
        ]
        assert letter.subject == "Confirm your e-mail for Backtrain"
        assert letter.to == ["robin@example.org"]
        assert letter.body.startswith("Hello robin,")
        assert heading(asked) == "Is this your address?"
        assert "robin@example.org , for the account robin." in text(asked)
        assert message(done) == ["robin@example.org is confirmed."]
        assert EmailAddress.objects.get(email="robin@example.org").verified

    def test_keeps_what_was_typed_and_says_what_is_wrong_beside_it(self, client, alice):
        page = client.post(
            reverse("account_signup"),
            {**self.DATA, "username": "alice", "email": "robin", "password1": "12345678"},
        )

        assert "Someone has this user name already. Choose another." in text(page)
        assert "This is not a whole e-mail address." in text(page)
        assert 'value="alice"' in field(page, "username")
        assert 'value="robin"' in field(page, "email")
        assert '<option value="Europe/Berlin" selected>' in page.content.decode()
        for name in ("username", "email", "password1"):
            assert f"id_{name}_error" in field(page, name)

    def test_of_one_letter_asks_for_two(self, client):
        page = client.post(reverse("account_signup"), {**self.DATA, "username": "x"})

        assert "A user name has at least 2 characters." in text(page)

    def test_tells_only_the_owner_of_an_address_where_all_must_be_confirmed(
        self, client, alice, settings
    ):
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        confirmed(alice)

        page = client.post(
            reverse("account_signup"), {**self.DATA, "email": alice.email}, follow=True
        )

        assert not User.objects.filter(username="robin").exists()
        assert heading(page) == "Look in your mail"
        assert mail.outbox[0].subject == "You have a Backtrain account already"
        assert mail.outbox[0].to == ["alice@example.org"]
        assert heading(client.get(link_in(mail.outbox[0]))) == "Forgotten your password?"

    def test_can_be_closed(self, client, monkeypatch):
        monkeypatch.setattr(accounts.AccountAdapter, "is_open_for_signup", lambda *_: False)

        page = client.get(reverse("account_signup"))

        assert heading(page) == "No new accounts for now"

    @pytest.mark.parametrize("password", ["1234567", "12345678", "password", "robin.example"])
    def test_takes_no_password_that_its_help_rules_out(self, client, password):
        page = client.post(reverse("account_signup"), {**self.DATA, "password1": password})

        assert "id_password1_error" in field(page, "password1")

    def test_names_all_rules_for_passwords(self):
        rules = password_validation.get_default_password_validators()

        assert [type(rule).__name__ for rule in rules] == [
            "UserAttributeSimilarityValidator",  # not like your user name or e-mail
            "MinimumLengthValidator",
            "CommonPasswordValidator",  # not one that many people use
            "NumericPasswordValidator",  # not only digits
        ]
        assert f"At least {rules[1].min_length} characters" in accounts.RULES_FOR_PASSWORDS


class TestConfirmation:
    def test_by_a_link_that_is_used_up_leads_to_the_addresses(self, client):
        page = client.get(reverse("account_confirm_email", args=["nonsense"]))

        assert heading(page) == "This link is used up"
        assert f'href="{reverse("account_email")}"' in page.content.decode()

    def test_of_another_s_address_is_refused(self, alice, alices_client, charlie):
        alices_client.post(
            reverse("account_email"), {"action_add": "", "email": "shared@example.org"}
        )
        EmailAddress.objects.create(user=charlie, email="shared@example.org", verified=True)

        page = Client().get(link_in(mail.outbox[0]))

        assert heading(page) == "This address belongs to another account"

    def test_that_a_page_asks_for_is_explained(self, rf, alice):
        request = rf.get("/")
        request.user = alice

        page = render_to_string("account/verified_email_required.html", {"user": alice}, request)

        assert "<h1>Confirm your e-mail first</h1>" in page


class TestForgottenPassword:
    def test_is_replaced_by_way_of_a_letter(self, client, alice):
        confirmed(alice)
        asked = client.get(reverse("account_reset_password"))

        sent = client.post(reverse("account_reset_password"), {"email": alice.email}, follow=True)
        letter = mail.outbox[0]
        form = client.get(link_in(letter), follow=True)
        done = client.post(
            form.redirect_chain[-1][0],
            {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
            follow=True,
        )

        assert heading(asked) == "Forgotten your password?"
        assert 'type="email"' in field(asked, "email")
        assert heading(sent) == "Look in your mail"
        assert letter.subject == "A new password for Backtrain"
        assert "Your user name is alice." in letter.body
        assert heading(form) == "Choose a new password"
        assert "For the account alice." in text(form)
        assert heading(done) == message(done)[0].removesuffix(".") == "New password saved"
        assert message(sign_in(client, "alice", NEW_PASSWORD)) == ["Signed in as alice."]

    def test_is_not_replaced_by_two_that_differ(self, client, alice):
        confirmed(alice)
        client.post(reverse("account_reset_password"), {"email": alice.email})
        form = client.get(link_in(mail.outbox[0]), follow=True)

        page = client.post(
            form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": PASSWORD}
        )

        assert "id_password2_error" in field(page, "password2")

    def test_link_works_once(self, client, alice):
        confirmed(alice)
        client.post(reverse("account_reset_password"), {"email": alice.email})
        link = link_in(mail.outbox[0])
        form = client.get(link, follow=True)
        client.post(
            form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        )

        page = Client().get(link)

        assert (title(page), heading(page)) == (
            "This link is used up · Backtrain",
            "This link is used up",
        )
        assert "Get a new link" in text(page)

    def test_of_nobody_looks_the_same_but_for_the_letter(self, client):
        page = client.post(
            reverse("account_reset_password"), {"email": "o'nobody@example.org"}, follow=True
        )

        assert heading(page) == "Look in your mail"
        assert mail.outbox[0].subject == "No Backtrain account has this address"
        assert "for o'nobody@example.org, but" in mail.outbox[0].body
        assert heading(client.get(link_in(mail.outbox[0]))) == "Start a log"


class TestPassword:
    ADDRESS = "/accounts/password/change/"

    def test_is_changed(self, alice, alices_client):
        page = alices_client.post(
            self.ADDRESS,
            {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
            follow=True,
        )

        alice.refresh_from_db()
        assert alice.check_password(NEW_PASSWORD)
        assert message(page) == ["New password saved."]

    def test_is_not_changed_without_the_current_one(self, alices_client):
        page = alices_client.post(
            self.ADDRESS,
            {"oldpassword": "x", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        )

        assert heading(page) == "Change your password"
        assert "This is not your current password." in text(page)
        assert "autofocus" in field(page, "oldpassword")

    def test_is_chosen_by_someone_without_one(self, alice, client):
        alice.set_unusable_password()
        alice.save()
        client.force_login(alice)

        asked = client.get(reverse("account_set_password"))
        page = client.post(
            reverse("account_set_password"),
            {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
            follow=True,
        )

        assert heading(asked) == "Choose a password"
        assert "Password saved." in message(page)


class TestAddresses:
    ADDRESS = "/accounts/email/"

    def test_are_added_made_the_main_one_and_removed(self, alice, alices_client):
        confirmed(alice)
        added = alices_client.post(
            self.ADDRESS, {"action_add": "", "email": "a@example.net"}, follow=True
        )
        shown = text(added)
        alices_client.post(link_in(mail.outbox[0]))

        main = alices_client.post(
            self.ADDRESS, {"action_primary": "", "email": "a@example.net"}, follow=True
        )
        removed = alices_client.post(
            self.ADDRESS, {"action_remove": "", "email": alice.email}, follow=True
        )

        assert "a@example.net Not confirmed yet" in shown
        assert "alice@example.org Main Confirmed" in shown
        assert "This is your main address now." in message(main)
        assert message(removed) == ["alice@example.org removed."]
        alice.refresh_from_db()
        assert alice.email == "a@example.net"

    def test_offer_only_what_can_be_done(self, alice, alices_client):
        confirmed(alice)
        EmailAddress.objects.create(user=alice, email="b@example.net", verified=True)
        EmailAddress.objects.create(user=alice, email="c@example.net", verified=False)

        page = alices_client.get(self.ADDRESS).content.decode()

        offers = {
            address: re.findall(r'name="action_(\w+)"', row)
            for row in re.findall(r'<li class="address">.*?</li>', page, re.DOTALL)
            for address in re.findall(r'name="email" value="(.*?)"', row)
        }
        assert offers == {
            "alice@example.org": [],
            "b@example.net": ["primary", "remove"],
            "c@example.net": ["send", "remove"],
        }

    def test_get_their_link_again(self, alice, alices_client):
        confirmed(alice)
        EmailAddress.objects.create(user=alice, email="c@example.net", verified=False)

        page = alices_client.post(
            self.ADDRESS, {"action_send": "", "email": "c@example.net"}, follow=True
        )

        assert message(page) == ["We sent a link to c@example.net. Open it to confirm the address."]

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"action_remove": "", "email": "alice@example.org"}, "is your main address."),
            ({"action_primary": "", "email": "c@example.net"}, "Confirm the address before"),
        ],
    )
    def test_refuse_what_is_asked_all_the_same(self, alice, alices_client, data, said):
        confirmed(alice)
        EmailAddress.objects.create(user=alice, email="c@example.net", verified=False)

        page = alices_client.post(self.ADDRESS, data, follow=True)

        assert said in message(page)[0]

    def test_twice_the_same_is_refused_and_kept_in_the_form(self, alice, alices_client):
        confirmed(alice)

        page = alices_client.post(self.ADDRESS, {"action_add": "", "email": alice.email})

        assert "Your account has this address already." in text(page)
        assert 'value="alice@example.org"' in field(page, "email")

    def test_that_are_missing_are_asked_for(self, alice, alices_client):
        alice.email = ""
        alice.save()

        assert "Your account has no address." in text(alices_client.get(self.ADDRESS))


class TestSecondFactor:
    def activate(self, client, clock):
        """Sets it up for Alice, signed in with her password; returns the key and the next page."""
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        form = client.get(reverse("mfa_activate_totp"))
        secret = re.search(r'class="secret-key">(\w+)<', form.content.decode())[1]
        code = code_for(secret)
        page = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
        clock.shift(120)  # a code counts once
        return secret, page

    @pytest.fixture
    def client(self, alice, noon):
        client = Client()
        sign_in(client, confirmed(alice).username)
        return client

    def test_is_set_up_with_a_picture_a_key_and_a_code(self, client, noon):
        index = client.get(reverse("mfa_index"))
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        form = client.get(reverse("mfa_activate_totp"))

        _, codes = self.activate(client, noon)

        assert "Set it up" in text(index)
        assert 'alt="QR code for an authenticator app"' in form.content.decode()
        assert 'href="otpauth://totp/' in form.content.decode()
        assert 'inputmode="numeric"' in field(form, "code")
        assert 'autocomplete="one-time-code"' in field(form, "code")
        assert heading(codes) == "Recovery codes"
        assert len(re.findall(r"<li><code>\d{8}</code></li>", codes.content.decode())) == 10

    def test_is_not_set_up_with_a_wrong_code(self, client):
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

        page = client.post(reverse("mfa_activate_totp"), {"code": "12"})

        assert "This code does not fit." in text(page)
        assert 'value="12"' in field(page, "code")

    def test_waits_for_a_confirmed_address(self, client, alice):
        EmailAddress.objects.update(verified=False)

        page = client.get(reverse("mfa_activate_totp"), follow=True)

        assert "Confirm your e-mail first" in message(page)[0]

    def test_asks_at_sign_in_for_a_code_of_the_app(self, client, noon):
        secret, _ = self.activate(client, noon)
        client.post(reverse("account_logout"))

        asked = sign_in(client, "alice")
        wrong = client.post(reverse("mfa_authenticate"), {"code": "12"})
        code = code_for(secret)
        page = client.post(reverse("mfa_authenticate"), {"code": code}, follow=True)

        assert heading(asked) == "And your code"
        assert "autofocus" in field(asked, "code")
        assert "This code does not fit." in text(wrong)
        assert message(page) == ["Signed in as alice."]

    def test_takes_each_recovery_code_once(self, client, noon):
        _, codes = self.activate(client, noon)
        code = re.search(r"<li><code>(\d{8})</code>", codes.content.decode())[1]

        for expected in ("Hello, alice", "And your code"):
            client.post(reverse("account_logout"))
            sign_in(client, "alice")
            page = client.post(reverse("mfa_authenticate"), {"code": code}, follow=True)

            assert heading(page) == expected

    def test_lets_one_leave_at_the_code(self, client, noon):
        self.activate(client, noon)
        client.post(reverse("account_logout"))
        asked = sign_in(client, "alice").content.decode()

        page = client.post(
            reverse("account_logout"), {"next": reverse("account_login")}, follow=True
        )

        assert '<button class="button button-quiet" form="leave">' in asked
        assert heading(page) == "Sign in"

    def test_gives_its_recovery_codes_as_a_file_and_new_ones(self, client, noon):
        _, codes = self.activate(client, noon)
        shown = re.findall(r"<li><code>(\d{8})</code>", codes.content.decode())

        file = client.get(reverse("mfa_download_recovery_codes")).content.decode()
        asked = client.get(reverse("mfa_generate_recovery_codes"))
        new = client.post(reverse("mfa_generate_recovery_codes"), follow=True)

        assert file.startswith("Backtrain: recovery codes of alice.")
        assert re.findall(r"\d{8}", file) == shown
        assert heading(asked) == "New recovery codes?"
        assert "The 10 you still have stop working." in text(asked)
        assert heading(new) == "Recovery codes"
        assert set(re.findall(r"<code>(\d{8})</code>", new.content.decode())) & set(shown) == set()

    def test_is_switched_off(self, client, noon):
        self.activate(client, noon)

        asked = client.get(reverse("mfa_deactivate_totp"))
        page = client.post(reverse("mfa_deactivate_totp"), follow=True)
        client.post(reverse("account_logout"))

        assert heading(asked) == "Switch two-factor sign-in off?"
        assert message(page) == ["Two-factor sign-in is off."]
        assert "Recovery codes" not in text(page)
        assert message(sign_in(client, "alice"))[-1] == "Signed in as alice."

    def test_or_the_password_proves_that_it_is_you(self, client, noon):
        secret, _ = self.activate(client, noon)
        noon.shift(3600)

        asked = client.get(reverse("mfa_generate_recovery_codes"), follow=True)
        by_code = client.get(reverse("mfa_reauthenticate"))
        code = code_for(secret)
        page = client.post(
            reverse("mfa_reauthenticate") + "?next=/accounts/2fa/", {"code": code}, follow=True
        )

        assert heading(asked) == heading(by_code) == "Is it you?"
        assert 'value="/accounts/2fa/recovery-codes/generate/"' in asked.content.decode()
        assert "Use a code" in text(asked)
        assert "Use your password" in text(by_code)
        assert heading(page) == "Two-factor sign-in"

    def test_is_not_proved_by_a_wrong_password(self, client, noon):
        noon.shift(3600)

        page = client.post(reverse("account_reauthenticate"), {"password": "x"})

        assert "This is not your password." in text(page)


def account_pages():
    """The address of each page that allauth has here; what needs a key gets one that is no good."""
    routes = [
        pattern
        for pattern in get_resolver().url_patterns
        if "allauth" in str(getattr(pattern, "urlconf_name", ""))
    ]
    return [reverse(name, args=["1-", "x"][: len(keys)]) for name, keys in names(routes)]


def names(routes):
    for route in routes:
        if isinstance(route, URLPattern):
            yield route.name, re.findall(r"\(\?P<", str(route.pattern))
        else:
            yield from names(route.url_patterns)


def allauth_words():
    """What allauth's own templates say, where it is more than a word."""
    folder = Path(allauth.__file__).parent / "templates"
    files = [path for part in ("account", "mfa") for path in (folder / part).rglob("*")]
    source = "".join(path.read_text() for path in files if path.is_file())
    short = re.findall(r"{% trans(?:late)? ['\"](.*?)['\"] %}", source)
    long = re.findall(r"{% blocktrans(?:late)?[^%]*%}(.*?){% ", source, re.DOTALL)
    pieces = [piece for words in (*short, *long) for piece in re.split(r"{{.*?}}|<.*?>", words)]
    whole = {re.sub(r"\s+", " ", piece).strip(" .:,") for piece in pieces}
    return {words for words in whole if re.match("[A-Z].* ", words)}


class TestWords:
    @pytest.fixture
    def visits(self, alice, noon):
        """Every page as a visitor, as someone who is in, and with a second factor."""
        inside, guarded = Client(), Client()
        confirmed(alice)
        sign_in(inside, "alice")
        pages = [page.get(at, follow=True) for page in (Client(), inside) for at in account_pages()]
        sign_in(guarded, "alice")
        TestSecondFactor().activate(guarded, noon)
        return pages + [guarded.get(address, follow=True) for address in account_pages()]

    def test_are_ours_on_every_page(self, visits):
        theirs = allauth_words()

        assert {"Sign In", "Re-send Verification", "Bad Token", "Recovery Codes"} <= theirs
        said = {page.request["PATH_INFO"]: text(page) for page in visits}
        assert len(said) > 15
        found = {(at, words) for at, page in said.items() for words in theirs if words in page}
        assert found == set()

    def test_are_in_sentence_case(self, visits):
        spoken = re.compile(r"<(h1|h2|label|button|legend)\b[^>]*>(.*?)</\1>", re.DOTALL)
        lines = {
            re.sub(r"<[^>]+>|\s+", " ", words).strip()
            for page in visits
            for _, words in spoken.findall(page.content.decode())
        }

        assert "Forgotten your password?" in lines
        assert [line for line in lines if re.search(r"\w \(?[A-Z][a-z]", line)] == []

    def test_name_no_field_by_a_placeholder(self, visits):
        shown = [page for page in visits if page.status_code == 200]
        named = [page.request["PATH_INFO"] for page in shown if b"placeholder" in page.content]

        assert named == []

    def test_pages_have_all_one_heading(self, visits):
        for page in visits:
            if page.status_code == 200 and "html" in page["Content-Type"]:
                heading(page)

    def test_of_messages_and_mails_are_all_ours(self):
        """Whatever of allauth's has no file here belongs to what is switched off."""
        off = (
            "phone|code|webauthn|passkey|notification|changed|deleted|_set_|email_confirm_"
            "|password_reset_(subject|message)"
        )
        theirs = Path(allauth.__file__).parent / "templates"
        ours = Path(settings.BASE_DIR) / "templates"

        missing = [
            str(path.relative_to(theirs))
            for folder in (
                "account/messages",
                "mfa/messages",
                "socialaccount/messages",
                "account/email",
            )
            for path in (theirs / folder).iterdir()
            if not (ours / path.relative_to(theirs)).exists()
        ]
        assert [path for path in missing if not re.search(off, path.rpartition("/")[2])] == []


def test_pages_cost_at_most_eight_queries(alice, noon, django_assert_max_num_queries):
    client = Client()
    sign_in(client, confirmed(alice).username)
    TestSecondFactor().activate(client, noon)

    for address in account_pages():
        with django_assert_max_num_queries(8):
            client.get(address)


def test_the_picture_beside_the_form_is_light_and_quiet(client):
    page = client.get(reverse("account_login")).content.decode()

    picture = re.search(r'<svg class="body-plate".*?</svg>', page, re.DOTALL)[0]
    assert 'aria-hidden="true"' in picture
    assert re.search(r"<(a|text|title)\b", picture) is None
    assert len(brotli.compress(picture.encode(), quality=5)) < 10_000
