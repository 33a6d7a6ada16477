"""What is compiled: kept by one module, which can tell of every kernel whether its source has changed."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
KERNELS = ROOT / "src" / "slackwater" / "pharma" / "kernels"
KEEPER = KERNELS / "compiling.py"
COMPILES = {"njit", "jit", "cfunc", "vectorize", "guvectorize", "stencil"}
# Besides kernels, they know names for the shapes of arrays, which no machine code depends on.
ALLOWED = ("slackwater.pharma.kernels", "slackwater.pharma.arrays")


def named(path: Path) -> set[str]:
    """Every name and attribute that stands in a file."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def imported(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def test_only_one_module_asks_the_compiler():
    for path in sorted((ROOT / "src").rglob("*.py")):
        if path != KEEPER:
            assert not COMPILES & named(path), f"{path} compiles by itself; use `kernel` or `callback`"
    assert COMPILES & named(KEEPER)


def test_a_kernel_depends_on_nothing_of_ours_but_kernels():
    for path in sorted(KERNELS.rglob("*.py")):
        own = {module for module in imported(path) if module.startswith("slackwater")}
        assert all(module.startswith(ALLOWED) for module in own), f"{path} imports {own}"
