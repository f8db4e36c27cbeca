"""How the environment is read: a value that fits, or one sentence that says what to set.

A variable that is blank counts as unset, and spaces around a value or a list's items as nothing.
"""

import email.utils
import os
import re
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import environ
from django.core.exceptions import ImproperlyConfigured

from exercises.counting import whole_number

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SHORTEST_KEY = 20  # characters
LONGEST_INT = 10  # digits; 317 years of seconds
LONGEST_ISSUER = 200  # characters; of what an account is kept by
HOST_NAME = re.compile(r"\*|\.?[\w.-]+|\[[0-9A-Fa-f:.]+\]")
SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
PATIENT_POSTGRESQL = "backtrain.postgresql"
QUERY_SECONDS, CONNECT_SECONDS = 15, 5
LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"
STEADY_CACHE = "backtrain.caches.SteadyLocMemCache"
REDIS_CACHE = "django.core.cache.backends.redis.RedisCache"
CACHES = {LOCAL_CACHE, REDIS_CACHE, "django.core.cache.backends.db.DatabaseCache"}
REDIS_PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}  # seconds
MAILER_OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
    "EMAIL_TIMEOUT": "timeout",
}
MAIL_SECONDS = 5  # for each answer of the mail server


class WrongSetting(ImproperlyConfigured):
    """A variable can't be used: the message is a sentence that says all whoever deploys needs."""


ENV_LINE = re.compile(r"""(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"([^"]*)"|'([^']*)'|(.*))""")


def read_env_file(default: Path) -> None:
    """Take over what the file that ENV_FILE names has, but for what the environment has itself.

    A line is NAME=value, with quotes around the value or without, empty, or a comment.
    """
    named = env_str("ENV_FILE", default="")
    file = Path(named) if named else default
    if not named and not file.exists():
        return
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        what = "ENV_FILE" if named else ".env"
        raise WrongSetting(f"{what} can't be read: {error}.") from error
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        parts = ENV_LINE.fullmatch(line)
        if not parts:
            raise WrongSetting(f"{file} has no NAME=value on line {number}: correct it.")
        if not os.environ.get(parts[1], "").strip():
            os.environ[parts[1]] = next(part for part in parts.groups()[1:] if part is not None)


# Plain values


def env_str(name: str, *, default: str) -> str:
    # Not environ's, which takes a "$" in front for the name of another variable.
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool) -> bool:
    """The environment's ``name`` as a boolean; any word but those listed stops the start."""
    word = env_str(name, default="").lower()
    if not word:
        return default
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    raise WrongSetting(f"{name} is {word!r}: set it to one of 1, true, yes, on, 0, false, no, off.")


def env_int(name: str, *, default: int) -> int:
    """The environment's ``name`` as a whole number of at least 0."""
    word = env_str(name, default="")
    if not word:
        return default
    number = whole_number(word)
    if number is not None and number < 10**LONGEST_INT:
        return number
    raise WrongSetting(f"{name} is {word!r}: set it to a whole number.")


def env_list(name: str, *, default: list[str]) -> list[str]:
    """The items between the commas of the environment's ``name``."""
    items = [item.strip() for item in env_str(name, default="").split(",")]
    return [item for item in items if item] or default


# Values of one kind


def read_secret_key(*, debug: bool) -> str:
    """SECRET_KEY, which only a DEBUG server may leave unset."""
    key = os.environ.get("SECRET_KEY", "")
    if key:
        return key
    if debug:
        return "insecure-key-for-development-only"
    raise WrongSetting(
        "SECRET_KEY is not set: set it to 50 or more random characters, for example from"
        " `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`."
    )


def read_fallback_keys() -> list[str]:
    """SECRET_KEY_FALLBACKS: what SECRET_KEY was before, the last first."""
    keys = env_list("SECRET_KEY_FALLBACKS", default=[])
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise WrongSetting(
            "SECRET_KEY_FALLBACKS holds what is too short for a key: set it to what SECRET_KEY was"
            " before, with commas between."
        )
    return keys


def read_hosts(*, default: list[str]) -> list[str]:
    """ALLOWED_HOSTS: names without scheme, port or path, since none such would ever be met."""
    hosts = env_list("ALLOWED_HOSTS", default=default)
    for host in hosts:
        if not HOST_NAME.fullmatch(host):
            raise WrongSetting(
                f"ALLOWED_HOSTS holds {host!r}: set it to host names alone, with commas between,"
                " such as log.example.org, www.example.org."
            )
    return hosts


