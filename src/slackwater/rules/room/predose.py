"""What must be known before the first dose: vital signs and alertness, lately taken (P07, P08, E07-E09)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from slackwater.rules.basis import Threshold
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.rules.pressures import is_over
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.limits import DoseLimits, RoomLimits
from slackwater.rules.room.log import CheckItem
from slackwater.rules.room.words import ago, minutes
from slackwater.terms.vitals import VitalCode, show_tenths

PRESCRIBER = "prescriber"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """Both numbers of one pressure, in tenths of mmHg."""

    at: datetime
    sbp: int
    dbp: int

    @property
    def text(self) -> str:
        """As it is written: `142/91`."""
        return f"{show_tenths(self.sbp)}/{show_tenths(self.dbp)}"


def predose_findings(state: RoomState, *, at: datetime, limits: RoomLimits) -> Iterator[Finding]:
    """Every reason in the patient's latest observations against the first dose."""
    yield from _consent(state, limits.doses)
    yield from _alertness(state, at, limits.doses)
    yield from _pressure(state, at, limits.doses)
    for code in (VitalCode.HR, VitalCode.SPO2):
        yield from _not_taken(state, code, at, limits.doses)
    last = state.latest(VitalCode.SPO2)
    if last is not None and last.said.tenths < limits.alarms.spo2_alert.tenths:
        yield limits.alarms.spo2_alert.stop(
            f"Oxygen saturation is {last.said.shown}, {ago(last.age(at))}. Look at the airway first."
        )


def pressures(state: RoomState) -> tuple[Pressure, ...]:
    """Every good pressure with both its numbers, oldest first; one given at opening counts from then."""
    dbp = {one.sequence: one.said.tenths for one in state.good(VitalCode.DBP)}
    taken = tuple(
        Pressure(at=sbp.at, sbp=sbp.said.tenths, dbp=dbp[sbp.sequence])
        for sbp in state.good(VitalCode.SBP)
        if sbp.sequence in dbp
    )
    if state.opened is None or state.opened.baseline is None or state.opened_at is None:
        return taken
    given = state.opened.baseline
    first = Pressure(at=state.opened_at, sbp=given.sbp, dbp=given.dbp)
    return tuple(sorted((first, *taken), key=lambda pressure: pressure.at))


def _consent(state: RoomState, limits: DoseLimits) -> Iterator[Finding]:
    """Asked since the room was opened; a later no counts, whatever was said before."""
    asked = state.check(CheckItem.CONSENT_TODAY, since=state.opened_at)
    if asked is None:
        yield limits.consent_today.unknown("Nobody has asked today whether it is still a yes.")
    elif not asked.said.passed:
        yield limits.consent_today.stop("Asked today, the patient said no. Nothing is given.")


def _alertness(state: RoomState, at: datetime, limits: DoseLimits) -> Iterator[Finding]:
    last = state.alertness[-1] if state.alertness else None
    within = limits.baseline_within
    if last is None or last.age(at) > within.minutes:
        yield within.unknown(f"Alertness has not been recorded in the last {minutes(within.minutes)}.")
    elif last.said.moaas < limits.baseline_moaas.value:
        yield limits.baseline_moaas.stop(
            f"Alertness is {last.said.moaas} of 5, {ago(last.age(at))}. The first dose needs"
            f" {limits.baseline_moaas.value}."
        )


def _not_taken(state: RoomState, code: VitalCode, at: datetime, limits: DoseLimits) -> Iterator[Finding]:
    """P07's baseline set names these too: without them a later fall has nothing to be held to."""
    last, within = state.latest(code), limits.baseline_within
    if last is None or last.age(at) > within.minutes:
        yield within.unknown(f"{code.label} has not been recorded in the last {minutes(within.minutes)}.")


def _pressure(state: RoomState, at: datetime, limits: DoseLimits) -> Iterator[Finding]:
    taken = pressures(state)
    within = limits.baseline_within
    if not taken or at - taken[-1].at > within.minutes:
        yield within.unknown(f"Blood pressure has not been recorded in the last {minutes(within.minutes)}.")
        return
    last = taken[-1]
    held = limits.pressures
    if held.is_at_ceiling(sbp=last.sbp, dbp=last.dbp):
        yield held.ceiling_systolic.stop(
            f"Blood pressure is {last.text}. No dose from {held.ceiling_systolic.value}/"
            f"{held.ceiling_diastolic.value}, whoever accepts it; take it again after a rest."
        )
        return
    systolic, diastolic = held.raised_for(state.opened.age_years if state.opened else None)
    if is_over(last.sbp, last.dbp, systolic=systolic, diastolic=diastolic):
        yield from _raised(state, taken, systolic, diastolic, limits)


def _raised(
    state: RoomState,
    taken: tuple[Pressure, ...],
    systolic: Threshold,
    diastolic: Threshold,
    limits: DoseLimits,
) -> Iterator[Finding]:
    last, apart = taken[-1], limits.repeat_apart
    said = f"Blood pressure is {last.text}, over {systolic.value}/{diastolic.value}."
    if not any(last.at - before.at >= apart.minutes for before in taken):
        yield apart.stop(f"{said} Take it again after at least {minutes(apart.minutes)} of rest.")
    if not _is_accepted(state, since=last.at):
        yield systolic.finding(
            Severity.STOP,
            f"{said} A prescriber may accept this reading, with a reason, after the repeat.",
            override=Override.PRESCRIBER,
        )


def _is_accepted(state: RoomState, *, since: datetime) -> bool:
    """Whether a prescriber has accepted the last pressure in writing; a newer one needs a new word."""
    check = state.check(CheckItem.PRESSURE_ACCEPTED, since=since)
    return check is not None and check.said.passed and bool(check.said.detail) and check.by_role == PRESCRIBER
