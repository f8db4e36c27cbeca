"""How an installation is, part by part: Django's checks, and what only a try can tell.

Each part has what is wrong with it, as Django's messages, or a few words of how it is.
"""

import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.checks import WARNING, CheckMessage, Error, Info, Warning, run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import Error as DatabaseProblem
from django.db import connection
from requests import RequestException

from backtrain.circuit_breaker import one_line
from backtrain.environment import origins_of
from backtrain.provider import discovered
from backtrain.schema import applied_migrations, known_migrations
from backtrain.second_factors import is_readable
from exercises.counting import counted
from exercises.models import Exercise

# Which part a check is about; all others are about the settings.
ABOUT = {
    "backtrain.E001": "database",
    "backtrain.E003": "migrations",
    "backtrain.E004": "catalogue",
    "backtrain.E005": "static files",
    "backtrain.E006": "accounts",
    "backtrain.I001": "mail",
    "backtrain.I002": "cache",
    "backtrain.W001": "storage",
    "backtrain.W002": "database",
    "backtrain.W003": "cache",
    "backtrain.W004": "storage",
}
OLDEST_BACKUP = timedelta(days=2)
CLOCK_SECONDS = 5  # an authenticator's code is good for thirty
LITTLE_ROOM = 1_000_000_000  # bytes
SECONDS = 5  # for anybody else's answer
PROBE = "doctor-was-here.txt"


@dataclass
class Part:
    """What was found of a part; ``good`` is said if nothing is wrong."""

    name: str
    good: str = ""
    messages: list[CheckMessage] = field(default_factory=list)


Look = Callable[[], Iterator[CheckMessage | str]]


def examine(*, mail_to: str = "", url: str = "", now: datetime) -> Iterator[Part]:
    """Every part in turn. ``mail_to`` is sent a mail, ``url`` is asked as anyone would."""
    every = run_checks(include_deployment_checks=True, databases=["default"])
    found = [message for message in every if not message.is_silenced()]
    looks: dict[str, Look] = {
        "settings": lambda: iter(["They fit a server." if not settings.DEBUG else "DEBUG is on."]),
        "database": _database,
        "migrations": _migrations,
        "catalogue": _catalogue,
        "accounts": _accounts,
        "static files": lambda: iter([f"All are in {settings.STATIC_ROOT}."]),
        "storage": _storage,
        "mail": lambda: _mail(mail_to),
        "cache": _cache,
        "clock": lambda: _clock(now),
        "disk": _disk,
        "proxy": lambda: _proxy(url),
        "backups": lambda: _backups(now),
    }
    if settings.SINGLE_SIGN_ON:
        looks["single sign-on"] = _single_sign_on
    for name, look in looks.items():
        part = Part(
            name, messages=[each for each in found if ABOUT.get(each.id or "", "settings") == name]
        )
        if not is_wrong([part]):
            _look_closer(part, look)
        yield part


def _look_closer(part: Part, look: Look) -> None:
    try:
        for said in look():
            if isinstance(said, str):
                part.good = said
            else:
                part.messages.append(said)
    except DatabaseProblem as error:
        part.messages.append(Info(f"Not known: the database says {one_line(error)}."))


def _database() -> Iterator[CheckMessage | str]:
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    milliseconds = (time.perf_counter() - begun) * 1000
    version = ".".join(map(str, connection.get_database_version()))
    yield f"{connection.display_name} {version} answers in {milliseconds:.0f} ms."


def _migrations() -> Iterator[CheckMessage | str]:
    newer = applied_migrations() - known_migrations()
    ours = {app for app, _ in known_migrations()}
    if unknown := sorted(f"{app}.{name}" for app, name in newer if app in ours):
        yield Warning(
            f"The database went through {unknown[-1]}, which this version does not know.",
            hint="Run the version that it is of, or restore a backup made before the upgrade.",
        )
    yield f"All {len(known_migrations())} are applied."


def _catalogue() -> Iterator[CheckMessage | str]:
    yield f"{counted(Exercise.objects.catalogue().count(), 'exercise')}."


