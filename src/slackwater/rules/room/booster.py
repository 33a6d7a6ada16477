"""May the booster be given now? Its window, its size, and the patient as last seen (D12 to D14).

No published limit was located for a booster. These are the house's rules, the weakest-founded of all, and so
the strictest: nothing here can be set aside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.rules.basis import Basis, house
from slackwater.rules.findings import Finding
from slackwater.rules.room.alerts import pressure_alerts
from slackwater.rules.room.fold import RoomState, Timed
from slackwater.rules.room.limits import DoseLimits, RoomLimits
from slackwater.rules.room.log import DoseGiven
from slackwater.rules.room.mandatory import owed
from slackwater.rules.room.order import OrderTerms
from slackwater.rules.room.words import ago, minutes, minutes_left
from slackwater.terms.amounts import show_mg
from slackwater.terms.vitals import Reading, VitalCode

WINDOW = house("ROOM-14", "a booster is given in the window ordered")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoosterWindow:
    """When the ordered booster may be given, once the first dose has begun."""

    opens_at: datetime
    closes_at: datetime
    why_not_sooner: Basis

    def sentence(self, at: datetime, *, is_used: bool) -> str:
        """What the room says about it."""
        if is_used:
            return "Booster given; there is no second one."
        if at < self.opens_at:
            return f"Booster not before {minutes_left(self.opens_at - at)} from now."
        if at > self.closes_at:
            return "The booster's window has closed."
        return f"Booster possible for another {minutes(self.closes_at - at)}."


def booster_window(order: OrderTerms, state: RoomState, *, limits: DoseLimits) -> BoosterWindow | None:
    """The later of what was ordered and what the route allows; None without an order or a first dose."""
    first = state.dose(1)
    if order.booster is None or first is None:
        return None
    duration = first.ended_at - first.started_at
    least, basis = limits.boosters.earliest(order.route, duration_s=duration // timedelta(seconds=1))
    why = basis if least >= order.booster.earliest else WINDOW
    return BoosterWindow(
        opens_at=first.started_at + max(least, order.booster.earliest),
        closes_at=first.started_at + order.booster.latest,
        why_not_sooner=why,
    )


def booster_findings(
    dose: DoseGiven, order: OrderTerms, state: RoomState, *, at: datetime, limits: RoomLimits
) -> Iterator[Finding]:
    """Every reason against this booster at `at`."""
    window = booster_window(order, state, limits=limits.doses)
    if window is not None and at < window.opens_at:
        yield window.why_not_sooner.stop(f"Too soon: {minutes_left(window.opens_at - at)} still to wait.")
    if window is not None and at > window.closes_at:
        yield WINDOW.stop("Too late: the booster's window has closed.")
    first = state.dose(1)
    if first is not None and dose.amount_ug > limits.doses.boosters.largest_ug(first.amount_ug):
        share = limits.doses.boosters.booster_share
        largest = show_mg(limits.doses.boosters.largest_ug(first.amount_ug))
        yield share.stop(f"A booster is at most {share.value} % of the first dose, here {largest}.")
    yield from owed(state, at=at, limits=limits.due)
    yield from _alertness(state, at, limits.doses)
    yield from _pressure(state, at, limits)
    yield from _saturation(state, at, limits.doses)


def _alertness(state: RoomState, at: datetime, limits: DoseLimits) -> Iterator[Finding]:
    last = state.alertness[-1] if state.alertness else None
    if last is None or last.age(at) > limits.booster_fresh.minutes:
        within = minutes(limits.booster_fresh.minutes)
        yield limits.booster_fresh.unknown(f"Alertness has not been recorded in the last {within}.")
    elif last.said.moaas < limits.booster_moaas.value:
        yield limits.booster_moaas.stop(
            f"Alertness is {last.said.moaas} of 5, {ago(last.age(at))}. A booster needs"
            f" {limits.booster_moaas.value} or 5."
        )


def _pressure(state: RoomState, at: datetime, limits: RoomLimits) -> Iterator[Finding]:
    if not all(_fresh(state, code, at, limits.doses) for code in (VitalCode.SBP, VitalCode.DBP)):
        yield _not_known("Blood pressure", limits.doses)
        return
    for alert in pressure_alerts(state, at=at, limits=limits.alarms):
        yield limits.doses.booster_moaas.stop(alert.sentence)


def _saturation(state: RoomState, at: datetime, limits: DoseLimits) -> Iterator[Finding]:
    last = _fresh(state, VitalCode.SPO2, at, limits)
    if last is None:
        yield _not_known("Oxygen saturation", limits)
    elif last.said.tenths < limits.booster_spo2.tenths:
        yield limits.booster_spo2.stop(
            f"Oxygen saturation is {last.said.shown}, {ago(last.age(at))}. A booster needs at least"
            f" {limits.booster_spo2.value} %."
        )


def _fresh(state: RoomState, code: VitalCode, at: datetime, limits: DoseLimits) -> Timed[Reading] | None:
    """The last reading if it is recent and true; a good one that an artefact has followed is neither."""
    last = state.latest_of_any_quality(code)
    is_fresh = last is not None and last.said.is_good and last.age(at) <= limits.booster_fresh.minutes
    return last if is_fresh else None


def _not_known(what: str, limits: DoseLimits) -> Finding:
    fresh = limits.booster_fresh
    return fresh.unknown(f"{what} has no true reading in the last {minutes(fresh.minutes)}. Take it first.")
