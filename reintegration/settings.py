"""Settings, all from the environment; a missing secret stops the start with a sentence."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Where and how it runs
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # invented people, plain http on this machine
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Thiếu SECRET_KEY: đặt một chuỗi ngẫu nhiên dài, hoặc chạy python3 run.py. "
        "SECRET_KEY is missing: set it to a long random text, or start with python3 run.py."
    )
FIELD_KEYS = env.list(
    "FIELD_KEYS", default=[]
)  # encrypt numbers and telephones; the first is in use, see field_keys.py
AUDIT_KEY = env.str("AUDIT_KEY", default="")  # seals the log at night; empty: a key derived from SECRET_KEY
AUDIT_KEY_FALLBACKS = env.list("AUDIT_KEY_FALLBACKS", default=[])  # keys of before: their seals are still verified
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # secrets of before: sign-ins and codes go on

# What is installed
INSTALLED_APPS = [
    "cases",  # before the others, whose commands of the same name it stands in for
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "cases.views.row_scope.NobodysRowsMiddleware",
    "cases.views.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cases.views.middleware.PackingMiddleware",
    "cases.views.standby.StandbyMiddleware",
    "cases.views.middleware.NoStoreMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cases.views.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cases.views.middleware.CleanMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cases.views.middleware.IdleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "cases.views.middleware.FirstPasswordMiddleware",
    "cases.views.row_scope.UserRowsMiddleware",
    "cases.views.middleware.OriginMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "reintegration.urls"
WSGI_APPLICATION = "reintegration.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "cases.forms.renderer.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "cases.views.frame.frame",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}
engine = DATABASES["default"].get("ENGINE", "").rpartition(".")[2]
if engine not in ("sqlite3", "postgresql"):
    raise ImproperlyConfigured(
        "DATABASE_URL phải bắt đầu bằng postgres:// hoặc sqlite://. DATABASE_URL must begin with postgres:// or sqlite://."
    )
if engine == "sqlite3":
    # Django's defaults lose concurrent read-then-write transactions to "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
# On PostgreSQL the pages work in this role, which is held to the rows of each user (cases/models/row_rules.py)
APPLICATION_ROLE = env.str("APPLICATION_ROLE", default="")
if env.bool("DATABASE_POOLED", default=False):  # PgBouncer hands each transaction another connection
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
if env("REPLICA_URL", default=""):
    DATABASES["standby"] = env.db("REPLICA_URL")
    DATABASE_ROUTERS = ["cases.models.standby.StandbyRouter"]
for alias, seconds in (("default", 5), ("standby", 2)):  # a dead machine answers nothing: do not wait minutes
    if "postgresql" in DATABASES.get(alias, {}).get("ENGINE", ""):
        DATABASES[alias].setdefault("OPTIONS", {}).setdefault("connect_timeout", seconds)
for database in DATABASES.values():
    if database["ENGINE"] == "django.db.backends.postgresql":
        database["ENGINE"] = "reintegration.postgresql"
CACHES = {  # in the database, so that lockouts hold across server processes
    "default": {"BACKEND": "reintegration.cache.SharedCache", "LOCATION": "shared_cache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # work that leaves the request: see cases/jobs
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # 10 MB of pasted text gets an answer in words, not a bare 400

# Words, days
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# Sign-in
AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ACCOUNT_ADAPTER = "cases.views.signin.AccountAdapter"
MFA_ADAPTER = "cases.views.signin.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {  # see cases.views.signin.AccountAdapter.pre_authenticate
    "login": "",
    "login_failed": "5/5m/key",  # of one name from one address
    "login_failed_anywhere": "100/1h/key",  # of one name, so that many addresses guess no faster
    # and how many who were turned away the log lists: at one account, and under names of no account
    "listed": "10/5m/key",
    "listed_anywhere": "100/1h/key",
    "nobody_listed": "20/5m/key",
    "nobody_listed_anywhere": "200/1h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tái hòa nhập"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_ENGINE = "reintegration.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
IDLE_SECONDS = env.int("IDLE_SECONDS", default=20 * 60)
NIGHT_FROM, NIGHT_UNTIL = env.int("NIGHT_FROM", default=22), env.int("NIGHT_UNTIL", default=5)  # hours of the clock

# What the browser may do
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Files of the pages: straight from the folders, or collected with names that may be cached for ever
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "reintegration.joined.JoinedFinder",
]
STATIC_ROOT = env.str("STATIC_ROOT", default=None)
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_MAX_AGE = 60 * 60
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Errors: to stderr and to a file that turns over; neither holds what somebody typed, nor an address
LOG_FILE = env.str("LOG_FILE", default=str(BASE_DIR / "var" / "errors.log"))  # empty: stderr alone
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "cases.lib.faults.PlainFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "level": "ERROR"},
        **(
            {
                "file": {
                    "class": "cases.lib.faults.ErrorFile",
                    "filename": LOG_FILE,
                    "maxBytes": env.int("LOG_FILE_BYTES", default=2_000_000),
                    "backupCount": env.int("LOG_FILES", default=5),
                    "encoding": "utf-8",
                    "delay": True,
                    "formatter": "plain",
                    "level": "ERROR",
                }
            }
            if LOG_FILE
            else {}
        ),
    },
    "root": {"handlers": ["stderr", "file"] if LOG_FILE else ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING"}},
}

# The work
HELPER_GROUP_SIZE = env.int("HELPER_GROUP_SIZE", default=5)  # members beside the lead officer
PAGE_SIZE = 30
EXPORT_ROWS = 5000  # a longer list is prepared by a worker
LARGE_UNIT_PEOPLE = 1000  # the report of a unit with more files is counted by a worker
KEPT_FIGURES_PEOPLE = 1000  # above a commune: of more files the figures of pages are counted by a worker and kept
