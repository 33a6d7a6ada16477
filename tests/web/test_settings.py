"""Settings: a clinic starts only with what keeps it safe, and no variable makes it a demonstration."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from slackwater.web.settings.databases import database, pragmas

ROOT = Path(__file__).parents[2]
CLINIC = {"SECRET_KEY": "abcdefghij" * 6, "ALLOWED_HOSTS": "clinic.example"}


def loaded(kind: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The settings of one kind, read in a process of their own; prints those that matter."""
    show = (
        f"import json, importlib; s = importlib.import_module('slackwater.web.settings.{kind}');"
        "print(json.dumps({k: str(getattr(s, k, None)) for k in "
        "['DEMO', 'DEBUG', 'INSTALLATION', 'SESSION_COOKIE_NAME', 'SESSION_COOKIE_SECURE', 'DATABASES']}))"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", show],
        env=kept | {"PYTHONPATH": str(ROOT / "src"), "SLACKWATER_VAR": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_clinic_is_no_demonstration_whatever_the_environment_says(tmp_path: Path):
    loud = dict.fromkeys(("DEMO", "DEBUG", "INSTALLATION", "DJANGO_DEBUG", "SLACKWATER_DEMO"), "1")
    done = loaded("clinic", tmp_path, **CLINIC, **loud)
    settings = json.loads(done.stdout)
    assert (settings["DEMO"], settings["DEBUG"], settings["INSTALLATION"]) == ("False", "False", "clinic")
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sid"
    assert settings["SESSION_COOKIE_SECURE"] == "True"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"ALLOWED_HOSTS": "clinic.example"}, "SECRET_KEY"),
        ({"SECRET_KEY": "short", "ALLOWED_HOSTS": "clinic.example"}, "SECRET_KEY"),
        ({"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "clinic.example"}, "SECRET_KEY"),
        ({"SECRET_KEY": "abcdefghij" * 6}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "abcdefghij" * 6, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({**CLINIC, "DATABASE_URL": "mysql://here/there"}, "DATABASE_URL"),
    ],
)
def test_a_clinic_does_not_start_without_what_it_needs(tmp_path: Path, variables: dict, named: str):
    done = loaded("clinic", tmp_path, **variables)
    assert done.returncode != 0
    assert named in done.stderr.splitlines()[-1]


def test_the_demonstration_keeps_a_folder_and_a_secret_of_its_own(tmp_path: Path):
    first, again = (loaded("demo", tmp_path) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout) == json.loads(again.stdout)
    assert str(tmp_path / "demo" / "slackwater.sqlite3") in first.stdout
    assert (tmp_path / "demo" / "secret-key").stat().st_mode & 0o077 == 0


def test_the_deployment_checks_find_nothing(tmp_path: Path):
    environment = {
        "DJANGO_SETTINGS_MODULE": "slackwater.web.settings.clinic",
        "SLACKWATER_VAR": str(tmp_path),
    }
    command = ["-m", "slackwater.cli.manage", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        [sys.executable, *command],
        env=os.environ | CLINIC | environment | {"DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_the_journal_depends_on_whether_wal_can_be_trusted(version: tuple[int, ...], journal: str):
    said = pragmas(version)
    assert f"journal_mode={journal};" in said
    assert ("synchronous=FULL;" if journal == "WAL" else "synchronous=EXTRA;") in said


def test_what_was_said_to_sqlite_is_what_it_does(db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no pragmas")

    def asked(name: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

    wal = (*map(int, sqlite_version().split(".")),) >= (3, 51, 3)
    assert asked("journal_mode") == ("wal" if wal else "delete")
    assert asked("synchronous") == (2 if wal else 3)
    assert (asked("foreign_keys"), asked("trusted_schema"), asked("busy_timeout")) == (1, 0, 5000)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def sqlite_version() -> str:
    import sqlite3

    return sqlite3.sqlite_version


def test_a_database_is_named_by_its_url(tmp_path: Path):
    file = tmp_path / "x.sqlite3"
    assert database({}, file=file)["NAME"] == str(file)
    for slashes in ("///", "////"):
        url = f"sqlite:{slashes}data/c.sqlite3"
        assert database({"DATABASE_URL": url}, file=file)["NAME"] == "/data/c.sqlite3"
    named = database(
        {"DATABASE_URL": "postgresql://nia:p%40ss@db.example:5433/clinic?sslmode=require"}, file=file
    )
    assert (named["HOST"], named["PORT"], named["NAME"]) == ("db.example", "5433", "clinic")
    assert (named["USER"], named["PASSWORD"]) == ("nia", "p@ss")
    assert named["OPTIONS"]["sslmode"] == "require"  # type: ignore[index]  # a mapping, as Django wants it
    by_socket = database({"DATABASE_URL": "postgresql://postgres@/clinic?host=%2Frun%2Fpg"}, file=file)
    assert by_socket["HOST"] == "/run/pg"
    with pytest.raises(ImproperlyConfigured):
        database({"DATABASE_URL": "sqlite:///"}, file=file)
