"""System checks for what someone who deploys Backtrain is likely to get wrong."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError

from backtrain.circuit_breaker import one_line
from backtrain.demo_accounts import demo_accounts
from backtrain.schema import missing_migrations
from backtrain.start import START
from exercises.models import Exercise


@register(Tags.database, START)
def check_sqlite_folder(**_: Any) -> list[CheckMessage]:
    """SQLite writes beside its file, so the whole folder has to be writable."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or str(database["NAME"]).startswith("file:"):
        return []
    folder = Path(database["NAME"]).resolve().parent
    if os.access(folder, os.W_OK):
        return []
    return [
        Error(
            f"SQLite can't write in {folder}.",
            hint="Make the folder writable, or set DATABASE_URL to a place that is.",
            id="backtrain.E001",
        )
    ]


@register(Tags.database, START, deploy=True)
def check_demo_accounts(**_: Any) -> list[CheckMessage]:
    """Everyone knows the password of the demo's accounts, one of which may do everything.

    1 query. A database that does not answer, or has no tables yet, is not what this is about.
    """
    try:
        names = [] if settings.DEBUG else [user.username for user in demo_accounts()]
    except DatabaseError:
        return []
    if not names:
        return []
    return [
        Error(
            f"Anyone can sign in with the demo's password, as {', '.join(names)}.",
            hint="Run `manage.py remove_demo`, or give these accounts other passwords.",
            id="backtrain.E006",
        )
    ]


@register(START, deploy=True)
def check_hosts(**_: Any) -> list[CheckMessage]:
    """Without a host every page is a 400."""
    if settings.DEBUG or settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS is not set, so no address leads here.",
            hint="Set it to the site's host names, such as log.example.org.",
            id="backtrain.E002",
        )
    ]


@register(Tags.database, START, deploy=True)
def check_database(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The tables of this version, and a catalogue in them. 3 queries.

    A database that does not answer may do so later; pages say that until then.
    """
    if not databases:  # Django 5.2 asks without --database too
        return []
    try:
        missing = missing_migrations()
        if not missing and Exercise.objects.catalogue().exists():
            return []
    except DatabaseError as error:
        return [
            Warning(
                f"The database does not answer ({type(error).__name__}).",
                hint="Look at DATABASE_URL, and whether its server runs.",
                id="backtrain.W002",
            )
        ]
    return [_unmigrated(len(missing)) if missing else _EMPTY]


def _unmigrated(count: int) -> CheckMessage:
    return Error(
        f"The database is not that of this version: it lacks {count} of its migrations.",
        hint="Run `manage.py migrate`, then `manage.py sync_catalog`.",
        id="backtrain.E003",
    )


_EMPTY = Error("The catalogue is empty.", hint="Run `manage.py sync_catalog`.", id="backtrain.E004")


@register(Tags.database, START, deploy=True)
def check_static_files(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Pages name static files by their hashes, which collectstatic writes down.

    As a check it is one of those with --database: about an installation, not about the code.
    """
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if not databases or settings.DEBUG or collected is None:
        return []
    # Windows spells paths with backslashes, the list never does.
    ours = {path.replace("\\", "/") for path, _ in FileSystemFinder().list([])}
    if ours <= collected.keys():
        return []
    return [
        Error(
            f"{len(ours - collected.keys())} static files are not in {settings.STATIC_ROOT}.",
            hint="Run `manage.py collectstatic --no-input`.",
            id="backtrain.E005",
        )
    ]


@register(deploy=True)
def check_plain_http(**_: Any) -> list[CheckMessage]:
    """A choice, said again."""
    if not settings.PLAIN_HTTP:
        return []
    return [
        Info(
            "Passwords and workouts cross the network for all to read.",
            hint="Unset PLAIN_HTTP unless only people you trust are in this network.",
            id="backtrain.I003",
        )
    ]


@register(deploy=True)
def check_uploads_folder(**_: Any) -> list[CheckMessage]:
    """Editors' pictures need a place."""
    if settings.MEDIA_S3:
        return []
    folder = Path(settings.MEDIA_ROOT)
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return []
    return [
        Warning(
            f"Pictures can't be saved in {folder}.",
            hint="Set MEDIA_ROOT to a folder that the server may write to.",
            id="backtrain.W001",
        )
    ]


@register(START, deploy=True)
def check_bucket(**_: Any) -> list[CheckMessage]:
    """Nobody writes into a bucket unknown. Pages show what is there all the same."""
    if not settings.MEDIA_S3:
        return []
    from backtrain.media import has_credentials  # which others don't have installed

    if has_credentials():
        return []
    return [
        Warning(
            f"Nothing says who writes into the bucket {settings.MEDIA_S3['bucket']}.",
            hint="Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
            id="backtrain.W004",
        )
    ]


def mail_backend() -> str:
    """The dotted path of what sends mail, wherever this Django keeps it (see ``read_mail``)."""
    mailers = getattr(settings, "MAILERS", None)
    return str(mailers["default"]["BACKEND"] if mailers else settings.EMAIL_BACKEND)


@register(deploy=True)
def check_mail(**_: Any) -> list[CheckMessage]:
    """Without a mail server nobody can reset a password."""
    if "console" not in mail_backend():
        return []
    return [
        Info(
            "Mail is printed on the console, so password resets reach nobody.",
            hint="Set EMAIL_URL, for example to smtp+tls://user:password@mail.example.org:587.",
            id="backtrain.I001",
        )
    ]


@register(deploy=True)
def check_cache(**_: Any) -> list[CheckMessage]:
    """Rate limits are counted in the cache."""
    if not settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return []
    return [
        Info(
            "Each server process has a cache of its own, so rate limits count per process.",
            hint="With several processes, set CACHE_URL, for example to dbcache://cache.",
            id="backtrain.I002",
        )
    ]


@register(START, deploy=True)
def check_shared_cache(**_: Any) -> list[CheckMessage]:
    """The shared cache answers. Without it limits are local, which nothing else would show."""
    if "shared" not in settings.CACHES:
        return []
    try:
        caches["shared"].get("backtrain.check")
    except Exception as error:
        return [
            Warning(
                f"The cache that CACHE_URL names can't be used ({one_line(error)}), so rate"
                " limits count per process.",
                hint="Start its server, or run `manage.py createcachetable` for dbcache://.",
                id="backtrain.W003",
            )
        ]
    return []
