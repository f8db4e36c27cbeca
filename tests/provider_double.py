"""A provider of OpenID Connect on this machine, that says what a test has it say."""

import hashlib
import json
import threading
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, CODE, ACCESS_TOKEN = "backtrain", "a client's: sécret", "a code", "an access token"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Whom it signs in, and what is wrong with how it does.

    ``person`` is what it says of them, ``claims`` and ``key`` are what its next ID token has that
    is not as it should be; ``document`` is its discovery document.
    """

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.person: dict[str, Any] = {
            "sub": "7",
            "email": "robin@example.org",
            "email_verified": True,
            "preferred_username": "robin",
            "name": "Robin Rower",
        }
        self.claims: dict[str, Any] = {}
        self.key = KEY
        self.is_cancelled = False
        self.method = "client_secret_basic"
        self.document: Any = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/keys",
        }
        self.asked: dict[str, str] = {}

    def authorized(self, query: str) -> str:
        """Where someone is sent who came with this query and agreed, or turned back."""
        self.asked = {name: values[0] for name, values in parse_qs(query).items()}
        said = {"error": "access_denied"} if self.is_cancelled else {"code": CODE}
        return f"{self.asked['redirect_uri']}?{urlencode(said | {'state': self.asked['state']})}"

    def is_shown_the_secret(self, told: dict[str, str], authorization: str) -> bool:
        if self.method == "client_secret_post":
            return (told.get("client_id"), told.get("client_secret")) == (CLIENT, SECRET)
        secret = f"{quote_plus(CLIENT)}:{quote_plus(SECRET)}"
        is_told = "client_secret" in told
        return not is_told and authorization == f"Basic {b64encode(secret.encode()).decode()}"

    def tokens(self, body: str, authorization: str) -> dict[str, str] | None:
        told = {name: values[0] for name, values in parse_qs(body).items()}
        digest = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_ours = self.is_shown_the_secret(told, authorization) and told.get("code") == CODE
        if not is_ours or challenge != self.asked["code_challenge"]:
            return None
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "exp": int(time()) + 60,
            "sub": self.person["sub"],
            "nonce": self.asked["nonce"],
            **self.claims,
        }
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": token}

    def answer(self, path: str, body: str, authorization: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return self.document
        if path == "/token":
            return self.tokens(body, authorization)
        if path == "/userinfo" and authorization == f"Bearer {ACCESS_TOKEN}":
            return self.person
        if path == "/keys":
            public = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}
        return None


@contextmanager
def provided() -> Iterator[Provider]:
    """Serve it on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorized(parts.query))
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self.tell(provider.answer(parts.path, "", self.headers.get("Authorization", "")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.tell(provider.answer(self.path, body, self.headers.get("Authorization", "")))

        def tell(self, said: Any) -> None:
            content = json.dumps(said or {"error": "no"}).encode()
            self.send_response(200 if said else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
