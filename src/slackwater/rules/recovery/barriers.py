"""Every barrier between a patient and the door. Leaving is free only when there is none."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

from slackwater.rules.basis import Basis
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.rules.recovery.facts import Facts, Measured, Seen
from slackwater.rules.recovery.limits import RecoveryLimits
from slackwater.terms.vitals import show_tenths


def barriers(facts: Facts, *, at: datetime, limits: RecoveryLimits) -> tuple[Finding, ...]:
    """Every reason why the patient may not leave at `at`; none means that they may.

    What is not known is a barrier as what is wrong is. The two hours, a pressure that cannot be skipped and
    the escort can be set aside by nobody, the rest by a prescriber, one by one, each with a reason that is
    kept. Where no drug was given, nothing bars.
    """
    if facts.last_dose_ended_at is None:
        return ()
    return (
        *_observation(facts, at, limits),
        *_owed(facts, at, limits),
        *_escort(facts, limits),
        *_alertness(facts, at, limits),
        *_crowd(facts, limits),
        *_pressure(facts, at, limits),
        *_oxygen(facts, at, limits),
        *_checks(facts, at, limits),
    )


def earliest_leave(facts: Facts, *, limits: RecoveryLimits) -> datetime | None:
    """When the observation after the last dose is over; every other barrier may hold longer.

    None where no drug was given. A clinic's own minimum counts only where it is longer.
    """
    if facts.last_dose_ended_at is None:
        return None
    return facts.last_dose_ended_at + max(limits.observation.minutes, facts.clinic_observation)


def _observation(facts: Facts, at: datetime, limits: RecoveryLimits) -> Iterator[Finding]:
    earliest = earliest_leave(facts, limits=limits)
    if earliest is not None and at < earliest:
        left = -((at - earliest) // _MINUTE)
        yield limits.observation.stop(
            f"{left} min of observation left. It counts from when the last drug went in, on every route."
        )


def _owed(facts: Facts, at: datetime, limits: RecoveryLimits) -> Iterator[Finding]:
    """One pressure taken now does for all that are owed, so the one owed longest is named."""
    row = limits.pressure_mandatory
    if facts.owed_pressures is None:
        yield row.unknown(f"It is not known whether the pressure at {row.value} min was taken.")
        return
    late = [one for one in facts.owed_pressures if at >= one.due_at]
    if late:
        first = min(late, key=lambda one: one.due_at)
        ago = (at - first.due_at) // _MINUTE
        yield row.stop(f"{first.name} has not been taken; it was due {ago} min ago and can't be skipped.")


def _escort(facts: Facts, limits: RecoveryLimits) -> Iterator[Finding]:
    if facts.escort is None:
        yield limits.escort.unknown("Nobody has confirmed who takes the patient home.")
    elif not facts.escort.passed:
        yield limits.escort.stop("There is no responsible adult to take the patient home.")


def _alertness(facts: Facts, at: datetime, limits: RecoveryLimits) -> Iterator[Finding]:
    row = limits.leaving_moaas
    if not _is_fresh(facts.alertness, at, limits):
        yield _open(row, f"Alertness has not been recorded in the last {limits.leaving_fresh.value} min.")
    elif facts.alertness is not None and facts.alertness.value < row.value:
        yield _closed(row, f"Alertness is {facts.alertness.value} of 5; leaving needs {row.value}.")


def _crowd(facts: Facts, limits: RecoveryLimits) -> Iterator[Finding]:
    row, chance = limits.recovered_chance, facts.chance_recovered
    if facts.is_outside_crowd:
        yield _open(
            row, "Nobody in the crowd fits what was seen, so there is no chance of recovery to go by."
        )
    elif chance is None or not (math.isfinite(chance) and 0.0 <= chance <= 1.0):
        yield _open(row, "There is no estimate of how many like this patient have recovered by now.")
    elif chance < row.value / 100:
        # Rounded down, so that a chance just under the line is never shown as the line.
        share = math.floor(chance * 100)
        yield _closed(
            row, f"{share} in 100 like this patient have recovered by now; leaving asks {row.value}."
        )


def _pressure(facts: Facts, at: datetime, limits: RecoveryLimits) -> Iterator[Finding]:
    row = limits.leaving_systolic_above
    last, diastolic = facts.systolic, facts.diastolic
    if last is None or diastolic is None or not _is_fresh(last, at, limits):
        yield _open(
            row, f"Blood pressure has not been recorded in the last {limits.leaving_fresh.value} min."
        )
        return
    if last.value >= limits.systolic_alert.tenths or diastolic.value >= limits.diastolic_alert.tenths:
        yield _closed(
            limits.systolic_alert,
            f"Blood pressure is {show_tenths(last.value)}/{show_tenths(diastolic.value)}, still an alert.",
        )
    yield from _near_baseline(facts, last, limits)
    yield from _falling(facts, last, at, limits)


def _near_baseline(facts: Facts, last: Measured, limits: RecoveryLimits) -> Iterator[Finding]:
    row, said = limits.leaving_systolic_above, f"Systolic pressure is {show_tenths(last.value)}"
    if facts.clinic_systolic is not None:
        if last.value >= facts.clinic_systolic * 10:
            yield _closed(row, f"{said}, not under this clinic's {facts.clinic_systolic}.")
    elif facts.baseline_systolic is None:
        yield _open(row, f"{said}, and there is no baseline to hold it against.")
    elif last.value > facts.baseline_systolic + row.tenths:
        before = show_tenths(facts.baseline_systolic)
        yield _closed(row, f"{said}, more than {row.value} above the baseline of {before}.")


def _falling(facts: Facts, last: Measured, at: datetime, limits: RecoveryLimits) -> Iterator[Finding]:
    """The label's "until decreasing": back at the baseline, lower than the last one, or seen to fall."""
    row, before = limits.leaving_falling, facts.systolic_before
    seen = facts.falling if facts.falling and _is_fresh(facts.falling, at, limits) else None
    if seen is not None and not seen.passed:
        yield _closed(row, "Blood pressure was seen not to be falling.")
        return
    is_back = facts.baseline_systolic is not None and last.value <= facts.baseline_systolic
    if is_back or seen is not None or (before is not None and last.value < before.value):
        return
    if before is None:
        yield _open(row, "There is one blood pressure only, so nobody knows whether it is falling.")
    else:
        was = show_tenths(before.value)
        yield _closed(
            row, f"Systolic pressure went from {was} to {show_tenths(last.value)}: not falling yet."
        )


