"""What Django and allauth bring to the admin, as it may be shown here."""

from functools import partial
from typing import Any

import allauth.socialaccount.admin  # noqa: F401  (registers what goes away again)
from allauth.mfa.admin import AuthenticatorAdmin as AllauthAuthenticatorAdmin
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from backtrain.account_deletion import delete_with_everything, going_with
from workouts.audit import record

admin.site.unregister([User, Authenticator])
# The settings name the provider, and none of its tokens are kept.
admin.site.unregister([SocialAccount, SocialApp, SocialToken])


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What would go with an account is counted; what it calls its exercises is private.

        Workouts, which nobody deletes here by themselves, go along. A query for each kind of row.
        """
        users = list(objs)
        return [str(user) for user in users], going_with(users), set(), []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        delete_with_everything(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            delete_with_everything(user)


@admin.register(Authenticator)
class AuthenticatorAdmin(AllauthAuthenticatorAdmin):
    """To see who has a second factor, and to take it from one who lost it."""

    fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever could read or write its data could show this second factor."""
        return False

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        super().delete_model(request, obj)
        transaction.on_commit(partial(record, "second-factor-removed", user=obj.user_id))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        for authenticator in queryset:
            self.delete_model(request, authenticator)