def read_origins() -> list[str]:
    """CSRF_TRUSTED_ORIGINS: addresses with a scheme and without a path."""
    origins = env_list("CSRF_TRUSTED_ORIGINS", default=[])
    for origin in origins:
        if not re.fullmatch(r"https?://[^/\s]+", origin):
            raise WrongSetting(
                f"CSRF_TRUSTED_ORIGINS holds {origin!r}: set it to origins, with commas between,"
                " such as https://log.example.org."
            )
    return origins


def read_plain_http() -> bool:
    """PLAIN_HTTP, which nothing that insists on HTTPS may stand beside."""
    is_plain = env_bool("PLAIN_HTTP", default=False)
    for insists in ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"):
        if is_plain and env_str(insists, default="0").lower() not in FALSE_WORDS:
            raise WrongSetting(f"PLAIN_HTTP and {insists} don't go together: unset one of them.")
    return is_plain


def read_security_contact() -> str:
    """SECURITY_CONTACT as the URI that RFC 9116 asks for, or "" where there is none."""
    contact = env_str("SECURITY_CONTACT", default="")
    if re.fullmatch(r"[^@\s:]+@[^@\s:]+", contact):
        return f"mailto:{contact}"
    if contact and not re.fullmatch(r"(https://|mailto:|tel:)\S+", contact):
        raise WrongSetting(
            f"SECURITY_CONTACT is {contact!r}: set it to an e-mail address or an https:// address."
        )
    return contact


def read_trusted_proxies() -> int:
    """TRUSTED_PROXIES: how many proxies a request comes through (see ``backtrain.proxies``)."""
    if env_str("BEHIND_PROXY", default=""):
        raise WrongSetting(
            "BEHIND_PROXY has given way to TRUSTED_PROXIES: unset it, and set TRUSTED_PROXIES to"
            " how many proxies stand in front, which is 1 for most."
        )
    return env_int("TRUSTED_PROXIES", default=0)


def read_log_level() -> str:
    """LOG_LEVEL in capitals."""
    level = env_str("LOG_LEVEL", default="INFO").upper()
    if level not in LOG_LEVELS:
        raise WrongSetting(f"LOG_LEVEL is {level!r}: set it to one of {', '.join(LOG_LEVELS)}.")
    return level


def read_log_format() -> str:
    """LOG_FORMAT: lines for people, or JSON for what collects them."""
    word = env_str("LOG_FORMAT", default="line").lower()
    if word not in ("line", "json"):
        raise WrongSetting(f"LOG_FORMAT is {word!r}: set it to one of line, json.")
    return word


def read_metrics_token() -> str:
    """METRICS_TOKEN, or "" where nobody is told any figures."""
    token = env_str("METRICS_TOKEN", default="")
    if token and len(token) < SHORTEST_KEY:
        raise WrongSetting(
            f"METRICS_TOKEN is too short: set it to {SHORTEST_KEY} characters or more."
        )
    return token


def read_metrics_folder() -> str:
    """METRICS_ROOT, or "" where a process keeps its figures for itself.

    The server makes it, in a place that may be there only while it runs. prometheus_client reads
    it from the environment, under a name of its own, when it is imported.
    """
    if not env_str("METRICS_ROOT", default=""):
        return ""
    folder = read_folder("METRICS_ROOT", default=Path())
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return str(folder)


def make_folder(name: str, path: str) -> None:
    """Make the folder that a variable names. Raises WrongSetting where that can't be."""
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"{name} is {path!r}, which can't be made.") from error


def read_registration() -> str:
    """REGISTRATION: who may sign up (see ``backtrain.invitations``)."""
    word = env_str("REGISTRATION", default="open").lower()
    if word not in ("open", "invited", "closed"):
        raise WrongSetting(f"REGISTRATION is {word!r}: set it to one of open, invited, closed.")
    return word


