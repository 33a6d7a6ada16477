"""Alarms of every room in progress, for the screens that are elsewhere, and how many were of use."""

from dataclasses import dataclass
from datetime import datetime

from slackwater.actions import boards
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Entry, Session
from slackwater.rules.room.alarms import Alarm, alarms
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """One alarm that has gone beyond its room."""

    session: Session
    alarm: Alarm


def of(state: RoomState, *, at: datetime) -> tuple[Alarm, ...]:
    """Every alarm of a room up to `at`, by the room's clock."""
    return alarms(state, at=at, limits=load_limits().room)


def elsewhere(rooms: list[boards.Room]) -> list[Elsewhere]:
    """Those of these rooms that nobody has seen and that go to every other screen, the highest first."""
    limits = load_limits().room.signals
    found = [
        Elsewhere(session=room.session, alarm=alarm)
        for room in rooms
        for alarm in of(room.state, at=room.at)
        if not room.is_over and alarm.is_elsewhere(room.at, limits)
    ]
    return sorted(found, key=lambda one: -one.alarm.priority)


def scores() -> list[bool]:
    """Whether each alarm that was scored was of use, the last word on each; demonstrations are left out."""
    rows = Entry.objects.filter(kind=EntryKind.ALARM_SCORED.value, session__is_demo=False)
    last = {
        (row["session"], row["payload"]["condition"], row["payload"]["raised_at"]): row["payload"]["useful"]
        for row in rows.order_by("session", "sequence").values("session", "payload")
    }
    return [bool(useful) for useful in last.values()]