def _oxygen(facts: Facts, at: datetime, limits: RecoveryLimits) -> Iterator[Finding]:
    row = limits.spo2_alert
    if not _is_fresh(facts.oxygen, at, limits):
        yield _open(
            row, f"Oxygen saturation has not been recorded in the last {limits.leaving_fresh.value} min."
        )
    elif facts.oxygen is not None and facts.oxygen.value < row.tenths:
        yield _closed(row, f"Oxygen saturation is {show_tenths(facts.oxygen.value)} %, under {row.value} %.")


def _checks(facts: Facts, at: datetime, limits: RecoveryLimits) -> Iterator[Finding]:
    asked: tuple[tuple[Seen | None, Basis, str, str], ...] = (
        (facts.oriented, limits.leaving_oriented, "Orientation", "The patient is not fully oriented."),
        (facts.gait, limits.leaving_gait, "Gait", "The patient does not walk steadily."),
        (facts.drinks, limits.leaving_drinks, "Drinking", "The patient has not kept a drink down."),
        (facts.distress, limits.leaving_distress, "Distress", "Distress has not settled."),
        (facts.safety, limits.leaving_safety, "Safety", "There are thoughts of suicide or self-harm."),
        (
            facts.hallucinations,
            limits.leaving_perception,
            "Perception",
            "The patient still sees or hears what is not there.",
        ),
        (facts.advice, limits.leaving_advice, "Advice", "Written advice and a number have not been given."),
    )
    for seen, row, what, failed in asked:
        if not _is_fresh(seen, at, limits):
            yield _open(row, f"{what} has not been checked in the last {limits.leaving_fresh.value} min.")
        elif seen is not None and not seen.passed:
            yield _closed(row, failed)


def _is_fresh(seen: Seen | Measured | None, at: datetime, limits: RecoveryLimits) -> bool:
    return seen is not None and at - seen.at <= limits.leaving_fresh.minutes


def _closed(row: Basis, sentence: str) -> Finding:
    return row.finding(Severity.STOP, sentence, override=Override.PRESCRIBER)


def _open(row: Basis, sentence: str) -> Finding:
    return row.finding(Severity.UNKNOWN, sentence, override=Override.PRESCRIBER)


_MINUTE = timedelta(minutes=1)
