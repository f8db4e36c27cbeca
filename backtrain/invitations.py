"""Who may sign up: everyone, nobody, or whoever was sent a link.

An invitation is an address that the server signed, so nothing has to be kept: it is used up when
an account has the address, and ends by itself. Another SECRET_KEY ends them all.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.urls import reverse

OPEN, INVITED, CLOSED = "open", "invited", "closed"
GOOD_FOR = timedelta(days=14)
KEY = "invitation"  # in a link, and in the session of whoever opened it

_signer = TimestampSigner(salt="backtrain.invitations")


def registration(request: HttpRequest) -> dict[str, Any]:
    """For templates: ``may_sign_up``, whether everyone may, so that pages offer it."""
    return {"may_sign_up": settings.REGISTRATION == OPEN}


def path_for(address: str) -> str:
    """Where whoever has this address may sign up, with a query."""
    query = urlencode({KEY: _signer.sign(address), "email": address})
    return f"{reverse('account_signup')}?{query}"


def invited_address(request: HttpRequest) -> str | None:
    """Whom the invitation is for that was opened in this session, if it is still good. 2 queries.

    Visitors who have none get no session by this.
    """
    signed = request.GET.get(KEY) or request.session.get(KEY)
    try:
        address = _signer.unsign(signed or "", max_age=GOOD_FOR)
    except BadSignature:
        return None
    if has_account(address):
        return None
    if request.session.get(KEY) != signed:
        request.session[KEY] = signed
    return address


def has_account(address: str) -> bool:
    return (
        User.objects.filter(email__iexact=address).exists()
        or EmailAddress.objects.filter(email__iexact=address).exists()
    )
