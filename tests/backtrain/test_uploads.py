"""Forms that are larger than their senders may send are refused unread."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from backtrain.uploads import size_of

LOGIN = reverse("account_login")
IMPORT = reverse("admin:exercises_exercise_import")
MULTIPART = "multipart/form-data; boundary=x"

pytestmark = pytest.mark.django_db


class Unread(BytesIO):
    def read(self, *_):
        raise AssertionError("It was read.")


def post_unread(client, path, *, size):
    """Post a form of some bytes, of which none may be read."""
    form = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(size), "CONTENT_TYPE": MULTIPART}
    return client.generic("POST", path, **form)


def parts(count, *, head):
    """A body of so many parts."""
    body = b"".join(b"--x\r\n" + head % number + b"\r\n\r\n1\r\n" for number in range(count))
    return body + b"--x--\r\n"


class TestVisitors:
    @pytest.mark.parametrize("path", ["/", LOGIN, "/workouts/new/", "/nowhere/"])
    def test_may_not_send_much(self, client, path):
        assert post_unread(client, path, size=2_000_001).status_code == 413

    def test_may_not_send_files(self, client):
        response = client.post(LOGIN, {"login": "a", "file": SimpleUploadedFile("a", b"x")})

        assert response.status_code == 413
        assert response.headers["Connection"] == "close"

    def test_may_send_a_form(self, client):
        assert client.post(LOGIN, {"login": "a", "password": "b"}).status_code == 200

    @pytest.mark.parametrize(
        "head",
        [
            b'Content-Disposition: form-data; name="f%d"',
            b'Content-Disposition: form-data; name="f%d"; filename="a"',
        ],
        ids=["fields", "files"],
    )
    def test_may_not_send_thousands_of_parts(self, client, head):
        body = parts(10_000, head=head)

        assert client.generic("POST", LOGIN, body, content_type=MULTIPART).status_code == 413


class TestAthletes:
    def test_may_not_send_files(self, alices_client):
        workout = {"text": "Pull-up: 8", "file": SimpleUploadedFile("a", b"x")}

        assert alices_client.post("/workouts/new/", workout).status_code == 413
        assert post_unread(alices_client, "/workouts/new/", size=2_000_001).status_code == 413


class TestEditors:
    def test_may_send_files(self, eddies_client):
        response = eddies_client.post(IMPORT, {"file": SimpleUploadedFile("a", b"[]")})

        assert "There is no exercise" in response.content.decode()

    def test_may_not_send_as_much_as_they_like(self, eddies_client):
        assert post_unread(eddies_client, IMPORT, size=12_000_001).status_code == 413

    def test_may_not_send_many_files(self, eddies_client):
        files = {f"file{number}": SimpleUploadedFile("a", b"x") for number in range(11)}

        assert eddies_client.post(IMPORT, files).status_code == 413


class TestTooMuch:
    def test_leaves_the_connection_to_the_development_server(self, client):
        """Its protocol forbids an application that header, and it closes anyway."""
        response = client.post(LOGIN, {"a": "x" * 2_000_001}, SERVER_SOFTWARE="WSGIServer/0.2")

        assert response.status_code == 413
        assert "Connection" not in response


class TestSize:
    @pytest.mark.parametrize(
        ("said", "size"), [("12", 12), ("", 0), ("-1", 0), ("x", 0), ("9" * 5000, 0)]
    )
    def test_is_what_can_be_read(self, said, size):
        assert size_of(RequestFactory().get("/", CONTENT_LENGTH=said)) == size
