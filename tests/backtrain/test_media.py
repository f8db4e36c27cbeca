"""Pictures in a bucket: what goes in comes out, by the names and the address that pages have."""

import errno
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from backtrain import environment
from backtrain.environment import WrongSetting, read_bucket
from backtrain.errors import is_away
from backtrain.media import BucketStorage
from tests.production import free_port

NAME = "exercises/barbell-row.webp"


def put(content=b"a picture", name=NAME):
    return default_storage.save(name, ContentFile(content))


class TestBucketStorage:
    def test_gives_back_what_was_put_there(self, bucket):
        name = put()

        with default_storage.open(name) as file:
            assert (file.size, file.read()) == (9, b"a picture")
        assert name == NAME
        assert bucket.files() == {NAME: b"a picture"}
        assert default_storage.exists(NAME)
        assert default_storage.listdir("") == (["exercises"], [])
        assert default_storage.listdir("exercises/") == ([], ["barbell-row.webp"])
        age = datetime.now(UTC) - default_storage.get_modified_time(NAME)
        assert abs(age) < timedelta(minutes=5)

    def test_never_writes_over_a_file(self, bucket):
        first, second = put(b"one"), put(b"another")

        assert second != first
        assert set(bucket.files().values()) == {b"one", b"another"}

    def test_is_read_from_its_public_address(self, bucket):
        put()

        url = default_storage.url(NAME)

        assert url == f"{bucket.public_url}/{NAME}"
        with urllib.request.urlopen(url) as answer:
            assert answer.read() == b"a picture"

    def test_knows_no_address_that_ends(self):
        """Pages are kept for longer than a signed one would be good for."""
        storage = BucketStorage(
            bucket="b", public_url="https://img.example.org/b/", endpoint="", region="eu-central-1"
        )

        assert storage.url("exercises/a b.webp") == "https://img.example.org/b/exercises/a%20b.webp"

    def test_deletes_also_what_is_not_there(self, bucket):
        put()

        for _ in range(2):
            default_storage.delete(NAME)

        assert bucket.files() == {}

    @pytest.mark.parametrize("ask", ["open", "size", "get_modified_time"])
    def test_says_that_a_file_is_missing_as_a_folder_does(self, bucket, ask):
        with pytest.raises(FileNotFoundError):
            getattr(default_storage, ask)(NAME)


class TestTrouble:
    """It is an OSError, for which pages say that they are back in a moment."""

    @pytest.fixture
    def storage(self, bucket):
        def changed(**changes):
            return BucketStorage(**(read_bucket(insecure=True) | changes))

        return changed

    def trouble(self, storage, ask, *arguments):
        with pytest.raises(OSError, match="The bucket can't be used") as raised:
            getattr(storage, ask)(*arguments)
        assert raised.value.errno == errno.EIO
        assert is_away(raised.value)
        return raised.value.strerror

    @pytest.mark.parametrize(
        ("ask", "arguments"),
        [
            ("save", [NAME, ContentFile(b"a picture")]),
            ("open", [NAME]),
            ("delete", [NAME]),
            ("exists", [NAME]),
            ("listdir", [""]),
            ("size", [NAME]),
            ("get_modified_time", [NAME]),
        ],
    )
    def test_of_keys_that_are_wrong(self, storage, monkeypatch, ask, arguments):
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")

        said = self.trouble(storage(), ask, *arguments)

        assert said.startswith("The bucket can't be used: ClientError: ")

    def test_of_a_bucket_that_is_not_there(self, storage):
        """It is no empty one, of which a backup would have no pictures."""
        said = self.trouble(storage(bucket="none"), "listdir", "")

        assert "NoSuchBucket" in said
        assert "NoSuchBucket" in self.trouble(
            storage(bucket="none"), "save", NAME, ContentFile(b"a picture")
        )

    def test_of_a_server_that_does_not_answer(self, storage):
        away = storage(endpoint=f"http://127.0.0.1:{free_port()}")

        assert "EndpointConnectionError" in self.trouble(away, "exists", NAME)


class TestSettings:
    WHOLE = {"MEDIA_S3_BUCKET": "pictures", "MEDIA_S3_PUBLIC_URL": "https://img.example.org/b"}

    @pytest.fixture(autouse=True)
    def unset(self, monkeypatch):
        for name in ("BUCKET", "PUBLIC_URL", "ENDPOINT", "REGION"):
            monkeypatch.delenv(f"MEDIA_S3_{name}", raising=False)
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name, raising=False)

    @pytest.fixture
    def told(self, monkeypatch):
        def tell(**values):
            for name, value in values.items():
                monkeypatch.setenv(name, value)

        return tell

    def test_are_none(self):
        assert read_bucket(insecure=False) == {}

    def test_name_a_bucket(self, told):
        told(**self.WHOLE)

        assert read_bucket(insecure=False) == {
            "bucket": "pictures",
            "public_url": "https://img.example.org/b",
            "endpoint": "",
            "region": "",
        }

    def test_that_lack_one_say_which(self, told):
        told(MEDIA_S3_BUCKET="pictures", MEDIA_S3_REGION="eu-central-1")

        with pytest.raises(
            WrongSetting, match="MEDIA_S3_BUCKET does nothing without MEDIA_S3_PUBLIC_URL: set all"
        ):
            read_bucket(insecure=False)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("MEDIA_S3_PUBLIC_URL", "img.example.org"),
            ("MEDIA_S3_PUBLIC_URL", "http://img.example.org"),
            ("MEDIA_S3_PUBLIC_URL", "https://img.example.org; script-src *"),
            ("MEDIA_S3_ENDPOINT", "s3.example.org"),
        ],
    )
    def test_take_addresses_alone(self, told, name, value):
        told(**self.WHOLE | {name: value})

        with pytest.raises(WrongSetting, match=f"^{name} is "):
            read_bucket(insecure=False)

    @pytest.mark.parametrize(
        ("given", "missing"),
        [
            ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
        ],
    )
    def test_want_both_halves_of_a_key(self, told, given, missing):
        told(**self.WHOLE, **{given: "half"})

        with pytest.raises(WrongSetting, match=f"^{given} does nothing without {missing}: "):
            read_bucket(insecure=False)

    def test_say_what_to_install(self, told, monkeypatch):
        told(**self.WHOLE)
        monkeypatch.setattr(environment, "find_spec", lambda name: None)

        with pytest.raises(WrongSetting, match=r"MEDIA_S3_BUCKET needs .* requirements/s3\.txt"):
            read_bucket(insecure=False)
