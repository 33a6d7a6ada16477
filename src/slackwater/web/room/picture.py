"""What an open screen is told of its room, as JSON: the log, and what the rules make of it at this moment."""

from datetime import datetime
from typing import Any

from slackwater.actions import clock, kit, log, order_terms, signing
from slackwater.actions.agreements import dose as agreements
from slackwater.actions.dose_checks.wanted import next_dose as ordered
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Entry, Session
from slackwater.rules.dosing.check_given import given_unchecked
from slackwater.rules.findings import Finding, Severity, barring
from slackwater.rules.room.alerts import alerts
from slackwater.rules.room.attending import attendance
from slackwater.rules.room.booster import booster_window
from slackwater.rules.room.doses import BOOSTER, FIRST, may_give
from slackwater.rules.room.due import Due, Task, next_due
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.mandatory import late
from slackwater.rules.room.wire import moment_json
from slackwater.terms.vitals import VitalCode
from slackwater.web.room import signals
from slackwater.web.room.kept_log import kept_logs

# How a monitor ranks its alarms: a stop is high, a warning medium, what is not known low.
_LEVELS = {Severity.STOP: "high", Severity.WARN: "medium", Severity.UNKNOWN: "low", Severity.NOTE: "low"}
# Which big number an alert stands beside.
_CODES = {
    "M03": (VitalCode.SPO2,),
    "M04": (VitalCode.SBP, VitalCode.DBP),
    "M05": (VitalCode.SBP, VitalCode.DBP),
    "M06": (VitalCode.HR,),
}
# Which sheet answers a task, and which numbers grow old when it is left undone.
_SHEETS = {
    Task.PRESSURE: "vitals",
    Task.SATURATION: "vitals",
    Task.ALERTNESS: "alertness",
    Task.RATING: "rating",
}
_AGEING = {
    Task.PRESSURE: (VitalCode.SBP, VitalCode.DBP, VitalCode.HR),
    Task.SATURATION: (VitalCode.SPO2,),
}


def picture(session: Session, *, after: int, wall: datetime) -> dict[str, Any]:
    """The room now, with every entry after `after`."""
    state, limits = kept_logs.state(session), load_limits().room
    at = clock.room_time(state.clock, wall)
    tasks = next_due(state, at=at, limits=limits)
    return clock.clock_json(state.clock, wall) | {
        "due": [_due(task) for task in tasks],
        "late": list(late(state, limits=load_limits().room.due)),
        "alarms": signals.in_room(state, at=at),
        "old_from": _old_from(tasks),
        "alerts": [*map(_alert, alerts(state, at=at, limits=limits.alarms)), *map(_alert, _unchecked(state))],
        "next_dose": next_dose(session, state, at=at, wall=wall),
        "booster": _booster(session, state, at=at),
        "entries": _entries(session, after),
    }


def next_dose(session: Session, state: RoomState, *, at: datetime, wall: datetime) -> dict[str, Any] | None:
    """The dose that the order still holds, with every reason against it now; None when it holds none."""
    dose = ordered(session, state)
    if dose is None:
        return None
    terms = order_terms.terms(session.order)
    agreed = agreements.findings(session, route=dose.route, number=dose.number, at=wall)
    limits = load_limits().room
    here = attendance(state).gaps(limits.presence)
    ready = kit.findings(at=wall) if dose.number == FIRST else ()
    found = [*agreed, *here, *ready, *may_give(dose, terms, state, at=at, limits=limits)]
    return {
        "number": dose.number,
        "drug": dose.drug.value,
        "route": dose.route.value,
        "amount_ug": dose.amount_ug,
        "duration_s": dose.duration_s,
        "is_allowed": not barring(found),
        "findings": [finding_json(one) for one in found],
    }


def finding_json(found: Finding) -> dict[str, str]:
    """A finding as a screen shows it."""
    return {
        "id": found.id,
        "severity": found.severity.value,
        "sentence": found.sentence,
        "source": f"{found.source} ({signing.told(found.id, found.verified)})",
    }


def _booster(session: Session, state: RoomState, *, at: datetime) -> str:
    """When the booster may be given; nothing once it has been, as the log says that."""
    window = booster_window(order_terms.terms(session.order), state, limits=load_limits().room.doses)
    if window is None or state.dose(BOOSTER) is not None:
        return ""
    return window.sentence(at, is_used=False)


def _due(task: Due) -> dict[str, Any]:
    return {
        "id": task.rule,
        "task": task.task.value,
        "label": task.name,
        "due_at": moment_json(task.due_at),
        "late_at": moment_json(task.late_at) if task.late_at else None,
        "cannot_skip": task.cannot_skip,
        "opens": _SHEETS[task.task],
    }


def _unchecked(state: RoomState) -> list[Finding]:
    """Doses that no two people checked, said as such for as long as the room is looked at."""
    limits = load_limits().checks
    return [
        given_unchecked(dose.number, dose.unchecked, limits=limits) for dose in state.doses if dose.unchecked
    ]


def _old_from(tasks: tuple[Due, ...]) -> dict[str, str]:
    """From when a number is too old to be read as now: when its next measurement is overdue."""
    late: dict[str, str] = {}
    for task in tasks:
        for code in _AGEING.get(task.task, ()):
            if task.late_at is not None and code.value not in late:
                late[code.value] = moment_json(task.late_at)
    return late


def _alert(found: Finding) -> dict[str, Any]:
    return finding_json(found) | {
        "level": _LEVELS[found.severity],
        "codes": [code.value for code in _CODES.get(found.id, ())],
    }


def _entries(session: Session, after: int) -> list[log.EntryJson]:
    rows = Entry.objects.filter(session=session, sequence__gt=after).order_by("sequence")
    return [log.wire(row, session_id=session.public_id) for row in rows]
