"""What the first page shows: rooms in progress, orders ready to open, a patient's own visits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from slackwater.actions import clock, log
from slackwater.actions.entries.room import MILESTONES
from slackwater.actions.forecasts import latest
from slackwater.actions.forecasts.forecaster import forecaster
from slackwater.actions.forecasts.phases import depth_at
from slackwater.actions.patients import seen_by
from slackwater.actions.policy import Permission, may
from slackwater.records.models import Entry, Order, Session, User
from slackwater.records.models.sessions import PAST
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import EntryKind
from slackwater.rules.room.phases import DepthNow
from slackwater.terms.refusal import RefusedError
from slackwater.units import min_from_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A session as the first page shows it, at the room's own time."""

    session: Session
    state: RoomState
    at: datetime
    factor: int

    @property
    def is_over(self) -> bool:
        return self.state.is_over

    @property
    def elapsed_s(self) -> int | None:
        """Seconds since the first dose began; None before it."""
        elapsed = self.state.elapsed(self.at)
        return None if elapsed is None else int(elapsed.total_seconds())

    @property
    def words(self) -> str:
        """How far the session is, as the log alone tells it."""
        if self.state.left:
            return "finished"
        if self.state.stopped:
            return "stopped, still under observation"
        if not self.state.doses:
            return "before the first dose"
        if any(dose.is_running(self.at) for dose in self.state.doses):
            return "infusion running"
        return "booster given" if self.state.dose(2) else "first dose given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A session whose patient has left. Its log is not read: a list of many says only when it was."""

    session: Session
    is_over: bool = True
    words: str = "finished"


def in_progress(user: User, *, at: datetime) -> list[Room]:
    """Every room this person may see that somebody is in, newest first, with its state.

    Not those of the demonstration's past, which are played quickly and without anybody there.
    """
    shown = sessions_seen_by(user).filter(~_has_left()).exclude(script__startswith=PAST)
    return [outlined(session, at=at) for session in shown]


def finished(user: User) -> QuerySet[Session]:
    """The sessions this person may see whose patient has left, newest first."""
    return sessions_seen_by(user).filter(_has_left())


def visits(sessions: Iterable[Session], *, at: datetime) -> list[Room | Visit]:
    """These sessions, in their order; only of those in progress is the log read."""
    found = list(sessions)
    left = Entry.objects.filter(kind=EntryKind.LEFT.value, session__in=found)
    over = set(left.values_list("session_id", flat=True))
    return [Visit(session=one) if one.pk in over else outlined(one, at=at) for one in found]


def room(session: Session, *, at: datetime) -> Room:
    """One session's state now."""
    return _room(session, log.rows(session), at=at)


def outlined(session: Session, *, at: datetime) -> Room:
    """One session's course alone: a list says no more, and a monitor writes thousands of readings."""
    course = Entry.objects.filter(session=session, kind__in=MILESTONES).order_by("sequence")
    return _room(session, course, at=at)


def _room(session: Session, entries: Iterable[Entry], *, at: datetime) -> Room:
    state = log.state(entries)
    factor = state.clock.factor if state.clock else 1
    return Room(session=session, state=state, at=clock.room_time(state.clock, at), factor=factor)


def depth_now(room: Room) -> DepthNow | None:
    """Where the crowd thinks the patient is, for the word and the sentence of the room's phase.

    A list of rooms waits for no crowd that is being asked anew: it goes by the last answer, an entry behind
    at most, as long as the next one is being worked out. The room's own page always has the newest.
    """
    elapsed_s = room.elapsed_s
    if elapsed_s is None:
        return None
    try:
        known = latest.at_hand(room.session) if forecaster.is_working else None
        return depth_at(known or latest.of(room.session), min_from_s(elapsed_s))
    except RefusedError:
        # The order's model cannot tell: the room's own page says why, and the list goes on without it.
        return None


def sessions_seen_by(user: User) -> QuerySet[Session]:
    """The sessions of the patients whose records this person may see."""
    sessions = Session.objects.filter(put_away_at=None, patient__in=seen_by(user))
    return sessions.select_related("patient", "order")


def _has_left() -> Exists:
    """Whether a session was left. A leaving is never struck out, so that it is there says that it stands."""
    return Exists(Entry.objects.filter(session=OuterRef("pk"), kind=EntryKind.LEFT.value))


def orders_ready(user: User) -> QuerySet[Order]:
    """Signed orders that stand and have no session yet, for those who may open one."""
    if not may(user, Permission.OPEN_SESSION):
        return Order.objects.none()
    ready = Order.objects.filter(voided_at=None, session=None, patient__in=seen_by(user))
    return ready.select_related("patient", "prescriber")
