"""Reads monitoring.csv and dose_limits.csv into the checked records that the rules are handed."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import TypeVar

from slackwater.rules.agreements.gates import AgreementLimits
from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.boosters import BoosterLimits
from slackwater.rules.dosing.check_limits import CheckLimits
from slackwater.rules.dosing.plan_limits import PlanLimits
from slackwater.rules.dosing.ranges import DoseRange, OrderLimits, Per, UsualDose
from slackwater.rules.exposure.limits import ExposureLimits
from slackwater.rules.incidents.limits import IncidentLimits
from slackwater.rules.interactions.table import InteractionLimits
from slackwater.rules.pressures import PressureLimits
from slackwater.rules.recovery.calls import CallLimits
from slackwater.rules.recovery.limits import RecoveryLimits
from slackwater.rules.recovery.window import WindowLimits
from slackwater.rules.rescue.kit import KitLimits
from slackwater.rules.room.limits import (
    AlarmLimits,
    DoseLimits,
    DueLimits,
    PresenceLimits,
    ReadingLimits,
    RoomLimits,
    SignalLimits,
)
from slackwater.rules.stock.limits import StockLimits
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

_MOUTH_SLOTS = "mouth_slot_"

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Every threshold of the clinical rules."""

    room: RoomLimits
    recovery: RecoveryLimits
    window: WindowLimits
    calls: CallLimits
    agreements: AgreementLimits
    orders: OrderLimits
    plans: PlanLimits
    stock: StockLimits
    kit: KitLimits
    checks: CheckLimits
    interactions: InteractionLimits
    incidents: IncidentLimits
    exposure: ExposureLimits


@cache
def load_limits() -> Limits:
    """The limits that ship with the package; RefusedError names the row that is wrong."""
    return parse_limits(monitoring=_text("monitoring.csv"), doses=_text("dose_limits.csv"))


def parse_limits(*, monitoring: str, doses: str) -> Limits:
    """The limits from the text of the two tables.

    Raises RefusedError for a row that is incomplete, given twice, missing or used by no rule.
    """
    rows = _Rows(dict(_named(_table(monitoring, "monitoring.csv"))) | _dose_thresholds(doses))
    boosters = rows.record(BoosterLimits)
    limits = Limits(
        room=RoomLimits(
            alarms=rows.record(AlarmLimits),
            due=rows.record(DueLimits, mouth_slots=rows.series(_MOUTH_SLOTS)),
            doses=rows.record(DoseLimits, boosters=boosters, pressures=rows.record(PressureLimits)),
            readings=rows.record(ReadingLimits),
            presence=rows.record(PresenceLimits),
            signals=rows.record(SignalLimits),
        ),
        recovery=rows.record(RecoveryLimits),
        window=rows.record(WindowLimits),
        calls=rows.record(CallLimits),
        agreements=rows.record(AgreementLimits),
        orders=rows.record(
            OrderLimits, ranges=tuple(_ranges(doses)), usual=tuple(_usual(doses)), boosters=boosters
        ),
        plans=rows.record(PlanLimits),
        stock=rows.record(StockLimits),
        kit=rows.record(KitLimits),
        checks=rows.record(CheckLimits),
        interactions=rows.record(InteractionLimits),
        incidents=rows.record(IncidentLimits),
        exposure=rows.record(ExposureLimits),
    )
    rows.refuse_unused()
    return limits


class _Rows:
    """Named rows, handed out to the records that ask for them by field name."""

    def __init__(self, rows: Mapping[str, Basis]) -> None:
        self._rows = rows
        self._used: set[str] = set()

    def record(self, make: Callable[..., _Record], **given: object) -> _Record:
        """A record whose fields are rows of the same names, save those given."""
        if not isinstance(make, type):
            raise TypeError("only a class has fields")
        wanted = {field.name: field.type for field in fields(make)}
        found = {name: self._row(name, kind) for name, kind in wanted.items() if name not in given}
        made: _Record = make(**found, **given)
        return made

    def series(self, prefix: str) -> tuple[Basis, ...]:
        """The rows prefix1, prefix2 and so on, in rising order of value."""
        names = sorted(name for name in self._rows if name.startswith(prefix))
        found = tuple(self._row(name, Threshold) for name in names)
        values = [row.value for row in found if isinstance(row, Threshold)]
        if not values or values != sorted(set(values)):
            raise _refused(prefix, "These rows do not rise.")
        return found

    def refuse_unused(self) -> None:
        """A row that no rule reads is a threshold that somebody believes in and nobody checks."""
        for name in sorted(set(self._rows) - self._used):
            raise _refused(name, "No rule uses this row.")

    def _row(self, name: str, kind: object) -> Basis:
        self._used.add(name)
        row = self._rows.get(name)
        if row is None:
            raise _refused(name, "This row is missing.")
        if kind is Threshold and not isinstance(row, Threshold):
            raise _refused(name, "This row needs a number.")
        return row


