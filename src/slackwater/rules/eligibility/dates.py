"""When things happened, and whether that is known well enough to be held to a limit.

Every question has three answers. None is "nobody knows"; what is dated after now is not known either, for a
clock that is wrong says nothing about the day it means. "Within" a time includes its last moment.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from slackwater.rules.basis import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDay:
    """The last day on which something happened.

    has_happened: False where it never did
    on:           the day; None where it never happened, and where it did and nobody knows when
    """

    has_happened: bool
    on: date | None = None

    def __post_init__(self) -> None:
        if self.on is not None and not self.has_happened:
            raise ValueError("what never happened has no day")
        # A datetime is a date in Python, and cannot be compared with one.
        if isinstance(self.on, datetime):
            raise TypeError("a day has no hour")


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """The last moment at which something happened, as LastDay; `at` has a time zone."""

    has_happened: bool
    at: datetime | None = None

    def __post_init__(self) -> None:
        if self.at is not None and not self.has_happened:
            raise ValueError("what never happened has no time")
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError("a time needs its time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A yes or a no, and when it was given or seen; `at` has a time zone."""

    is_yes: bool
    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an answer needs its time zone")


def elapsed(since: datetime, at: datetime) -> timedelta:
    """Real time gone by, for two times of one zone subtract as clocks on a wall, put back or forward."""
    return at.astimezone(UTC) - since.astimezone(UTC)


def is_within_days(last: LastDay | None, limit: Threshold, *, today: date) -> bool | None:
    """Whether it happened so many weeks or months ago at most; None where nobody can tell."""
    if last is None:
        return None
    if not last.has_happened:
        return False
    if last.on is None or last.on > today:
        return None
    return last.on >= _earliest(limit, today)


def is_within_hours(last: LastTime | None, limit: Threshold, *, at: datetime) -> bool | None:
    """Whether it happened so many hours or minutes ago at most; None where nobody can tell."""
    gone = _gone(last, at)
    return gone if gone is None or isinstance(gone, bool) else gone <= span(limit)


def is_sooner_than(last: LastTime | None, limit: Threshold, *, at: datetime) -> bool | None:
    """Whether less than so much time has passed since; None where nobody can tell."""
    gone = _gone(last, at)
    return gone if gone is None or isinstance(gone, bool) else gone < span(limit)


def is_fresh(seen_at: datetime | None, limit: Threshold, *, at: datetime) -> bool:
    """Whether something seen then still counts: not after now, and so long ago at most."""
    return seen_at is not None and timedelta(0) <= elapsed(seen_at, at) <= span(limit)


def span(limit: Threshold) -> timedelta:
    """A limit in minutes, hours or days as a length of time; ValueError for any other unit."""
    if limit.unit not in _SPANS:
        raise ValueError(f"{limit.name} is in {limit.unit}, which is not a length of time")
    return _SPANS[limit.unit] * limit.value


def shown(limit: Threshold) -> str:
    """A limit in plain words: `6 weeks`, `30 min`."""
    return f"{limit.value} {_WORDS.get(limit.unit, limit.unit)}"


def _gone(last: LastTime | None, at: datetime) -> timedelta | bool | None:
    """How long ago; False where it never happened, None where nobody can tell."""
    if last is None:
        return None
    if not last.has_happened:
        return False
    if last.at is None:
        return None
    gone = elapsed(last.at, at)
    return None if gone < timedelta(0) else gone


def _earliest(limit: Threshold, today: date) -> date:
    """The first day that is still within; for months the same day of the month, or the month's last."""
    if limit.unit == "wk":
        return today - timedelta(weeks=limit.value)
    if limit.unit != "mo":
        raise ValueError(f"{limit.name} is in {limit.unit}, not in weeks or months")
    year, month = divmod(today.year * 12 + today.month - 1 - limit.value, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last))


_SPANS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_WORDS = {"wk": "weeks", "mo": "months", "h": "hours", "d": "days"}
