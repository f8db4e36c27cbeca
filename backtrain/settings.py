"""All of Backtrain's settings, read from the environment and .env (docs/deploying.md lists them).

Unset means safe: DEBUG is off, cookies are secure, plain HTTP is redirected. A value that
cannot be read stops the start with a sentence that says what to set.
"""

from pathlib import Path

import django
from csp.constants import NONE, SELF

from backtrain.environment import (
    env_bool,
    env_int,
    origins_of,
    read_bucket,
    read_caches,
    read_database,
    read_env_file,
    read_fallback_keys,
    read_folder,
    read_hosts,
    read_log_format,
    read_log_level,
    read_mail,
    read_metrics_folder,
    read_metrics_token,
    read_origins,
    read_plain_http,
    read_registration,
    read_replica,
    read_secret_key,
    read_security_contact,
    read_sender,
    read_single_sign_on,
    read_trusted_proxies,
)

BASE_DIR = Path(__file__).resolve().parent.parent
read_env_file(BASE_DIR / ".env")

DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = read_secret_key(debug=DEBUG)
# Those of before: what they signed and encrypted is still good.
SECRET_KEY_FALLBACKS = read_fallback_keys()
ALLOWED_HOSTS = read_hosts(default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = read_origins()

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
    "allauth.socialaccount",
    "csp",
    "django_filters",
    "django_htmx",
    "django_http_compression",
    *PARTIALS,
]

MIDDLEWARE = [
    "backtrain.proxies.ProxyMiddleware",
    "backtrain.logs.RequestIdMiddleware",
    "backtrain.health.HealthMiddleware",
    "backtrain.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backtrain.middleware.BrowserPolicyMiddleware",
    "backtrain.middleware.CompressionMiddleware",
    "backtrain.middleware.CachePolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "backtrain.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "backtrain.middleware.OwnerMiddleware",
    "backtrain.unsaved.UnsavedMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "backtrain.uploads.UploadLimitMiddleware",
]

SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # {% load i18n %} is meant to give ours, see below

ROOT_URLCONF = "backtrain.urls"
WSGI_APPLICATION = "backtrain.wsgi.application"

FORM_RENDERER = "backtrain.form_inputs.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "exercises.templatetags.addresses",
                "exercises.templatetags.counting",
                "exercises.templatetags.languages",
                *(f"{app}.templatetags.partials" for app in PARTIALS),
            ],
            "libraries": {"i18n": "exercises.templatetags.quick_i18n"},  # in place of Django's
            "debug": DEBUG,
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "backtrain.theme.theme",
                "backtrain.language.language",
                "backtrain.invitations.registration",
                "backtrain.single_sign_on.offered",
            ],
        },
    },
]

# Data

# With DEBUG there are made-up athletes whose password everyone knows, in files of their own.
DATABASES = {
    "default": read_database(default_file=BASE_DIR / ("demo.sqlite3" if DEBUG else "db.sqlite3"))
}
if replica := read_replica(DATABASES["default"]):
    DATABASES |= replica
    DATABASE_ROUTERS = ["backtrain.replica.ReplicaRouter"]
    MIDDLEWARE.insert(  # files need no database
        MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware") + 1,
        "backtrain.replica.ReplicaMiddleware",
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
CACHES = {
    **read_caches(),
    # Pages as they were drawn, compressed, of at most 50 KB. Apart from the default, so that
    # reading many can't push the counts of the rate limits out; those of one reader apart from
    # those of all, of which 300 are drawn ahead. A page is asked for by all that it depends on,
    # so it is never too old; those of one reader go within a day, as whoever deletes their
    # account is told.
    **{
        name: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": name,
            "TIMEOUT": seconds,
            "OPTIONS": {"MAX_ENTRIES": most},
        }
        for name, seconds, most in (("pages", None, 900), ("own_pages", 24 * 3600, 300))
    },
}

# Accounts

