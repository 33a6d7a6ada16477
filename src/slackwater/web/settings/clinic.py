"""A clinic. Everything that must be told is told by the environment, and nothing has an unsafe default.

No variable switches the demonstration on here: it is another module, with another kind of database.
"""

import os
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from slackwater.web.settings.base import *  # noqa: F403  Django's way of building on other settings
from slackwater.web.settings.base import VAR
from slackwater.web.settings.databases import database

_SHORTEST_KEY, _FEWEST_CHARACTERS = 50, 5


def _needed(name: str, why: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {why}")
    return value


DEMO = False
INSTALLATION = "clinic"

SECRET_KEY = _needed("SECRET_KEY", "at least 50 random characters that nobody else knows.")
if len(SECRET_KEY) < _SHORTEST_KEY or len(set(SECRET_KEY)) < _FEWEST_CHARACTERS:
    raise ImproperlyConfigured(
        f"SECRET_KEY is too easy to guess: at least {_SHORTEST_KEY} random characters."
    )

ALLOWED_HOSTS = _needed("ALLOWED_HOSTS", "the names this clinic is reached by, with commas between.").split(
    ","
)
if any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name each host; a star would trust any.")

VAR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": database(os.environ, file=VAR / "clinic.sqlite3")}

SESSION_COOKIE_NAME = "__Host-sid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = timedelta(days=365) // timedelta(seconds=1)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if os.environ.get("BEHIND_PROXY") == "yes":
    # Only where a proxy that always sets this header is the one way in; else a caller could forge it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
