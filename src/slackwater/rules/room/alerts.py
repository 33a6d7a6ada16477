"""Which of the latest readings are beyond their limits (M03 to M07). The certified monitor stays first.

Only good readings are compared, and each finding says how old its reading is. Where the last thing that came
is not a true reading, that is itself a finding: silence is never "all fine".
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from slackwater.rules.basis import Threshold
from slackwater.rules.findings import Finding, Severity
from slackwater.rules.room.fold import RoomState, Timed
from slackwater.rules.room.limits import AlarmLimits
from slackwater.rules.room.words import ago, minutes_left
from slackwater.terms.vitals import Reading, VitalCode, show_tenths


def alerts(state: RoomState, *, at: datetime, limits: AlarmLimits) -> tuple[Finding, ...]:
    """Every reading that calls for somebody: stops first, then warnings, then what is not known."""
    found = (
        *_alertness(state, at, limits),
        *_saturation(state, at, limits),
        *_sustained_pressure(state, at, limits),
        *_pressure(state, at, limits),
        *_heart_rate(state, at, limits),
        *_no_true_reading(state, at, limits),
    )
    return tuple(sorted(found, key=lambda finding: _FIRST.index(finding.severity)))


def pressure_alerts(state: RoomState, *, at: datetime, limits: AlarmLimits) -> tuple[Finding, ...]:
    """M04 alone, for the rules that hold a dose on it."""
    return tuple(_pressure(state, at, limits))


_FIRST = (Severity.STOP, Severity.WARN, Severity.UNKNOWN, Severity.NOTE)


def _alertness(state: RoomState, at: datetime, limits: AlarmLimits) -> Iterator[Finding]:
    last = state.alertness[-1] if state.alertness else None
    if last is None:
        return
    seen = f"Alertness {last.said.moaas} of 5, {ago(last.age(at))}."
    if last.said.moaas <= limits.moaas_emergency.value:
        yield limits.moaas_emergency.stop(f"{seen} Emergency: airway, breathing, call for help.")
    elif last.said.moaas <= limits.moaas_alert.value:
        yield _warn(limits.moaas_alert, f"{seen} Wake them, position, look at the airway, call.")


def _saturation(state: RoomState, at: datetime, limits: AlarmLimits) -> Iterator[Finding]:
    last = state.latest(VitalCode.SPO2)
    if last is None:
        return
    seen = f"{_said(last, at)}."
    if last.said.tenths < limits.spo2_emergency.tenths:
        yield limits.spo2_emergency.stop(f"{seen} Emergency: airway, oxygen, call for help.")
    elif last.said.tenths < limits.spo2_alert.tenths:
        yield _warn(limits.spo2_alert, f"{seen} Look at the airway, give oxygen, call the prescriber.")


def _sustained_pressure(state: RoomState, at: datetime, limits: AlarmLimits) -> Iterator[Finding]:
    """M05: two readings running. One alone is M04's, which asks for the second."""
    act = (
        "Stop the infusion." if any(dose.is_running(at) for dose in state.doses) else "Nothing more is given."
    )
    for row, code in ((limits.systolic_stop, VitalCode.SBP), (limits.diastolic_stop, VitalCode.DBP)):
        last_two = state.good(code)[-2:]
        if len(last_two) == 2 and all(one.said.tenths >= row.tenths for one in last_two):
            both = " then ".join(one.said.shown for one in last_two)
            yield row.stop(
                f"{code.label} {both}, {ago(last_two[-1].age(at))}. {act} Prescriber to the chair."
            )


def _pressure(state: RoomState, at: datetime, limits: AlarmLimits) -> Iterator[Finding]:
    baseline = state.baseline
    rows = (
        (VitalCode.SBP, limits.systolic_alert, limits.systolic_rise, baseline.sbp if baseline else None),
        (VitalCode.DBP, limits.diastolic_alert, limits.diastolic_rise, baseline.dbp if baseline else None),
    )
    for code, ceiling, rise, before in rows:
        last = state.latest(code)
        if last is None:
            continue
        again = f"{_again(last, at, limits)} Keep the room calm; no booster."
        if last.said.tenths >= ceiling.tenths:
            yield _warn(ceiling, f"{_said(last, at)}. {again}")
        elif before is not None and last.said.tenths - before >= rise.tenths:
            by = show_tenths(last.said.tenths - before)
            yield _warn(rise, f"{_said(last, at)}, {by} above the baseline. {again}")


def _again(last: Timed[Reading], at: datetime, limits: AlarmLimits) -> str:
    left = limits.pressure_repeat.minutes - last.age(at)
    return f"Take it again in {minutes_left(left)}." if left > timedelta(0) else "Take it again now."


def _heart_rate(state: RoomState, at: datetime, limits: AlarmLimits) -> Iterator[Finding]:
    last = state.latest(VitalCode.HR)
    if last is None:
        return
    if last.said.tenths < limits.heart_rate_low.tenths:
        yield _warn(limits.heart_rate_low, f"{_said(last, at)}. Slow: call the prescriber.")
    elif last.said.tenths > limits.heart_rate_high.tenths:
        yield _warn(limits.heart_rate_high, f"{_said(last, at)}. Fast: call the prescriber.")


def _no_true_reading(state: RoomState, at: datetime, limits: AlarmLimits) -> Iterator[Finding]:
    rows = (
        (VitalCode.SPO2, limits.spo2_alert, "Oxygen saturation"),
        (VitalCode.RR, limits.spo2_alert, "Breathing"),
        (VitalCode.SBP, limits.systolic_alert, "Blood pressure"),
        (VitalCode.HR, limits.heart_rate_low, "Heart rate"),
    )
    for code, row, name in rows:
        last = state.latest_of_any_quality(code)
        if last is None or last.said.is_good:
            continue
        good = state.latest(code)
        before = f" Last true one {good.said.shown}, {ago(good.age(at))}." if good else ""
        yield row.unknown(
            f"{name}: {last.said.quality.label}, or none. {ago(last.age(at)).capitalize()}.{before}"
            " Look at the patient."
        )


def _said(last: Timed[Reading], at: datetime) -> str:
    return f"{last.said.code.label} {last.said.shown}, {ago(last.age(at))}"


def _warn(row: Threshold, sentence: str) -> Finding:
    return row.finding(Severity.WARN, sentence)
