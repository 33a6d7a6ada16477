"""Rows of a NONMEM-style event table, and the text they are read from and written to.

Only what a row says by itself is read here; what rows mean together stands in `event_records`.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from slackwater.pharma.event_text import COMMENT, cell_lines
from slackwater.terms.refusal import Problem, RefusedError

COLUMNS: Final = ("ID", "TIME", "AMT", "RATE", "EVID", "CMT", "II", "ADDL", "SS")
COVARIATES: Final = ("WT", "AGE")
_NEEDED: Final = ("ID", "TIME", "AMT", "EVID", "CMT")
# Each of these would change the curve of those who wrote it, so leaving it unread would change it too.
_UNREAD_WOULD_MISLEAD: Final = MappingProxyType(
    {
        **dict.fromkeys(("DUR", "DURATION"), "Write the rate in RATE, which is AMT over the duration."),
        **dict.fromkeys(("LAG", "LAGT", "TLAG", "ALAG"), "Add the lag to TIME and leave the column out."),
        **dict.fromkeys(("F", "BIO", "BIOAV"), "The model has its own; leave the column out."),
        **dict.fromkeys(("DATE", "DAT1", "DAT2", "DAT3"), "Write hours from the first row in TIME."),
        **dict.fromkeys(("PCMT", "CALL"), "Leave the column out."),
    }
)
# The same of one compartment, as NONMEM numbers them: F1, ALAG2, and D, R and S only with a number.
_UNREAD_IF_NUMBERED: Final = MappingProxyType(
    {
        **{name: _UNREAD_WOULD_MISLEAD[name] for name in ("DUR", "LAG", "LAGT", "TLAG", "ALAG")},
        **{name: _UNREAD_WOULD_MISLEAD[name] for name in ("F", "BIO", "BIOAV")},
        "D": _UNREAD_WOULD_MISLEAD["DUR"],
        "R": "Write the rate in RATE and leave the column out.",
        "S": "The model has its own volumes; leave the column out.",
    }
)
_MISSING: Final = frozenset({"", ".", "NA"})
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_CLOCK: Final = re.compile(r"[0-9]{1,4}[:/-][0-9]{1,2}.*")
_LARGEST: Final = 1e9
_MOST_CHARACTERS: Final = 40


class Evid(IntEnum):
    """What a row is."""

    OBSERVATION = 0
    DOSE = 1
    OTHER = 2
    RESET = 3
    RESET_AND_DOSE = 4

    @property
    def is_dose(self) -> bool:
        return self in (Evid.DOSE, Evid.RESET_AND_DOSE)

    @property
    def is_reset(self) -> bool:
        return self in (Evid.RESET, Evid.RESET_AND_DOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One row, by the names of its columns.

    TIME: h from the start of the table, 0 or more
    AMT:  mg, 0 where nothing is given
    RATE: mg/h; 0 all at once, -2 for as long as the model says
    CMT:  as it was written, empty where nothing was
    II:   h between repeated doses; ADDL: how many more of them; SS: 0, 1 or 2
    WT:   kg, AGE: years; None where the table does not say
    line: of the text it was read from, 0 where it was made
    """

    ID: str
    TIME: float
    EVID: Evid
    AMT: float = 0.0
    RATE: float = 0.0
    CMT: str = ""
    II: float = 0.0
    ADDL: int = 0
    SS: int = 0
    WT: float | None = None
    AGE: float | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRows:
    """What a text held: rows that can be read, columns that were not, and what is wrong with the rest."""

    rows: tuple[EventRow, ...]
    not_read: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_rows(text: str) -> ReadRows:
    """The rows of a CSV text in their order; lines that begin with # are comments.

    Raises RefusedError for a header that lacks a column or would mislead, and for a table without rows. What
    is wrong with single cells is returned, so that it can be told with the rest.
    """
    lines = cell_lines(text)
    first = next(lines, None)
    header = [name.upper() for name in first.cells] if first else []
    if problems := tuple(_header_problems(header)):
        raise RefusedError(*problems)
    cells = [_Cells(line=line.number, names=header, values=line.cells) for line in lines]
    if not cells:
        raise RefusedError.of(
            field="events", code="empty", message="The table has no rows.", mend="Write at least one."
        )
    rows = [(row.read(), row.problems) for row in cells]
    return ReadRows(
        rows=tuple(row for row, problems in rows if not problems),
        not_read=tuple(name for name in header if name and name not in (*COLUMNS, *COVARIATES)),
        problems=tuple(problem for _, problems in rows for problem in problems),
    )


