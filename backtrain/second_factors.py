"""The secrets of second factors, which the database has in encrypted form only.

Whoever has a copy of the database makes no codes of it. The key is derived from SECRET_KEY; what
was encrypted under one of SECRET_KEY_FALLBACKS can still be read.
"""

import base64
import logging
import secrets

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = logging.getLogger(__name__)

PURPOSE = b"backtrain.second_factors"
MARK = "gAAAA"  # how all that Fernet encrypts begins; no secret in the clear does


def encrypt(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode()


def decrypt(kept: str) -> str:
    """The secret. Where the key is another one now, a random one, which no code fits.

    What is not encrypted was written by the version before this one, while an upgrade ran.
    """
    if not kept.startswith(MARK):
        return kept
    try:
        return decrypt_or_fail(kept)
    except InvalidToken:
        logger.error(
            "A second factor can't be read: SECRET_KEY is not what it was."
            " Put the old one into SECRET_KEY_FALLBACKS."
        )
        return base64.b32encode(secrets.token_bytes(20)).decode()


def decrypt_or_fail(kept: str) -> str:
    """Raises InvalidToken where the key is another one now."""
    return _box().decrypt(kept).decode()


def is_readable(authenticator: Authenticator) -> bool:
    """Whether its secret was encrypted under one of the keys that there are."""
    kept = authenticator.data.get("secret") or authenticator.data.get("seed") or ""
    try:
        return not kept.startswith(MARK) or bool(decrypt_or_fail(kept))
    except InvalidToken:
        return False


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(hkdf.derive(key.encode()))