def _named(rows: Iterator[dict[str, str]]) -> Iterator[tuple[str, Basis]]:
    seen: set[str] = set()
    for row in rows:
        name = row["name"]
        if name in seen:
            raise _refused(name, "This row is there twice.")
        seen.add(name)
        yield name, _threshold(name, row, row["value"]) if row["value"] else Basis(name=name, **_origin(row))


def _threshold(name: str, row: Mapping[str, str], value: str) -> Threshold:
    if not (value.isascii() and value.isdigit()):
        raise _refused(name, f"{value!r} is not a whole number.")
    if not row["unit"]:
        raise _refused(name, "Its number has no unit.")
    return Threshold(name=name, value=int(value), unit=row["unit"], **_origin(row))


def _dose_thresholds(text: str) -> dict[str, Basis]:
    """The single numbers among the dose rows, under the names that rules know them by."""
    found: dict[str, Basis] = {}
    for row in _table(text, "dose_limits.csv"):
        match row["kind"]:
            case "infusion":
                found["shortest_iv"] = _threshold("shortest_iv", row, row["low"])
            case "most":
                found["largest_im_mg"] = _threshold("largest_im_mg", row, row["high"])
            case "start":
                found["start_older"] = _threshold("start_older", row, row["high"])
            case "device":
                found["device_mg"] = _threshold("device_mg", row, row["low"])
                found["devices_mg"] = _threshold("devices_mg", row, row["high"])
            case "range" | "programme" | "usual":
                pass
            case kind:
                raise _refused(row["rule"], f"{kind!r} is not a kind of row.")
    return found


def _ranges(text: str) -> Iterator[DoseRange]:
    for row in _table(text, "dose_limits.csv"):
        if row["kind"] in ("range", "programme"):
            low, high = _amount(row, "low"), _amount(row, "high")
            if low > high:
                raise _refused(row["rule"], "Its low end is above its high end.")
            yield DoseRange(
                name=_dose_name(row),
                drug=Drug(row["drug"]),
                route=Route(row["route"]),
                low=low,
                high=high,
                per=Per(row["unit"]),
                age_from=_threshold("age_from", row, row["age_from"]).value,
                decides=row["kind"] == "range",
                **_origin(row),
            )


def _usual(text: str) -> Iterator[UsualDose]:
    seen: set[str] = set()
    for row in _table(text, "dose_limits.csv"):
        if row["kind"] == "usual":
            if _dose_name(row) in seen:
                raise _refused(_dose_name(row), "There are two usual doses.")
            seen.add(_dose_name(row))
            yield UsualDose(
                name=_dose_name(row),
                drug=Drug(row["drug"]),
                route=Route(row["route"]),
                amount=_amount(row, "low"),
                per=Per(row["unit"]),
                **_origin(row),
            )


def _dose_name(row: Mapping[str, str]) -> str:
    return f"{row['kind']} {row['drug']} {row['route']}"


def _amount(row: Mapping[str, str], column: str) -> Decimal:
    try:
        amount = Decimal(row[column])
    except InvalidOperation:
        raise _refused(row["rule"], f"{row[column]!r} is not a number.") from None
    if not (amount.is_finite() and amount > 0):
        raise _refused(row["rule"], f"{row[column]!r} is not above zero.")
    return amount


def _origin(row: Mapping[str, str]) -> dict[str, str]:
    return {key: row[key] for key in ("rule", "what", "source", "verified")}


def _table(text: str, file: str) -> Iterator[dict[str, str]]:
    """The rows of a table, each with every word it needs."""
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        if None in row or None in row.values():
            raise _refused(f"{file} line {number}", "It has too many or too few columns.")
        for column in ("rule", "what", "source", "reference", "verified"):
            if not row[column].strip():
                raise _refused(f"{file} line {number}", f"It says nothing under {column}.")
        yield row


def _text(name: str) -> str:
    return resources.files("slackwater.catalogue").joinpath(name).read_text(encoding="utf-8")


def _refused(field: str, message: str) -> RefusedError:
    return RefusedError.of(
        field=field,
        code="catalogue",
        message=message,
        mend="Correct catalogue/monitoring.csv or catalogue/dose_limits.csv.",
    )