def write_rows(rows: Sequence[EventRow]) -> str:
    """The normal form of these rows: nine columns, covariates where a row has one, every number in full.

    Raises RefusedError for an ID that begins with #, whose line would be read as a comment.
    """
    if commented := [row.ID for row in rows if row.ID.startswith(COMMENT)]:
        raise RefusedError.of(
            field="ID",
            code="comment",
            message=f"A line that begins with {COMMENT} is a comment, and ID {commented[0]} would begin one.",
            mend=f"Write an ID without {COMMENT}.",
        )
    covariates = [name for name in COVARIATES if any(getattr(row, name) is not None for row in rows)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, *covariates))
    writer.writerows([_written(getattr(row, name)) for name in (*COLUMNS, *covariates)] for row in rows)
    return text.getvalue()


def at_line(row: EventRow, column: str, *, code: str, message: str, mend: str) -> Problem:
    """A problem that names the line and the column."""
    return Problem(field=f"line {row.line}, {column}", code=code, message=message, mend=mend)


def _written(value: str | float | Evid | None) -> str:
    if value is None or value == "":
        return "."
    if isinstance(value, str):
        return value
    # Not as 1e-05, which readers of tables take for text; the digits are those that read back as the number.
    text = format(Decimal(repr(float(value))), "f")
    return text.removesuffix(".0")


def _header_problems(header: Sequence[str]) -> Iterator[Problem]:
    if len(header) == 1 and re.search(r"[;\t ]", header[0]):
        yield _of_column(
            "events",
            "separator",
            "The columns are not separated by commas.",
            "Save the table as CSV with commas.",
        )
        return
    for name in _NEEDED:
        if name not in header:
            yield _of_column(
                name, "missing-column", f"The table has no column {name}.", _mend_of_missing(name)
            )
    for name in dict.fromkeys(name for name in header if header.count(name) > 1):
        told = f"Two columns are named {name}." if name else "Two columns have no name."
        yield _of_column(name or "the header", "twice", told, "Keep one of them.")
    for name in header:
        if mend := _mend_of_unread(name):
            yield _of_column(name, "not-supported", f"{name} is not read here.", mend)


def _mend_of_missing(name: str) -> str:
    if name == "EVID":
        return "Add it: 1 for a dose, 0 for an observation."
    if name == "CMT":
        return "Add it: a route such as iv, or a number that you give a route."
    return f"Add it; the columns are {', '.join(COLUMNS)}."


def _mend_of_unread(name: str) -> str | None:
    """None for a column that may stand unread."""
    stem = name.rstrip("0123456789")
    return _UNREAD_WOULD_MISLEAD.get(name) or (_UNREAD_IF_NUMBERED.get(stem) if stem != name else None)


def _of_column(name: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=name, code=code, message=message, mend=mend)


