"""The demonstration's rooms: set up, taken up again, started over."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from slackwater.actions import audit, clock, devices, log, orders, sessions
from slackwater.actions.demo import cabinet, people
from slackwater.actions.demo.playing import play_past
from slackwater.actions.demo.script import OPENED_MIN
from slackwater.actions.demo.scripts import FINISHED, IN_PROGRESS, OUTSIDER, PLAYS, Play
from slackwater.actions.entries.command import Author, Command
from slackwater.actions.entries.record import record_one
from slackwater.actions.policy import Permission, require
from slackwater.records.models import Entry, Role, Session, User
from slackwater.rules.room.log import EntryKind, RoomClock, Speed
from slackwater.terms.refusal import RefusedError

# Fast enough to see the band learn within a minute or two, slow enough to follow.
START_FACTOR = 10
# A session whose clock has run on this long without an entry was left behind by a server that was off.
_STALE = timedelta(minutes=45)
_A_DAY = timedelta(days=1)
_RECORDED = "Recorded monitor"


def set_up(*, wall: datetime) -> None:
    """Make sure of everybody, of the finished session, and of two rooms in progress."""
    _demo_only()
    people.everyone()
    cabinet.fill(wall=wall)
    if not Session.objects.filter(script=FINISHED.name, put_away_at=None).exists():
        begun = (wall - _A_DAY).replace(hour=9, minute=40, second=0, microsecond=0)
        begin(FINISHED, opened_at=begun, until=begun + timedelta(hours=5))
    for play in (IN_PROGRESS, OUTSIDER):
        if not any(_is_fresh(session, wall) for session in current(play)):
            begin_again(play, wall=wall)
    people.waiting(wall=wall)
    people.kit_signed(at=wall)
    people.told_since(wall=wall)
    people.reported(wall=wall)


def current(play: Play) -> list[Session]:
    """The sessions of this play that were not put away, newest first."""
    shown = Session.objects.filter(script=play.name, put_away_at=None)
    return list(shown.select_related("patient", "order"))


@transaction.atomic
def begin_again(play: Play, *, wall: datetime) -> Session:
    """A new session of this play, some way in. An unfinished one is put away; the last finished stays."""
    last_finished = [session.pk for session in current(play) if is_over(session)][:1]
    before = Session.objects.filter(script=play.name, put_away_at=None).exclude(pk__in=last_finished)
    before.update(put_away_at=wall)
    session = begin(play, opened_at=wall - timedelta(minutes=play.comes_in - OPENED_MIN), until=wall)
    faster = Command(
        session_id=session.public_id,
        key=uuid4(),
        payload=Speed(factor=START_FACTOR),
        happened_at=wall,
        author=Author(user_id=people.staff(Role.MONITOR).pk),
    )
    record_one(faster, wall=wall).entry_or_refusal()
    return session


@transaction.atomic
def begin(play: Play, *, opened_at: datetime, until: datetime) -> Session:
    """Open a session of this play at a moment that is past, and play it up to another."""
    patient = people.patient(play.who, at=opened_at - timedelta(minutes=30))
    people.agreed(patient, at=opened_at)
    people.kit_signed(at=opened_at - timedelta(minutes=40))
    people.screened(patient, at=opened_at)
    prescriber, monitor = people.staff(Role.PRESCRIBER), people.staff(Role.MONITOR)
    order = orders.sign(
        play.draft, patient, reason="A demonstration.", by=prescriber, at=opened_at - timedelta(minutes=10)
    )
    anchor = clock.to_milliseconds(opened_at)
    session = sessions.open_session(
        order.public_id,
        room=play.script.room,
        by=monitor,
        wall=opened_at,
        clock=RoomClock(anchor_room=anchor, anchor_wall=anchor, factor=1),
    )
    session.script = play.name
    session.save(update_fields=["script"])
    play_past(session, play, until=until)
    return session


def start_over(session_id: UUID, *, by: User, wall: datetime) -> Session:
    """Start the play of this session over. Raises RefusedError for a session that nobody plays."""
    _demo_only()
    require(by, Permission.START_DEMO_OVER)
    session = Session.objects.get(public_id=session_id)
    play = PLAYS.get(session.script)
    if play is None or play is FINISHED:
        raise RefusedError.of(
            field="session",
            code="not-played",
            message="Nobody plays in this session, so it cannot start over.",
            mend="Open a new one from a signed order.",
        )
    begun = begin_again(play, wall=wall)
    audit.keep(audit.Act.DEMO_STARTED_OVER, by=by, at=wall, subject=begun.public_id)
    return begun


def device_token(session_id: UUID) -> str:
    """A token for a monitor in one of the demonstration's rooms; in a clinic somebody has to issue one."""
    _demo_only()
    session = Session.objects.filter(public_id=session_id, put_away_at=None).first()
    if session is None:
        raise RefusedError.of(
            field="session",
            code="unknown",
            message="The demonstration on this machine has no such session.",
            mend="Copy it from the room's address, or give --token and --server.",
        )
    monitor, at = people.staff(Role.MONITOR), timezone.now()
    # A recording that broke off may still hold the name.
    for one in devices.of_session(session, at=at):
        if one.may_write and one.token.name == _RECORDED:
            devices.revoke(one.token, by=monitor, at=at)
    return devices.allow(session, name=_RECORDED, by=monitor, at=at)


def is_over(session: Session) -> bool:
    """Whether the patient has left."""
    return Entry.objects.filter(session=session, kind=EntryKind.LEFT.value).exists()


def _is_fresh(session: Session, wall: datetime) -> bool:
    rows = log.rows(session)
    state = log.state(rows)
    silent = clock.room_time(state.clock, wall) - rows[-1].recorded_at
    return not state.is_over and silent < _STALE


def _demo_only() -> None:
    if not settings.DEMO:
        raise RefusedError.of(
            field="settings",
            code="not-a-demonstration",
            message="This is a clinic, not a demonstration.",
            mend="Run the demonstration with its own settings.",
        )
