"""Who a name and a password belong to, in as long a time for an address that no account has."""

from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField
from django.http import HttpRequest

from exercises.prepared import PreparedQuery, columns_of

_user = PreparedQuery(
    lambda key: User.objects.filter(pk=key).values_list(*columns_of(User)), key=BigIntegerField()
)


class AuthenticationBackend(AllauthBackend):
    """allauth's, but of an address just one account is asked, and one password is hashed for each
    of the address and the name, whether there is an account or not.

    allauth hashes twice for an address that has an account, and once more for each further one.
    """

    def get_user(self, user_id: int) -> User | None:
        """As Django does, by a query that is put together once. 1 query."""
        row = _user.first(key=user_id)
        user = User.from_db(DEFAULT_DB_ALIAS, columns_of(User), row) if row else None
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        accounts = []
        if address := credentials.get("email"):
            accounts.append(account_of(address))
        if name := credentials.get("username"):
            accounts.append(get_user_by_username(name))
        for account in accounts:
            if account is None:
                self._mitigate_timing_attack(credentials["password"])
            elif found := self._check_password(account, credentials["password"]):
                return cast(User, found)
        self._did_check_password = bool(accounts)
        return None


def account_of(address: str) -> User | None:
    """Whose address it is: who has confirmed it, else who came first. 1 or 2 queries."""
    users = filter_users_by_email(address, prefer_verified=True, for_login=True)
    return min(users, key=lambda user: user.pk, default=None)
