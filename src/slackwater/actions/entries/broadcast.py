"""What the screens are told when entries have been kept."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from slackwater.actions import clock, log
from slackwater.actions.events import Event, compact, entry_event, hub
from slackwater.records.models import Entry, Session
from slackwater.rules.room.log import EntryKind

CHANNEL = "slackwater"

# Names this worker to itself, so that it does not tell its own screens twice.
WORKER = f"{os.getpid()}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one worker tells the others: these entries of this session are kept."""

    worker: str
    session: UUID
    first: int
    last: int

    def text(self) -> str:
        """As the database carries it."""
        return compact([self.worker, str(self.session), self.first, self.last])

    @classmethod
    def read(cls, text: str) -> "Notice":
        """A notice from its text."""
        worker, session, first, last = json.loads(text)
        return cls(worker=worker, session=UUID(session), first=first, last=last)


def after_commit(written: Iterable[tuple[UUID, Entry]]) -> None:
    """Tell the screens here, and the other workers, once the transaction that is open has committed."""
    by_session: dict[UUID, list[Entry]] = {}
    for session_id, row in written:
        by_session.setdefault(session_id, []).append(row)
    for session_id, rows in by_session.items():
        if connection.vendor == "postgresql":
            _notify(Notice(worker=WORKER, session=session_id, first=rows[0].sequence, last=rows[-1].sequence))
        transaction.on_commit(partial(tell, session_id, rows))


def tell(session_id: UUID, rows: Iterable[Entry]) -> None:
    """Tell the screens of this worker."""
    hub.publish(session_id, [event for row in rows for event in events(session_id, row)])


def tell_of(notice: Notice) -> None:
    """Tell the screens of this worker what another one wrote."""
    if notice.worker == WORKER or not hub.wanted(notice.session):
        return
    rows = Entry.objects.filter(
        session__public_id=notice.session, sequence__gte=notice.first, sequence__lte=notice.last
    )
    tell(notice.session, rows.order_by("sequence"))


def events(session_id: UUID, row: Entry) -> list[Event]:
    """What an entry makes the screens do."""
    told = [entry_event(log.wire(row, session_id=session_id))]
    if row.kind == EntryKind.SPEED.value:
        told.append(clock_event(row.session, row.written_at))
    return told


def clock_event(session: Session, wall: datetime) -> Event:
    """How the room's clock runs from now on."""
    return Event(name="clock", data=compact(clock.clock_json(clock.of_session(session), wall)))


def _notify(notice: Notice) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, notice.text()])
