"""When the next visit may be, and when somebody else looks first (D17 to D19, LONG-01, LONG-02)."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slackwater.rules.exposure.limits import ExposureLimits
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.days import time_text

_MINUTES_AN_HOUR, _MINUTES_A_DAY = 60, 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The last word on something that is watched, None where nobody was asked.

    is_there: whether there is anything; at: when it was asked
    """

    is_there: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of the visits so far.

    dosed:       when the last dose of each visit was given, oldest first, all courses together
    begun:       when the first dose of the course that goes on was given; None before it
    craving:     wanting more of it, or using it outside care
    bladder:     any sign of the bladder
    liver_at:    when the liver tests were last written down
    reviewed_at: when it was last decided whether the course goes on, changes or stops
    is_to_stop:  whether it was decided that it stops
    """

    dosed: Sequence[datetime]
    begun: datetime | None = None
    craving: Watched | None = None
    bladder: Watched | None = None
    liver_at: datetime | None = None
    reviewed_at: datetime | None = None
    is_to_stop: bool = False


def interval_findings(past: Past, *, at: datetime, limits: ExposureLimits) -> Iterator[Finding]:
    """Whether enough time has passed since the last visit for another dose (D18)."""
    row = limits.course_interval
    if past.dosed and at - past.dosed[-1] < row.minutes:
        hours = row.value // _MINUTES_AN_HOUR
        yield row.stop(f"The last dose was less than {hours} hours ago. There is no other until then.")


def course_findings(past: Past, *, at: datetime, limits: ExposureLimits) -> Iterator[Finding]:
    """Everything that an order waits for because of the visits before it; nothing before the first."""
    if not past.dosed:
        return
    yield from _craving(past, at, limits)
    yield from _body(past, limits)
    yield from _review(past, at, limits)
    yield from _ceiling(past, at, limits)


def _craving(past: Past, at: datetime, limits: ExposureLimits) -> Iterator[Finding]:
    """With the time at which it was said: who set it aside then has not heard of it when it is said again."""
    row, asked = limits.watch_craving, past.craving
    if asked is None or asked.at < past.dosed[-1]:
        yield row.unknown(
            "Nobody has asked since the last dose whether the patient longs for the drug, or uses it outside"
            " care."
        )
    elif asked.is_there:
        yield row.finding(
            Severity.STOP,
            "The patient longs for the drug, or uses it outside care: said on"
            f" {time_text(asked.at, like=at)}.",
            override=Override.PRESCRIBER_AND_SECOND,
        )


def _body(past: Past, limits: ExposureLimits) -> Iterator[Finding]:
    """What a sign of the bladder means stands in the screening (E25); here only that it was asked again."""
    if past.bladder is None or past.bladder.at < past.dosed[-1]:
        yield limits.watch_body.unknown("Nobody has asked about the bladder since the last dose.")


def _review(past: Past, at: datetime, limits: ExposureLimits) -> Iterator[Finding]:
    row = limits.course_review
    if past.is_to_stop:
        yield row.stop("It was decided that this course stops.")
        return
    is_due = past.begun is not None and at - past.begun >= row.minutes
    if is_due and (past.reviewed_at is None or past.begun is None or past.reviewed_at < past.begun):
        yield row.unknown(
            f"This course began {row.value // _MINUTES_A_DAY} days ago or more, and nobody has decided since"
            " whether it goes on, changes or stops."
        )


def _ceiling(past: Past, at: datetime, limits: ExposureLimits) -> Iterator[Finding]:
    row, since = limits.course_sessions, _months_before(at, limits.course_months.value)
    counted = [one for one in past.dosed if one >= since]
    if len(counted) < row.value:
        return
    if past.liver_at is None or past.liver_at < past.dosed[-1]:
        yield row.unknown(
            f"There were {len(counted)} visits in {limits.course_months.value} months, and no liver tests"
            " since the last."
        )
    # With the last of them, so that a look counts until the next visit and no longer.
    yield row.finding(
        Severity.STOP,
        f"There were {len(counted)} visits in {limits.course_months.value} months, the last on"
        f" {time_text(past.dosed[-1], like=at)}; from {row.value} on a second prescriber looks first.",
        override=Override.PRESCRIBER_AND_SECOND,
    )


def _months_before(at: datetime, months: int) -> datetime:
    """The same day and hour so many months before, or the last day of that month."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    day = date(year, month + 1, min(at.day, last))
    return at.replace(year=day.year, month=day.month, day=day.day)
