"""A report between its rows, the rules' values and the proof; and adding to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from slackwater.actions.clock import to_milliseconds
from slackwater.proofs.leaf import NOTHING_BEFORE, Line, Link, Verdict, leaf, verify
from slackwater.records.models import Report, User
from slackwater.records.models import ReportLine as Row
from slackwater.rules.incidents.fold import Standing, standing
from slackwater.rules.incidents.log import KIND_OF, LineKind, ReportLine, Said
from slackwater.rules.incidents.wire import parse_said, said_json
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """By whom, when, and a key so that a button that is pressed twice is one line.

    by: None where whoever tells it is not signed in as themselves
    """

    by: User | None
    at: datetime
    key: UUID

    def another(self) -> "Deed":
        """The same moment and person, for a further line."""
        return Deed(by=self.by, at=self.at, key=uuid4())


def rows(report: Report) -> list[Row]:
    """Every line, in order."""
    return list(report.lines.order_by("number"))


def lines(report: Report) -> tuple[ReportLine, ...]:
    """The whole of it as the rules read it."""
    return read(rows(report))


def read(found: Iterable[Row]) -> tuple[ReportLine, ...]:
    """These rows as the rules read them."""
    return tuple(
        ReportLine(
            number=row.number,
            at=row.at,
            said=parse_said(LineKind(row.kind), row.payload),
            by=row.by_id,
            by_name=row.by_name,
        )
        for row in found
    )


def now(report: Report) -> Standing:
    """Where it stands."""
    return standing(lines(report))


def locked(report: Report) -> Report:
    """The report, so that nobody else adds a line until the transaction ends."""
    return Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


def add(report: Report, said: Said, *, deed: Deed) -> Row:
    """Add a line to a locked report. The same key gives the line it already has.

    Raises RefusedError where that key was used for something else.
    """
    kind, payload = KIND_OF[type(said)].value, said_json(said)
    parse_said(LineKind(kind), payload)
    by_pk = deed.by.pk if deed.by else None
    if row := Row.objects.filter(report=report, key=deed.key).first():
        if (row.kind, row.payload, row.by_id) != (kind, payload, by_pk):
            raise _KEY_REUSED
        return row
    last = Row.objects.filter(report=report).order_by("-number").first()
    row = Row(
        report=report,
        number=last.number + 1 if last else 1,
        key=deed.key,
        kind=kind,
        payload=payload,
        at=to_milliseconds(deed.at),
        by=deed.by,
        by_name=deed.by.shown_name if deed.by else "",
        previous=last.leaf if last else NOTHING_BEFORE,
    )
    row.leaf = leaf(_line(row, report), previous=row.previous)
    row.save(force_insert=True)
    return row


def check(report: Report) -> Verdict:
    """Whether it is the one that was written, from its first line to its last."""
    links = (Link(line=_line(row, report), previous=row.previous, leaf=row.leaf) for row in rows(report))
    return verify(links, session=_name(report))


def _line(row: Row, report: Report) -> Line:
    return Line(
        session=_name(report),
        sequence=row.number,
        key=str(row.key),
        kind=row.kind,
        payload=row.payload,
        happened_at=row.at,
        recorded_at=row.at,
        by=f"user:{row.by_id}" if row.by_id else "teller",
        by_name=row.by_name,
        by_role="",
    )


def _name(report: Report) -> str:
    return f"report {report.public_id}"


_KEY_REUSED = RefusedError.of(
    field="key",
    code="key-reused",
    message="This was sent before, with other words.",
    mend="Load the page again, and send it from there.",
)