def read_single_sign_on(*, insecure: bool) -> dict[str, str]:
    """OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME, or {} where none is set."""
    told = env_group("OIDC", "issuer", "client_id", "client_secret", optional=("name",))
    if not told:
        return {}
    is_long = len(told["issuer"]) > LONGEST_ISSUER
    if is_long or not is_address(told["issuer"], insecure=insecure):
        raise WrongSetting(
            f"OIDC_ISSUER is {told['issuer']!r}: set it to the https:// address that stands before"
            " /.well-known/openid-configuration, such as https://id.example.org/realms/club."
        )
    return told | {"name": told["name"] or "single sign-on"}


def read_bucket(*, insecure: bool) -> dict[str, str]:
    """MEDIA_S3_BUCKET and what belongs to it, or {} where pictures are kept in MEDIA_ROOT."""
    told = env_group("MEDIA_S3", "bucket", "public_url", optional=("endpoint", "region"))
    if not told:
        return {}
    for name, may_be_plain in (("public_url", insecure), ("endpoint", True)):
        if told[name] and not is_address(told[name], insecure=may_be_plain):
            raise WrongSetting(
                f"MEDIA_S3_{name.upper()} is {told[name]!r}: set it to an https:// address, such as"
                " https://pictures.example.org."
            )
    keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    given = [name for name in keys if env_str(name, default="")]
    if len(given) == 1:
        [missing] = set(keys) - set(given)
        raise WrongSetting(f"{given[0]} does nothing without {missing}: set both, or none.")
    if not all(map(find_spec, ("boto3", "storages"))):
        raise WrongSetting(
            "MEDIA_S3_BUCKET needs what is not installed: run"
            " `pip install --require-hashes -r requirements/s3.txt`."
        )
    return told


def env_group(prefix: str, *needed: str, optional: Sequence[str] = ()) -> dict[str, str]:
    """Variables that go together, by their names without the prefix, or {} where none is set."""
    told = {name: env_str(f"{prefix}_{name.upper()}", default="") for name in (*needed, *optional)}
    if not any(told.values()):
        return {}
    if missing := [f"{prefix}_{name.upper()}" for name in needed if not told[name]]:
        given = next(f"{prefix}_{name.upper()}" for name in told if told[name])
        raise WrongSetting(f"{given} does nothing without {', '.join(missing)}: set all, or none.")
    return told


def is_address(text: str, *, insecure: bool) -> bool:
    """Whether it is an https:// address without a query; where ``insecure``, http:// will do."""
    scheme = "https?" if insecure else "https"
    return bool(re.fullmatch(scheme + r"://[^/\s?#;,]+(/[^\s?#]*)?", text))


def origins_of(address: str | None) -> list[str]:
    """What a content security policy calls the place of an address, where there is one."""
    if not address:
        return []
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"]


def read_folder(name: str, *, default: Path) -> Path:
    """A folder, which may be made later but is no file."""
    folder = Path(env_str(name, default=str(default))).absolute()
    if folder.exists() and not folder.is_dir():
        raise WrongSetting(f"{name} is {str(folder)!r}, a file: set it to a folder.")
    return folder


def read_sender() -> str:
    """DEFAULT_FROM_EMAIL: an address, alone or behind a name."""
    sender = env_str("DEFAULT_FROM_EMAIL", default="Backtrain <noreply@localhost>")
    _, address = email.utils.parseaddr(sender)
    if "@" in address.strip("@") and "\n" not in sender:
        return sender
    raise WrongSetting(
        f"DEFAULT_FROM_EMAIL is {sender!r}: set it to an address, such as"
        " Backtrain <noreply@example.org>."
    )


# Addresses of servers


