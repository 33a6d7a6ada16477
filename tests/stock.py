"""A cabinet for tests, filled the way the clinic fills it."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from slackwater.actions.stock import counts, products
from slackwater.actions.stock.counts import Handed
from slackwater.actions.stock.ledger import Act
from slackwater.actions.stock.products import Delivery
from slackwater.records.models import Container, User
from slackwater.records.models import Product as ProductRow
from slackwater.rules.stock.counts import Purpose
from slackwater.rules.stock.product import Form, Product
from slackwater.terms.drug import Drug

# GTINs of this project's own tests: numbers GS1 sets aside for use within one company.
GTIN = "02000000000015"


def act(by: User, *, second: User | None = None, at: datetime | None = None, ago: float = 0.0) -> Act:
    """Something done now, or so many minutes ago."""
    at = at or timezone.now()
    return Act(by=by, second=second, at=at, key=uuid4(), happened_at=at - timedelta(minutes=ago))


def vial_product(**changes: object) -> Product:
    """Racemic ketamine, 50 mg/mL, 2 mL."""
    facts: dict[str, object] = {
        "name": "Synthetic ketamine 50 mg/mL, 2 mL",
        "drug": Drug.RACEMIC,
        "form": Form.VIAL,
        "content_ug": 100_000,
        "strength_ug_ml": 50_000,
        "volume_ul": 2000,
    }
    return Product(**(facts | changes))  # type: ignore[arg-type]  # the dataclass checks what is given


def stocked(owner: User) -> ProductRow:
    """The product, stocked."""
    return products.add_product(vial_product(), gtin=GTIN, by=owner, at=timezone.now())


def vials(
    owner: User,
    count: int = 1,
    *,
    expiry: date | None = None,
    ago: float = 60,
    product: ProductRow | None = None,
) -> list[Container]:
    """So many sealed vials, received a while ago."""
    row = product or ProductRow.objects.first() or stocked(owner)
    delivery = Delivery(
        product=row,
        lot="TEST-1",
        expiry=expiry or timezone.localdate() + timedelta(days=400),
        count=count,
    )
    return products.receive(delivery, act=act(owner, ago=ago))


def count(purpose: Purpose, *people: User, **seen_ug: int) -> None:
    """These people count, each sees what the ledger says but for what is named `no_3=...`."""
    for who in people:
        found = {
            one.public_id: seen_ug.get(f"no_{one.own_number}", held.state.held_ug)
            for one, held in counts.here()
        }
        counts.hand_in(Handed(purpose=purpose, seen=found), act=act(who))
