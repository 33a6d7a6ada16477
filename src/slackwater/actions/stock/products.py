"""Products that are stocked, and containers that come in."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid5

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import ledger
from slackwater.actions.stock.keeping import keep, refuse
from slackwater.actions.stock.ledger import Act
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Container, LedgerLine, ProductRetired, User
from slackwater.records.models import Product as ProductRow
from slackwater.rules.stock.log import Received
from slackwater.rules.stock.product import Product, against_product
from slackwater.terms.refusal import Problem, RefusedError

MOST_AT_ONCE = 50
LONGEST_CODE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Containers of one product that came in together.

    serial: of a single container; a delivery of several has none
    """

    product: ProductRow
    lot: str
    expiry: date
    count: int = 1
    serial: str = ""


def stocked() -> QuerySet[ProductRow]:
    """The products of which more may come in."""
    return ProductRow.objects.filter(retired__isnull=True)


@transaction.atomic
def add_product(product: Product, *, gtin: str, by: User, at: datetime) -> ProductRow:
    """Stock a product. Raises RefusedError for a second strength (S01) and for a blocker (S05)."""
    require(by, Permission.RECEIVE_STOCK)
    refuse(against_product(product, map(ledger.product_of, stocked()), limits=load_limits().stock))
    if gtin and ProductRow.objects.filter(gtin=gtin).exists():
        raise _refused("gtin", "taken", "Another product has this barcode.", "Scan it again.")
    row = ProductRow.objects.create(
        name=product.name,
        drug=product.drug.value,
        form=product.form.value,
        content_ug=product.content_ug,
        strength_ug_ml=product.strength_ug_ml,
        volume_ul=product.volume_ul,
        is_single_use=product.is_single_use,
        gtin=gtin,
        added_at=at,
        added_by=by,
    )
    audit.keep(audit.Act.PRODUCT_ADDED, by=by, at=at, subject=row.public_id)
    return row


@transaction.atomic
def retire_product(row: ProductRow, *, by: User, at: datetime) -> None:
    """Stock no more of it. Another strength may come in only when none of this one is left.

    Raises RefusedError while any of it is in the cabinet.
    """
    require(by, Permission.RECEIVE_STOCK)
    containers = list(Container.objects.select_for_update(of=("self",)).filter(product=row))
    if any(held.state.is_here for _, held in ledger.held(containers)):
        raise _refused(
            "product",
            "still-here",
            "Some of it is still in the cabinet.",
            "Use it up, send it back or hand it over first: two strengths side by side have killed people.",
        )
    ProductRetired.objects.get_or_create(product=row, defaults={"at": at, "by": by})
    audit.keep(audit.Act.PRODUCT_RETIRED, by=by, at=at, subject=row.public_id)


def receive(delivery: Delivery, *, act: Act) -> list[Container]:
    """Take containers in, each with a number of its own and the first line of its ledger.

    The same act again gives those it took in. Raises RefusedError for a product that is not stocked, a day
    that has passed, a serial number that is here already, and more than fifty at once.
    """
    require(act.by, Permission.RECEIVE_STOCK)
    _check(delivery, act)
    try:
        with transaction.atomic():
            return [_receive(delivery, replaced(act, number)) for number in range(delivery.count)]
    except IntegrityError:
        # Two deliveries were numbered at once, or this one came twice: whoever lost tries again by hand.
        raise _refused(
            "lot",
            "changed",
            "Somebody else received at the same moment.",
            "Look at the cabinet, then try again.",
        ) from None


def replaced(act: Act, number: int) -> Act:
    """The act of one container of a delivery."""
    return Act(
        by=act.by,
        at=act.at,
        key=uuid5(act.key, str(number)),
        happened_at=act.happened_at,
        second=act.second,
    )


def _receive(delivery: Delivery, act: Act) -> Container:
    if row := LedgerLine.objects.filter(key=act.key, number=1).select_related("container__product").first():
        return row.container
    last = Container.objects.aggregate(last=Max("own_number"))["last"] or 0
    container = Container.objects.create(
        product=delivery.product,
        own_number=last + 1,
        lot=delivery.lot,
        serial=delivery.serial,
        expiry=delivery.expiry,
    )
    keep(container, Received(content_ug=delivery.product.content_ug), act)
    return container


def _check(delivery: Delivery, act: Act) -> None:
    problems = []
    if ProductRetired.objects.filter(product=delivery.product).exists():
        problems.append(
            _problem("product", "retired", "This product is no longer stocked.", "Choose one that is.")
        )
    if not 1 <= delivery.count <= MOST_AT_ONCE or (delivery.serial and delivery.count != 1):
        problems.append(
            _problem(
                "count",
                "count",
                "One serial number is one container." if delivery.serial else "That many come in one by one.",
                f"Receive 1 to {MOST_AT_ONCE} without serial numbers, or one with its own.",
            )
        )
    for name, text in (("lot", delivery.lot), ("serial", delivery.serial)):
        if len(text) > LONGEST_CODE or not text.isprintable() or (name == "lot" and not text.strip()):
            problems.append(
                _problem(
                    name, "unreadable", f"This {name} cannot be kept.", "Type it as it stands on the label."
                )
            )
    if delivery.expiry <= act.moment.date():
        problems.append(
            _problem(
                "expiry",
                "STK-03",
                "It has expired already, or expires today.",
                "Do not take it in: send it back with whoever brought it.",
            )
        )
    if _is_here(delivery, act):
        problems.append(
            _problem("serial", "STK-05", "This container is in the ledger already.", "Look it up instead.")
        )
    if problems:
        raise RefusedError(*problems)


def _is_here(delivery: Delivery, act: Act) -> bool:
    same = Container.objects.filter(product=delivery.product, serial=delivery.serial)
    ours = LedgerLine.objects.filter(key=uuid5(act.key, "0"), number=1).values("container")
    return bool(delivery.serial) and same.exclude(pk__in=ours).exists()


def _refused(field: str, code: str, message: str, mend: str) -> RefusedError:
    return RefusedError(_problem(field, code, message, mend))


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)
