"""When each condition for an alarm held: one moment for each thing that could begin or end it.

The limits are those of `alerts`. A reading that is not true neither begins nor ends what readings are about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from slackwater.rules.basis import Threshold
from slackwater.rules.room.attending import presence_gaps
from slackwater.rules.room.fold import RoomState, Timed
from slackwater.rules.room.limits import AlarmLimits, RoomLimits
from slackwater.rules.room.log import Baseline
from slackwater.rules.room.mandatory import mandatory_pressures
from slackwater.rules.room.signals import Condition, Priority
from slackwater.terms.vitals import Reading, VitalCode, show_tenths


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """How it stood with one condition from here on.

    priority: None where it did not hold
    waits:    a monitor's reading, which has to hold for a while before it counts
    """

    at: datetime
    priority: Priority | None
    rule: str = ""
    sentence: str = ""
    waits: bool = False


def moments(state: RoomState, *, at: datetime, limits: RoomLimits) -> dict[Condition, list[Moment]]:
    """Every moment up to `at`, oldest first, by condition; once the patient has left nothing holds."""
    found = {
        Condition.SATURATION: _saturation(state, limits.alarms),
        Condition.PRESSURE: _pressure(state, limits.alarms),
        Condition.HEART_RATE: _heart_rate(state, limits.alarms),
        Condition.ALERTNESS: _alertness(state, limits.alarms),
        Condition.NO_SATURATION: _untrue(state, VitalCode.SPO2, limits.alarms.spo2_alert),
        Condition.NO_PRESSURE: _untrue(state, VitalCode.SBP, limits.alarms.systolic_alert),
        Condition.NO_HEART_RATE: _untrue(state, VitalCode.HR, limits.alarms.heart_rate_low),
        Condition.ALONE: _gap(state, limits.presence.observer.rule, Priority.HIGH, limits),
        Condition.NO_SECOND: _gap(state, limits.presence.second_person.rule, Priority.MEDIUM, limits),
        Condition.OWED: _owed(state, limits),
    }
    return {condition: list(_until(state, at, each)) for condition, each in found.items()}


def _until(state: RoomState, at: datetime, each: Iterable[Moment]) -> Iterator[Moment]:
    end = min(at, state.left.at) if state.left else at
    yield from sorted((one for one in _telling(each) if one.at <= end), key=lambda one: one.at)
    if state.left and state.left.at <= at:
        yield Moment(at=state.left.at, priority=None)


def _telling(each: Iterable[Moment]) -> Iterator[Moment]:
    """Without the thousands of readings that say again that all is well."""
    held = False
    for one in each:
        if held or one.priority is not None:
            yield one
        held = one.priority is not None


def _saturation(state: RoomState, limits: AlarmLimits) -> Iterator[Moment]:
    for one in state.good(VitalCode.SPO2):
        row, priority = limits.spo2_alert, None
        if one.said.tenths < limits.spo2_emergency.tenths:
            row, priority = limits.spo2_emergency, Priority.HIGH
        elif one.said.tenths < limits.spo2_alert.tenths:
            priority = Priority.MEDIUM
        yield _read(state, one, priority, row, "Oxygen saturation")


def _heart_rate(state: RoomState, limits: AlarmLimits) -> Iterator[Moment]:
    for one in state.good(VitalCode.HR):
        slow = one.said.tenths < limits.heart_rate_low.tenths
        fast = one.said.tenths > limits.heart_rate_high.tenths
        row = limits.heart_rate_low if slow else limits.heart_rate_high
        yield _read(state, one, Priority.MEDIUM if slow or fast else None, row, "Heart rate")


def _pressure(state: RoomState, limits: AlarmLimits) -> Iterator[Moment]:
    """Both numbers of one measurement are one moment; two running over the stop limit are M05's.

    A number that a measurement leaves out stands as it last was: only a reading of its own ends it.
    """
    taken: dict[int, dict[VitalCode, Timed[Reading]]] = {}
    for code in (VitalCode.SBP, VitalCode.DBP):
        for one in state.good(code):
            taken.setdefault(one.sequence, {})[code] = one
    stops = {VitalCode.SBP: limits.systolic_stop, VitalCode.DBP: limits.diastolic_stop}
    # Looked up once: a monitor writes thousands of readings, and finding it reads them all.
    baseline = state.baseline
    raised: dict[VitalCode, Timed[Reading]] = {}
    over: set[VitalCode] = set()
    twice: set[VitalCode] = set()
    for both in sorted(taken.values(), key=lambda each: next(iter(each.values())).at):
        now_over = {code for code, one in both.items() if one.said.tenths >= stops[code].tenths}
        twice = (twice - set(both)) | (now_over & over)
        over = (over - set(both)) | now_over
        raised = {code: one for code, one in raised.items() if code not in both}
        raised |= {code: one for code, one in both.items() if _is_raised(one, baseline, limits)}
        first = next(iter(both.values()))
        if twice:
            found = _read(state, first, Priority.HIGH, limits.systolic_stop, "")
            yield replace(found, sentence=f"{_numbers(raised | both)}, the second running")
        elif raised:
            found = _read(state, first, Priority.MEDIUM, limits.systolic_alert, "")
            yield replace(found, sentence=_numbers(raised | both))
        else:
            yield Moment(at=first.at, priority=None)


def _numbers(each: dict[VitalCode, Timed[Reading]]) -> str:
    """As they are said; one alone says which of the two it is."""
    if len(each) == 1:
        (one,) = each.values()
        return f"{one.said.code.label} {one.said.shown}"
    said = (show_tenths(each[code].said.tenths) for code in (VitalCode.SBP, VitalCode.DBP))
    return f"Blood pressure {'/'.join(said)}"


def _is_raised(one: Timed[Reading], baseline: Baseline | None, limits: AlarmLimits) -> bool:
    """Over the ceiling, or risen too far over this person's own baseline."""
    is_systolic = one.said.code is VitalCode.SBP
    ceiling = limits.systolic_alert if is_systolic else limits.diastolic_alert
    rise = limits.systolic_rise if is_systolic else limits.diastolic_rise
    before = None if baseline is None else (baseline.sbp if is_systolic else baseline.dbp)
    has_risen = before is not None and one.said.tenths - before >= rise.tenths
    return one.said.tenths >= ceiling.tenths or has_risen