class _Cells:
    """One line taken apart; what cannot be read is kept as a problem, so that all are told at once."""

    def __init__(self, *, line: int, names: Sequence[str], values: Sequence[str]) -> None:
        self.problems: list[Problem] = []
        self._line = line
        self._values: Mapping[str, str] = dict(zip(names, values, strict=False))
        if len(values) != len(names):
            self._fault(
                "the row",
                "cells",
                f"It has {len(values)} cells and the header {len(names)}.",
                "Write one cell for each column; a decimal comma makes two cells of one.",
            )

    def read(self) -> EventRow:
        evid = self._whole("EVID", low=0, high=4)
        row = EventRow(
            line=self._line,
            ID=_plain(self._text("ID")),
            TIME=self._number("TIME", low=0.0, is_needed=True),
            AMT=self._number("AMT", low=0.0),
            RATE=self._rate(),
            EVID=Evid(evid if 0 <= evid <= 4 else 0),
            CMT=_plain(self._text("CMT")),
            II=self._number("II", low=0.0),
            ADDL=self._whole("ADDL", low=0, high=1_000_000),
            SS=self._whole("SS", low=0, high=2),
            WT=self._covariate("WT"),
            AGE=self._covariate("AGE"),
        )
        for column, mend in (("ID", "whose row this is"), ("EVID", "1 for a dose, 0 for an observation")):
            if not self._text(column):
                self._fault(column, "missing", "It is empty.", f"Write {mend}.")
        if self._text("C"):
            self._fault("C", "left-out", "The row is marked to be left out.", "Remove the row, or its mark.")
        return row

    def _rate(self) -> float:
        text = self._text("RATE")
        if _parsed(text) == -1:
            self._fault(
                "RATE",
                "modelled-rate",
                "No model here has a modelled rate.",
                "Write the rate, which is AMT over the duration in hours.",
            )
            return 0.0
        return -2.0 if _parsed(text) == -2 else self._number("RATE", low=0.0)

    def _covariate(self, column: str) -> float | None:
        return self._number(column, low=0.0) if self._text(column) else None

    def _whole(self, column: str, *, low: int, high: int) -> int:
        number = self._number(column, low=float(low))
        if not number.is_integer() or number > high:
            self._fault(
                column,
                "not-whole",
                f"“{self._text(column)}” is not a whole number from {low} to {high}.",
                f"Write one from {low} to {high}.",
            )
            return low
        return int(number)

    def _number(self, column: str, *, low: float, is_needed: bool = False) -> float:
        text = self._text(column)
        if not text:
            if is_needed:
                self._fault(column, "missing", "It is empty.", "Write a number.")
            return 0.0
        number = _parsed(text)
        if number is None:
            self._fault(column, *_slip(text[:_MOST_CHARACTERS]))
        elif not low <= number <= _LARGEST:
            self._fault(
                column,
                "out-of-range",
                f"{text} is not between {low:g} and {_LARGEST:g}.",
                _mend_of_range(column),
            )
        else:
            return number
        return 0.0

    def _text(self, column: str) -> str:
        text = self._values.get(column, "")
        return "" if text in _MISSING else text

    def _fault(self, column: str, code: str, message: str, mend: str) -> None:
        self.problems.append(
            Problem(field=f"line {self._line}, {column}", code=code, message=message, mend=mend)
        )


def _parsed(text: str) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def _plain(text: str) -> str:
    """1, 1.0 and 1.0000E+00 are one name in every tool that reads them as numbers."""
    number = _parsed(text)
    return f"{number:.0f}" if number is not None and number.is_integer() else text


def _slip(text: str) -> tuple[str, str, str]:
    """Code, message and mend for a cell that holds no number."""
    if _CLOCK.fullmatch(text):
        return "clock", f"“{text}” is a clock time or a date.", "Write hours from the first row, such as 1.5."
    if "," in text:
        return "comma", f"“{text}” has a comma in it.", "Write a point, such as 0.5."
    if re.fullmatch(r"[+-]?[0-9.]+ *[A-Za-zµμ/%]+", text):
        return "unit", f"“{text}” has a unit in it.", "Write the number alone; TIME is in h and AMT in mg."
    return "not-a-number", f"“{text}” is not a number.", "Write digits with at most one point, such as 1.5."


def _mend_of_range(column: str) -> str:
    if column == "TIME":
        return "Add the same hours to every TIME of this ID, so that the first is 0 or later."
    if column == "RATE":
        return "Write mg/h above 0, 0 for a dose all at once, or -2 for as long as the model says."
    return "Write a number of 0 or more."
