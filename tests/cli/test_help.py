"""Help is part of the interface: its text is kept, the page made from it is current, and it comes at once.

After a change that is meant: UPDATE_SNAPSHOTS=1 pytest tests/cli/test_help.py, then read the difference.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from slackwater.cli.main import registered
from slackwater.cli.reference import help_of, page

ROOT = Path(__file__).parents[2]
SNAPSHOTS = ROOT / "tests/snapshots/help"
PAGE = ROOT / "docs/reference/command-line.md"
IS_UPDATING = os.environ.get("UPDATE_SNAPSHOTS") == "1"


def check(path: Path, text: str) -> None:
    if IS_UPDATING:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("command", [(), *((name,) for name in registered())], ids="-".join)
def test_help_is_as_kept(command):
    check(SNAPSHOTS / f"{'-'.join(('slackwater', *command))}.txt", help_of(*command))


def test_no_help_is_kept_for_a_command_that_is_gone():
    kept = {path.stem for path in SNAPSHOTS.glob("*.txt")}
    assert kept == {"slackwater", *(f"slackwater-{name}" for name in registered())}


def test_the_reference_page_is_current():
    check(PAGE, page())


def test_help_loads_neither_django_nor_the_engine():
    heavy = "('django', 'numpy', 'numba', 'scipy', 'matplotlib', 'pyarrow', 'plotext', 'uvicorn')"
    code = f"import sys, slackwater.cli.main; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
