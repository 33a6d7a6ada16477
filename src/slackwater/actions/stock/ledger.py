"""A container's ledger between its rows, the rules' values and the proof; and adding to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from slackwater.actions.clock import to_milliseconds
from slackwater.proofs.leaf import NOTHING_BEFORE, Link, Verdict, leaf, verify
from slackwater.proofs.leaf import Line as Proof
from slackwater.records.models import Container, LedgerLine, Session, User
from slackwater.records.models import Product as ProductRow
from slackwater.rules.stock.fold import Container as State
from slackwater.rules.stock.fold import fold
from slackwater.rules.stock.log import KIND_OF, Line, MovementKind, Said
from slackwater.rules.stock.product import Form, Product
from slackwater.rules.stock.sessions import Held
from slackwater.rules.stock.wire import parse_said, said_json
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does it, who else saw it, when, and under which key; the same key is the same act.

    at:          the wall's time
    happened_at: when it was done, by the wall's clock; None for now
    second:      given back by `second_person.confirm`, and by nothing else
    """

    by: User
    at: datetime
    key: UUID
    happened_at: datetime | None = None
    second: User | None = None

    @property
    def moment(self) -> datetime:
        """When it was done, in whole milliseconds."""
        return to_milliseconds(self.happened_at or self.at)


def product_of(row: ProductRow) -> Product:
    """A product as the rules read it."""
    return Product(
        name=row.name,
        drug=Drug(row.drug),
        form=Form(row.form),
        content_ug=row.content_ug,
        strength_ug_ml=row.strength_ug_ml,
        volume_ul=row.volume_ul,
        is_single_use=row.is_single_use,
    )


def rows(container: Container) -> list[LedgerLine]:
    """Every line, in order."""
    return list(LedgerLine.objects.filter(container=container).select_related("session").order_by("number"))


def line(row: LedgerLine) -> Line:
    """A line as the rules read it."""
    return Line(
        number=row.number,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        by=person(row.by_id),
        witness=person(row.witness_id),
        said=parse_said(MovementKind(row.kind), row.payload),
    )


def lines(container: Container) -> tuple[Line, ...]:
    """The whole ledger as the rules read it."""
    return tuple(map(line, rows(container)))


def state(container: Container) -> State:
    """The container as its ledger leaves it."""
    return fold(lines(container))


def held(containers: Iterable[Container]) -> list[tuple[Container, Held]]:
    """Each of these containers with its state, read in one go."""
    wanted = list(containers)
    by_container: dict[int, list[Line]] = {one.pk: [] for one in wanted}
    found = LedgerLine.objects.filter(container__in=wanted).order_by("container", "number")
    for row in found:
        by_container[row.container_id].append(line(row))
    return [
        (
            one,
            Held(
                name=one.name,
                state=fold(by_container[one.pk]),
                is_single_use=one.product.is_single_use,
            ),
        )
        for one in wanted
    ]


def check(container: Container) -> Verdict:
    """Whether the ledger is the one that was written, from its first line to its last."""
    links = (
        Link(line=_proof(row, container), previous=row.previous, leaf=row.leaf) for row in rows(container)
    )
    return verify(links, session=_name(container))


def locked(container_id: UUID) -> Container:
    """The container, so that nobody else adds a line until the transaction ends.

    Raises RefusedError where there is none.
    """
    found = (
        Container.objects.select_for_update(of=("self",))
        .select_related("product")
        .filter(public_id=container_id)
        .first()
    )
    if found is None:
        raise UNKNOWN
    return found


def person(pk: int | None) -> str:
    """How a ledger names somebody for good."""
    return "" if pk is None else f"user:{pk}"


def kept(container: Container, said: Said, act: Act) -> LedgerLine | None:
    """The line that this act has written before; None where it is new.

    Raises RefusedError where its key was used for something else.
    """
    row = LedgerLine.objects.filter(container=container, key=act.key).first()
    if row is None:
        return None
    if (row.kind, row.payload, row.by_id) != (KIND_OF[type(said)].value, said_json(said), act.by.pk):
        raise _KEY_REUSED
    return row


def add(container: Container, said: Said, act: Act, *, session: Session | None = None) -> LedgerLine:
    """Add a line to the ledger of a locked container, once the rules have nothing against it."""
    last = LedgerLine.objects.filter(container=container).order_by("-number").first()
    row = LedgerLine(
        container=container,
        number=last.number + 1 if last else 1,
        key=act.key,
        kind=KIND_OF[type(said)].value,
        payload=said_json(said),
        session=session,
        happened_at=act.moment,
        recorded_at=to_milliseconds(act.at),
        by=act.by,
        by_name=act.by.shown_name,
        by_role=act.by.role,
        witness=act.second,
        witness_name=act.second.shown_name if act.second else "",
        previous=last.leaf if last else NOTHING_BEFORE,
    )
    row.leaf = leaf(_proof(row, container), previous=row.previous)
    row.save(force_insert=True)
    return row


def _proof(row: LedgerLine, container: Container) -> Proof:
    return Proof(
        session=_name(container),
        sequence=row.number,
        key=str(row.key),
        kind=row.kind,
        # The witness is hashed with the movement, so nobody can be put in their place later.
        payload={**row.payload, "witness": person(row.witness_id), "witness_name": row.witness_name},
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        by=person(row.by_id),
        by_name=row.by_name,
        by_role=row.by_role,
    )


def _name(container: Container) -> str:
    """What stands in a leaf where a session's log has its session: which container, and what is in it."""
    product = container.product
    return (
        f"ledger of {container.public_id} lot {container.lot} expiry {container.expiry.isoformat()}"
        f" product {product.public_id} {product.content_ug} {product.strength_ug_ml}"
    )


UNKNOWN = RefusedError.of(
    field="container",
    code="unknown",
    message="There is no such container.",
    mend="Look for it by its number, or scan it again.",
)
_KEY_REUSED = RefusedError.of(
    field="key",
    code="key-reused",
    message="This key was used before, for something else.",
    mend="Send it again with a key of its own.",
)
