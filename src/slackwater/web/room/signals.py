"""Alarms as screens show them: in their room, and on every other screen of staff."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from slackwater.actions import alarms, boards, clock
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.rescue import load_checklists
from slackwater.records.models import Session, User
from slackwater.rules.room.alarms import Alarm
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.rescue import Outcome
from slackwater.rules.room.wire import moment_json
from slackwater.web.room.kept_log import kept_logs
from slackwater.web.shared.asking import person

_MOST = 30


def in_room(state: RoomState, *, at: datetime) -> list[dict[str, Any]]:
    """A room's alarms for its own screens, those that somebody has to look at first."""
    return [_alarm(one, at=at) for one in alarms.of(state, at=at)[:_MOST]]


def rescue() -> dict[str, Any]:
    """The checklists and how a rescue can end, brought with the page so that they are there offline."""
    lists = [
        {
            "key": one.key,
            "title": one.title,
            "conditions": one.conditions,
            "rows": one.rests_on,
            "verified": one.verified,
            "steps": [{"key": step.key, "says": step.says} for step in one.steps],
        }
        for one in load_checklists()
    ]
    return {"checklists": lists, "outcomes": {one.value: one.label for one in Outcome}}


@require_GET
def elsewhere(request: HttpRequest) -> JsonResponse:
    """What has gone beyond its room, of every room that this person may watch."""
    by = person(request)
    require(by, Permission.WATCH_SESSION)
    rooms = _rooms(by, wall=timezone.now())
    at = {room.session.pk: room.at for room in rooms}
    found = [
        _alarm(one.alarm, at=at[one.session.pk]) | _where(one.session) for one in alarms.elsewhere(rooms)
    ]
    return JsonResponse({"alarms": found[:_MOST]})


def _rooms(by: User, *, wall: datetime) -> list[boards.Room]:
    """With logs that were read before: this is asked every few seconds."""
    found = []
    for outlined in boards.in_progress(by, at=wall):
        state = kept_logs.state(outlined.session)
        at = clock.room_time(state.clock, wall)
        found.append(boards.Room(session=outlined.session, state=state, at=at, factor=outlined.factor))
    return found


def _where(session: Session) -> dict[str, str]:
    patient = session.patient
    return {
        "room": session.room,
        "who": f"{patient.given_name[:1]}. {patient.family_name[:1]}.",
        "url": reverse("room:live", args=[session.public_id]),
    }


def _alarm(alarm: Alarm, *, at: datetime) -> dict[str, Any]:
    return {
        "condition": alarm.condition.value,
        "label": alarm.condition.label,
        "rule": alarm.rule,
        "level": alarm.priority.word,
        "sentence": alarm.sentence,
        "stands": alarm.stands.value,
        "says": alarm.stands.label,
        "raised_at": moment_json(alarm.raised_at),
        "ended_at": moment_json(alarm.ended_at) if alarm.ended_at else None,
        "seen_at": moment_json(alarm.seen_at) if alarm.seen_at else None,
        "seen_by": alarm.seen_by,
        "times": alarm.times,
        "useful": alarm.useful,
        "elsewhere": alarm.is_elsewhere(at, load_limits().room.signals),
    }
