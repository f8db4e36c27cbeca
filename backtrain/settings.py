"""All of Backtrain's settings, read from the environment (docs/deploying.md lists them).

Unset means safe: DEBUG is off, cookies are secure, plain HTTP is redirected. A value that
cannot be read stops the start with a sentence that says what to set.
"""

import os
from pathlib import Path
from typing import Any

import django
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
MAILER_OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
}


def env_bool(name: str, *, default: bool) -> bool:
    """The environment's ``name`` as a boolean; any word but those listed stops the start."""
    word = env.str(name, default="").strip().lower()
    if not word:
        return default
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    raise ImproperlyConfigured(
        f"{name} is {word!r}: set it to one of 1, true, yes, on, 0, false, no, off."
    )


def env_int(name: str, *, default: int) -> int:
    """The environment's ``name`` as a whole number of at least 0."""
    word = env.str(name, default="").strip()
    if not word:
        return default
    if word.isdecimal():
        return int(word)
    raise ImproperlyConfigured(f"{name} is {word!r}: set it to a whole number.")


def read_secret_key(*, debug: bool) -> str:
    """SECRET_KEY, which only a DEBUG server may leave unset."""
    key = os.environ.get("SECRET_KEY", "")  # environ would take a "$" in front for a reference
    if key:
        return key
    if debug:
        return "insecure-key-for-development-only"
    raise ImproperlyConfigured(
        "SECRET_KEY is not set: set it to 50 or more random characters, for example from"
        " `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`."
    )


def parse_database_url(url: str) -> dict[str, Any]:
    """The engine, name and address in ``url``, for the two databases that Backtrain runs on."""
    try:
        database = dict(env.db_url_config(url))
    except Exception:
        database = {}
    if database.get("ENGINE") in (SQLITE, POSTGRESQL):
        return database
    raise ImproperlyConfigured(
        "DATABASE_URL can't be read: set it to postgres://user:password@host:5432/name"
        " or sqlite:////folder/file.sqlite3."
    )


def read_database(*, default_file: Path) -> dict[str, Any]:
    """DATABASE_URL as Django's connection settings, SQLite tuned for a log that loses nothing."""
    url = env.str("DATABASE_URL", default="").strip()
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
    # Opening a connection takes longer than most queries, with SQLite too.
    database["CONN_MAX_AGE"] = 60
    database["CONN_HEALTH_CHECKS"] = True
    return database


def read_mail() -> dict[str, Any]:
    """EMAIL_URL as Django's mail settings: MAILERS from Django 6.1 on, EMAIL_* before."""
    try:
        mail: dict[str, Any] = dict(env.email_url("EMAIL_URL", default="consolemail://"))
    except Exception as error:
        raise ImproperlyConfigured(
            "EMAIL_URL can't be read: set it to smtp+tls://user:password@mail.example.org:587."
        ) from error
    if django.VERSION < (6, 1):
        return mail
    options = {
        option: mail[name]
        for name, option in MAILER_OPTIONS.items()
        if mail.get(name) and "smtp" in mail["EMAIL_BACKEND"]
    }
    return {"MAILERS": {"default": {"BACKEND": mail["EMAIL_BACKEND"], "OPTIONS": options}}}


DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = read_secret_key(debug=DEBUG)
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Django's own from 6.0 on
PARTIALS = ["template_partials"] if django.VERSION < (6, 0) else []

INSTALLED_APPS = [
    "backtrain.apps.BacktrainConfig",
    "workouts.apps.WorkoutsConfig",
    "exercises.apps.ExercisesConfig",
    "backtrain.apps.BacktrainAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_http_compression",
    *PARTIALS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "backtrain.middleware.CachePolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "backtrain.urls"
WSGI_APPLICATION = "backtrain.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [f"{app}.templatetags.partials" for app in PARTIALS],
            "debug": DEBUG,
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "backtrain.theme.theme",
            ],
        },
    },
]

# Data

# With DEBUG there are made-up athletes whose password everyone knows, in files of their own.
DATABASES = {
    "default": read_database(default_file=BASE_DIR / ("demo.sqlite3" if DEBUG else "db.sqlite3"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    # Visitors' pages as they were drawn, some 100 KB each. Apart from the default, so that reading
    # many pages can't push the counts of the rate limits out. A page is asked for by all that it
    # depends on, so it is never too old.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Accounts

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "django.contrib.auth.password_validation.MinimumLengthValidator",
        "backtrain.accounts.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_SIGNUP_FORM_CLASS = "workouts.forms.SignupForm"
ACCOUNT_ADAPTER = "backtrain.accounts.AccountAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "backtrain.accounts.LoginForm",
    "signup": "backtrain.accounts.SignupForm",
    "add_email": "backtrain.accounts.AddEmailForm",
    "change_password": "backtrain.accounts.ChangePasswordForm",
    "set_password": "backtrain.accounts.SetPasswordForm",
    "reset_password": "backtrain.accounts.ResetPasswordForm",
    "reset_password_from_key": "backtrain.accounts.ResetPasswordKeyForm",
    "reauthenticate": "backtrain.accounts.ReauthenticateForm",
}
MFA_ADAPTER = "backtrain.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "backtrain.accounts.AuthenticateForm",
    "reauthenticate": "backtrain.accounts.ReauthenticateByCodeForm",
    "activate_totp": "backtrain.accounts.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Backtrain"
# Whether a password alone opens nothing that is for staff
STAFF_SECOND_FACTOR = env_bool("STAFF_SECOND_FACTOR", default=not DEBUG)

# Mail: printed on the console until EMAIL_URL names a server

vars().update(read_mail())
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Backtrain <noreply@localhost>")

# Language and time: instants are UTC; each athlete's own zone decides the day

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

# Static files and uploads

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(
    env.str("MEDIA_ROOT", default=str(BASE_DIR / ("demo-media" if DEBUG else "media")))
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "backtrain.storage.StaticStorage"
        )
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "backtrain.errors.untrusted_form"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = env_int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
if env_bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
