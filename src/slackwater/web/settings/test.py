"""Tests: a database of their own, SQLite in a file unless DATABASE_URL says otherwise."""

import os
import tempfile
from pathlib import Path

from slackwater.web.settings.base import *  # noqa: F403  Django's way of building on other settings
from slackwater.web.settings.databases import database

DEMO = False
TEACH_BACK_PASS_MARK = 15
TOUCH_ZONES = ["hands", "feet", "shoulders", "hug"]
INSTALLATION = "clinic"
SECRET_KEY = "only-for-tests"  # noqa: S105  never leaves a test run
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A real file, because SQLite in memory locks differently from what a clinic runs on.
_FOLDER = Path(tempfile.gettempdir()) / f"slackwater-tests-{os.getpid()}"
_FOLDER.mkdir(exist_ok=True)
DATABASES = {"default": database(os.environ, file=_FOLDER / "test.sqlite3")}
