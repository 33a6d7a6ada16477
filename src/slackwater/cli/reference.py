"""Writes docs/reference/command-line.md from the commands' own help: `python -m slackwater.cli.reference`."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from importlib import resources

from typer import rich_utils

from slackwater.cli.main import app, registered

_WIDTH = "96"
_PROSE = "reference.txt"
_PLACE_OF_HELP = "@HELP@"


def page() -> str:
    """The whole page: prose about doses, answers and exit codes, and every command's help."""
    prose = resources.files("slackwater.cli").joinpath(_PROSE).read_text(encoding="utf-8")
    return prose.replace(_PLACE_OF_HELP, "\n\n".join(_section(name) for name in registered()))


def help_of(*command: str) -> str:
    """What `slackwater COMMAND --help` prints on a screen of a fixed width without colour."""
    printed = io.StringIO()
    with _fixed_width(), contextlib.redirect_stdout(printed):
        app([*command, "--help"], prog_name="slackwater", standalone_mode=False)
    return "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines()) + "\n"


def _section(name: str) -> str:
    return f"### slackwater {name}\n\n```text\n{help_of(name)}```"


@contextlib.contextmanager
def _fixed_width() -> Iterator[None]:
    """Rich takes its width from the environment, and Typer may have read another at import."""
    before, limit = os.environ.get("COLUMNS"), rich_utils.MAX_WIDTH
    os.environ["COLUMNS"], rich_utils.MAX_WIDTH = _WIDTH, int(_WIDTH)
    try:
        yield
    finally:
        rich_utils.MAX_WIDTH = limit
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


if __name__ == "__main__":
    sys.stdout.write(page())
