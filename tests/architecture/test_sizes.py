"""Caps from style.md section 2: a file 400 lines, a function 50, parameters 6. No exemptions."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 50
MOST_PARAMETERS = 6
CAPPED = {".py", ".js", ".css", ".html", ".typ"}


def tracked(suffixes: set[str]) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if Path(name).suffix in suffixes and (ROOT / name).exists()]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([one for one in named if one.arg not in {"self", "cls"}])


def test_there_is_something_to_measure():
    assert len(tracked(CAPPED)) > 10


def test_no_file_is_longer_than_the_cap():
    lines = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in tracked(CAPPED)}
    assert {name: count for name, count in lines.items() if count > MOST_LINES_IN_A_FILE} == {}


def test_no_function_is_longer_than_the_cap():
    lines = {where(path, node): body_lines(node) for path in tracked({".py"}) for node in functions(path)}
    assert len(lines) > 1000
    assert {name: count for name, count in lines.items() if count > MOST_LINES_IN_A_FUNCTION} == {}


def test_no_function_takes_more_parameters_than_the_cap():
    taken = {
        where(path, node): parameters(node)
        for path in tracked({".py"})
        if path.is_relative_to(ROOT / "src") and "kernels" not in path.parts
        for node in functions(path)
    }
    assert len(taken) > 1000
    assert {name: count for name, count in taken.items() if count > MOST_PARAMETERS} == {}


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def where(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """With its line, as a name can stand twice in a file."""
    return f"{shown(path)}:{node.lineno} {node.name}"
