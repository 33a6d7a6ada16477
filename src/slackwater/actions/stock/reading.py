"""What the cabinet's pages show: what is here, what wants doing, and one container line by line."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import cases, counts, ledger
from slackwater.actions.stock.cases import Case
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Container, LedgerLine, User
from slackwater.rules.findings import Finding
from slackwater.rules.stock.counts import Purpose, expiring, is_done, pair
from slackwater.rules.stock.fold import fold
from slackwater.rules.stock.log import Line, Reversed
from slackwater.rules.stock.sessions import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A container in the cabinet, and what there is to say of its last day."""

    container: Container
    held: Held
    expiry: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How far today's count for one purpose has come: nobody, one of two, or both."""

    purpose: Purpose
    n_counted: int
    is_done: bool
    by_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The cabinet now.

    gone:     the last containers that were used up or have left, newest first
    is_blind: whether this person is shown no amounts, since they may be asked to count
    """

    standing: tuple[Standing, ...]
    gone: tuple[Container, ...]
    due: tuple[Finding, ...]
    days: tuple[DayCount, ...]
    cases: tuple[Case, ...]
    is_blind: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line of a ledger, with what the container held once it was written.

    is_struck: whether a later line took it back
    """

    row: LedgerLine
    line: Line
    held_ug: int
    is_struck: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One container's ledger.

    is_whole: whether it is the one that was written, by its own proof
    """

    container: Container
    held: Held
    written: tuple[Written, ...]
    expiry: Finding | None
    is_whole: bool


def overview(*, by: User, at: datetime) -> Overview:
    """The cabinet as this person may see it now."""
    require(by, Permission.SEE_STOCK)
    today, taken, me = timezone.localdate(at), counts.taken(), ledger.person(by.pk)
    days = []
    for purpose in Purpose:
        found = pair(taken, purpose, today)
        done = is_done(taken, purpose, today)
        by_me = any(one.by == me for one in found)
        days.append(DayCount(purpose=purpose, n_counted=len(found), is_done=done, by_me=by_me))
    here = counts.here()
    gone = Container.objects.exclude(pk__in=[one.pk for one, _ in here]).select_related("product")
    return Overview(
        standing=tuple(
            Standing(container=one, held=held, expiry=_expiry(one, held, at=at)) for one, held in here
        ),
        gone=tuple(gone.order_by("-own_number")[:_GONE_SHOWN]),
        due=tuple(counts.due(at=at)),
        days=tuple(days),
        cases=tuple(case for case in cases.every() if case.is_open),
        is_blind=counts.is_blind_for(by, at=at),
    )


def book(container_id: UUID, *, by: User, at: datetime) -> Book | None:
    """One container and its ledger; None where there is no such container."""
    require(by, Permission.SEE_STOCK)
    container = Container.objects.select_related("product").filter(public_id=container_id).first()
    if container is None:
        return None
    ((_, held),) = ledger.held([container])
    return Book(
        container=container,
        held=held,
        written=written(container),
        expiry=_expiry(container, held, at=at),
        is_whole=ledger.check(container).fault is None,
    )


def written(container: Container) -> tuple[Written, ...]:
    """Every line of a container's ledger, each with what was in it after it."""
    rows = ledger.rows(container)
    lines = [ledger.line(row) for row in rows]
    struck = {one.said.number for one in lines if isinstance(one.said, Reversed)}
    return tuple(
        Written(row=row, line=line, held_ug=fold(lines[: index + 1]).held_ug, is_struck=line.number in struck)
        for index, (row, line) in enumerate(zip(rows, lines, strict=True))
    )


def _expiry(container: Container, held: Held, *, at: datetime) -> Finding | None:
    today = timezone.localdate(at)
    return expiring(container.expiry, held.state, today=today, limits=load_limits().stock)


# Older ones are in the ledger on paper.
_GONE_SHOWN = 20