AUTHENTICATION_BACKENDS = ["backtrain.authentication.AuthenticationBackend"]
# The first keeps new ones; of the second those of before are, until their owner signs in.
PASSWORD_HASHERS = [
    "backtrain.passwords.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
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
# An address that another account has is taken like any other: only its owner learns of that.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
# Forms of whose session has ended are kept in the database, so visitors may not keep any number.
ACCOUNT_RATE_LIMITS = {"keep_post": "30/h/ip"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_SIGNUP_FORM_CLASS = "workouts.forms.settings.SignupForm"
# Who may sign up: everyone, whom `manage.py invite` made a link for, or nobody
REGISTRATION = read_registration()
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
# Single sign-on by OpenID Connect, off while this is empty: issuer, client_id, client_secret, name
SINGLE_SIGN_ON = read_single_sign_on(insecure=DEBUG or read_plain_http())
SOCIALACCOUNT_ADAPTER = "backtrain.single_sign_on.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # the time zone is asked for
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_FORMS = {
    "signup": "backtrain.accounts.SingleSignOnSignupForm",
    "disconnect": "backtrain.accounts.DisconnectForm",
}
# Whether a password alone opens nothing that is for staff
STAFF_SECOND_FACTOR = env_bool("STAFF_SECOND_FACTOR", default=not DEBUG)

# Mail: printed on the console until EMAIL_URL names a server

vars().update(read_mail())
DEFAULT_FROM_EMAIL = read_sender()

# Language and time: instants are UTC; each athlete's own zone decides the day

# Those that are offered, each by its own name: pages come in no other. British English is "en".
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "backtrain/locale"]
FORMAT_MODULE_PATH = "backtrain.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files and uploads

STATIC_URL = "static/"
STATIC_ROOT = read_folder(
    "STATIC_ROOT", default=BASE_DIR / ("demo-static" if DEBUG else "staticfiles")
)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = read_folder("MEDIA_ROOT", default=BASE_DIR / ("demo-media" if DEBUG else "media"))
# A bucket in its place, with bucket, public_url, endpoint, region; empty for none
MEDIA_S3 = read_bucket(insecure=DEBUG or read_plain_http())
# Where `manage.py backup` puts what it makes
BACKUP_ROOT = read_folder("BACKUP_ROOT", default=BASE_DIR / "backups")
# Whether pages name the files that collectstatic has hashed and compressed, as in the demo, too
COLLECTED_STATIC = env_bool("COLLECTED_STATIC", default=not DEBUG)
STORAGES = {
    "default": (
        {"BACKEND": "backtrain.media.BucketStorage", "OPTIONS": MEDIA_S3}
        if MEDIA_S3
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {
        "BACKEND": (
            "backtrain.storage.StaticStorage"
            if COLLECTED_STATIC
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for them
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # the grid of a long workout has twelve a set
DATA_UPLOAD_MAX_NUMBER_FILES = 10
UPLOAD_MAX_SIZE = 12_000_000  # bytes of a form with a file of 10 MB, and its texts

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *origins_of(MEDIA_S3.get("public_url"))],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # Chromium holds a form's redirects to this, too.
        "form-action": [SELF, *origins_of(SINGLE_SIGN_ON.get("issuer"))],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "backtrain.errors.untrusted_form"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "backtrain.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
# Over plain HTTP a browser would keep none of these cookies, and follow no redirect to HTTPS.
PLAIN_HTTP = read_plain_http()
IS_HTTPS = not (DEBUG or PLAIN_HTTP)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", default=IS_HTTPS)
SECURE_HSTS_SECONDS = env_int("SECURE_HSTS_SECONDS", default=31_536_000 if IS_HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
if PLAIN_HTTP:
    SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # browsers heed it over HTTPS alone, and complain
    SILENCED_SYSTEM_CHECKS += [f"security.W{number}" for number in ("004", "008", "012", "016")]
SECURITY_CONTACT = read_security_contact()
# The scheme comes from the first middleware alone: no header can be spelled like this.
TRUSTED_PROXIES = read_trusted_proxies()
SECURE_PROXY_SSL_HEADER = ("backtrain.scheme", "https")

# Figures for Prometheus, by a token; where several processes keep theirs (see backtrain.metrics)

METRICS_TOKEN = read_metrics_token()
METRICS_ROOT = read_metrics_folder()
SLOW_QUERY_MS = env_int("SLOW_QUERY_MS", default=1000)

# Logs: one line an event, with the request and the client it belongs to

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "backtrain.logs.RequestFilter"}},
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {request_id} {client} {name}: {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%SZ",  # Django sets the process's clock to TIME_ZONE
            "style": "{",
        },
        "json": {"()": "backtrain.logs.JSONFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": read_log_format(),
        }
    },
    # Without Django's own handlers, which would print each line twice and mail errors to nobody
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
    "root": {"handlers": ["console"], "level": read_log_level()},
}
