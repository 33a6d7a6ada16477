"""Counting: twice, by two people, neither of whom is shown what to expect."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from slackwater.rules.basis import Threshold
from slackwater.rules.findings import Finding, Severity
from slackwater.rules.stock.fold import Container, Place
from slackwater.rules.stock.limits import StockLimits
from slackwater.rules.stock.log import Loss
from slackwater.rules.stock.sessions import Held


class Purpose(StrEnum):
    """What a count is for. An inventory is a count of everything that the law asks for."""

    OPENING = "opening"
    CLOSING = "closing"
    WEEKLY = "weekly"
    INVENTORY = "inventory"

    @property
    def label(self) -> str:
        return _PURPOSES[self]


_PURPOSES = {
    Purpose.OPENING: "Day open",
    Purpose.CLOSING: "Day close",
    Purpose.WEEKLY: "Weekly count",
    Purpose.INVENTORY: "Inventory",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One person's count: of what, on which of the clinic's days, and when it was handed in."""

    purpose: Purpose
    day: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What was seen in a container, and what its ledger said at that moment."""

    container: str
    seen_ug: int
    expected_ug: int


def closed_since(taken: Sequence[Taken]) -> datetime | None:
    """When the last day that two people closed began to close; None where none was."""
    closing = Purpose.CLOSING
    days = sorted({one.day for one in taken if one.purpose is closing}, reverse=True)
    last = next((day for day in days if is_done(taken, closing, day)), None)
    return None if last is None else min(one.at for one in pair(taken, closing, last))


def differences(seen: Mapping[str, int], expected: Mapping[str, int]) -> tuple[Difference, ...]:
    """Every container in which something else was seen than its ledger said, by one microgram or more.

    Both hold the same containers, each as its ledger stood when that person's count was kept.
    """
    return tuple(
        Difference(container=name, seen_ug=ug, expected_ug=expected[name])
        for name, ug in seen.items()
        if ug != expected[name]
    )


def pair(taken: Iterable[Taken], purpose: Purpose, day: date) -> tuple[Taken, ...]:
    """The counts of this purpose on this day, none, one or two of them."""
    return tuple(one for one in taken if (one.purpose, one.day) == (purpose, day))


def is_done(taken: Iterable[Taken], purpose: Purpose, day: date) -> bool:
    """Whether two people have counted."""
    return len(pair(taken, purpose, day)) >= _COUNTERS


def is_under_way(taken: Sequence[Taken], day: date) -> bool:
    """Whether one has counted and the other has not: nobody is shown then what to expect."""
    return any(len(pair(taken, purpose, day)) == 1 for purpose in Purpose)


def against_count(
    wanted: Taken,
    taken: Sequence[Taken],
    containers: Sequence[Held],
    *,
    unread: Sequence[str],
    limits: StockLimits,
) -> Iterator[Finding]:
    """What stands against handing this count in.

    unread: containers out of which an infusion was stopped, and whose syringe nobody has read since
    """
    before = pair(taken, wanted.purpose, wanted.day)
    if len(before) >= _COUNTERS:
        yield limits.stock_counters.stop("Two people have counted; this count is done.")
    elif any(one.by == wanted.by for one in before):
        yield limits.stock_counters.stop("You have counted. Somebody else counts now, without seeing yours.")
    if wanted.purpose is Purpose.CLOSING:
        yield from against_day_close(taken, wanted.day, containers, limits=limits)
        for name in unread:
            yield limits.stock_day.stop(
                f"An infusion out of {name} was stopped: two people read its syringe and write what is left,"
                " on the container's page."
            )


def against_day_close(
    taken: Sequence[Taken], day: date, containers: Sequence[Held], *, limits: StockLimits
) -> Iterator[Finding]:
    """A day closes once everything that was drawn or opened in it is accounted for.

    No amount is told: whoever reads this may be about to count.
    """
    if not is_done(taken, Purpose.OPENING, day):
        yield limits.stock_day.stop("The day was not opened: two people count for that first.")
    for held in containers:
        if held.state.drawn_open_ug:
            yield limits.stock_day.stop(
                f"A part of what was drawn from {held.name} is neither given nor wasted."
            )
        if held.is_single_use and held.state.patients and held.state.held_ug and _is_here(held.state):
            yield limits.stock_day.stop(
                f"Something is left in {held.name}, which was used: waste it in front of a witness."
            )


def due(taken: Sequence[Taken], *, today: date, limits: StockLimits) -> Iterator[Finding]:
    """Which counts are due today."""
    if not is_done(taken, Purpose.OPENING, today):
        yield limits.stock_day.finding(Severity.WARN, "The day is not opened: two people count for that.")
    last_week = _last(taken, (Purpose.WEEKLY, Purpose.INVENTORY))
    if _is_past(last_week, today, limits.stock_weekly):
        yield limits.stock_weekly.finding(Severity.WARN, f"The weekly count is due{_since(last_week)}.")
    last = _last(taken, (Purpose.INVENTORY,))
    if _is_past(last, today, limits.stock_inventory):
        which = "An inventory" if last else "The first inventory"
        yield limits.stock_inventory.finding(Severity.WARN, f"{which} is due{_since(last)}.")


def expiring(expiry: date, state: Container, *, today: date, limits: StockLimits) -> Finding | None:
    """What there is to say of a container's last day."""
    if state.place is not Place.HERE or not state.is_here:
        return None
    if today >= expiry:
        return limits.stock_expiry.stop("Expired: set it apart and hand it over for destruction.")
    days = (expiry - today).days
    if days <= limits.stock_expires_soon.value:
        word = "tomorrow" if days == 1 else f"in {days} days"
        return limits.stock_expires_soon.finding(Severity.WARN, f"Expires {word}.")
    return None


def reporting(how: Loss, *, limits: StockLimits) -> Finding | None:
    """What has to be reported outside the clinic. Breaking or spilling it before others is no theft."""
    if how is not Loss.MISSING:
        return None
    return limits.stock_loss.finding(
        Severity.WARN,
        f"Report it in writing within {limits.stock_loss.value} business day, and on Form 106, if it was"
        " stolen or the loss matters. Ask today whoever answers for the clinic's registration.",
    )


def against_case_closing(
    by: str, second: str, reason: str, *, is_open: bool, limits: StockLimits
) -> Iterator[Finding]:
    """A case is closed by the clinic's owner and somebody else, with what was found."""
    if not is_open:
        yield limits.stock_case.stop("This case is closed. Closed cases stay as they are.")
    if not second or second == by:
        yield limits.stock_case.stop("A case takes two to close: the owner, and somebody else.")
    if not reason.strip():
        yield limits.stock_case.stop("Nothing is written of what was found.")


_COUNTERS = 2


def _is_here(state: Container) -> bool:
    return state.place in (Place.HERE, Place.SET_ASIDE)


def _last(taken: Sequence[Taken], purposes: tuple[Purpose, ...]) -> date | None:
    """The last day on which two people had done one of these."""
    counted = Counter((one.purpose, one.day) for one in taken)
    done = [day for (purpose, day), n in counted.items() if purpose in purposes and n >= _COUNTERS]
    return max(done, default=None)


def _is_past(last: date | None, today: date, every: Threshold) -> bool:
    return last is None or today - last >= timedelta(days=every.value)


def _since(last: date | None) -> str:
    return f", the last was on {last.isoformat()}" if last else ""