def _alertness(state: RoomState, limits: AlarmLimits) -> Iterator[Moment]:
    for one in state.alertness:
        row, priority = limits.moaas_alert, None
        if one.said.moaas <= limits.moaas_emergency.value:
            row, priority = limits.moaas_emergency, Priority.HIGH
        elif one.said.moaas <= limits.moaas_alert.value:
            priority = Priority.MEDIUM
        yield Moment(at=one.at, priority=priority, rule=row.rule, sentence=f"Alertness {one.said.moaas} of 5")


def _untrue(state: RoomState, code: VitalCode, row: Threshold) -> Iterator[Moment]:
    for one in state.readings:
        if one.said.code is code:
            priority = None if one.said.is_good else Priority.LOW
            found = _read(state, one, priority, row, "")
            yield replace(found, sentence=f"{code.label}: no true reading") if priority else found


def _gap(state: RoomState, rule: str, priority: Priority, limits: RoomLimits) -> Iterator[Moment]:
    for at, gaps in presence_gaps(state, limits.presence):
        found = next((gap for gap in gaps if gap.id == rule), None)
        yield Moment(
            at=at,
            priority=priority if found else None,
            rule=rule,
            sentence=_bare(found.sentence) if found else "",
        )


def _owed(state: RoomState, limits: RoomLimits) -> Iterator[Moment]:
    """One that is late; a pressure taken later does for every one owed by then."""
    rule = limits.due.pressure_mandatory.rule
    for one in mandatory_pressures(state, limits=limits.due):
        if one.taken_at is None or one.taken_at > one.late_at:
            words = f"{one.name} is overdue"
            yield Moment(at=one.late_at, priority=Priority.MEDIUM, rule=rule, sentence=words)
            if one.taken_at is not None:
                yield Moment(at=one.taken_at, priority=None)


def _read(
    state: RoomState, one: Timed[Reading], priority: Priority | None, row: Threshold, name: str
) -> Moment:
    if priority is None:
        return Moment(at=one.at, priority=None)
    waits = one.sequence in state.from_monitor
    return Moment(
        at=one.at, priority=priority, rule=row.rule, sentence=f"{name} {one.said.shown}", waits=waits
    )


def _bare(sentence: str) -> str:
    return sentence.removesuffix(".")
