"""The board of the day for one patient: gathered from everybody's rules, each asked as the dose asks it."""

from datetime import datetime

from slackwater.actions import interactions, kit, medicines
from slackwater.actions.agreements import dose as agreed_dose
from slackwater.actions.agreements.held import held
from slackwater.actions.eligibility import found as eligibility
from slackwater.actions.policy import GRANTED, Permission
from slackwater.actions.stock import doses as stock
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Order, Role, Session
from slackwater.rules.findings import Finding, barring
from slackwater.rules.readiness.board import Board, Item, board, screened, stock_gaps, touch_gaps
from slackwater.rules.room.attending import attendance
from slackwater.rules.room.doses import FIRST
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.predose import predose_findings
from slackwater.terms.route import Route

_CONSENT_ROWS = frozenset({"AGR-09"})

# Who can settle a line: whoever may do what settles it.
SETTLED_BY = {
    Item.SCREENING: Permission.KEEP_INTAKE,
    Item.CONSENT: Permission.RECORD_CHECK,
    Item.TOUCH: Permission.DRAW_UP_AGREEMENT,
    Item.MEDICINES: Permission.KEEP_MEDICINES,
    Item.FASTING: Permission.KEEP_INTAKE,
    Item.ESCORT: Permission.KEEP_INTAKE,
    Item.SOBER: Permission.KEEP_INTAKE,
    Item.PREGNANCY: Permission.KEEP_INTAKE,
    Item.PEOPLE: Permission.RECORD_CHECK,
    Item.KIT: Permission.SIGN_KIT,
    Item.STOCK: Permission.RECEIVE_STOCK,
    Item.VITALS: Permission.RECORD_VITALS,
}


def of_session(session: Session, state: RoomState, *, wall: datetime, room: datetime) -> Board:
    """The board of an open room.

    wall, room: the time outside and in the room, which differ only in a demonstration
    """
    route = Route(session.order.route)
    seen = list(predose_findings(state, at=room, limits=load_limits().room))
    agreed = agreed_dose.findings(session, route=route, number=FIRST, at=wall)
    return board(
        _before(session.order, at=wall, but=str(session.public_id))
        | {
            Item.CONSENT: barring([*agreed, *(one for one in seen if one.id in _CONSENT_ROWS)]),
            Item.PEOPLE: tuple(attendance(state).gaps(load_limits().room.presence)),
            Item.VITALS: barring([one for one in seen if one.id not in _CONSENT_ROWS]),
        }
    )


def of_order(order: Order, *, at: datetime) -> Board:
    """The board before the room is open: what only the room can tell has not been looked at yet."""
    return board(_before(order, at=at))


def medicine_gaps(order: Order, *, at: datetime) -> tuple[Finding, ...]:
    """What of the patient's medicines keeps the first dose waiting."""
    patient, route = order.patient, Route(order.route)
    return barring(
        [
            *interactions.standing(patient, route=route, at=at),
            *medicines.asked_gaps(patient, at=at),
            *medicines.held_gaps(patient, at=at),
        ]
    )


def roles(item: Item) -> list[str]:
    """Who can settle this line, by role."""
    return [role.label.lower() for role in Role if SETTLED_BY[item] in GRANTED[role]]


def _before(order: Order, *, at: datetime, but: str = "") -> dict[Item, tuple[Finding, ...]]:
    """What is known before the room is open, and stays so when it is."""
    day = eligibility.against_dose(order.patient, route=Route(order.route), at=at, but=but)
    lines = {item: tuple(findings) for item, findings in screened(day).items()}
    return lines | {
        Item.TOUCH: _touch(order, at),
        Item.MEDICINES: medicine_gaps(order, at=at),
        Item.KIT: kit.findings(at=at),
        Item.STOCK: _stock(order),
    }


def _touch(order: Order, at: datetime) -> tuple[Finding, ...]:
    now = held(order.patient, at=at).now
    is_agreed = now.version is not None and at < now.version.expires_at
    return tuple(touch_gaps(is_agreed=is_agreed, has_draft=now.draft is not None))


def _stock(order: Order) -> tuple[Finding, ...]:
    found = stock.containers_for(order)
    return tuple(stock_gaps(held_ug=sum(held.state.held_ug for _, held in found), dose_ug=order.dose_ug))
