"""One command in its room, with everything a check asks about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.actions.entries.command import Command
from slackwater.actions.entries.room import OpenRoom
from slackwater.records.models import DeviceToken, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is asked, by whom, where and when.

    at:     when it happened, by the room's clock
    now:    what time it is in the room
    wall:   what time it is outside
    behind: how far the sender's clock was behind ours
    """

    command: Command
    room: OpenRoom
    user: User
    device: DeviceToken | None
    at: datetime
    now: datetime
    wall: datetime
    behind: timedelta
