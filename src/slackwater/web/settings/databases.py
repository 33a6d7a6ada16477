"""Which database, and how carefully it writes."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Before this version two connections that write and checkpoint together in WAL mode can corrupt the file.
_WAL_IS_SAFE_FROM = (3, 51, 3)
_BUSY_MS = 5000

Settings = dict[str, object]


def database(environment: Mapping[str, str], *, file: Path) -> Settings:
    """Django's settings for the database in DATABASE_URL, or for the SQLite file where there is none."""
    url = environment.get("DATABASE_URL", "")
    if not url:
        return sqlite(file)
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    # The path is a whole one. Some write it with three slashes and some with four.
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
        return sqlite(Path("/", unquote(parts.path).lstrip("/")))
    raise ImproperlyConfigured("DATABASE_URL must start with postgresql:// or be sqlite:/// and a path.")


def sqlite(file: Path) -> Settings:
    """A SQLite file that loses no commit to a power cut.

    Transactions start IMMEDIATE, because a deferred one that reads and then writes fails at once when another
    has written meanwhile, without waiting for its turn.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": pragmas(sqlite3.sqlite_version_info)},
        "TEST": {"NAME": str(file)},
    }


def pragmas(version: tuple[int, ...]) -> str:
    """What is said to SQLite on each new connection."""
    journal = ("WAL", "FULL") if version >= _WAL_IS_SAFE_FROM else ("DELETE", "EXTRA")
    return (
        f"PRAGMA busy_timeout={_BUSY_MS};"
        f"PRAGMA journal_mode={journal[0]};"
        f"PRAGMA synchronous={journal[1]};"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=0;"
        "PRAGMA trusted_schema=OFF;"
    )


def postgresql(url: str) -> Settings:
    """A PostgreSQL database; `?host=/a/folder` reaches one by its socket."""
    parts = urlsplit(url)
    options: Settings = {"pool": {"min_size": 1, "max_size": 12, "timeout": 10}}
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {**query, **options},
    }