def _accounts() -> Iterator[CheckMessage | str]:
    administrators = User.objects.filter(is_superuser=True, is_active=True).count()
    if not administrators:
        yield Info(
            "Nobody administers the site.",
            hint="Run `manage.py createsuperuser`, then `manage.py confirm_email NAME`.",
        )
    unreadable = [each.user_id for each in Authenticator.objects.all() if not is_readable(each)]
    if unreadable:
        yield Error(
            f"{counted(len(unreadable), 'second factor')} can't be read: SECRET_KEY has changed.",
            hint="Put the SECRET_KEY of before into SECRET_KEY_FALLBACKS.",
        )
    yield f"{counted(administrators, 'administrator')}, and none with the demo's password."


def _storage() -> Iterator[CheckMessage | str]:
    bucket = settings.MEDIA_S3.get("bucket")
    place = f"the bucket {bucket}" if bucket else settings.MEDIA_ROOT
    try:
        name = default_storage.save(PROBE, ContentFile(b"probe"))
        with default_storage.open(name) as file:
            is_same = file.read() == b"probe"
        is_same = is_same and name in default_storage.listdir("")[1]
        status, said = _ask(default_storage.url(name), {}) if bucket else (200, "")
        default_storage.delete(name)
    except OSError as error:
        is_same, reason = False, one_line(error)
    else:
        reason = "what was written is not what is read"
    if not is_same:
        yield Error(
            f"Pictures can't be kept in {place} ({reason}).",
            hint=(
                "Look at MEDIA_S3_BUCKET, MEDIA_S3_ENDPOINT and MEDIA_S3_REGION, and whether"
                " AWS_ACCESS_KEY_ID may list, read, write and delete there."
                if bucket
                else "Let the user that the server runs as write there, or set MEDIA_ROOT."
            ),
        )
        return
    if status != 200:
        yield Error(
            f"Browsers can't see what is in {place}: {settings.MEDIA_S3['public_url']} is {said}.",
            hint="Let anyone read its files, and look at MEDIA_S3_PUBLIC_URL.",
        )
    yield f"A file was written to {place}, read and removed."


def _mail(address: str) -> Iterator[CheckMessage | str]:
    if not address:
        yield "A server is named; `--mail ADDRESS` tries it."
        return
    body = "Mail from Backtrain arrives: this one was sent by `manage.py doctor`.\n"
    try:
        EmailMessage("Mail from Backtrain arrives", body, to=[address]).send()
    except (OSError, ValueError) as error:
        yield Error(
            f"No mail can be sent ({one_line(error)}).",
            hint="Look at EMAIL_URL: host, port, user, password, and smtp+tls for port 587.",
        )
    yield f"One was handed over for {address}, from {settings.DEFAULT_FROM_EMAIL}."


def _cache() -> Iterator[CheckMessage | str]:
    cache.set("backtrain.doctor", "here", timeout=SECONDS)
    if cache.get("backtrain.doctor") != "here":
        yield Warning(
            "The cache does not keep what is put into it.",
            hint="Look at CACHE_URL, and whether its server has memory left.",
        )
    yield "It keeps what is put into it."


def _clock(now: datetime) -> Iterator[CheckMessage | str]:
    hint = "Turn on time synchronisation (`timedatectl set-ntp true`): codes of apps depend on it."
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            [there] = cursor.fetchone()
        if (apart := abs((there - datetime.now(UTC)).total_seconds())) > CLOCK_SECONDS:
            yield Warning(f"The database's clock is {apart:.0f} seconds from this one.", hint=hint)
    synchronised = _said_by("timedatectl", "show", "--property=NTPSynchronized", "--value")
    if synchronised == "no":
        yield Warning("Nothing keeps this machine's clock right.", hint=hint)
    known = "kept by the system" if synchronised == "yes" else "by whom it is kept is not known"
    yield f"It is {now:%Y-%m-%d %H:%M:%S} UTC; {known}."


