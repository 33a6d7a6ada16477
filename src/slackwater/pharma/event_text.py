"""The text of an event table taken apart into cells, each line with its number."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from slackwater.terms.refusal import RefusedError

COMMENT: Final = "#"
_BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """What one line holds; number: of the text's own lines, comments and empty ones counted."""

    number: int
    cells: tuple[str, ...]


def cell_lines(text: str) -> Iterator[CellLine]:
    """The lines of a CSV text that hold something, without spaces around their cells.

    A line that begins with # is left out, as NONMEM leaves it out, and so is a byte order mark.
    Raises RefusedError for a text that is not CSV.
    """
    source = _Source(text.removeprefix(_BYTE_ORDER_MARK))
    lines = csv.reader(source, skipinitialspace=True)
    try:
        for values in lines:
            source.is_within = False
            cells = tuple(value.strip() for value in values)
            if any(cells):
                yield CellLine(number=lines.line_num, cells=cells)
    except csv.Error as error:
        raise RefusedError.of(
            field=f"line {lines.line_num}",
            code="not-csv",
            message=f"It cannot be taken apart: {error}.",
            mend="Save the table as CSV; a cell with a quotation mark in it needs two.",
        ) from error


class _Source:
    """Lines of a text, with an empty one for each comment, so that the reader of CSV counts it."""

    def __init__(self, text: str) -> None:
        # A cell in quotation marks may go on over several lines, and none of these is a comment.
        self.is_within = False
        self._lines = io.StringIO(text, newline=None)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        is_comment = line.startswith(COMMENT) and not self.is_within
        self.is_within = True
        return "\n" if is_comment else line
