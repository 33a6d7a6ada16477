"""Runs the Python of a documentation page from top to bottom, as a reader who types along would."""

import contextlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import matplotlib as mpl
from matplotlib import pyplot as plt

# Code, and the output shown beneath it where there is any.
_BLOCK = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<shown>.*?)^```\n)?", re.DOTALL | re.MULTILINE
)
# The same bytes on every run: names inside an SVG are hashed with a fixed salt, and text stays text.
_STYLE = {
    "svg.hashsalt": "slackwater",
    "svg.fonttype": "none",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.use": True,
}


@dataclass(frozen=True)
class Block:
    """Code that stands at `line` of the page, what the page shows of it, and what it printed."""

    line: int
    shown: str
    printed: str


def run(page: Path, folder: Path) -> list[Block]:
    """Every block in turn, in one namespace, with `folder` as the place where its figures are saved."""
    text = page.read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": "__page__"}
    return [_ran(found, text, names, page, folder) for found in _BLOCK.finditer(text)]


def with_outputs(page: Path, blocks: list[Block]) -> str:
    """The page with what was printed in place of what it shows."""
    printed = iter(blocks)

    def replaced(found: re.Match[str]) -> str:
        block = next(printed)
        output = f"\n```text\n{block.printed}```\n" if block.printed else ""
        return f"```python\n{found['code']}```\n{output}"

    return _BLOCK.sub(replaced, page.read_text(encoding="utf-8"))


def _ran(found: re.Match[str], text: str, names: dict[str, object], page: Path, folder: Path) -> Block:
    line = text.count("\n", 0, found.start()) + 1
    # Line numbers of a traceback are then those of the page.
    code = compile("\n" * line + found["code"], str(page), "exec")
    printed = io.StringIO()
    with _drawing(folder), contextlib.redirect_stdout(printed):
        exec(code, names)  # noqa: S102  # the page is ours, and running it is the test
    return Block(line=line, shown=found["shown"] or "", printed=_trimmed(printed.getvalue()))


def _trimmed(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(lines) + "\n" if lines else ""


@contextlib.contextmanager
def _drawing(folder: Path) -> Iterator[None]:
    with contextlib.chdir(folder), mpl.rc_context(_STYLE), patch.dict(os.environ, {"SOURCE_DATE_EPOCH": "0"}):
        plt.switch_backend("svg")
        yield
        plt.close("all")
