"""Who is with a patient, for whoever has to know before anything is given."""

from slackwater.actions import log
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Session
from slackwater.rules.findings import Finding
from slackwater.rules.room.attending import Attendance, attendance


def of(session: Session) -> Attendance:
    """Who is signed in with this session's patient, and where."""
    return attendance(log.state(log.rows(session)))


def gaps(session: Session) -> tuple[Finding, ...]:
    """Who is missing before anything may be given (M09, M10); nothing where two are here, one in the room."""
    return tuple(of(session).gaps(load_limits().room.presence))
