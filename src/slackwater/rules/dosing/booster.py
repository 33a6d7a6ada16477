"""The booster as ordered: whether there may be one, how soon and how much (D10 to D15)."""

from collections.abc import Iterator

from slackwater.rules.basis import house
from slackwater.rules.boosters import COVERED, is_never_repeated
from slackwater.rules.dosing.amounts import booster_slip
from slackwater.rules.dosing.order import BoosterText, OrderText
from slackwater.rules.dosing.ranges import OrderLimits
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.amounts import show_mg
from slackwater.units import min_from_s

WINDOW = house("ORD-12", "a booster's window opens before it closes")
NOT_COVERED = house("ORD-13", "no rule was found for a booster by this route")

ROWS = (WINDOW, NOT_COVERED)


def booster_findings(order: OrderText, limits: OrderLimits) -> Iterator[Finding]:
    """Every mark against the booster; none when there is no booster."""
    booster = order.booster
    if booster is None:
        return
    if is_never_repeated(order.drug, order.route):
        yield limits.boosters.nasal_esketamine_boosters.stop(
            "Nasal esketamine is not given twice in a session. Leave the booster out."
        )
    elif order.route not in COVERED:
        yield NOT_COVERED.finding(
            Severity.WARN,
            f"The house's rules for boosters cover muscle and mouth, not {order.route.label}. Say why one is"
            " planned.",
            override=Override.PRESCRIBER,
        )
    yield from booster_slip(order, limits)
    yield from _size(order, booster, limits)
    yield from _window(order, booster, limits)


def _size(order: OrderText, booster: BoosterText, limits: OrderLimits) -> Iterator[Finding]:
    share, largest = limits.boosters.booster_share, limits.boosters.largest_ug(order.dose_ug)
    if booster.cap_ug > largest:
        yield share.stop(
            f"The booster, {show_mg(booster.cap_ug)}, is over {share.value} % of the first dose: at most"
            f" {show_mg(largest)}."
        )


def _window(order: OrderText, booster: BoosterText, limits: OrderLimits) -> Iterator[Finding]:
    least, row = limits.boosters.earliest(order.route, duration_s=order.duration_s)
    if booster.earliest_s < least.total_seconds():
        yield row.stop(
            f"A booster by this route comes {min_from_s(least.total_seconds()):g} min after the first dose"
            f" begins, or later; the order says {min_from_s(booster.earliest_s):.4g} min."
        )
    if booster.latest_s < booster.earliest_s:
        yield WINDOW.stop("The booster's window closes before it opens.")
