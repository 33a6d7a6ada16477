"""What the sheet of signs shows: each sign, how the room was opened, and what the clinic has decided."""

from typing import Any

from django.utils import timezone

from slackwater.actions import listening
from slackwater.actions.listening import Usual
from slackwater.records.models import Session
from slackwater.web.room import words
from slackwater.web.room.kept_log import kept_logs


def signs(session: Session) -> list[dict[str, Any]]:
    """Every sign, in the order of the sheet; at_opening: whether the crowd listened to it when all began."""
    at_opening = listening.at_opening(kept_logs.state(session))
    return [
        {
            "sign": one.sign.value,
            "label": one.sign.label,
            "at_opening": one.sign in at_opening,
            "what": one.basis.what,
            "source": one.basis.source,
            "grade": one.basis.grade.value,
            "decided": _decided(one),
        }
        for one in listening.usual()
    ]


def _decided(one: Usual) -> str:
    """The clinic's last word on a sign, for rooms that are opened from then on; empty where there is none."""
    if one.decided is None:
        return ""
    day = words.long_date(timezone.localtime(one.decided.at).date())
    state = "on" if one.is_on else "off"
    return (
        f"{state.capitalize()} in new rooms since {day}, by {one.decided.by.shown_name}: {one.decided.reason}"
    )
