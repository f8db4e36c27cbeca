"""Passwords are kept with Argon2, and brought over from what was before."""

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.models import User
from django.test import Client

from backtrain import settings as as_deployed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hashers(settings) -> None:
    """Those of the site, which other tests go without for speed."""
    settings.PASSWORD_HASHERS = as_deployed.PASSWORD_HASHERS


def test_a_new_password_is_kept_with_argon2_as_owasp_advises() -> None:
    user = User.objects.create_user("alice", password="a good password")

    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_one_of_before_is_brought_over_at_sign_in() -> None:
    old = make_password("a good password", hasher="pbkdf2_sha256")
    user = User.objects.create(username="alice", password=old)

    Client().post("/accounts/login/", {"login": "alice", "password": "a good password"})

    user.refresh_from_db()
    assert identify_hasher(user.password).algorithm == "argon2"
    assert user.check_password("a good password")
