"""The secrets of second factors are nowhere in the clear."""

import json
import time
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.apps import apps
from django.test import Client

from backtrain import doctor
from backtrain.second_factors import decrypt, encrypt, is_readable

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a good password"
NEW_KEY = "another key, as long as it has to be to be good"

migration = import_module("backtrain.migrations.0003_encrypt_second_factors")


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def signs_in_with(code: str) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": "alice", "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return client.get("/workouts/").status_code == 200


@pytest.fixture
def app(alice) -> Authenticator:
    return TOTP.activate(alice, SECRET).instance


class TestSecret:
    def test_is_kept_encrypted(self, alice, app):
        codes = RecoveryCodes.activate(alice)
        app.refresh_from_db()

        kept = json.dumps([each.data for each in Authenticator.objects.all()])
        assert SECRET not in kept
        assert decrypt(app.data["secret"]) == SECRET
        assert decrypt(codes.instance.data["seed"]) not in kept

    def test_is_another_text_each_time(self):
        assert encrypt(SECRET) != encrypt(SECRET)

    def test_makes_the_codes_that_sign_in(self, app):
        assert signs_in_with(code())

    def test_is_read_by_the_key_of_before(self, app, settings):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = NEW_KEY

        assert signs_in_with(code())

    def test_that_no_key_reads_lets_nobody_in(self, alice, app, settings, caplog):
        recovery = RecoveryCodes.activate(alice).get_unused_codes()[0]
        settings.SECRET_KEY = NEW_KEY

        assert not signs_in_with(code())
        assert not signs_in_with(recovery)
        assert decrypt(app.data["secret"]) != decrypt(app.data["secret"])
        assert "SECRET_KEY is not what it was" in caplog.text

    def test_that_somebody_altered_lets_nobody_in(self, app):
        app.data["secret"] = app.data["secret"][:-4] + "AAA="
        app.save()

        assert not signs_in_with(code())


class TestMigration:
    def test_encrypts_what_is_there_once(self, alice, app):
        Authenticator.objects.update(data={"secret": SECRET, "last_step": 7})

        migration.encrypt_all(apps, None)
        once = Authenticator.objects.get().data
        migration.encrypt_all(apps, None)

        assert decrypt(once["secret"]) == SECRET
        assert Authenticator.objects.get().data == once
        assert (once["last_step"], SECRET in str(once)) == (7, False)

    def test_goes_back(self, app):
        migration.decrypt_all(apps, None)

        assert Authenticator.objects.get().data["secret"] == SECRET

    def test_leaves_what_old_workers_wrote_meanwhile_good(self, app):
        Authenticator.objects.update(data={"secret": SECRET})

        assert signs_in_with(code())


def test_the_doctor_says_what_to_do_about_another_key(app, settings):
    assert is_readable(app)

    settings.SECRET_KEY = NEW_KEY

    assert not is_readable(app)
    [wrong] = [each for each in doctor._accounts() if getattr(each, "level", 0) >= 40]
    assert wrong.msg == "1 second factor can't be read: SECRET_KEY has changed."
