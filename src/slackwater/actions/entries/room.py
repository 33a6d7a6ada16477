"""A session while its log is being written to: locked, with what the checks need to know of it."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from slackwater.actions import clock, log
from slackwater.proofs.leaf import NOTHING_BEFORE
from slackwater.records.models import Entry, Session
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import EntryKind

# What the course of a session hangs on; few, so that an ordinary reading needs no more than these.
MILESTONES = frozenset(
    kind.value for kind in (EntryKind.OPENED, EntryKind.SPEED, EntryKind.DOSE, EntryKind.STOP, EntryKind.LEFT)
)


class OpenRoom:
    """One locked session. Facts are read when first asked for, and kept true as entries are added."""

    def __init__(self, session: Session, *, head: tuple[int, str], milestones: list[Entry]) -> None:
        self.session = session
        self.sequence, self.leaf = head
        self._milestones = milestones

    @cached_property
    def outline(self) -> RoomState:
        """The course of the session alone: opening, pace, doses, stop, departure."""
        return log.state(self._milestones)

    @cached_property
    def state(self) -> RoomState:
        """All that the room knows."""
        return log.state(log.rows(self.session))

    def readings_since(self, moment: datetime) -> RoomState:
        """What is known of vital signs from this moment on, without the strain of reading the whole log."""
        recent = Q(kind=EntryKind.VITALS.value, happened_at__gte=moment) | Q(kind=EntryKind.STRUCK.value)
        return log.state(Entry.objects.filter(recent, session=self.session).order_by("sequence"))

    def time(self, wall: datetime) -> datetime:
        """What time it is in this room."""
        return clock.room_time(self.outline.clock if self.session.is_demo else None, wall)

    def pace(self) -> int:
        """How many seconds pass in the room while one passes outside; at least 1."""
        running = self.outline.clock if self.session.is_demo else None
        return max(running.factor, 1) if running else 1

    def entry(self, sequence: int) -> Entry | None:
        """The entry at this place of the log."""
        return Entry.objects.filter(session=self.session, sequence=sequence).first()

    def added(self, row: Entry) -> None:
        """The log has grown by this row."""
        self.sequence, self.leaf = row.sequence, row.leaf
        self.__dict__.pop("state", None)
        if row.kind in MILESTONES:
            self._milestones.append(row)
            self.__dict__.pop("outline", None)


def locked(session_ids: Iterable[UUID]) -> dict[UUID, OpenRoom]:
    """These sessions, locked until the transaction ends; in one order always, so that none wait in a ring."""
    sessions = list(
        Session.objects.filter(public_id__in=set(session_ids), put_away_at=None)
        .select_for_update(of=("self",))
        .select_related("patient", "order")
        .order_by("pk")
    )
    # Read after the lock is held, in statements of their own: one that waited still sees what stood before.
    heads, milestones = _heads(sessions), _milestones(sessions)
    return {
        session.public_id: OpenRoom(session, head=heads[session.pk], milestones=milestones[session.pk])
        for session in sessions
    }


def _heads(sessions: list[Session]) -> dict[int, tuple[int, str]]:
    last = Entry.objects.filter(session=OuterRef("pk")).order_by("-sequence")
    found = Session.objects.filter(pk__in=[session.pk for session in sessions]).values_list(
        "pk", Subquery(last.values("sequence")[:1]), Subquery(last.values("leaf")[:1])
    )
    return {pk: (sequence or 0, leaf or NOTHING_BEFORE) for pk, sequence, leaf in found}


def _milestones(sessions: list[Session]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {session.pk: [] for session in sessions}
    for row in Entry.objects.filter(session__in=sessions, kind__in=MILESTONES).order_by("sequence"):
        found[row.session_id].append(row)
    return found
