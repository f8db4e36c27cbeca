"""Single sign-on: whom it lets in, and its addresses, which are none until the settings name it.

An account is never found by an e-mail address. Who has one already signs in to it, and connects
it: that they know its password shows that it is theirs.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.utils import user_email, user_username
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import signals, views
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from backtrain.invitations import INVITED, has_account, invited_address
from backtrain.provider import Adapter, Provider
from workouts.audit import record

View = Callable[..., HttpResponse]
logger = logging.getLogger(__name__)
MOST_OF_WHY = 300
gettext_noop("single sign-on")  # its name where the settings give it none


def offered(request: HttpRequest) -> dict[str, Any]:
    """For templates: ``single_sign_on``, what its button calls it, "" where there is none."""
    name = settings.SINGLE_SIGN_ON.get("name", "")
    return {"single_sign_on": gettext(name) if name else ""}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": gettext_lazy(
            "Set a password first: without one nothing else would let you in."
        ),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The one that the settings name. Its accounts go by the issuer: another's are others."""
        if not settings.SINGLE_SIGN_ON:
            return []
        app = SocialApp(
            provider=Provider.id,
            provider_id=settings.SINGLE_SIGN_ON["issuer"],
            name=settings.SINGLE_SIGN_ON["name"],
            client_id=settings.SINGLE_SIGN_ON["client_id"],
            secret=settings.SINGLE_SIGN_ON["client_secret"],
        )
        is_asked_for = provider in (None, app.provider, app.provider_id)
        return [app] if is_asked_for and client_id in (None, app.client_id) else []

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Any:
        name = str(data.get("username") or "")
        user_username(sociallogin.user, name if name.isprintable() else "")
        user_email(sociallogin.user, data.get("email") or "")
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep no token, not even in a session; send who has an account already to sign in to it.

        That there is one is told to whoever has its address, as the provider says.
        """
        sociallogin.token = None
        sociallogin.email_addresses = [one for one in sociallogin.email_addresses if one.verified]
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        if any(has_account(one.email) for one in sociallogin.email_addresses):
            messages.warning(
                request,
                gettext(
                    "An account has your address already. Sign in to it as you did before, then"
                    " connect it with %(provider)s."
                )
                % {"provider": sociallogin.provider.name},
            )
            connect = reverse("socialaccount_connections")
            raise ImmediateHttpResponse(redirect(reverse("account_login", query={"next": connect})))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """As for everybody, and an invitation is for one address."""
        if settings.REGISTRATION == INVITED:
            invited = invited_address(request)
            return invited is not None and invited.lower() == sociallogin.user.email.lower()
        return bool(super().is_open_for_signup(request, sociallogin))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str = AuthError.UNKNOWN,
        exception: Exception | None = None,
        **_: Any,
    ) -> None:
        if error != AuthError.CANCELLED:
            record("sign-in-failed", user=request.user.pk)
        if exception is not None:  # Whoever runs the site has nothing else to go by.
            why = f"{exception!r}, by {exception.__cause__!r}"
            logger.warning("Single sign-on failed: %s", why[:MOST_OF_WHY])


@receiver(signals.social_account_added)
def note_connected(sociallogin: SocialLogin, **_: Any) -> None:
    record("single-sign-on-added", user=sociallogin.user.pk)


@receiver(signals.social_account_removed)
def note_disconnected(socialaccount: Any, **_: Any) -> None:
    record("single-sign-on-removed", user=socialaccount.user_id)


def if_set(view: View) -> View:
    """A page that there is only where the settings name a provider; nobody keeps it."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.SINGLE_SIGN_ON:
            raise Http404("Single sign-on is not set.")
        return view(request)

    return never_cache(guarded)


def _asked(request: HttpRequest, view: type) -> HttpResponse:
    """What allauth's view answers, and its page for errors where the provider gives none."""
    adapter = Adapter(request, settings.SINGLE_SIGN_ON["issuer"])
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)  # type: ignore[attr-defined]
    except (OAuth2Error, RequestException) as error:
        answer = render_authentication_error(request, adapter.get_provider(), exception=error)
    return answer


@if_set
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Off to the provider: to sign in, or to connect the account of whoever is signed in."""
    return _asked(request, OAuth2LoginView)


@if_set
@require_safe
def callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    return _asked(request, OAuth2CallbackView)


sign_up = if_set(views.signup)
cancelled = if_set(views.login_cancelled)
connections = if_set(views.connections)
