"""Tokens for an athlete's scripts: made, shown once, found, revoked."""

import hashlib
import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import just_signed_in, signed_in
from workouts.models import ApiToken
from workouts.tokens import MOST_TOKENS, TooManyTokens, find_token, make_token, revoke_token

ADDRESS = "/accounts/tokens/"


@pytest.fixture
def secret(alice: User) -> str:
    return make_token(athlete=alice.athlete, name="night backup", may_write=True)[1]


class TestPage:
    @pytest.fixture
    def alices_client(self, alice: User) -> Client:
        return just_signed_in(alice)

    def test_asks_for_the_password_first(self, alice: User) -> None:
        client = signed_in(alice)
        assert client.get(ADDRESS).status_code == 200

        asked = client.post(ADDRESS, {"name": "watch", "owner": alice.pk})
        assert asked["Location"].startswith("/accounts/reauthenticate/")
        assert not ApiToken.objects.exists()

        told = client.post(asked["Location"], {"password": "a good password"})
        assert re.search(r'value="bt_[-\w]{43}"', told.content.decode())
        assert ApiToken.objects.get().name == "watch"

    def test_keeps_what_was_typed_when_the_session_had_ended(self, alice: User) -> None:
        client = Client()
        client.post(ADDRESS, {"name": "watch", "owner": alice.pk})
        client.post("/accounts/login/", {"login": "alice", "password": "a good password"})

        assert 'value="watch"' in client.get(ADDRESS).content.decode()

    def test_shows_the_secret_once(self, alices_client: Client, alice: User) -> None:
        answer = alices_client.post(ADDRESS, {"name": "watch", "may_write": "on"})

        (secret,) = re.findall(r'value="(bt_[-\w]{43})"', answer.content.decode())
        assert find_token(secret) == ApiToken.objects.get(athlete=alice.athlete, may_write=True)
        assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert "bt_" not in alices_client.get(ADDRESS).content.decode()

    def test_asks_what_it_is_for(self, alices_client: Client) -> None:
        answer = alices_client.post(ADDRESS, {"name": " "})

        assert answer.status_code == 422
        assert not ApiToken.objects.exists()

    def test_revokes(self, alices_client: Client, alice: User, secret: str) -> None:
        token = alice.athlete.api_tokens.get()

        answer = alices_client.post(f"{ADDRESS}{token.pk}/revoke/", follow=True)

        assert "The token opens nothing any more." in answer.content.decode()
        assert find_token(secret) is None

    def test_is_nobody_elses(self, charlies_client: Client, alice: User, secret: str) -> None:
        token = alice.athlete.api_tokens.get()

        charlies_client.post(f"{ADDRESS}{token.pk}/revoke/")

        assert find_token(secret) == token
        assert "night backup" not in charlies_client.get(ADDRESS).content.decode()

    def test_says_when_there_are_too_many(self, alices_client: Client, alice: User) -> None:
        for number in range(MOST_TOKENS):
            make_token(athlete=alice.athlete, name=f"script {number}", may_write=False)

        answer = alices_client.post(ADDRESS, {"name": "one more"})

        assert answer.status_code == 422
        assert "There are 20 already. Revoke one that is not used." in answer.content.decode()
        assert 'value="one more"' in answer.content.decode()


class TestTokens:
    def test_only_the_digest_is_kept(self, secret: str) -> None:
        (row,) = ApiToken.objects.values()

        assert row["digest"] == hashlib.sha256(secret.encode()).hexdigest()
        assert secret not in map(str, row.values())

    def test_of_whom_may_not_sign_in_opens_nothing(self, alice: User, secret: str) -> None:
        User.objects.filter(pk=alice.pk).update(is_active=False)

        assert find_token(secret) is None

    @pytest.mark.parametrize("secret", ["", "bt_", "\ud800", "x" * 10_000])
    def test_any_other_opens_nothing(self, db: None, secret: str) -> None:
        assert find_token(secret) is None

    def test_there_may_be_twenty(self, alice: User) -> None:
        ApiToken.objects.bulk_create(
            ApiToken(athlete=alice.athlete, name="x", digest=f"{number}", made_on=date(2026, 11, 1))
            for number in range(MOST_TOKENS)
        )

        with pytest.raises(TooManyTokens):
            make_token(athlete=alice.athlete, name="one more", may_write=False)

    def test_what_is_revoked_is_said(self, alice: User, charlie: User, secret: str) -> None:
        key = alice.athlete.api_tokens.get().pk

        assert not revoke_token(athlete=charlie.athlete, key=key)
        assert revoke_token(athlete=alice.athlete, key=key)
