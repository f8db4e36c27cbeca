"""The provider of single sign-on, where allauth looks for one: OpenID Connect, checked in full.

allauth believes an ID token unread, since it came over TLS, and asks for no nonce. Here its
signature, issuer, audience, age and nonce are checked, and whose the profile is.
"""

import hashlib
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import reverse

NEEDED = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
# What a provider's answer of another shape than the standard's raises where it is read
MISSHAPEN = (AttributeError, ImproperlyConfigured, LookupError, TypeError, ValueError)


def discovered(issuer: str) -> dict[str, Any]:
    """The issuer's discovery document.

    Raises RequestException where it does not answer, OAuth2Error where that is no such document.
    """
    address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        document = answer.json()
    if not isinstance(document, dict) or not all(
        isinstance(document.get(name), str) for name in NEEDED
    ):
        raise OAuth2Error("The discovery document lacks what is needed.")
    if document["issuer"].rstrip("/") != issuer.rstrip("/"):
        raise OAuth2Error("The discovery document is of another issuer.")
    return document


def nonce_for(verifier: str) -> str:
    """Known to whoever began, as PKCE's verifier is, and not to be had from its challenge."""
    return hashlib.sha256(f"nonce of {verifier}".encode()).hexdigest()


class Adapter(OpenIDConnectOAuth2Adapter):
    @cached_property
    def openid_config(self) -> dict[str, Any]:
        return discovered(self.provider_id)

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("single-sign-on-callback"))

    @property
    def basic_auth(self) -> bool:
        """Show the secret in the header, as everyone may, but where the form alone is taken.

        A client there is mostly made for the header and then refused with the form, which allauth
        prefers.
        """
        methods = self.openid_config.get("token_endpoint_auth_methods_supported")
        if not isinstance(methods, list):
            return True
        return "client_secret_basic" in methods or "client_secret_post" not in methods

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str = ""
    ) -> Any:
        self.nonce = nonce_for(pkce_code_verifier)
        if self.basic_auth:  # RFC 6749, 2.3.1
            client.consumer_key = quote_plus(client.consumer_key)
            client.consumer_secret = quote_plus(client.consumer_secret)
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        return SocialToken(token=data["access_token"])

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        try:
            claims = self._decode_id_token(app, kwargs["response"]["id_token"])
            profile = self._profile(token, claims)
            return self.get_provider().sociallogin_from_response(request, {"userinfo": profile})
        except MISSHAPEN as error:
            raise OAuth2Error("The provider's answer can't be read.") from error

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if "exp" not in claims or claims["nonce"] != self.nonce:
            raise OAuth2Error("The ID token is not for this sign-in.")
        if not claims["sub"].isprintable():
            raise OAuth2Error("The ID token names nobody.")
        return claims

    def _profile(self, token: SocialToken, claims: dict[str, Any]) -> dict[str, Any]:
        """What the provider says of whoever the ID token is about."""
        profile = dict(claims)
        if "userinfo_endpoint" in self.openid_config:
            told = self._fetch_user_info(token.token)
            if told["sub"] != claims["sub"]:
                raise OAuth2Error("The profile is somebody else's.")
            profile |= told
        # "false" in quotes is no yes.
        return profile | {"email_verified": profile.get("email_verified") is True}


class Provider(OpenIDConnectProvider):
    """What is asked of it stands here alone: an address may add no scope and no parameter."""

    pkce_enabled_default = True
    oauth2_adapter_class = Adapter

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return params | {"nonce": nonce_for(params["code_verifier"])}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        is_known = request.user.is_authenticated
        process = AuthProcess.CONNECT if is_known else AuthProcess.LOGIN
        return kwargs | {"process": process, "scope": self.get_scope(), "auth_params": {}}

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing of a person is kept but the number that the provider gave them."""
        return {}


provider_classes = [Provider]
