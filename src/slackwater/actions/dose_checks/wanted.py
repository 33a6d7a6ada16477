"""Which dose the order of a session holds next."""

from slackwater.actions import order_terms
from slackwater.records.models import Session
from slackwater.rules.dosing.double_check import Wanted
from slackwater.rules.room.doses import BOOSTER, FIRST
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import DoseGiven


def next_dose(session: Session, state: RoomState) -> DoseGiven | None:
    """The first dose as ordered, then all of the booster; None when the order holds none any more."""
    order, terms = session.order, order_terms.terms(session.order)
    if state.dose(FIRST) is None:
        amount, number, duration = order.dose_ug, FIRST, order.duration_s
    elif terms.booster is not None and state.dose(BOOSTER) is None:
        # What was ordered as a booster carries no infusion time of its own.
        amount, number, duration = terms.booster.cap_ug, BOOSTER, 0
    else:
        return None
    return DoseGiven(number=number, drug=terms.drug, route=terms.route, amount_ug=amount, duration_s=duration)


def as_ordered(session: Session, number: int) -> Wanted | None:
    """What the order says of its dose of this number, given or not; None where it holds none."""
    terms = order_terms.terms(session.order)
    if number == FIRST:
        amount, duration = terms.dose_ug, terms.duration_s
    elif terms.booster is not None and number == BOOSTER:
        amount, duration = terms.booster.cap_ug, 0
    else:
        return None
    return Wanted(
        drug=terms.drug,
        route=terms.route,
        amount_ug=amount,
        duration_s=duration,
        is_most=number == BOOSTER,
    )
