"""Every test that reads the evidence carries its mark, so that all of them can be left out by it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
MARK = "shared_data"
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign | ast.AnnAssign


def reads_shared(node: ast.AST) -> bool:
    """Whether a path to the folder beside the checkout is written here; the pages' own `shared` is not it."""
    for part in ast.walk(node):
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div):
            right, left = part.right, ast.unparse(part.left)
            is_shared = isinstance(right, ast.Constant) and str(right.value).split("/")[0] == "shared"
            if is_shared and ("__file__" in left or left.startswith("ROOT")) and "static" not in left:
                return True
    return False


def names_in(node: ast.AST) -> set[str]:
    used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    # A fixture is used by being a parameter.
    return used | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}


def defined(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                yield from ((part.id, node) for part in ast.walk(target) if isinstance(part, ast.Name))


def tainted(tree: ast.Module) -> set[str]:
    """Every name at the top of the file that reads the folder, itself or through another."""
    found = {name for name, node in defined(tree) if reads_shared(node)}
    while more := {name for name, node in defined(tree) if names_in(node) & found} - found:
        found |= more
    return found


def is_marked(tree: ast.Module, test: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    whole_file = [node for name, node in defined(tree) if name == "pytestmark"]
    return any(f"mark.{MARK}" in ast.unparse(node) for node in (*test.decorator_list, *whole_file))


def unmarked(source: str) -> list[str]:
    tree = ast.parse(source)
    reading = tainted(tree)
    tests = (node for name, node in defined(tree) if name.startswith("test_") and name in reading)
    return [
        test.name
        for test in tests
        if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef) and not is_marked(tree, test)
    ]


@pytest.mark.parametrize("path", sorted(TESTS.rglob("test_*.py")), ids=lambda path: path.name)
def test_every_test_that_reads_the_evidence_carries_the_mark(path: Path):
    assert unmarked(path.read_text(encoding="utf-8")) == []


HEAD = 'EVIDENCE = Path(__file__).parents[3] / "shared/evidence"\n'


@pytest.mark.parametrize(
    "body",
    [
        "def test_it():\n    assert EVIDENCE.exists()\n",
        "def rows():\n    return EVIDENCE.read_text()\ndef test_it():\n    assert rows()\n",
        "@pytest.fixture\ndef table():\n    return EVIDENCE\ndef test_it(table):\n    assert table\n",
        "gone = pytest.mark.skipif(not EVIDENCE.exists())\n@gone\ndef test_it():\n    assert True\n",
        "def test_it():\n    assert (ROOT.parent / 'shared').exists()\n",
    ],
    ids=["itself", "by a helper", "by a fixture", "by a skip", "inside"],
)
def test_a_test_that_reads_it_by_any_way_and_is_not_marked_is_found(body: str):
    assert unmarked(HEAD + body) == ["test_it"]
    assert unmarked(HEAD + "pytestmark = pytest.mark.shared_data\n" + body) == []


def test_the_pages_own_folder_of_that_name_is_not_the_evidence():
    assert (
        unmarked('STATIC = Path(a.__file__).parent / "static" / "shared"\ndef test_it():\n    STATIC\n') == []
    )
