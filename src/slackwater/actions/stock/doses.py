"""What giving a dose asks of the cabinet: which containers, drawn, given, wasted, and what is still open.

Everything here can be called inside the transaction that keeps a dose: it locks the containers it needs, in
the order of their numbers, and adds lines to their ledgers. The caller has locked the session.
Times are the wall's, in a demonstration too.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import ledger
from slackwater.actions.stock.keeping import keep, open_for
from slackwater.actions.stock.ledger import Act
from slackwater.actions.stock.stopped import is_unread
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Container, LedgerLine, Order, Session
from slackwater.rules.findings import Finding
from slackwater.rules.stock.fold import Draw, Place
from slackwater.rules.stock.log import Drawn, Given, Wasted
from slackwater.rules.stock.sessions import Balance, Held, against_closing, balance, sums
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one visit took out of the cabinet.

    standing:  what nobody has accounted for yet; it never keeps the patient
    is_unread: an infusion was stopped, and nobody has written what its syringe still held
    """

    sums: str
    standing: tuple[Finding, ...]
    is_unread: bool


def containers_for(order: Order) -> list[tuple[Container, Held]]:
    """What can be drawn from for this order now: the ordered drug in a form for the route, here, not expired,
    not open for too long, and used for nobody else; open ones first, then those that expire first.

    Each comes with its state: `held.state.held_ug` is what is in it. `container.product` says strength
    (`strength_ug_ml`) and barcode (`gtin`); `container.lot`, `container.expiry`, `container.own_number` what
    stands on it. A scanned code is read by `rules.stock.scan.read_scan`.
    """
    now = timezone.now()
    today, drug, route = timezone.localdate(now), Drug(order.drug), Route(order.route)
    wanted = Container.objects.filter(product__drug=order.drug, expiry__gt=today).select_related("product")
    patient = str(order.patient.public_id)
    found = [
        (container, held)
        for container, held in ledger.held(wanted)
        if ledger.product_of(container.product).serves(drug, route)
        and held.state.place is Place.HERE
        and held.state.held_ug > 0
        and not (held.is_single_use and held.state.patients - {patient})
        and not _is_open_too_long(held, at=now)
    ]
    return sorted(found, key=lambda one: (not one[1].state.is_opened, one[0].expiry, one[0].own_number))


@transaction.atomic
def draw_for_session(
    session: Session, container_id: UUID, *, dose: int, amount_ug: int, volume_ul: int, act: Act
) -> LedgerLine:
    """Write down that this much was drawn up for a dose of a session. The same act again gives its line.

    dose:      1, or 2 for the booster
    volume_ul: as read off the syringe, whole microlitres; 0 for a device or a lozenge, which is taken whole
    act:       `Act(by=..., second=..., at=wall, key=...)`; `second` is the person of the dose check, if any

    Raises RefusedError, nothing changed: more than is held (STK-01), used for another patient (STK-02),
    expired (STK-03), open too long (STK-04), unknown or gone (STK-05), mg and mL that disagree (STK-09), a
    part of a device or lozenge (STK-10), another drug or form than ordered (STK-11), a second vial for one
    dose (STK-15). Look at the container in `LedgerLine.container`, at the draw in `LedgerLine.number`.
    """
    require(act.by, Permission.HANDLE_STOCK)
    container = ledger.locked(container_id)
    said = Drawn(
        amount_ug=amount_ug,
        volume_ul=volume_ul,
        session=str(session.public_id),
        patient=str(session.patient.public_id),
        dose=dose,
    )
    if row := ledger.kept(container, said, act):
        return row
    return keep(
        container, said, act, session=session, elsewhere=_is_drawn_elsewhere(session, dose, container)
    )


