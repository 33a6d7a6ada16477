"""Doses that two people have checked, out of a cabinet that holds what was ordered."""

from datetime import datetime
from uuid import uuid4

from django.utils import timezone
from tests import stock

from slackwater.actions.dose_checks import keeping
from slackwater.actions.dose_checks.keeping import Read, ReadPart
from slackwater.actions.dose_checks.scanning import Scan
from slackwater.actions.stock import doses, ledger
from slackwater.records.models import Container, DoseCheck, Session, User
from slackwater.rules.dosing.double_check import Identifier, Pump
from slackwater.rules.room.log import DoseGiven
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import ul_per_h

BOTH = frozenset(Identifier)


def code_of(vial: Container) -> str:
    """What a scanner reads off it."""
    return f"(01){vial.product.gtin}(17){vial.expiry:%y%m%d}(10){vial.lot}"


def vial_for(session: Session, *, owner: User, at: datetime, ug: int) -> Container:
    """One that so much can be drawn from at that moment; a new one where there is none."""
    found = [
        container
        for container, held in doses.containers_for(session.order)
        if held.state.held_ug >= ug and ledger.lines(container)[0].happened_at <= at
    ]
    if found:
        return found[0]
    ago = (timezone.now() - at).total_seconds() / 60 + 120
    return stock.vials(owner, ago=max(ago, 120))[0]


def read(
    session: Session, vial: Container, *, number: int = 1, ug: int | None = None, **changes: object
) -> Read:
    """Everything as it should be."""
    order = session.order
    ordered = order.dose_ug if number == 1 else order.booster_ug or 0
    amount = ordered if ug is None else ug
    volume = ledger.product_of(vial.product).volume_of(amount)
    seconds = order.duration_s if number == 1 else 0
    facts: dict[str, object] = {
        "number": number,
        "route": Route(order.route),
        "amount_ug": amount,
        "typed_again_ug": None if amount == ordered else amount,
        "identifiers": BOTH,
        "parts": (
            ReadPart(
                scan=Scan(number=number, code=code_of(vial), own=vial.own_number, amount_ug=amount),
                volume_ul=volume,
            ),
        ),
        "pump": Pump(volume_ul=volume, ul_per_h=ul_per_h(volume, s=seconds)) if seconds else None,
    }
    return Read(**(facts | changes))  # type: ignore[arg-type]  # the dataclass checks what is given


def checked(
    session: Session, *, by: User, second: User, owner: User, number: int = 1, ug: int | None = None,
    at: datetime | None = None,
) -> DoseCheck:  # fmt: skip
    """A check of this dose by these two, now unless told otherwise."""
    at = at or timezone.now()
    ordered = session.order.dose_ug if number == 1 else session.order.booster_ug or 0
    vial = vial_for(session, owner=owner, at=at, ug=ug or ordered)
    said = read(session, vial, number=number, ug=ug)
    return keeping.keep(session, said, by=by, second=second, at=at, key=uuid4())


def dose_of(check: DoseCheck) -> DoseGiven:
    """The dose that this check allows."""
    order = check.session.order
    return DoseGiven(
        number=check.number,
        drug=Drug(check.drug),
        route=Route(check.route),
        amount_ug=check.amount_ug,
        duration_s=order.duration_s if check.number == 1 else 0,
        check=str(check.public_id),
    )
