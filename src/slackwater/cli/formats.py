"""The forms an answer can take, and where it goes."""

import sys
from enum import StrEnum
from pathlib import Path

from slackwater.cli.files import naming
from slackwater.terms.refusal import RefusedError


class Format(StrEnum):
    """What `slackwater simulate` can print."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class TextFormat(StrEnum):
    """What the other commands can print."""

    TABLE = "table"
    JSON = "json"


def check_destination(form: Format, output: Path | None) -> None:
    """Refuse to print a binary file on a screen, before anything is simulated."""
    if form is Format.PARQUET and output is None and sys.stdout.isatty():
        raise RefusedError.of(
            field="format",
            code="binary-on-screen",
            message="A Parquet file cannot be read on a screen.",
            mend="Add --output FILE, or send it on with a pipe.",
        )


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write to the file, or to standard output where none is named."""
    raw = content.encode() if isinstance(content, str) else content
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    with naming("output", output):
        output.write_bytes(raw)