@transaction.atomic
def given(session: Session, *, dose: int, amount_ug: int, act: Act) -> list[LedgerLine]:
    """Write down that this much of what was drawn for a dose was given; a line for each draw it came from.

    Call it in the transaction that keeps the dose, with the amount of the dose; for an infusion too, when it
    starts. Raises RefusedError (STK-12) where less was drawn than is given: then the dose is not kept either.
    """
    require(act.by, Permission.HANDLE_STOCK)
    rows, left = [], amount_ug
    for container, draw in _draws(session, dose):
        key = _key_for(act, container, draw)
        if earlier := LedgerLine.objects.filter(container=container, key=key).first():
            rows.append(earlier)
            left -= earlier.payload["amount_ug"]
        elif draw.open_ug and left > 0:
            said = Given(draw=draw.number, amount_ug=min(left, draw.open_ug))
            rows.append(keep(container, said, replace(act, key=key), session=session))
            left -= said.amount_ug
    if left > 0:
        raise _NOT_DRAWN
    return rows


@transaction.atomic
def waste(
    session: Session, container_id: UUID, *, draw: int, amount_ug: int, reason: str, act: Act
) -> LedgerLine:
    """Write down that a rest was destroyed in front of a witness, who is `act.second`.

    draw: number of the line that drew it (`LedgerLine.number`, `Open.draw`); 0 for what is left in the
          container itself
    Raises RefusedError without a witness (C05), or for more than is left (STK-01, STK-12).
    """
    require(act.by, Permission.HANDLE_STOCK)
    container = ledger.locked(container_id)
    said = Wasted(draw=draw, amount_ug=amount_ug, reason=reason.strip())
    if row := ledger.kept(container, said, act):
        return row
    return keep(container, said, act, session=session)


def session_balance(session: Session) -> Balance:
    """What the session drew, gave and wasted; `.open` lists what nobody has accounted for yet.

    Never a reason to keep the patient. The cabinet's day does not close while anything is open.
    """
    return balance(str(session.public_id), (held for _, held in ledger.held(_used_by(session))))


def of_visit(session: Session) -> Visit | None:
    """What the visit took out of the cabinet, and what of it is open; None where nothing was drawn."""
    used = [held for _, held in ledger.held(_used_by(session))]
    if not used:
        return None
    found = balance(str(session.public_id), used)
    return Visit(
        sums=sums(found),
        standing=tuple(against_closing(found, limits=load_limits().stock)),
        is_unread=is_unread(session, [held.state for held in used]),
    )


def _used_by(session: Session) -> list[Container]:
    wanted = Container.objects.filter(lines__session=session, lines__kind="drawn").distinct()
    return list(wanted.select_related("product").order_by("own_number"))


def _draws(session: Session, dose: int) -> list[tuple[Container, Draw]]:
    """What was drawn for this dose, oldest container first, each container locked."""
    name = str(session.public_id)
    locked = [ledger.locked(one.public_id) for one in _used_by(session)]
    return [
        (container, draw)
        for container, held in ledger.held(locked)
        for draw in held.state.draws
        if (draw.said.session, draw.said.dose) == (name, dose)
    ]


def _is_drawn_elsewhere(session: Session, dose: int, container: Container) -> bool:
    """Whether another liquid container has been drawn from for this dose, and not all of it wasted."""
    others = [one for one in _used_by(session) if one.pk != container.pk and one.product.strength_ug_ml]
    return any(
        (draw.said.session, draw.said.dose) == (str(session.public_id), dose)
        and draw.wasted_ug < draw.said.amount_ug
        for _, held in ledger.held(others)
        for draw in held.state.draws
    )


def _is_open_too_long(held: Held, *, at: datetime) -> bool:
    opened_at, longest = held.state.opened_at, open_for()
    return opened_at is not None and longest is not None and at - opened_at > longest


def _key_for(act: Act, container: Container, draw: Draw) -> UUID:
    """One act writes a line into each ledger it touches; the same act again finds the same lines."""
    return uuid5(act.key, f"{container.public_id} {draw.number}")


_NOT_DRAWN = RefusedError.of(
    field="amount",
    code="STK-12",
    message="Less was drawn from the cabinet for this dose than is to be given.",
    mend="Write down first what was drawn, and from which container.",
)
