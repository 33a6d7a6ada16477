"""What must never be in the tree: addresses of registries, machine paths, framework in pure code, escapes."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE = ("pharma", "rules", "proofs", "terms", "reports")
BANNED_CALLS_IN_PURE_CODE = {"open", "print", "input"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt"])
def test_every_locked_package_has_a_hash_and_no_address(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    for block in re.split(r"\n(?=\S)", text):
        if "==" in block.splitlines()[0]:
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_npm_lock_has_integrity_and_no_address():
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in text
    assert "http" not in text


def test_no_file_names_a_path_of_a_machine():
    own_path = str(ROOT)
    for path in tracked():
        if path.suffix in {".png", ".pdf", ".parquet"}:
            continue
        assert own_path not in path.read_text(encoding="utf-8", errors="replace"), path


def test_every_dependency_says_what_for():
    for name in ("requirements.in", "requirements-dev.in"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r")):
                assert "#" in line, f"{name}: {line}"


def pure_files() -> list[Path]:
    return [path for part in PURE for path in sorted((ROOT / "src/slackwater" / part).rglob("*.py"))]


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_code_reads_no_file_no_clock_and_no_global_randomness(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in BANNED_CALLS_IN_PURE_CODE, f"{path}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in {"datetime.now", "datetime.utcnow", "time.time", "os.environ"}, (
                f"{path}:{node.lineno}"
            )
            assert not ast.unparse(node).startswith(("np.random.rand", "np.random.seed", "random.random")), (
                f"{path}:{node.lineno}"
            )


def test_no_escape_hatch_in_templates_or_views():
    for path in tracked():
        if path.is_relative_to(ROOT / "src") and path.suffix in {".py", ".html"}:
            text = path.read_text(encoding="utf-8")
            assert "mark_safe" not in text, path
            assert "|safe" not in text, path
            assert "csrf_exempt" not in text, path
