"""A session's log between its rows, the rules' values, the wire and the proof."""

from collections.abc import Iterable
from typing import TypeAlias
from uuid import UUID

from slackwater.proofs.leaf import Line, Link, Verdict, verify
from slackwater.records.models import Entry, Session
from slackwater.rules.fields import Json
from slackwater.rules.room.fold import RoomState, fold
from slackwater.rules.room.log import EntryKind, LogEntry
from slackwater.rules.room.wire import moment_json, parse_payload

EntryJson: TypeAlias = dict[str, Json]


def entry(row: Entry) -> LogEntry:
    """A row as the rules read it."""
    kind = EntryKind(row.kind)
    return LogEntry(
        sequence=row.sequence,
        kind=kind,
        payload=parse_payload(kind, row.payload),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        by_name=row.by_name,
        by_role=row.by_role,
    )


def wire(row: Entry, *, session_id: UUID) -> EntryJson:
    """A row as screens and programs read it."""
    shown: EntryJson = {
        "session": str(session_id),
        "sequence": row.sequence,
        "key": str(row.key),
        "kind": row.kind,
        "payload": row.payload,
        "happened_at": moment_json(row.happened_at),
        "recorded_at": moment_json(row.recorded_at),
        "by": {"name": row.by_name, "role": row.by_role},
    }
    if row.clock_shift_ms:
        shown["clock_shift_ms"] = row.clock_shift_ms
    return shown


def line(row: Entry, *, session_id: UUID) -> Line:
    """A row as its proof reads it."""
    author = f"device:{row.device_id}" if row.device_id is not None else f"user:{row.by_id}"
    return Line(
        session=str(session_id),
        sequence=row.sequence,
        key=str(row.key),
        kind=row.kind,
        payload=row.payload,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        by=author,
        by_name=row.by_name,
        by_role=row.by_role,
        clock_shift_ms=row.clock_shift_ms,
    )


def rows(session: Session, *, after: int = 0) -> list[Entry]:
    """The rows of a session after a sequence, in order."""
    return list(Entry.objects.filter(session=session, sequence__gt=after).order_by("sequence"))


def state(entries: Iterable[Entry]) -> RoomState:
    """What the room knows from these rows."""
    return fold(entry(row) for row in entries)


def check(session: Session) -> Verdict:
    """Whether the session's log is the one that was written, from its first entry to its last."""
    links = (
        Link(line=line(row, session_id=session.public_id), previous=row.previous, leaf=row.leaf)
        for row in rows(session)
    )
    return verify(links, session=str(session.public_id))
