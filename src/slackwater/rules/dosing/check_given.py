"""Was this very dose checked by two people, just now? Every reason why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.rules.dosing.check_limits import CheckLimits
from slackwater.rules.findings import Finding, Severity
from slackwater.terms.amounts import show_mg
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """The dose that is to be charted, and by whom.

    is_stocked: whether the cabinet holds anything that it could be drawn from
    """

    session: str
    number: int
    drug: Drug
    route: Route
    amount_ug: int
    by: str
    at: datetime
    is_stocked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A check as it was kept. A dose of one number is charted once, so a check is used once."""

    session: str
    number: int
    drug: Drug
    route: Route
    amount_ug: int
    first: str
    second: str
    at: datetime


def against_giving(giving: Giving, kept: Kept | None, *, limits: CheckLimits) -> Iterator[Finding]:
    """What stands against charting this dose from that check; None where there is none."""
    if kept is None and not giving.is_stocked:
        yield limits.check_needed.stop(
            f"The cabinet holds no {giving.drug.label} for this route: there is nothing to check, and nothing"
            " is given."
        )
        return
    if kept is None:
        yield limits.check_needed.stop(
            "No two people have checked this dose. Scan the vial and check it together first."
        )
        return
    if (kept.session, kept.number) != (giving.session, giving.number):
        yield limits.check_needed.stop("That check is of another dose. Check this one together.")
    if (kept.drug, kept.route, kept.amount_ug) != (giving.drug, giving.route, giving.amount_ug):
        yield limits.check_needed.stop(
            f"Two people checked {show_mg(kept.amount_ug)} of {kept.drug.label}, {kept.route.label}: that is"
            " not this dose."
        )
    if giving.by not in (kept.first, kept.second):
        yield limits.check_two.stop("Somebody else checked it. One of the two who checked it gives it.")
    if giving.at - kept.at > limits.check_fresh.minutes:
        yield limits.check_fresh.stop(
            f"It was checked {(giving.at - kept.at) // _MINUTE} min ago. Check it again: a syringe that lay"
            f" for more than {limits.check_fresh.value} min may be another one."
        )


def given_unchecked(number: int, reason: str, *, limits: CheckLimits) -> Finding:
    """What is said, for as long as the room is looked at, of a dose that no two people checked."""
    which = "The booster" if number > 1 else "The first dose"
    return limits.check_unchecked.finding(
        Severity.WARN, f"{which} went in without the check by two people: {reason.rstrip('.')}."
    )
