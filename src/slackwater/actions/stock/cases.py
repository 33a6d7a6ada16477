"""Cases about differences: opened by a count or a loss, added to, closed by two, never edited."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import ledger
from slackwater.actions.stock.keeping import keep, refuse
from slackwater.actions.stock.ledger import Act
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import CaseLine, Container
from slackwater.rules.findings import Finding
from slackwater.rules.stock.counts import Difference, against_case_closing, reporting
from slackwater.rules.stock.log import Adjusted, Loss, Lost
from slackwater.rules.stock.wire import LONGEST_REASON
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case, from its lines."""

    lines: tuple[CaseLine, ...]

    @property
    def id(self) -> UUID:
        return self.first.case

    @property
    def first(self) -> CaseLine:
        return self.lines[0]

    @property
    def is_open(self) -> bool:
        return all(line.kind != "closed" for line in self.lines)

    @property
    def is_loss(self) -> bool:
        """Whether a loss opened it, which has put the ledger right already."""
        return self.first.kind == "lost"

    @property
    def to_report(self) -> Finding | None:
        """What has to be reported outside the clinic, where something is missing."""
        is_missing = self.is_loss and self.first.words.startswith(Loss.MISSING.label)
        return reporting(Loss.MISSING, limits=load_limits().stock) if is_missing else None

    @property
    def deltas(self) -> tuple[int, ...]:
        """By how much the ledger may be put right: not at all, or as some count has seen it."""
        seen = {
            line.seen_ug - line.expected_ug
            for line in self.lines
            if line.kind in ("opened", "seen") and line.seen_ug is not None and line.expected_ug is not None
        }
        return (0, *sorted(seen))


def every() -> list[Case]:
    """Every case, the open ones first, then the newest."""
    found: dict[UUID, list[CaseLine]] = {}
    for line in CaseLine.objects.select_related("container__product").order_by("case", "number"):
        found.setdefault(line.case, []).append(line)
    cases = [Case(lines=tuple(lines)) for lines in found.values()]
    return sorted(cases, key=lambda one: (not one.is_open, -one.first.at.timestamp(), one.first.pk))


def one(case_id: UUID) -> Case:
    """The case. Raises RefusedError where there is none."""
    lines = CaseLine.objects.filter(case=case_id).select_related("container__product").order_by("number")
    if not lines:
        raise RefusedError.of(
            field="case", code="unknown", message="There is no such case.", mend="Look at the list again."
        )
    return Case(lines=tuple(lines))


def open_of(container: Container) -> Case | None:
    """The open case that a count of this container has made, if there is one."""
    lines = CaseLine.objects.filter(container=container, kind="opened").order_by("-pk")
    found = (one(line.case) for line in lines)
    return next((case for case in found if case.is_open), None)


def differed(container: Container, found: Difference, words: str, *, act: Act) -> CaseLine:
    """A count of a locked container differed: open a case, or add to the one that is open about it."""
    case = open_of(container)
    line = _next(case, container, "seen" if case else "opened", words, act)
    line.expected_ug, line.seen_ug = found.expected_ug, found.seen_ug
    line.save(force_insert=True)
    return line


def lost(container: Container, said: Lost, *, before_ug: int, act: Act) -> CaseLine:
    """A loss was written down for a locked container: open a case about it."""
    line = _next(None, container, "lost", f"{said.how.label}. {said.reason}", act)
    line.expected_ug, line.seen_ug = before_ug, before_ug - said.amount_ug
    line.save(force_insert=True)
    return line


@transaction.atomic
def note(case_id: UUID, words: str, *, act: Act) -> CaseLine:
    """Add what somebody knows to an open case."""
    require(act.by, Permission.SEE_STOCK)
    case = _locked(case_id)
    if not case.is_open:
        raise RefusedError.of(
            field="words",
            code="STK-14",
            message="This case is closed. Closed cases stay as they are.",
            mend="Tell the clinic's owner; a count that differs again opens another.",
        )
    line = _next(case, case.first.container, "noted", words, act)
    line.save(force_insert=True)
    return line


@transaction.atomic
def close(case_id: UUID, words: str, *, delta_ug: int, act: Act) -> CaseLine:
    """Close a case, by the clinic's owner and somebody else, with what was found.

    delta_ug: by how much the ledger is put right, by a line of its own: one of the case's `deltas`
    Raises RefusedError for a case that is closed, for one person twice, and for any other amount.
    """
    require(act.by, Permission.CLOSE_STOCK_CASE)
    if act.second is not None:
        require(act.second, Permission.WITNESS_STOCK)
    case = _locked(case_id)
    by, second = ledger.person(act.by.pk), ledger.person(act.second.pk) if act.second else ""
    limits = load_limits().stock
    refuse(against_case_closing(by, second, words, is_open=case.is_open, limits=limits))
    if delta_ug not in case.deltas:
        raise _NO_SUCH_DELTA
    line = _next(case, case.first.container, "closed", words, act)
    line.save(force_insert=True)
    if delta_ug:
        said = Adjusted(delta_ug=delta_ug, case=str(case.id), reason=words.strip()[:LONGEST_REASON])
        keep(ledger.locked(case.first.container.public_id), said, act)
    audit.keep(audit.Act.STOCK_CASE_CLOSED, by=act.by, at=act.at, subject=case.id, second=second)
    return line


def _locked(case_id: UUID) -> Case:
    """The case, with its container locked, so that nobody else adds to it until the transaction ends."""
    ledger.locked(one(case_id).first.container.public_id)
    return one(case_id)


def _next(case: Case | None, container: Container, kind: str, words: str, act: Act) -> CaseLine:
    """The next line of a case, or the first of a new one; not yet saved."""
    words = words.strip()
    if not words or len(words) > _LONGEST:
        raise RefusedError.of(
            field="words",
            code="empty" if not words else "too-long",
            message="Nothing is written here." if not words else f"This is {len(words)} characters.",
            mend=f"Write what is known, in at most {_LONGEST} characters.",
        )
    return CaseLine(
        case=case.id if case else uuid4(),
        number=len(case.lines) + 1 if case else 1,
        kind=kind,
        container=container,
        words=words,
        at=act.at,
        by=act.by,
        by_name=act.by.shown_name,
        second=act.second,
        second_name=act.second.shown_name if act.second else "",
    )


_LONGEST = 1000
_NO_SUCH_DELTA = RefusedError.of(
    field="delta_ug",
    code="delta",
    message="No count of this case has seen that.",
    mend="Choose one of the amounts that were counted, or leave the ledger as it is.",
)
