"""What a screen is told once, when it opens: who is where, who may do what, in which words."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from slackwater.actions import alarms
from slackwater.actions.demo.scripts import FINISHED, PLAYS
from slackwater.actions.policy import Permission, may
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Order, Role, Session, User
from slackwater.rules.room.alarms import share_useful
from slackwater.rules.room.fold import LATE_AFTER
from slackwater.rules.room.limits import RoomLimits
from slackwater.rules.room.log import CheckItem
from slackwater.terms.amounts import show_kg, show_mg
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.vitals import VitalCode
from slackwater.web.room import agreed as held
from slackwater.web.room import check_json, hearing, signals, words
from slackwater.web.room.picture import picture

REFRESH_S = 15
_PERMISSIONS = {
    "rating": Permission.RECORD_RATING,
    "vitals": Permission.RECORD_VITALS,
    "alertness": Permission.RECORD_ALERTNESS,
    "name_call": Permission.RECORD_ALERTNESS,
    "listening": Permission.SWITCH_SIGN,
    "note": Permission.WRITE_NOTE,
    "dose": Permission.GIVE_DOSE,
    "check": Permission.RECORD_CHECK,
    "stop": Permission.STOP_SESSION,
    "struck": Permission.STRIKE_ENTRY,
    "left": Permission.CONFIRM_LEAVING,
    "speed": Permission.SET_DEMO_SPEED,
    "said_no": Permission.NARROW_AGREEMENT,
    "asked": Permission.KEEP_WISH,
    "came_in": Permission.SIGN_IN_ROOM,
    "went_out": Permission.SIGN_IN_ROOM,
    "alarm_seen": Permission.SEE_ALARM,
    "alarm_scored": Permission.SEE_ALARM,
    "rescue_step": Permission.KEEP_RESCUE,
    "device": Permission.ISSUE_DEVICE_TOKEN,
}


def screen(session: Session, *, by: User, is_watching: bool, wall: datetime) -> dict[str, Any]:
    """The context of the room's page."""
    facts = _facts(session, by=by, is_watching=is_watching, wall=wall)
    return {
        "facts": facts,
        "signs": facts["signs"],
        "watching": is_watching,
        "is_own": by.role == Role.PATIENT.value,
        "patient": person(session),
        "order_line": _order_line(session.order),
        "speeds": words.SPEEDS,
        "starts_over": is_played(session) and may(by, Permission.START_DEMO_OVER),
        "ratings": range(11),
        "alertness": words.ALERTNESS,
        "name_answers": words.NAME_ANSWERS,
        "vital_fields": [
            {"code": code.value, "label": words.SHORT_SIGNS[code], "unit": words.UNITS[code]}
            for code in VitalCode
        ],
        "phrases": words.PHRASES,
        "stop_reasons": words.STOP_REASONS,
        "share_useful": share_useful(alarms.scores()),
        "agreed": held.agreed(session, wall=wall),
        "demo_vials": check_json.demo_vials(session) if facts["can"]["dose"] else [],
        "check_items": [(item.value, item.label) for item in words.checks(by.role)],
    }


def is_played(session: Session) -> bool:
    """Whether a virtual patient plays in this room, so that it can start over."""
    return session.script in PLAYS and session.script != FINISHED.name


def person(session: Session) -> dict[str, str]:
    """Who is in the room, as the screen names them."""
    patient, order = session.patient, session.order
    return {
        "label": f"{patient.given_name} {patient.family_name[:1]}.",
        "full_name": patient.full_name,
        "born": words.long_date(patient.birth_date),
        "weight": show_kg(order.weight_g),
        "line": f"{order.age_years} y · {show_kg(order.weight_g)} · {session.room}",
    }


def _facts(session: Session, *, by: User, is_watching: bool, wall: datetime) -> dict[str, Any]:
    limits = load_limits().room
    can = {name: not is_watching and may(by, need, session) for name, need in _PERMISSIONS.items()}
    return {
        "session": str(session.public_id),
        "user": {"id": by.pk, "name": by.shown_name, "role": by.role},
        "can_write": any(can.values()),
        "can": can,
        "is_demo": session.is_demo,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "time_zone": timezone.get_current_timezone_name(),
        "urls": _urls(session),
        "order": _order(session.order),
        "routes": {route.value: words.SHORT_ROUTES[route] for route in Route},
        "route_names": {route.value: route.label for route in Route},
        "drugs": {drug.value: drug.label for drug in Drug},
        "agreed": held.facts(session, wall=wall),
        "checks": {item.value: item.label for item in CheckItem},
        "signs": hearing.signs(session),
        "rescue": signals.rescue(),
        "limits": _chart_limits(limits),
        "ranges": words.RANGES,
        "fresh_before_dose_s": int(limits.doses.baseline_within.minutes.total_seconds()),
        "late_after_s": int(LATE_AFTER.total_seconds()),
        "refresh_s": REFRESH_S,
        "state": picture(session, after=0, wall=wall),
    }


def _urls(session: Session) -> dict[str, str]:
    names = ("state", "forecast", "booster", "scan", "dose-check", "leave", "report", "live", "watch")
    pages = {name: reverse(f"room:{name}", args=[session.public_id]) for name in names}
    return pages | {"ingest": "/ingest", "stream": "/stream", "worker": reverse("room:worker")}


def _order(order: Order) -> dict[str, Any]:
    return {
        "drug": order.drug,
        "route": order.route,
        "dose_ug": order.dose_ug,
        "duration_s": order.duration_s,
        "start": words.start(order),
    }


def _order_line(order: Order) -> dict[str, str]:
    signed = timezone.localtime(order.signed_at)
    return {
        "prescriber": order.prescriber.shown_name,
        "signed": f"{words.long_date(signed.date())}, {signed:%H:%M}",
        "hard_max": show_mg(order.hard_max_ug),
        "planned": words.planned(order),
    }


def _chart_limits(limits: RoomLimits) -> dict[str, list[dict[str, int]]]:
    """The lines across the charts of vital signs."""
    alarms = limits.alarms
    lines = {
        VitalCode.SBP: (alarms.systolic_alert, alarms.systolic_stop),
        VitalCode.DBP: (alarms.diastolic_alert,),
        VitalCode.HR: (alarms.heart_rate_low, alarms.heart_rate_high),
        VitalCode.SPO2: (alarms.spo2_alert,),
        VitalCode.RR: (),
    }
    return {code.value: [{"value": row.value} for row in rows] for code, rows in lines.items()}
