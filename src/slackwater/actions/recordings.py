"""A monitor's recording as a table: what each minute says, nothing left out and nothing made up."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.artefacts import assess
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import Vitals, VitalSource
from slackwater.terms.amounts import read_decimal
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.vitals import Quality, Reading, VitalCode

# Where a vital sign stands, the better source first: a cuff's reading, when there is one, is of that minute.
_COLUMNS = {
    VitalCode.SBP: ("NBPSys", "ABPSys"),
    VitalCode.DBP: ("NBPDias", "ABPDias"),
    VitalCode.HR: ("HR", "PULSE"),
    VitalCode.RR: ("RESP",),
    VitalCode.SPO2: ("SpO2",),
}
_MINUTE, _PULSE = "minute", "PULSE"
_MOST_PROBLEMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the monitor said at one minute: at least one reading, with its quality as far as a row tells."""

    minute: Decimal
    vitals: Vitals


def read_recording(text: str) -> tuple[Recorded, ...]:
    """Every row that holds a reading, in the order of its minutes.

    An empty cell was not measured and gives no reading. A 0 means disconnected: kept, and never a value.
    Raises RefusedError naming row and column of what is not a number, and for a table without such columns.
    """
    table = csv.DictReader(text.splitlines())
    header = tuple(table.fieldnames or ())
    known = {column for columns in _COLUMNS.values() for column in columns}
    if _MINUTE not in header or not known & set(header):
        raise RefusedError.of(
            field="file",
            code="columns",
            message="This table has no minutes, or no vital signs.",
            mend=f"It needs a column named {_MINUTE} and some of {', '.join(sorted(known))}.",
        )
    problems: list[Problem] = []
    rows = [_row(row, table.line_num, problems) for row in table]
    if problems:
        raise RefusedError(*problems[:_MOST_PROBLEMS])
    return tuple(sorted((row for row in rows if row is not None), key=lambda row: row.minute))


def _row(row: Mapping[str, str | None], line: int, problems: list[Problem]) -> Recorded | None:
    minute = _number(row, _MINUTE, line, problems)
    found = tuple(_readings(row, line, problems))
    if minute is None or not found:
        return None
    pulse = _number(row, _PULSE, line, problems)
    vitals = Vitals(source=VitalSource.MONITOR, readings=found)
    return Recorded(minute=minute, vitals=_marked(vitals, None if pulse is None else _tenths(pulse)))


def _readings(row: Mapping[str, str | None], line: int, problems: list[Problem]) -> Iterator[Reading]:
    for code, columns in _COLUMNS.items():
        column = next((name for name in columns if (row.get(name) or "").strip()), None)
        value = _number(row, column, line, problems) if column else None
        if value is not None:
            yield Reading(code=code, tenths=_tenths(value), quality=Quality.OK)


def _marked(vitals: Vitals, pulse_tenths: int | None) -> Vitals:
    """Marked as far as one row tells. Where it plays, the room marks again, with what came before at hand."""
    limits = load_limits().room.readings
    some_moment = datetime(2000, 1, 1, tzinfo=UTC)
    return assess(vitals, RoomState(), at=some_moment, limits=limits, pulse_tenths=pulse_tenths)


def _number(row: Mapping[str, str | None], column: str, line: int, problems: list[Problem]) -> Decimal | None:
    text = (row.get(column) or "").strip()
    if not text:
        return None
    try:
        return read_decimal(text, field=f"line {line}, {column}", places=6, low=0, high=9999)
    except RefusedError as refusal:
        problems.extend(refusal.problems)
        return None


def _tenths(value: Decimal) -> int:
    return int((value * 10).to_integral_value())
