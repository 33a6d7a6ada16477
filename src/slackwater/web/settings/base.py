"""What every installation shares. A module beside this one says what kind of installation it is."""

import os
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from slackwater.terms.zone import Zone

VAR = Path(os.environ.get("SLACKWATER_VAR", "var")).resolve()

DEBUG = False
# How many points of a teach-back pass it. The clinic's own to set; until it has, nobody passes.
_PASS_MARK = os.environ.get("TEACH_BACK_PASS_MARK", "")
if _PASS_MARK and not _PASS_MARK.isdecimal():
    raise ImproperlyConfigured("TEACH_BACK_PASS_MARK must be a whole number, or left out until there is one.")
TEACH_BACK_PASS_MARK = int(_PASS_MARK) if _PASS_MARK else None
# Where supportive touch can be agreed here: some of hands, feet, shoulders and hug. Nobody can add another.
TOUCH_ZONES = os.environ.get("TOUCH_ZONES", "hands,feet,shoulders").replace(" ", "").split(",")
if set(TOUCH_ZONES) - {"", *(zone.value for zone in Zone)}:
    raise ImproperlyConfigured(f"TOUCH_ZONES holds some of {', '.join(Zone)}, and nothing else.")
# For how many hours an opened vial may be drawn from. A clinic sets it; without it no limit but expiry holds.
_OPEN_HOURS = os.environ.get("STOCK_OPEN_HOURS", "")
if _OPEN_HOURS and not _OPEN_HOURS.isdecimal():
    raise ImproperlyConfigured("STOCK_OPEN_HOURS must be a whole number of hours, or left out.")
STOCK_OPEN_HOURS = int(_OPEN_HOURS) if _OPEN_HOURS else None
# Printed on the card that patients take home. Nothing stands there until a clinic says what.
CLINIC_PHONE = os.environ.get("CLINIC_PHONE", "")
EMERGENCY_NUMBER = os.environ.get("EMERGENCY_NUMBER", "")
# Whose law holds here, as the clinic's own table of duties names it, and where that table lies.
JURISDICTION = os.environ.get("JURISDICTION", "")
DUTIES_TABLE = os.environ.get("DUTIES_TABLE", "")
# Whom else one can tell, outside the clinic: a board, a help line, a police station; one in each part.
OUTSIDE_HELP = [one.strip() for one in os.environ.get("OUTSIDE_HELP", "").split(";") if one.strip()]
CLINIC_NAME = os.environ.get("CLINIC_NAME", "Slackwater")
DEMO = False
INSTALLATION = "clinic"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "slackwater.records",
    "slackwater.web.shared",
    "slackwater.web.people",
    "slackwater.web.orders",
    "slackwater.web.insight",
    "slackwater.web.rules",
    "slackwater.web.agreements",
    "slackwater.web.courses",
    "slackwater.web.incidents",
    "slackwater.web.rescue",
    "slackwater.web.stock",
    "slackwater.web.medicines",
    "slackwater.web.room",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "slackwater.web.shared.headers.PrivateHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Denied by default: a view that anybody may open says so itself.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "slackwater.web.shared.faults.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "slackwater.web.shared.context.installation",
            ],
        },
    }
]

ROOT_URLCONF = "slackwater.web.urls"
ASGI_APPLICATION = "slackwater.web.asgi.application"

AUTH_USER_MODEL = "records.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "people:home"
LOGOUT_REDIRECT_URL = "people:home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

# Sessions live in the database, so that signing out ends a stream that is already open.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = timedelta(hours=12) // timedelta(seconds=1)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Strict"
# The room's own page reads this cookie to send its entries; the session's cookie it cannot read.
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "slackwater.web.shared.faults.expired"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS: list[str] = []

USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
LANGUAGE_CODE = "en-gb"
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"

# Logs carry identifiers, never names, answers, doses or vital signs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.db.backends": {"level": "WARNING"}},
}
