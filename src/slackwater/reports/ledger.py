"""The ledger of the cabinet over a period, as values, as the rows of a table and as a PDF."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from slackwater.reports.session import Paper
from slackwater.reports.typeset import set_page
from slackwater.reports.words import printable, show_clock
from slackwater.rules.stock.fold import Container
from slackwater.rules.stock.told import adds_up
from slackwater.terms.amounts import show_mg
from slackwater.terms.days import day_text

TITLE: Final = "Ledger of the cabinet"
COLUMNS: Final = (
    "container", "product", "lot", "serial", "expiry", "line", "happened_at", "written_at", "kind", "what",
    "held_after_mg", "taken_back", "visit", "by", "role", "witness",
)  # fmt: skip
# A spreadsheet runs a cell that begins so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a container's ledger.

    visit: the session's identifier; empty where the line is not about one
    """

    number: int
    happened_at: datetime
    written_at: datetime
    kind: str
    words: str
    held_ug: int
    is_struck: bool
    visit: str
    by: str
    role: str
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One container: its lines in the period, and what it was before the first and after the last of them."""

    name: str
    product: str
    lot: str
    serial: str
    expiry: date
    before: Container
    after: Container
    rows: tuple[Row, ...]

    @property
    def changed(self) -> str:
        """What it held at the beginning and at the end of the period."""
        return f"{show_mg(self.before.held_ug)} at the beginning, {show_mg(self.after.held_ug)} at the end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every container that had lines in the period or was here when it began.

    first, last: days of the clinic's calendar, both included; a line belongs to the day it was written
    kept:        how long it is kept, in words
    is_whole:    whether every container's ledger is the one that was written, by its own proof
    """

    clinic: str
    first: date
    last: date
    parts: tuple[Part, ...]
    kept: str
    is_whole: bool
    is_demo: bool
    drawn_at: datetime
    zone: tzinfo
    paper: Paper = Paper.A4

    @property
    def re_added(self) -> str:
        """Whether the milligrams of every container add up, once more from the first line on."""
        off = [part.name for part in self.parts if part.after.unaccounted_ug]
        if off:
            return f"The milligrams do not add up in {', '.join(off)}. Tell the clinic's owner now."
        return "The milligrams of every container were added again from its first line, and they agree."


def table_rows(ledger: Ledger) -> Iterator[tuple[str, ...]]:
    """The ledger as a table, one line a row; no cell of it can act as a formula."""
    for part in ledger.parts:
        for row in part.rows:
            cells = (
                part.name,
                part.product,
                part.lot,
                part.serial,
                part.expiry.isoformat(),
                str(row.number),
                row.happened_at.astimezone(ledger.zone).isoformat(),
                row.written_at.astimezone(ledger.zone).isoformat(),
                row.kind,
                row.words,
                show_mg(row.held_ug).removesuffix(" mg"),
                "yes" if row.is_struck else "",
                row.visit,
                row.by,
                row.role,
                row.witness,
            )
            yield tuple(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)


def ledger_pdf(ledger: Ledger) -> bytes:
    """The ledger on paper."""
    words = {
        "title": TITLE,
        "paper": ledger.paper,
        "clinic": printable(ledger.clinic),
        "period": f"{day_text(ledger.first)} to {day_text(ledger.last)}",
        "drawn": f"{day_text(ledger.drawn_at.astimezone(ledger.zone).date())},"
        f" {show_clock(ledger.drawn_at, ledger.zone)}",
        "added": ledger.re_added,
        "proof": _WHOLE if ledger.is_whole else _BROKEN,
        "kept": printable(ledger.kept),
        "parts": [_part(part, ledger.zone) for part in ledger.parts],
        "demo": "Demonstration · invented stock" if ledger.is_demo else "",
    }
    return set_page("ledger.typ", json.dumps(words, ensure_ascii=False), at=ledger.drawn_at)


def file_name(ledger: Ledger, ending: str) -> str:
    """A name for the download that says which days, and nothing of what is kept."""
    return f"ledger-{ledger.first.isoformat()}-to-{ledger.last.isoformat()}.{ending}"


def _part(part: Part, zone: tzinfo) -> dict[str, object]:
    serial = f" · serial {printable(part.serial)}" if part.serial else ""
    return {
        "head": f"{printable(part.name)} · {printable(part.product)}",
        "label": f"lot {printable(part.lot)}{serial} · used before {day_text(part.expiry)}",
        "changed": part.changed,
        "added": adds_up(part.after),
        "rows": [_cells(row, zone) for row in part.rows],
    }


def _cells(row: Row, zone: tzinfo) -> list[str]:
    there = row.happened_at.astimezone(zone)
    what = f"[Taken back] {row.words}" if row.is_struck else row.words
    visit = f" Visit {row.visit[:_SHORT]}." if row.visit else ""
    return [
        str(row.number),
        f"{there.date().isoformat()} {show_clock(row.happened_at, zone)}",
        printable(what + visit),
        show_mg(row.held_ug),
        printable(row.by),
        printable(row.witness) or "–",
    ]


_SHORT = 8
_WHOLE = "Every ledger was checked against its own proof: no line was changed, and none is missing."
_BROKEN = "At least one ledger is not the one that was written. Tell the clinic's owner now."
