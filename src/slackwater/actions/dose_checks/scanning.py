"""What a scanned code is: which container of the cabinet, and what speaks against drawing a dose from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from slackwater.actions.stock import ledger
from slackwater.actions.stock.keeping import findings as against_movement
from slackwater.actions.stock.ledger import Act
from slackwater.actions.stock.products import stocked
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Container, Session, User
from slackwater.records.models import Product as ProductRow
from slackwater.rules.dosing.check_words import look_alike
from slackwater.rules.dosing.double_check import (
    Code,
    Vial,
    Wanted,
    against_vial,
    not_received,
    unknown_code,
)
from slackwater.rules.findings import Finding, barring
from slackwater.rules.stock.fold import Place
from slackwater.rules.stock.log import Drawn
from slackwater.rules.stock.scan import Scanned, read_scan
from slackwater.terms.refusal import RefusedError

# Said with more in it by the check itself (CHK-03, CHK-07, CHK-09).
_SAID_HERE = frozenset({"STK-09", "STK-11"})
_OWN_NUMBER_DIGITS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What is asked of a code.

    own:       the clinic's own number on the container, where its code does not tell it from others
    amount_ug: how much of the dose is to come out of it; a device gives what it holds
    """

    number: int
    code: str
    amount_ug: int
    own: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several that a code fits."""

    container: Container
    is_opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What it is. `choices` are containers that this code fits, where it fits more than one."""

    findings: tuple[Finding, ...] = ()
    container: Container | None = None
    vial: Vial | None = None
    amount_ug: int = 0
    volume_ul: int = 0
    choices: tuple["Choice", ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether the dose may be drawn from it."""
        return self.vial is not None and not barring(self.findings)


def look(session: Session, scan: Scan, wanted: Wanted, *, by: User, at: datetime) -> Seen:
    """What this code is. Raises RefusedError where it cannot be read at all."""
    limits = load_limits().checks
    if look_alike(scan.code):
        return Seen(findings=(unknown_code(scan.code, limits=limits),))
    code, products = _read(scan)
    if not products:
        return Seen(findings=(unknown_code(scan.code, limits=limits),))
    found = _containers(products, code, scan)
    if not found:
        return Seen(findings=(not_received(products[0].name, limits=limits),))
    stands = ledger.held(found)
    here = [one for one, held in stands if held.state.place is Place.HERE and held.state.held_ug]
    if len(here) > 1:
        opened = {one.pk for one, held in stands if held.state.is_opened}
        return Seen(choices=tuple(Choice(container=one, is_opened=one.pk in opened) for one in here))
    container = here[0] if here else found[-1]
    vial, volume, amount = _vial(container, wanted), 0, container.product.content_ug
    if vial.strength_ug_ml:
        amount = scan.amount_ug
        volume = ledger.product_of(container.product).volume_of(amount)
    said = Drawn(
        amount_ug=amount,
        volume_ul=volume,
        session=str(session.public_id),
        patient=str(session.patient.public_id),
        dose=scan.number,
    )
    act = Act(by=by, at=at, key=uuid4())
    stock = against_movement(container, said, act, session=session)
    label = Code(lot=code.lot, expiry=code.expiry)
    return Seen(
        findings=(
            *against_vial(vial, label, wanted, limits=limits),
            *(one for one in stock if one.id not in _SAID_HERE),
        ),
        container=container,
        vial=vial,
        amount_ug=amount,
        volume_ul=volume,
    )


def _read(scan: Scan) -> tuple[Scanned, Sequence[ProductRow]]:
    """What the code says, and the products that it can be of."""
    text = scan.code.strip()
    if text.isascii() and text.isdigit() and len(text) <= _OWN_NUMBER_DIGITS:
        found = Container.objects.filter(own_number=int(text)).select_related("product").first()
        if found is not None and found.product.gtin:
            raise _SCAN_IT
        return Scanned(), [found.product] if found else []
    code = read_scan(text, field="code")
    if not code.gtin:
        raise _NO_PRODUCT
    return code, list(ProductRow.objects.filter(gtin=code.gtin))


def _containers(products: Sequence[ProductRow], code: Scanned, scan: Scan) -> list[Container]:
    """Those that the code fits, and the number that somebody chose; by lot only where that finds any."""
    found = Container.objects.filter(product__in=products).select_related("product").order_by("own_number")
    if not code.gtin:
        return list(found.filter(own_number=int(scan.code.strip())))
    if code.serial:
        found = found.filter(serial=code.serial)
    if scan.own is not None:
        # What the label says is then compared with what came in under that number.
        return list(found.filter(own_number=scan.own))
    of_the_lot = found.filter(lot=code.lot) if code.lot else found
    return list(of_the_lot) if code.serial == "" else list(found)


def _vial(container: Container, wanted: Wanted) -> Vial:
    product = ledger.product_of(container.product)
    rival = stocked().filter(drug=product.drug.value, form=product.form.value).first()
    return Vial(
        name=container.name,
        product=product.name,
        drug=product.drug,
        content_ug=product.content_ug,
        strength_ug_ml=product.strength_ug_ml,
        stocked_ug_ml=rival.strength_ug_ml if rival else product.strength_ug_ml,
        lot=container.lot,
        expiry=container.expiry,
        serves=product.serves(product.drug, wanted.route),
    )


_SCAN_IT = RefusedError.of(
    field="code",
    code="not-scanned",
    message="This container has a code: its number alone does not say what is in it.",
    mend="Scan the code on the container, or type what stands below it.",
)
_NO_PRODUCT = RefusedError.of(
    field="code",
    code="no-product",
    message="This code does not say what the product is.",
    mend="Scan the code on the container itself, not the one on its box.",
)
