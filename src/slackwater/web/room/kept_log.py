"""Logs that were read before. Screens ask every few seconds, and a monitor writes thousands of entries."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from slackwater.actions import log
from slackwater.records.models import Entry, Session
from slackwater.rules.room.fold import RoomState, fold
from slackwater.rules.room.log import LogEntry

_SESSIONS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    entries: tuple[LogEntry, ...]
    state: RoomState


class KeptLogs:
    """Each session's log as far as it was read. Entries are only ever added, so what was read stays true."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read: OrderedDict[UUID, _Read] = OrderedDict()

    def state(self, session: Session) -> RoomState:
        """The room's state now; only what was added since the last time is read."""
        known = self._read.get(session.public_id)
        before = known.entries if known else ()
        # Sequences run from 1 without gaps, so their count is the last of them.
        rows = Entry.objects.filter(session=session, sequence__gt=len(before)).order_by("sequence")
        added = tuple(log.entry(row) for row in rows)
        if known is not None and not added:
            return known.state
        entries = (*before, *added)
        return self._keep(session.public_id, _Read(entries=entries, state=fold(entries)))

    def _keep(self, session_id: UUID, read: _Read) -> RoomState:
        with self._lock:
            self._read[session_id] = read
            self._read.move_to_end(session_id)
            while len(self._read) > _SESSIONS:
                self._read.popitem(last=False)
        return read.state


kept_logs = KeptLogs()
