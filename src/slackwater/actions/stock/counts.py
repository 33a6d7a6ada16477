"""Counting the cabinet: two people, one after the other, neither shown what to expect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import cases, ledger
from slackwater.actions.stock.keeping import keep, refuse
from slackwater.actions.stock.ledger import Act
from slackwater.actions.stock.stopped import unread_since
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Container, LedgerLine, Role, StockCount, User
from slackwater.rules.findings import Finding
from slackwater.rules.stock import counts as rules
from slackwater.rules.stock.counts import Purpose, Taken, differences
from slackwater.rules.stock.log import Counted
from slackwater.rules.stock.sessions import Held
from slackwater.terms.refusal import Problem, RefusedError

LONGEST_NOTE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What one person saw, container by container, in micrograms, and a note about anything else."""

    purpose: Purpose
    seen: Mapping[UUID, int]
    note: str = ""


def here(*, lock: bool = False) -> list[tuple[Container, Held]]:
    """Every container that somebody who looks should find, in the order of their numbers."""
    last = LedgerLine.objects.filter(container=OuterRef("pk"), kind__in=("returned", "disposed"))
    found = Container.objects.filter(~Exists(last)).select_related("product").order_by("own_number")
    if lock:
        found = found.select_for_update(of=("self",))
    return [one for one in ledger.held(found) if one[1].state.is_here]


def taken() -> list[Taken]:
    """Every count there was."""
    return [
        Taken(purpose=Purpose(row.purpose), day=row.day, by=ledger.person(row.by_id), at=row.happened_at)
        for row in StockCount.objects.all()
    ]


def due(*, at: datetime) -> list[Finding]:
    """Which counts are due today."""
    return list(rules.due(taken(), today=timezone.localdate(at), limits=load_limits().stock))


def is_blind_for(user: User, *, at: datetime) -> bool:
    """Whether this person is not shown contents now: they may be asked to count, and a count is under way,
    or the day is not opened yet.
    """
    today, found = timezone.localdate(at), taken()
    is_opened = rules.is_done(found, Purpose.OPENING, today)
    return user.role != Role.OWNER and (not is_opened or rules.is_under_way(found, today))


def against(purpose: Purpose, *, by: User, at: datetime) -> list[Finding]:
    """What stands against this person's handing in this count now."""
    wanted = Taken(purpose=purpose, day=timezone.localdate(at), by=ledger.person(by.pk), at=at)
    return list(_against(wanted, taken(), here()))


@transaction.atomic
def hand_in(handed: Handed, *, act: Act) -> StockCount:
    """Keep one person's count: a line in every container's ledger, and a case for each difference.

    The ledgers are locked together, and each container is compared with its own at that moment, so a draw
    before it or after it changes nothing. The same act again gives the count it kept.
    Raises RefusedError where somebody counts twice, where two have counted, where a container is missing
    from the list or is not here, and where the day cannot close.
    """
    require(act.by, Permission.HANDLE_STOCK)
    if row := StockCount.objects.filter(public_id=act.key).first():
        return row
    found, day = here(lock=True), timezone.localdate(act.moment)
    wanted = Taken(purpose=handed.purpose, day=day, by=ledger.person(act.by.pk), at=act.moment)
    before = taken()
    refuse(_against(wanted, before, found))
    _check(handed, found)
    row = StockCount.objects.create(
        public_id=act.key,
        purpose=handed.purpose.value,
        day=day,
        place=len(rules.pair(before, handed.purpose, day)) + 1,
        happened_at=act.moment,
        by=act.by,
        by_name=act.by.shown_name,
        note=handed.note.strip(),
    )
    for container, one in found:
        _keep(row, container, one, handed.seen[container.public_id], act)
    audit.keep(
        audit.Act.STOCK_COUNTED, by=act.by, at=act.at, subject=act.key, purpose=row.purpose, place=row.place
    )
    return row


def _against(wanted: Taken, before: list[Taken], found: list[tuple[Container, Held]]) -> Iterator[Finding]:
    is_closing = wanted.purpose is Purpose.CLOSING
    return rules.against_count(
        wanted,
        before,
        [held for _, held in found],
        unread=unread_since(rules.closed_since(before)) if is_closing else (),
        limits=load_limits().stock,
    )


def _keep(row: StockCount, container: Container, held: Held, seen_ug: int, act: Act) -> None:
    line_act = Act(
        by=act.by,
        at=act.at,
        key=uuid5(act.key, str(container.public_id)),
        happened_at=act.happened_at,
    )
    keep(container, Counted(count=str(row.public_id), seen_ug=seen_ug), line_act)
    for found in differences({container.name: seen_ug}, {container.name: held.state.held_ug}):
        words = f"{Purpose(row.purpose).label} of {row.day.isoformat()}, counted by {row.by_name}."
        cases.differed(container, found, words, act=line_act)


def _check(handed: Handed, found: list[tuple[Container, Held]]) -> None:
    wanted = {container.public_id: container for container, _ in found}
    problems = [
        Problem(
            field=f"seen_{one.own_number}",
            code="not-counted",
            message=f"{one.name.capitalize()} was not counted.",
            mend="Look for it; if it is not there, write 0.",
        )
        for key, one in wanted.items()
        if key not in handed.seen
    ]
    if set(handed.seen) - set(wanted):
        problems.append(
            Problem(
                field="seen",
                code="not-here",
                message="Something was counted that has left the cabinet since this page was opened.",
                mend="Load the page again and count what is there now.",
            )
        )
    problems += [
        Problem(
            field=f"seen_{one.own_number}",
            code="too-much",
            message=f"{one.name.capitalize()} cannot hold so much.",
            mend="Write what is in it by its label at most; say the rest in the note.",
        )
        for key, one in wanted.items()
        if not 0 <= handed.seen.get(key, 0) <= one.product.content_ug
    ]
    if len(handed.note) > LONGEST_NOTE:
        problems.append(
            Problem(
                field="note",
                code="too-long",
                message="The note is too long.",
                mend="Write at most 400 characters.",
            )
        )
    if problems:
        raise RefusedError(*problems)
