"""Machine code of yesterday's kernels is never run, and today's is not compiled twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from slackwater.pharma.kernels.compiling import SOURCES

# A caller in one file; what it calls lies in another, two calls down.
ASK = """
import numpy as np
from slackwater.pharma.kernels.effect import sigmoid_emax
ones = np.ones(1)
found = sigmoid_emax(np.full((1, 1), 0.5), ones, ones, 1.5)
print(found[0, 0], sum(sigmoid_emax.stats.cache_hits.values()))
"""
CALLED, BEFORE, AFTER = "elementary.py", "return math.ldexp(total, int(k))", "return 0.0 * total"
ANSWER = 0.5**1.5 / (1.0 + 0.5**1.5)
# What every kernel would have if it asked Numba to keep it.
AS_NUMBA_DOES = "import numba\nkernel = numba.njit(cache=True, nogil=True)\n"
DIGESTS = """
from slackwater.pharma.kernels import compiling
whole = compiling.digest()
for path in sorted(compiling.SOURCES.rglob("*.py")):
    text = path.read_bytes()
    path.write_bytes(text + b"# changed")
    assert compiling.digest() != whole, path
    path.write_bytes(text)
assert compiling.digest() == whole
"""


@pytest.fixture
def kernels(tmp_path: Path) -> Path:
    """A copy of what a kernel needs, as if it had been installed there."""
    package = tmp_path / "installed" / "slackwater"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(SOURCES, package / "pharma" / "kernels", ignore=ignored)
    for place in ("__init__.py", "pharma/__init__.py", "pharma/arrays.py"):
        shutil.copy(SOURCES.parents[1] / place, package / place)
    return package / "pharma" / "kernels"


def run(kernels: Path, script: str, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env={**kept, "PYTHONPATH": str(kernels.parents[2]), **environment},
        cwd=kernels,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def asked(kernels: Path, **environment: str) -> tuple[float, int]:
    """The answer, and how often machine code was found that had been kept."""
    answer, found = run(kernels, ASK, **environment).split()
    return float(answer), int(found)


def upgrade(kernels: Path) -> None:
    path = kernels / CALLED
    text = path.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    path.write_text(text.replace(BEFORE, AFTER), encoding="utf-8")


def kept(kernels: Path) -> list[Path]:
    return sorted((kernels / "__pycache__" / "kernels").iterdir())


def test_what_was_compiled_is_found_again_until_a_kernel_that_it_calls_is_changed(kernels: Path):
    assert asked(kernels) == (pytest.approx(ANSWER), 0)
    assert asked(kernels) == (pytest.approx(ANSWER), 1)
    before = kept(kernels)
    upgrade(kernels)
    assert asked(kernels) == (0.0, 0)
    assert asked(kernels) == (0.0, 1)
    assert len(before) == 1
    assert len(kept(kernels)) == 1
    assert kept(kernels) != before


def test_numba_would_go_on_running_what_it_called_before(kernels: Path):
    """The reason for a cache of our own; should this fail, Numba's will do."""
    (kernels / "compiling.py").write_text(AS_NUMBA_DOES, encoding="utf-8")
    asked(kernels)
    upgrade(kernels)
    assert asked(kernels) == (pytest.approx(ANSWER), 1)


def test_any_change_of_any_kernel_is_seen(kernels: Path):
    run(kernels, DIGESTS)


def test_machine_code_that_was_cut_short_is_compiled_anew(kernels: Path):
    asked(kernels)
    for path in kept(kernels)[0].iterdir():
        path.write_bytes(path.read_bytes()[:100])
    assert asked(kernels) == (pytest.approx(ANSWER), 0)
    assert asked(kernels) == (pytest.approx(ANSWER), 1)


def test_a_change_under_a_running_process_is_not_kept_as_what_it_loaded(kernels: Path):
    meanwhile = (
        "import pathlib\n"
        "from slackwater.pharma.kernels import effect\n"
        f"path = pathlib.Path({CALLED!r})\n"
        f"path.write_text(path.read_text().replace({BEFORE!r}, {AFTER!r}))\n"
    )
    assert float(run(kernels, meanwhile + ASK).split()[0]) == pytest.approx(ANSWER)
    assert asked(kernels) == (0.0, 0)


def test_it_is_kept_where_numba_is_told_to_keep_it(kernels: Path, tmp_path: Path):
    place = tmp_path / "told"
    asked(kernels, NUMBA_CACHE_DIR=str(place))
    assert not (kernels / "__pycache__" / "kernels").exists()
    assert asked(kernels, NUMBA_CACHE_DIR=str(place)) == (pytest.approx(ANSWER), 1)


def test_where_nothing_can_be_written_beside_the_sources_it_is_kept_in_the_users_cache(
    kernels: Path, tmp_path: Path
):
    (kernels / "__pycache__").write_text("no folder", encoding="utf-8")
    user = str(tmp_path / "user")
    assert asked(kernels, XDG_CACHE_HOME=user, PYTHONDONTWRITEBYTECODE="1")[1] == 0
    assert asked(kernels, XDG_CACHE_HOME=user, PYTHONDONTWRITEBYTECODE="1")[1] == 1