def parse_database_url(url: str, *, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """The engine, name and address in ``url``, for the two databases that Backtrain runs on."""
    try:
        with warnings.catch_warnings(action="ignore"):  # the sentence below says it better
            database = dict(environ.Env.db_url_config(url))
    except Exception:
        database = {}
    if database.get("ENGINE") in (SQLITE, POSTGRESQL) and database["NAME"]:
        return database
    raise WrongSetting(
        f"{variable} can't be read: set it to postgres://user:password@host:5432/name"
        " or sqlite:////folder/file.sqlite3."
    )


def read_database(*, default_file: Path) -> dict[str, Any]:
    """DATABASE_URL as Django's connection settings, SQLite tuned for a log that loses nothing."""
    url = env_str("DATABASE_URL", default="")
    default = {"ENGINE": SQLITE, "NAME": str(default_file)}
    database: dict[str, Any] = parse_database_url(url) if url else dict(default)
    if database["ENGINE"] == SQLITE:
        # IMMEDIATE takes the write lock at BEGIN, where waiting for it is safe; FULL fsyncs each
        # commit, so that a saved workout survives a power cut as well as a crash.
        database["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    else:
        _make_patient(database)
    # Opening a connection takes longer than most queries, with SQLite too.
    database["CONN_MAX_AGE"] = 60
    database["CONN_HEALTH_CHECKS"] = True
    return database


def read_replica(primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """DATABASE_REPLICA_URL as connection settings under the name "replica", or none."""
    url = env_str("DATABASE_REPLICA_URL", default="")
    if not url:
        return {}
    replica = parse_database_url(url, variable="DATABASE_REPLICA_URL")
    if {replica["ENGINE"], primary["ENGINE"]} != {POSTGRESQL, PATIENT_POSTGRESQL}:
        raise WrongSetting(
            "DATABASE_REPLICA_URL is for a replica of a PostgreSQL: set both it and DATABASE_URL to"
            " postgres://user:password@host:5432/name, or unset it."
        )
    _make_patient(replica)
    kept = {name: primary[name] for name in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS")}
    return {"replica": replica | kept | {"TEST": {"MIRROR": "default"}}}


def _make_patient(database: dict[str, Any]) -> None:
    """Give connections and queries of a PostgreSQL an end."""
    database["ENGINE"] = PATIENT_POSTGRESQL
    seconds = env_int("DATABASE_SECONDS", default=QUERY_SECONDS)
    options = dict(database.get("OPTIONS", {}))
    told = f"{options.get('options', '')} -c statement_timeout={seconds}s".strip()
    database["OPTIONS"] = {
        "connect_timeout": CONNECT_SECONDS,
        **options,
        "options": told,
        "query_seconds": seconds,
    }


def read_caches() -> dict[str, dict[str, Any]]:
    """CACHE_URL as Django's cache settings: the default one, and those that it is made of."""
    url = env_str("CACHE_URL", default="locmemcache://")
    try:
        shared: dict[str, Any] = dict(environ.Env.cache_url_config(url))
        scheme, port = urlsplit(url).scheme, urlsplit(url).port  # ValueError for "h:port"
        if shared["BACKEND"] not in CACHES or scheme.startswith("valkey"):
            raise ValueError(f"{scheme} (port {port}) is not used here")
        if shared["BACKEND"] != LOCAL_CACHE and shared["LOCATION"] in ("", "unix://"):
            raise ValueError("no server and no table")
    except Exception as error:
        raise WrongSetting(
            "CACHE_URL can't be read: set it to redis://user:password@host:6379/0, or to"
            " dbcache://cache after `manage.py createcachetable`."
        ) from error
    if shared["BACKEND"] == LOCAL_CACHE:
        return {"default": shared | {"BACKEND": STEADY_CACHE}}
    if shared["BACKEND"] == REDIS_CACHE:
        shared["OPTIONS"] = {**REDIS_PATIENCE, **shared.get("OPTIONS", {})}
    return {
        "default": {"BACKEND": "backtrain.caches.FallbackCache"},
        "shared": shared,
        "local": {"BACKEND": STEADY_CACHE, "LOCATION": "local"},
    }


def read_mail() -> dict[str, Any]:
    """EMAIL_URL as Django's mail settings: MAILERS from Django 6.1 on, EMAIL_* before."""
    url = env_str("EMAIL_URL", default="consolemail://")
    try:
        mail: dict[str, Any] = dict(environ.Env.email_url_config(url))
        if "smtp" in mail["EMAIL_BACKEND"] and not mail["EMAIL_HOST"]:
            raise ValueError("no host")
    except Exception as error:
        raise WrongSetting(
            "EMAIL_URL can't be read: set it to smtp+tls://user:password@mail.example.org:587."
        ) from error
    if "smtp" in mail["EMAIL_BACKEND"]:
        mail["EMAIL_TIMEOUT"] = MAIL_SECONDS
    if django.VERSION < (6, 1):
        return mail
    options = {
        option: mail[name]
        for name, option in MAILER_OPTIONS.items()
        if mail.get(name) and "smtp" in mail["EMAIL_BACKEND"]
    }
    return {"MAILERS": {"default": {"BACKEND": mail["EMAIL_BACKEND"], "OPTIONS": options}}}
