"""Which entries ask for which permission, and what a device may write."""

from slackwater.actions.policy import Permission, require
from slackwater.records.models import DeviceToken, Session, User
from slackwater.rules.room.log import EntryKind
from slackwater.terms.refusal import RefusedError

NEEDS = {
    EntryKind.OPENED: Permission.OPEN_SESSION,
    EntryKind.DOSE: Permission.GIVE_DOSE,
    EntryKind.VITALS: Permission.RECORD_VITALS,
    EntryKind.RATING: Permission.RECORD_RATING,
    EntryKind.ALERTNESS: Permission.RECORD_ALERTNESS,
    EntryKind.NAME_CALL: Permission.RECORD_ALERTNESS,
    EntryKind.LISTENING: Permission.SWITCH_SIGN,
    EntryKind.NOTE: Permission.WRITE_NOTE,
    EntryKind.STOP: Permission.STOP_SESSION,
    EntryKind.CHECK: Permission.RECORD_CHECK,
    EntryKind.STRUCK: Permission.STRIKE_ENTRY,
    # Who may confirm a leaving is asked with the barriers; that somebody went, anybody here may say.
    EntryKind.LEFT: Permission.SAY_GONE,
    EntryKind.SPEED: Permission.SET_DEMO_SPEED,
    EntryKind.SAID_NO: Permission.NARROW_AGREEMENT,
    EntryKind.ASKED: Permission.KEEP_WISH,
    EntryKind.CAME_IN: Permission.SIGN_IN_ROOM,
    EntryKind.WENT_OUT: Permission.SIGN_IN_ROOM,
    EntryKind.ALARM_SEEN: Permission.SEE_ALARM,
    EntryKind.ALARM_SCORED: Permission.SEE_ALARM,
    EntryKind.RESCUE_STEP: Permission.KEEP_RESCUE,
}

_BY_A_DEVICE = frozenset({EntryKind.VITALS})


def check(kind: EntryKind, session: Session, *, user: User, device: DeviceToken | None) -> None:
    """Raise DeniedError or RefusedError unless this author may write this into this session."""
    require(user, NEEDS[kind], session)
    if device is None:
        return
    if device.session_id != session.pk or device.revoked_at is not None:
        raise RefusedError.of(
            field="session",
            code="other-session",
            message="This device was let into another session.",
            mend="Ask for a token for this session.",
        )
    if kind not in _BY_A_DEVICE:
        raise RefusedError.of(
            field="kind",
            code="not-by-a-device",
            message="A device may write vital signs only.",
            mend="Sign in to write this.",
        )
