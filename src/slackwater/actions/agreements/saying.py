"""A no that is said outside the room's own screen, heard in the room all the same."""

from datetime import datetime
from uuid import UUID

from slackwater.actions import boards, sessions
from slackwater.actions.agreements import deeds
from slackwater.actions.agreements.deeds import Deed
from slackwater.records.models import Patient, Session, User
from slackwater.rules.agreements.log import Narrowed
from slackwater.rules.room.agreed import NoSign, SaidNo, YesTo


def say_no(patient: Patient, said: Narrowed, *, by: User, at: datetime, key: UUID) -> None:
    """From now on, whoever noticed it. In a session every screen of the room is told at once."""
    session = _in_progress(patient)
    if session is None:
        deeds.narrow(patient, said, happened_at=at, deed=Deed(by=by, at=at, key=key))
        return
    gone = tuple(YesTo(item=one.item.value, of=one.of, person=one.person) for one in sorted(said.gone))
    payload = SaidNo(gone=gone, sign=NoSign(said.sign.value), everything=said.is_everything)
    sessions.perform(session.public_id, payload, by=by, at=boards.room(session, at=at).at, key=key)


def _in_progress(patient: Patient) -> Session | None:
    """The session that the patient is in and has not left, if there is one."""
    return patient.sessions.filter(put_away_at=None).exclude(entries__kind="left").first()
