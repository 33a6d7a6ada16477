"""The demonstration's cabinet: vials of an invented product, and the check of each dose that is played."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from slackwater.actions.demo import people
from slackwater.actions.dose_checks import keeping
from slackwater.actions.dose_checks.keeping import Read, ReadPart
from slackwater.actions.dose_checks.scanning import Scan
from slackwater.actions.stock import doses, ledger, moves, products
from slackwater.actions.stock.ledger import Act
from slackwater.actions.stock.products import Delivery
from slackwater.records.models import Container, DoseCheck, LedgerLine, Role, Session
from slackwater.records.models import Product as ProductRow
from slackwater.rules.dosing.double_check import Identifier, Pump
from slackwater.rules.room.log import DoseGiven
from slackwater.rules.stock.log import MovementKind, Opened, SetAside, Wasted
from slackwater.rules.stock.product import Form, Product
from slackwater.terms.drug import Drug
from slackwater.units import ul_per_h

# GS1 sets numbers that begin so aside for use within one house: no product anywhere has this one.
GTIN = "02000000000022"
_PRODUCT = Product(
    name="Synthetic ketamine 50 mg/mL, 2 mL",
    drug=Drug.RACEMIC,
    form=Form.VIAL,
    content_ug=100_000,
    strength_ug_ml=50_000,
    volume_ul=2000,
)
_LOT = "DEMO-1"
_EXPIRY = date(2099, 12, 31)
_FOR_VISITORS = 6
_FRESH = timedelta(minutes=4)
_SPOILED_UG = 40_000


def code_of(container: Container) -> str:
    """What a scanner would read off it: an invented product has an invented code."""
    return f"(01){GTIN}(17){container.expiry:%y%m%d}(10){container.lot}(21){container.serial}"


def fill(*, wall: datetime) -> None:
    """See to it that whoever tries a dose finds a sealed vial, and whoever opens a ledger a history."""
    for _ in range(_FOR_VISITORS - len(_sealed(before=wall))):
        _receive(at=wall)
    if not LedgerLine.objects.filter(kind=MovementKind.SET_ASIDE.value).exists():
        _set_aside(_receive(at=wall), wall=wall)


def checked(session: Session, dose: DoseGiven, *, wall: datetime) -> DoseGiven:
    """The dose, with the check by the two who are played; one that is fresh is used again."""
    row = DoseCheck.objects.filter(session=session, number=dose.number, at__gt=wall - _FRESH).last()
    if row is None:
        row = keeping.keep(
            session,
            _read(_vial(session, before=wall), dose),
            by=people.staff(Role.MONITOR),
            second=people.staff(Role.PRESCRIBER),
            at=wall,
            key=uuid4(),
        )
    return replace(dose, check=str(row.public_id))


def put_away(session: Session, *, wall: datetime) -> None:
    """Waste what is left of what this session opened, in front of the prescriber."""
    for container in Container.objects.filter(lines__session=session).distinct().select_related("product"):
        held = ledger.state(container).held_ug
        if held:
            act = Act(
                by=people.staff(Role.MONITOR), second=people.staff(Role.PRESCRIBER), at=wall, key=uuid4()
            )
            reason = "Rest of the vial."
            doses.waste(session, container.public_id, draw=0, amount_ug=held, reason=reason, act=act)


def _read(vial: Container, dose: DoseGiven) -> Read:
    volume = _PRODUCT.volume_of(dose.amount_ug)
    scan = Scan(number=dose.number, code=code_of(vial), amount_ug=dose.amount_ug)
    rate = ul_per_h(volume, s=dose.duration_s) if dose.duration_s else 0
    return Read(
        number=dose.number,
        route=dose.route,
        amount_ug=dose.amount_ug,
        typed_again_ug=dose.amount_ug,
        identifiers=frozenset(Identifier),
        parts=(ReadPart(scan=scan, volume_ul=volume),),
        pump=Pump(volume_ul=volume, ul_per_h=rate) if rate else None,
    )


def _vial(session: Session, *, before: datetime) -> Container:
    """The one that this session opened, or a sealed one that was here by then."""
    opened = Container.objects.filter(lines__session=session, lines__kind="drawn").first()
    return opened or next(iter(_sealed(before=before)), None) or _receive(at=before)


def _set_aside(vial: Container, *, wall: datetime) -> None:
    """Opened, a part of it wasted in front of a witness, then set aside: nothing is drawn from it."""
    monitor, prescriber = people.staff(Role.MONITOR), people.staff(Role.PRESCRIBER)
    wasted = Wasted(draw=0, amount_ug=_SPOILED_UG, reason="An invented one: drawn up and not needed.")
    aside = SetAside(reason="An invented one: its label came off.")
    for said, second in ((Opened(), None), (wasted, prescriber), (aside, None)):
        moves.move(vial.public_id, said, act=Act(by=monitor, second=second, at=wall, key=uuid4()))


def _sealed(*, before: datetime) -> list[Container]:
    here = LedgerLine.objects.filter(number=1, happened_at__lte=before).values("container")
    used = LedgerLine.objects.filter(number__gt=1).values("container")
    found = Container.objects.filter(pk__in=here, product__gtin=GTIN).exclude(pk__in=used)
    return list(found.select_related("product").order_by("own_number"))


def _receive(*, at: datetime) -> Container:
    row = ProductRow.objects.filter(gtin=GTIN).first()
    owner = people.staff(Role.OWNER)
    row = row or products.add_product(_PRODUCT, gtin=GTIN, by=owner, at=at)
    serial = f"D{Container.objects.count() + 1:04d}"
    delivery = Delivery(product=row, lot=_LOT, expiry=_EXPIRY, serial=serial)
    return products.receive(delivery, act=Act(by=owner, at=at, key=uuid4()))[0]
