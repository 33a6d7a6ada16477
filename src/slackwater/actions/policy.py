"""Who may do what, as data. Whatever stands in no row is denied."""

from collections.abc import Mapping
from enum import StrEnum

from django.core.exceptions import PermissionDenied

from slackwater.records.models import Patient, Role, Session, User


class Permission(StrEnum):
    """One thing that a person may or may not do."""

    SEE_PATIENTS = "see patients"
    SEE_OWN_RECORD = "see their own record"
    REGISTER_PATIENT = "register a patient"
    WEIGH_PATIENT = "weigh a patient"
    KEEP_MEDICINES = "keep a patient's list of medicines"
    VERIFY_MEDICINES = "verify a patient's list of medicines"
    DECIDE_MEDICINES = "decide what is taken, held or stopped"
    SET_ASIDE_INTERACTION = "set an interaction aside"
    SECOND_INTERACTION = "be the second to set an interaction aside"
    PREVIEW_ORDER = "try out an order"
    SIGN_ORDER = "sign an order"
    VOID_ORDER = "void an order"
    OPEN_SESSION = "open a session"
    WATCH_SESSION = "watch a session"
    WATCH_OWN_SESSION = "watch their own session"
    GIVE_DOSE = "give a dose"
    CHECK_DOSE = "check a dose"
    CLOSE_DOSE_CASE = "close a case about a dose"
    RECORD_VITALS = "record vital signs"
    RECORD_RATING = "record a rating"
    RECORD_OWN_RATING = "rate their own session"
    RECORD_ALERTNESS = "record alertness"
    SWITCH_SIGN = "say what the crowd listens to"
    RECORD_CHECK = "record a check"
    WRITE_NOTE = "write a note"
    STOP_SESSION = "stop a session"
    STOP_OWN_SESSION = "stop their own session"
    STRIKE_ENTRY = "strike out an entry"
    CONFIRM_LEAVING = "confirm that a patient leaves"
    SAY_GONE = "say that a patient has gone"
    SEE_RULES = "see the clinical rules and who signed them"
    SIGN_RULES = "sign the clinical rules"
    SEE_KIT = "see the rescue kit"
    SIGN_KIT = "sign the rescue kit"
    SEE_ALARM = "say that an alarm was seen"
    KEEP_RESCUE = "keep what was done in an emergency"
    SIGN_IN_ROOM = "say that they are in a room"
    CALL_AFTERWARDS = "call a patient after a visit"
    SAY_RECOVERED = "say that a patient has recovered"
    SET_ASIDE_BARRIER = "set a barrier to leaving aside"
    ISSUE_DEVICE_TOKEN = "let a device write into a session"  # noqa: S105  a permission's name
    SET_DEMO_SPEED = "set a demonstration's speed"
    START_DEMO_OVER = "start a demonstration over"
    KEEP_PEOPLE = "keep the list of people who sign in"
    SEE_INSIGHT = "see how forecasts held"
    DECIDE_SIGNS = "decide what crowds listen to"
    SEE_AGREEMENT = "see a patient's agreement"
    DRAW_UP_AGREEMENT = "draw up an agreement"
    HEAR_TEACH_BACK = "hear a teach-back"
    SIGN_AGREEMENT = "sign an agreement"
    NARROW_AGREEMENT = "write down that a patient said no"
    KEEP_WISH = "keep what a patient asked for in session"
    SAY_SLEPT = "write down that a patient has slept"
    SEE_STOCK = "see the cabinet and its ledger"
    HANDLE_STOCK = "take from the cabinet and count it"
    WITNESS_STOCK = "witness for the cabinet"
    RECEIVE_STOCK = "receive into the cabinet"
    CLOSE_STOCK_CASE = "close a case about the cabinet"
    OWN_AGREEMENT = "see, sign and narrow their own agreement"
    SEE_INTAKE = "see what was asked before a course"
    KEEP_INTAKE = "write down what was asked before a course"
    SEE_PRIVATE_SCREEN = "see what a patient told alone"
    OWN_INTAKE = "answer their own questions"
    SET_ASIDE_FINDING = "set a finding aside"
    SECOND_FINDING = "stand as second clinician for a finding"
    OPEN_COURSE = "open or end a course"
    REVIEW_REPORTS = "look into a report"
    OWN_ACCOUNT = "keep an account of their own"


_AT_THE_BEDSIDE = frozenset(
    {
        Permission.SEE_INTAKE,
        Permission.KEEP_INTAKE,
        Permission.SECOND_FINDING,
        Permission.SEE_AGREEMENT,
        Permission.NARROW_AGREEMENT,
        Permission.KEEP_WISH,
        Permission.SAY_SLEPT,
        Permission.SEE_PATIENTS,
        Permission.WEIGH_PATIENT,
        Permission.OPEN_SESSION,
        Permission.WATCH_SESSION,
        Permission.RECORD_VITALS,
        Permission.RECORD_RATING,
        Permission.RECORD_ALERTNESS,
        Permission.RECORD_CHECK,
        Permission.WRITE_NOTE,
        Permission.STOP_SESSION,
        Permission.SAY_GONE,
        Permission.SIGN_IN_ROOM,
        Permission.KEEP_RESCUE,
        Permission.SEE_ALARM,
        Permission.SEE_KIT,
        Permission.SEE_RULES,
        Permission.CALL_AFTERWARDS,
        Permission.STRIKE_ENTRY,
        Permission.SET_DEMO_SPEED,
        Permission.START_DEMO_OVER,
    }
)

