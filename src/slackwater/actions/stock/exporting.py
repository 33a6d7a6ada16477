"""The ledger over some days, for paper and for a table; that it was drawn up is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import counts, ledger
from slackwater.actions.stock.reading import Written, written
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Container, User
from slackwater.reports.ledger import Ledger, Part, Row
from slackwater.rules.stock.fold import fold
from slackwater.rules.stock.told import told
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days of the clinic's calendar, both included."""

    first: date
    last: date


def export(period: Period, *, form: str, by: User, at: datetime) -> Ledger:
    """The ledger over these days.

    form: "pdf" or "csv", for the audit row
    Raises RefusedError for days in the wrong order, and while this person may be asked to count.
    """
    require(by, Permission.SEE_STOCK)
    if period.first > period.last:
        raise _ORDER
    if counts.is_blind_for(by, at=at):
        raise _BLIND
    containers = list(Container.objects.select_related("product").order_by("own_number"))
    parts = [_part(one, period) for one in containers]
    audit.keep(
        audit.Act.LEDGER_EXPORTED,
        by=by,
        at=at,
        form=form,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
    )
    return Ledger(
        clinic=settings.CLINIC_NAME,
        first=period.first,
        last=period.last,
        parts=tuple(part for part in parts if part.rows or part.before.is_here),
        kept=kept_for(),
        is_whole=all(ledger.check(one).fault is None for one in containers),
        is_demo=settings.DEMO,
        drawn_at=at,
        zone=timezone.get_default_timezone(),
    )


def kept_for() -> str:
    """How long a ledger is kept, and on what that rests."""
    kept = load_limits().stock.stock_kept
    return f"Kept for at least {kept.value} years; nothing in it is ever deleted. Source: {kept.source}."


def _part(container: Container, period: Period) -> Part:
    all_lines = written(container)
    until = [one for one in all_lines if _day(one) <= period.last]
    before = [one for one in until if _day(one) < period.first]
    return Part(
        name=container.name,
        product=container.product.name,
        lot=container.lot,
        serial=container.serial,
        expiry=container.expiry,
        before=fold([one.line for one in before]),
        after=fold([one.line for one in until]),
        rows=tuple(_row(one) for one in until[len(before) :]),
    )


def _row(one: Written) -> Row:
    return Row(
        number=one.line.number,
        happened_at=one.row.happened_at,
        written_at=one.row.recorded_at,
        kind=one.row.kind,
        words=told(one.line.said),
        held_ug=one.held_ug,
        is_struck=one.is_struck,
        visit=str(one.row.session.public_id) if one.row.session else "",
        by=one.row.by_name,
        role=one.row.by_role,
        witness=one.row.witness_name,
    )


def _day(one: Written) -> date:
    return timezone.localdate(one.row.recorded_at)


_ORDER = RefusedError.of(
    field="first", code="order", message="The first day is after the last.", mend="Check both days."
)
_BLIND = RefusedError.of(
    field="first",
    code="blind",
    message="A count is due or under way, and whoever may be asked to count is not shown what to expect.",
    mend="Count first, or ask the clinic's owner.",
)