def _said_by(*command: str) -> str:
    """What a program prints, "" where there is none or it fails."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.strip()


def _disk() -> Iterator[CheckMessage | str]:
    folders = {Path(settings.BACKUP_ROOT)}
    if not settings.MEDIA_S3:
        folders.add(Path(settings.MEDIA_ROOT))
    if connection.vendor == "sqlite":
        folders.add(Path(settings.DATABASES["default"]["NAME"]).parent)
    free = {}
    for folder in sorted(folders):
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        free[os.stat(nearest).st_dev] = (shutil.disk_usage(nearest).free, folder)
    for room, folder in free.values():
        if room < LITTLE_ROOM:
            yield Warning(
                f"{room / 1e6:,.0f} MB are free where {folder} is.",
                hint="Make room: a full disk stops every save.",
            )
    yield f"{min(room for room, _ in free.values()) / 1e9:,.1f} GB are free."


def _proxy(url: str) -> Iterator[CheckMessage | str]:
    if not settings.TRUSTED_PROXIES and not settings.PLAIN_HTTP and not settings.DEBUG:
        yield Info(
            "TRUSTED_PROXIES is 0, so whoever comes through a proxy counts as the proxy.",
            hint="Set it to how many proxies stand in front, mostly 1.",
        )
    if not url:
        yield f"{settings.TRUSTED_PROXIES} trusted; `--url https://…` asks it as anyone would."
        return
    yield from _asked_from_outside(url.rstrip("/"))


def _asked_from_outside(url: str) -> Iterator[CheckMessage | str]:
    status, said = _ask(f"{url}/healthz/ready", {})
    if status != 200:
        yield Error(
            f"{url}/healthz/ready is {said}.",
            hint="Look at name, certificate and proxy, and whether the server runs.",
        )
        return
    status, said = _ask(f"{url}/robots.txt", {})
    if status != 200:
        yield Error(
            f"{url}/robots.txt is {said}.",
            hint="The proxy has to pass on Host, which ALLOWED_HOSTS names, and set"
            " X-Forwarded-Proto, which TRUSTED_PROXIES makes believed.",
        )
        return
    status, said = _ask(f"{url}/robots.txt", {"X_Forwarded_Proto": "http"})
    if status != 200:
        yield Warning(
            f"The proxy passes on header names with underscores: a forged one gave {said}.",
            hint="Have it drop them; docs/deploying.md says how.",
        )
    yield f"{url} answers, and passes on nothing forged."


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _ask(url: str, headers: dict[str, str]) -> tuple[int, str]:
    """The status, 0 if there was no answer, and what to say of it."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            return answer.status, str(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, f"{error.code} {error.reason}"
    except (OSError, ValueError, HTTPException) as error:
        return 0, f"not to be had ({one_line(error)})"


def _single_sign_on() -> Iterator[CheckMessage | str]:
    issuer = settings.SINGLE_SIGN_ON["issuer"]
    try:
        document = discovered(issuer)
    except (OAuth2Error, RequestException, ValueError) as error:
        yield Error(
            f"{issuer} gives no discovery document ({one_line(error)}).",
            hint="Look at OIDC_ISSUER: what stands before /.well-known/openid-configuration.",
        )
        return
    [known] = origins_of(issuer)
    [there] = origins_of(document["authorization_endpoint"])
    if there != known:
        yield Error(
            f"It sends people to {there}, where Chromium's browsers would not follow.",
            hint=f"Have the provider sign people in at {known}.",
        )
    yield f"{issuer} answers."


def _backups(now: datetime) -> Iterator[CheckMessage | str]:
    folder = Path(settings.BACKUP_ROOT)
    files = sorted(folder.glob("backtrain-*"), key=lambda file: file.stat().st_mtime)
    if not files:
        yield Warning(
            f"There is no backup in {folder}.",
            hint="Run `manage.py backup`, and set up its timer; or set BACKUP_ROOT to where it is.",
        )
        return
    age = now - datetime.fromtimestamp(files[-1].stat().st_mtime, UTC)
    if age > OLDEST_BACKUP:
        yield Warning(
            f"The last backup in {folder} is {age.days} days old.",
            hint="Look at its timer: `systemctl status backtrain-backup`.",
        )
    hours = int(age.total_seconds() // 3600)
    yield f"{counted(len(files), 'backup')}, the last one {counted(hours, 'hour')} old."


def is_wrong(parts: Iterable[Part]) -> bool:
    """Whether any part has more than a note."""
    return any(each.level >= WARNING for part in parts for each in part.messages)
