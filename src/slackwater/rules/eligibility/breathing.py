"""Breathing, asleep and on the day (E28, E29)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked, listed
from slackwater.rules.eligibility.conditions import AirwaySign, SleepApnoea
from slackwater.rules.eligibility.dates import is_fresh, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding, Severity
from slackwater.terms.route import Route
from slackwater.terms.vitals import show_tenths

_BY_THE_NOSE = frozenset({Route.NASAL_DEVICE, Route.NASAL_SOLUTION, None})


def breathing_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in breathing."""
    yield from _sleep_apnoea(intake, asked)
    yield from _airway(intake, asked)


def _sleep_apnoea(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, high = asked.limits.criteria.sleep_apnoea, asked.limits.numbers.bmi_high
    apnoea, bmi = intake.breathing.sleep_apnoea, intake.person.bmi_tenths
    # Strict by injection: there it stops until two have signed, and is not only a caution.
    severity = Severity.STOP if row.is_strict(asked.route) else None
    if apnoea is None:
        yield asked.unknown(row, "whether there is sleep apnoea")
        return
    if apnoea is SleepApnoea.UNTREATED:
        yield asked.found(
            row, "There is moderate or severe sleep apnoea that is not treated.", severity=severity
        )
    if apnoea is SleepApnoea.NONE:
        return
    if bmi is None:
        yield asked.unknown(row, f"whether body mass index is under {high.value}, with sleep apnoea", by=high)
    elif bmi >= high.tenths:
        yield asked.found(
            row,
            f"There is sleep apnoea, and body mass index is {show_tenths(bmi)}; this holds from"
            f" {high.value}.",
            by=high,
            severity=severity,
        )


def _airway(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, within = asked.limits.criteria.airway_today, asked.limits.numbers.checked_within
    check = intake.breathing.today
    if check is None or not is_fresh(check.at, within, at=asked.at):
        yield asked.unknown(
            row,
            f"how the airway is, from a check of the last {shown(within)}",
            by=within,
            seen=check.at if check else None,
        )
        return
    counts = check.signs if asked.route in _BY_THE_NOSE else check.signs - {AirwaySign.CONGESTION}
    if counts:
        yield asked.found(row, f"There was {listed(counts)} on {asked.time(check.at)}.")
