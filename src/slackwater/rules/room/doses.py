"""May this dose be given now? Every reason against it, each with its source.

The order's terms are held first, then the session, then the patient as last seen. What is not known stops a
dose as surely as what is wrong.
"""

from collections.abc import Iterator
from datetime import datetime

from slackwater.rules.basis import house
from slackwater.rules.boosters import is_never_repeated
from slackwater.rules.findings import Finding
from slackwater.rules.room.booster import booster_findings
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.limits import RoomLimits
from slackwater.rules.room.log import DoseGiven
from slackwater.rules.room.order import OrderTerms
from slackwater.rules.room.predose import predose_findings
from slackwater.rules.room.words import minutes
from slackwater.terms.amounts import show_mg

FIRST, BOOSTER = 1, 2

UNSIGNED = house("ROOM-01", "a dose needs a signed order")
VOIDED = house("ROOM-02", "a voided order gives nothing")
STOPPED = house("ROOM-03", "nothing is given in a stopped session")
LEFT = house("ROOM-04", "nothing is given once the patient has left")
NOT_OPEN = house("ROOM-06", "a dose needs an open session")
GIVEN = house("ROOM-07", "each dose of an order is given once")
DRUG = house("ROOM-08", "the drug is the one ordered")
ROUTE = house("ROOM-09", "the route is the one ordered")
AMOUNT = house("ROOM-10", "the first dose is the amount ordered, a booster at most the cap")
DURATION = house("ROOM-11", "the infusion time is the one ordered")
HARD_MAX = house("ROOM-12", "all doses together stay within the hard maximum")
NO_BOOSTER = house("ROOM-13", "a booster needs an order and a first dose")

ROWS = (
    UNSIGNED, VOIDED, STOPPED, LEFT, NOT_OPEN, GIVEN, DRUG, ROUTE, AMOUNT, DURATION, HARD_MAX, NO_BOOSTER,
)  # fmt: skip


def may_give(
    dose: DoseGiven, order: OrderTerms, state: RoomState, *, at: datetime, limits: RoomLimits
) -> tuple[Finding, ...]:
    """Every reason why this dose may not be given at `at`; none means that it may."""
    return (
        *_order_findings(dose, order),
        *_session_findings(dose, state, at=at, limits=limits),
        *_number_findings(dose, order, state, at=at, limits=limits),
    )


def _order_findings(dose: DoseGiven, order: OrderTerms) -> Iterator[Finding]:
    if order.signed_at is None:
        yield UNSIGNED.stop("The order is not signed.")
    if order.voided_at is not None:
        yield VOIDED.stop("The order was voided. A new one is needed.")
    if dose.drug is not order.drug:
        yield DRUG.stop(f"The order is for {order.drug.label}, not {dose.drug.label}.")
    if dose.route is not order.route:
        yield ROUTE.stop(f"The dose was ordered {order.route.label}, not {dose.route.label}.")
    yield from _amount_findings(dose, order)


def _amount_findings(dose: DoseGiven, order: OrderTerms) -> Iterator[Finding]:
    given = show_mg(dose.amount_ug)
    if dose.number == FIRST:
        if dose.amount_ug != order.dose_ug:
            yield AMOUNT.stop(f"The order is for {show_mg(order.dose_ug)}, not {given}.")
        if dose.duration_s != order.duration_s:
            yield DURATION.stop("The infusion time is not the one ordered.")
    elif dose.number == BOOSTER and order.booster is not None and dose.amount_ug > order.booster.cap_ug:
        yield AMOUNT.stop(f"The booster is ordered up to {show_mg(order.booster.cap_ug)}, not {given}.")


def _session_findings(
    dose: DoseGiven, state: RoomState, *, at: datetime, limits: RoomLimits
) -> Iterator[Finding]:
    if state.opened_at is None:
        yield NOT_OPEN.stop("No session is open.")
    elif at - state.opened_at >= limits.doses.session_longest.minutes:
        yield limits.doses.session_longest.stop(
            f"This session has been open for {minutes(at - state.opened_at)}; nothing more is given in it."
            " Open a new one."
        )
    if state.stopped is not None:
        yield STOPPED.stop("The session was stopped. Nothing more is given in it.")
    if state.left is not None:
        yield LEFT.stop("The patient has left. Nothing more is given in this session.")
    if state.dose(dose.number) is not None:
        if dose.number == FIRST:
            yield GIVEN.stop("The first dose has been given already.")
        else:
            yield limits.doses.boosters.boosters_most.stop("The one booster has been given already.")


def _number_findings(
    dose: DoseGiven, order: OrderTerms, state: RoomState, *, at: datetime, limits: RoomLimits
) -> Iterator[Finding]:
    most = limits.doses.boosters.boosters_most
    if dose.number not in (FIRST, BOOSTER):
        yield most.stop("There is one first dose and one booster in a session, never a third.")
        return
    total = state.given_ug + dose.amount_ug
    if total > order.hard_max_ug:
        yield HARD_MAX.stop(
            f"All doses together would be {show_mg(total)}, over the hard maximum of"
            f" {show_mg(order.hard_max_ug)}."
        )
    if dose.number == FIRST:
        yield from predose_findings(state, at=at, limits=limits)
        return
    if is_never_repeated(order.drug, order.route):
        yield limits.doses.boosters.nasal_esketamine_boosters.stop(
            "Nasal esketamine is not given twice in a session."
        )
    if order.booster is None:
        yield NO_BOOSTER.stop("No booster was ordered.")
    if state.dose(FIRST) is None:
        yield NO_BOOSTER.stop("The first dose has not been given.")
    yield from booster_findings(dose, order, state, at=at, limits=limits)
