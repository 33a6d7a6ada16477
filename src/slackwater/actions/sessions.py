"""A dosing session: opened from a signed order, written into, left.

The drug never pauses: nothing here stops a clock, and closing a laptop closes no session.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from slackwater.actions import audit, earlier, listening
from slackwater.actions.agreements import deeds as agreements
from slackwater.actions.clock import to_milliseconds
from slackwater.actions.entries.command import Author, Command, Outcome, RecoveryAsked
from slackwater.actions.entries.record import record_one
from slackwater.actions.entries.writer import writer
from slackwater.actions.forecasts import latest
from slackwater.actions.log import EntryJson
from slackwater.actions.marks import widening
from slackwater.actions.policy import Permission, require
from slackwater.records.models import Entry, Order, Session, User
from slackwater.rules.room.departure import AgainstAdvice
from slackwater.rules.room.heard import Heard
from slackwater.rules.room.log import (
    EarlierLog,
    EntryKind,
    Left,
    Opened,
    Payload,
    RoomClock,
    SetAside,
)
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.sex import Sex

LONGEST_ROOM = 40
_LONGEST_WAIT_S = 20.0


def open_session(
    order_id: UUID, *, room: str, by: User, wall: datetime, clock: RoomClock | None = None
) -> Session:
    """Open the one session of a signed order, with its first entry.

    clock: where a demonstration's clock starts; in a clinic the room keeps the wall's time
    Raises RefusedError if the order is void or used, or the patient is in another session.
    """
    require(by, Permission.OPEN_SESSION)
    # Asked before anything is locked, because reading earlier sessions may ask their crowds.
    order = Order.objects.select_related("patient").get(public_id=order_id)
    learned_from = () if order.fresh_reason else earlier.of_patient(order.patient).logs
    return _open(order_id, learned_from, room=room, by=by, wall=wall, clock=clock)


@transaction.atomic
def _open(
    order_id: UUID,
    learned_from: tuple[EarlierLog, ...],
    *,
    room: str,
    by: User,
    wall: datetime,
    clock: RoomClock | None,
) -> Session:
    order = Order.objects.select_for_update(of=("self",)).select_related("patient").get(public_id=order_id)
    _refuse_unless_free(order, room)
    if settings.DEMO and clock is None:
        clock = RoomClock(anchor_room=to_milliseconds(wall), anchor_wall=to_milliseconds(wall), factor=1)
    opened_at = clock.anchor_room if clock else to_milliseconds(wall)
    session = Session.objects.create(
        patient=order.patient,
        order=order,
        room=room.strip(),
        opened_by=by,
        opened_at=opened_at,
        is_demo=settings.DEMO,
    )
    command = Command(
        session_id=session.public_id,
        key=uuid4(),
        payload=_opened(order, learned_from, clock if settings.DEMO else None),
        happened_at=opened_at,
        author=Author(user_id=by.pk),
    )
    record_one(command, wall=wall).entry_or_refusal()
    agreements.room_opened(order.patient, session, deed=agreements.Deed(by=by, at=wall, key=uuid4()))
    audit.keep(audit.Act.SESSION_OPENED, by=by, at=wall, subject=session.public_id)
    return session


def leave_session(
    session_id: UUID, overrides: Sequence[SetAside], *, by: User, at: datetime, key: UUID
) -> EntryJson:
    """Let the patient leave. Raises RefusedError with every barrier that stands, and then nothing is changed.

    overrides: barriers that the prescriber who asks sets aside, each with a reason that is kept
    """
    return perform(session_id, Left(overrides=tuple(overrides)), by=by, at=at, key=key)


def went_against_advice(
    session_id: UUID, how: AgainstAdvice, *, by: User, at: datetime, key: UUID
) -> EntryJson:
    """Keep that the patient went while something barred the way, and how. Nobody is held.

    Raises RefusedError where nothing bars the way, or where it is not said what they were told and offered.
    """
    return perform(session_id, Left(against=how), by=by, at=at, key=key)


def perform(session_id: UUID, payload: Payload, *, by: User, at: datetime, key: UUID) -> EntryJson:
    """Write one entry through the one path, and return it once it is kept.

    at: when it happened, by the room's clock
    Sent again with the same key, the same request gets the same answer. Raises RefusedError.
    """
    command = Command(
        session_id=session_id, key=key, payload=payload, happened_at=at, author=Author(user_id=by.pk)
    )
    return written(command).entry_or_refusal()


def written(command: Command) -> Outcome:
    """What became of one command, written by whoever writes here."""
    return writer.write(prepared([command])).result(_LONGEST_WAIT_S)[0]


def prepared(commands: Sequence[Command]) -> list[Command]:
    """The commands with what they need to be told before any lock is taken: leaving asks the crowd."""
    return [_asked(command) if command.kind is EntryKind.LEFT else command for command in commands]


def _asked(command: Command) -> Command:
    session = Session.objects.select_related("order").filter(public_id=command.session_id).first()
    return replace(command, recovery=recovery(session, at=command.happened_at)) if session else command


def recovery(session: Session, *, at: datetime) -> RecoveryAsked | None:
    """What the crowd says of recovery at a moment; None where it cannot tell, which is then a barrier."""
    try:
        found = latest.of(session)
    except RefusedError:
        return None
    return RecoveryAsked(
        chance=found.chance_recovered(at), is_outside=found.posterior.outside, version=found.version
    )


def _refuse_unless_free(order: Order, room: str) -> None:
    if order.is_void:
        raise _refused("order", "voided", "This order was voided.", "Sign another.")
    if Session.objects.filter(order=order).exists():
        raise _refused("order", "session-open", "This order's session was opened already.", "Go to its room.")
    left = Entry.objects.filter(kind=EntryKind.LEFT.value).values("session")
    others = Session.objects.filter(patient=order.patient, put_away_at=None).exclude(pk__in=left)
    if others.exists():
        raise _refused(
            "patient",
            "session-open",
            "This patient is in another session, which has not ended.",
            "Go to that room, and confirm there that they have left.",
        )
    if not room.strip() or len(room.strip()) > LONGEST_ROOM or not room.isprintable():
        raise _refused("room", "invalid", "A room needs a name of at most 40 characters.", "Write its name.")


def _opened(order: Order, learned_from: tuple[EarlierLog, ...], clock: RoomClock | None) -> Opened:
    return Opened(
        model=order.model,
        drug=Drug(order.drug),
        seed=order.seed,
        subjects=order.subjects,
        weight_g=order.weight_g,
        age_years=order.age_years,
        sex=Sex(order.sex),
        medicines=tuple(order.medicines),
        order=str(order.public_id),
        clock=clock,
        widened=widening.in_force(order.model, order.route),
        earlier=learned_from or None,
        listens=tuple(sign for sign in Heard if sign in listening.clinic()),
    )


def _refused(field: str, code: str, message: str, mend: str) -> RefusedError:
    return RefusedError.of(field=field, code=code, message=message, mend=mend)
