"""System checks for what someone who deploys Backtrain is likely to get wrong."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError

from backtrain.demo_accounts import demo_accounts


@register(Tags.database)
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


@register(Tags.database, deploy=True)
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


@register(deploy=True)
def check_uploads_folder(**_: Any) -> list[CheckMessage]:
    """Editors' pictures need a place."""
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
            hint="With several processes, set CACHE_URL, for example to redis://localhost:6379/1.",
            id="backtrain.I002",
        )
    ]
