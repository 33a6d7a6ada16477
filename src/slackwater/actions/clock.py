"""What time it is in a room.

In a clinic that is the wall's time. In a demonstration the room's clock may run faster, from an anchor that
the log holds, so every worker and every reader computes the same.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from slackwater.actions import log
from slackwater.records.models import Entry, Session
from slackwater.rules.room.fold import fold
from slackwater.rules.room.log import EntryKind, RoomClock
from slackwater.rules.room.wire import moment_json

# What an entry about the clock can be.
CLOCK_KINDS = (EntryKind.OPENED.value, EntryKind.SPEED.value)


def room_time(clock: RoomClock | None, wall: datetime) -> datetime:
    """The room's time at a moment of the wall's, whole milliseconds."""
    moment = wall if clock is None else clock.anchor_room + (wall - clock.anchor_wall) * clock.factor
    return to_milliseconds(moment)


def of_session(session: Session) -> RoomClock | None:
    """The clock of a demonstration's room; None in a clinic, where the wall's clock is the room's."""
    if not session.is_demo:
        return None
    return of_rows(Entry.objects.filter(session=session, kind__in=CLOCK_KINDS).order_by("sequence"))


def of_rows(clock_rows: Iterable[Entry]) -> RoomClock | None:
    """The clock that these entries leave behind."""
    return fold(log.entry(row) for row in clock_rows).clock


def clock_json(clock: RoomClock | None, wall: datetime) -> dict[str, object]:
    """What a screen needs to run the room's clock by itself."""
    at = room_time(clock, wall)
    factor = clock.factor if clock else 1
    return {
        "server_time": moment_json(wall),
        "room_time": moment_json(at),
        "clock": {"room": moment_json(at), "wall": moment_json(wall), "factor": factor},
    }


def to_milliseconds(moment: datetime) -> datetime:
    """The moment without its microseconds, which the wire does not carry."""
    return moment - timedelta(microseconds=moment.microsecond) % timedelta(milliseconds=1)
