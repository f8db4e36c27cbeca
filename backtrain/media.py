"""Editors' pictures in a bucket of S3-compatible storage, in the place of a folder.

Only settings that name a bucket load this: it needs what ``requirements/s3.txt`` adds.
"""

import errno
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

import botocore.session
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from backtrain.circuit_breaker import one_line

SECONDS = 5  # for a connection, and for each answer
# Whoever saves a picture waits for it, and on SQLite all who write wait for them.
PATIENCE = Config(
    connect_timeout=SECONDS,
    read_timeout=SECONDS,
    retries={"total_max_attempts": 2},
    # Checksums beyond those of the protocol's first years, which not every server knows
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
KEPT_BY_BROWSERS = "public, max-age=86400"  # as the proxies of docs/ say of the folder
MISSING = {"404", "NoSuchKey"}

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def trouble_told(method: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """What goes wrong there as the OSError that a folder would raise."""

    @wraps(method)
    def told(*args: Parameters.args, **options: Parameters.kwargs) -> Result:
        try:
            return method(*args, **options)
        except (BotoCoreError, Boto3Error, ClientError) as error:
            if isinstance(error, ClientError) and error.response["Error"]["Code"] in MISSING:
                raise FileNotFoundError(errno.ENOENT, "The bucket has no such file") from error
            raise OSError(errno.EIO, f"The bucket can't be used: {one_line(error)}") from error

    return told


class BucketStorage(S3Storage):
    """Anyone reads from ``public_url``; only the site writes. No name is ever written over."""

    def __init__(self, *, bucket: str, public_url: str, endpoint: str, region: str) -> None:
        public = urlsplit(public_url)
        super().__init__(
            bucket_name=bucket,
            endpoint_url=endpoint or None,
            region_name=region or None,
            url_protocol=f"{public.scheme}:",
            custom_domain=f"{public.netloc}{public.path}".rstrip("/"),
            querystring_auth=False,
            file_overwrite=False,
            object_parameters={"CacheControl": KEPT_BY_BROWSERS},
            client_config=PATIENCE,
        )

    @trouble_told
    def _open(self, name: str, mode: str = "rb") -> Any:
        """A file to be read has been, so that no trouble is left for later."""
        file = super()._open(name, mode)
        return file.open() if "r" in mode else file

    @trouble_told
    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)
        return saved

    @trouble_told
    def delete(self, name: str) -> None:
        super().delete(name)

    @trouble_told
    def exists(self, name: str) -> bool:
        there: bool = super().exists(name)
        return there

    @trouble_told
    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        folders, files = super().listdir(path)
        return folders, files

    @trouble_told
    def size(self, name: str) -> int:
        size: int = super().size(name)
        return size

    @trouble_told
    def get_modified_time(self, name: str) -> Any:
        return super().get_modified_time(name)


def has_credentials() -> bool:
    """Whether boto3 knows who writes, by the environment, its files, or the machine's own role."""
    try:
        return botocore.session.get_session().get_credentials() is not None
    except BotoCoreError:
        return False