_AT_THE_CABINET = frozenset(
    {Permission.SIGN_KIT, Permission.SEE_STOCK, Permission.HANDLE_STOCK, Permission.WITNESS_STOCK}
)

GRANTED: Mapping[Role, frozenset[Permission]] = {
    Role.PRESCRIBER: _AT_THE_BEDSIDE
    | _AT_THE_CABINET
    | {
        Permission.REGISTER_PATIENT,
        Permission.KEEP_MEDICINES,
        Permission.VERIFY_MEDICINES,
        Permission.DECIDE_MEDICINES,
        Permission.SET_ASIDE_INTERACTION,
        Permission.SECOND_INTERACTION,
        Permission.PREVIEW_ORDER,
        Permission.SIGN_ORDER,
        Permission.VOID_ORDER,
        Permission.DRAW_UP_AGREEMENT,
        Permission.HEAR_TEACH_BACK,
        Permission.SIGN_AGREEMENT,
        Permission.GIVE_DOSE,
        Permission.CHECK_DOSE,
        Permission.CLOSE_DOSE_CASE,
        Permission.SWITCH_SIGN,
        Permission.CONFIRM_LEAVING,
        Permission.SAY_RECOVERED,
        Permission.SET_ASIDE_BARRIER,
        Permission.SEE_PRIVATE_SCREEN,
        Permission.SET_ASIDE_FINDING,
        Permission.OPEN_COURSE,
        Permission.ISSUE_DEVICE_TOKEN,
        Permission.SEE_INSIGHT,
    },
    Role.MONITOR: _AT_THE_BEDSIDE
    | _AT_THE_CABINET
    | {
        Permission.REGISTER_PATIENT,
        Permission.KEEP_MEDICINES,
        Permission.VERIFY_MEDICINES,
        Permission.SECOND_INTERACTION,
        Permission.GIVE_DOSE,
        Permission.CHECK_DOSE,
        Permission.SWITCH_SIGN,
        Permission.CONFIRM_LEAVING,
        Permission.SAY_RECOVERED,
        Permission.ISSUE_DEVICE_TOKEN,
    },
    Role.GUIDE: _AT_THE_BEDSIDE
    | {
        Permission.DRAW_UP_AGREEMENT,
        Permission.HEAR_TEACH_BACK,
        Permission.SIGN_AGREEMENT,
        Permission.SEE_PRIVATE_SCREEN,
    },
    Role.PATIENT: frozenset(
        {
            Permission.SEE_OWN_RECORD,
            Permission.WATCH_OWN_SESSION,
            Permission.RECORD_OWN_RATING,
            Permission.STOP_OWN_SESSION,
            Permission.OWN_AGREEMENT,
            Permission.OWN_ACCOUNT,
            Permission.OWN_INTAKE,
        }
    ),
    Role.REVIEWER: frozenset({Permission.REVIEW_REPORTS}),
    Role.OWNER: frozenset(
        {
            Permission.KEEP_PEOPLE,
            Permission.SEE_RULES,
            Permission.SIGN_RULES,
            Permission.SEE_INSIGHT,
            Permission.DECIDE_SIGNS,
            Permission.SEE_STOCK,
            Permission.WITNESS_STOCK,
            Permission.RECEIVE_STOCK,
            Permission.CLOSE_STOCK_CASE,
        }
    ),
}

# What a patient may do for themselves where staff may do it for anyone.
_OWN = {
    Permission.SEE_PATIENTS: Permission.SEE_OWN_RECORD,
    Permission.WATCH_SESSION: Permission.WATCH_OWN_SESSION,
    Permission.RECORD_RATING: Permission.RECORD_OWN_RATING,
    Permission.STOP_SESSION: Permission.STOP_OWN_SESSION,
    Permission.SEE_AGREEMENT: Permission.OWN_AGREEMENT,
    Permission.SIGN_AGREEMENT: Permission.OWN_AGREEMENT,
    Permission.NARROW_AGREEMENT: Permission.OWN_AGREEMENT,
    Permission.KEEP_WISH: Permission.OWN_AGREEMENT,
    Permission.SAY_SLEPT: Permission.OWN_AGREEMENT,
    Permission.SEE_INTAKE: Permission.OWN_INTAKE,
    Permission.KEEP_INTAKE: Permission.OWN_INTAKE,
}


class DeniedError(PermissionDenied):
    """This person may not do this; nothing was changed."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"You may not {permission.value}.")
        self.permission = permission


def may(user: User, permission: Permission, about: Patient | Session | None = None) -> bool:
    """Whether this person may do this, where `about` says whose record or session it is."""
    if not user.is_active:
        return False
    granted = GRANTED.get(Role(user.role), frozenset())
    if permission in granted:
        return True
    own = _OWN.get(permission)
    return own is not None and own in granted and about is not None and _is_theirs(user, about)


def require(user: User, permission: Permission, about: Patient | Session | None = None) -> None:
    """Raise DeniedError unless this person may do this."""
    if not may(user, permission, about):
        raise DeniedError(permission)


def _is_theirs(user: User, about: Patient | Session) -> bool:
    patient = about.patient if isinstance(about, Session) else about
    return patient.user_id is not None and patient.user_id == user.pk
