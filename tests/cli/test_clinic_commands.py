"""What whoever looks after a clinic runs on its own machine: its first owner, and the check of its logs."""

import os
import subprocess
import sys
from pathlib import Path

KEY = "".join(chr(33 + (7 * i) % 90) for i in range(80))
RUN = "from slackwater.cli.main import run; run()"


def slackwater(folder: Path, *arguments: str, key: str = KEY) -> subprocess.CompletedProcess[str]:
    left_out = {"DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env=kept | {"SLACKWATER_VAR": str(folder), "SECRET_KEY": key, "ALLOWED_HOSTS": "clinic.example"},
        capture_output=True,
        text=True,
        check=False,
    )


def add(folder: Path, *, password: str, key: str = KEY, name: str = "ada"):
    names = ["--given-name", "Ada", "--family-name", "Test", "--password", password]
    return slackwater(folder, "add-person", name, "--role", "owner", *names, key=key)


def test_a_new_clinic_gets_its_first_owner_once_and_its_logs_hold(tmp_path: Path):
    first = add(tmp_path, password="a quiet harbour wall")
    assert (first.returncode, first.stdout) == (0, "ada may now sign in as clinic owner.\n"), first.stderr
    again = add(tmp_path, password="a quiet harbour wall", name="ADA")
    assert again.returncode == 2
    assert "username: This name is taken." in again.stderr
    checked = slackwater(tmp_path, "check-logs")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_a_weak_password_or_a_missing_key_is_refused_with_its_mend(tmp_path: Path):
    weak = add(tmp_path, password="12345678")
    assert weak.returncode == 2
    assert "password:" in weak.stderr
    keyless = add(tmp_path, password="a quiet harbour wall", key="")
    assert keyless.returncode == 2
    assert "SECRET_KEY" in keyless.stderr
