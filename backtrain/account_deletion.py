"""Deleting one's account, with everything in it."""

from collections.abc import Collection
from functools import partial
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import transaction
from django.db.models import CASCADE
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from backtrain.sessions import end_sessions
from workouts.audit import record
from workouts.models import Athlete

# What athletes have, as its models call it
KINDS = (
    gettext_noop("exercises"),
    gettext_noop("body weights"),
    gettext_noop("bars"),
    gettext_noop("plates"),
    gettext_noop("imports"),
    gettext_noop("workouts"),
    gettext_noop("entries"),
    gettext_noop("sets"),
    gettext_noop("workout drafts"),
    gettext_noop("own names"),
    gettext_noop("routines"),
    gettext_noop("favourites"),
    gettext_noop("rests"),
    gettext_noop("api tokens"),
)


@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Say what goes, offer it to take along, and delete it once that is ticked."""
    user = cast(User, request.user)
    is_last = is_last_administrator(user)
    if request.method == "POST" and "sure" in request.POST and not is_last:
        delete_with_everything(user)
        logout(request)
        messages.success(request, _("Your account is deleted, with everything in it."))
        return redirect("home")
    context = {
        "going": {_(kind): count for kind, count in going_with([user]).items()},
        "is_last": is_last,
        "is_unsure": request.method == "POST" and not is_last,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "account/delete.html", context, status=status)


@transaction.atomic
def delete_with_everything(user: User) -> None:
    """Their rows, their sessions on all devices, and the pages of theirs that this process keeps;
    other processes forget theirs within a day.
    """
    user.athlete.renew_version()
    end_sessions(user)
    transaction.on_commit(partial(record, "account-deleted", user=user.pk))
    user.delete()
    transaction.on_commit(caches["own_pages"].clear)


def is_last_administrator(user: User) -> bool:
    """Whether nobody else could give anyone the rights to edit and administer."""
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    return user.is_superuser and not administrators.exclude(pk=user.pk).exists()


def going_with(users: Collection[User]) -> dict[str, int]:
    """How many rows of each kind are deleted along with the accounts, by the kind's name."""
    relations = [*User._meta.related_objects, *Athlete._meta.related_objects]
    counts = {
        str(each.related_model._meta.verbose_name_plural): each.related_model._base_manager.filter(
            **{f"{each.field.name}__in": [user.pk for user in users]}
        ).count()
        for each in relations
        if each.on_delete is CASCADE and each.related_model is not Athlete
    }
    return {kind: count for kind, count in counts.items() if count}
