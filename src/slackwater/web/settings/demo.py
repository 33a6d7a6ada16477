"""A demonstration: synthetic patients, sign-in by a button, rooms that play by themselves.

It keeps its own database, which a clinic's settings refuse to open, and holds nothing about anybody.
"""

import os
import secrets
from pathlib import Path

from slackwater.web.settings.base import *  # noqa: F403  Django's way of building on other settings
from slackwater.web.settings.base import VAR
from slackwater.web.settings.databases import database

DEMO = True
INSTALLATION = "demo"
CLINIC_NAME = "Slackwater demonstration clinic"
TEACH_BACK_PASS_MARK = 15
TOUCH_ZONES = ["hands", "feet", "shoulders", "hug"]
# Numbers that cannot be dialled, so that nobody rings a stranger from a demonstration.
CLINIC_PHONE = "0000 000 000 (invented)"
EMERGENCY_NUMBER = "000 (invented)"

_HOME = VAR / "demo"
_HOME.mkdir(parents=True, exist_ok=True)


def _kept_secret(file: Path) -> str:
    """A key made once for this folder, so that a restart does not sign everybody out."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii")


SECRET_KEY = _kept_secret(_HOME / "secret-key")
DATABASES = {"default": database(os.environ, file=_HOME / "slackwater.sqlite3")}

# Nothing here is anybody's, so a demonstration may be reached by whatever name its machine has.
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TRUSTED_ORIGINS", "").split(",") if origin]
