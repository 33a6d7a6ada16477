"""Whether a moment can be true: born, opened, not yet to come, and for a dose, now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from slackwater.actions.clock import to_milliseconds
from slackwater.actions.entries.case import Case
from slackwater.actions.entries.command import Command
from slackwater.actions.entries.room import OpenRoom
from slackwater.rules.room.log import DoseGiven, EntryKind
from slackwater.terms.refusal import Problem, RefusedError

# A tablet's clock and the network may differ from ours by this much before it matters.
AHEAD = timedelta(seconds=30)
# A dose needs the server's yes while it is being given: an older one was queued, and nobody said yes to it.
LIVE = timedelta(seconds=30)
# The baseline is taken up to 30 minutes before the dose (P07), and the room is opened in that time.
BEFORE_OPENING = timedelta(hours=1)
# No dosing session lasts longer; past it, a moment is a slip of the date.
LONGEST_SESSION = timedelta(hours=24)
# A clock further off than this says nothing about when anything happened.
FURTHEST_CLOCK = timedelta(hours=24)

_AFTERWARDS = frozenset({EntryKind.NOTE, EntryKind.STRUCK, EntryKind.SPEED})
# A no counts from now on, whatever any clock says of when it was given.
_ALWAYS = frozenset({EntryKind.SAID_NO})


def clock_shift(command: Command) -> timedelta:
    """How far the sender's clock was behind ours; nothing where the difference does not matter.

    Raises RefusedError past 24 hours.
    """
    if command.crossing is None or command.kind in _ALWAYS:
        return timedelta()
    behind = command.crossing.received_at - command.crossing.sent_at
    if abs(behind) <= AHEAD:
        return timedelta()
    if abs(behind) > FURTHEST_CLOCK:
        raise RefusedError.of(
            field="sent_at",
            code="clock-wrong",
            message="This device's clock is more than 24 hours off.",
            mend="Set its date and time, then send again.",
        )
    return behind


def happened_at(command: Command, room: OpenRoom, *, behind: timedelta, now: datetime) -> datetime:
    """When it happened by the room's clock.

    A screen shows the room's clock and sends its time; a device knows only the wall's.
    """
    if command.kind in _ALWAYS:
        return max(min(to_milliseconds(command.happened_at), now), room.session.opened_at)
    if command.kind is EntryKind.SPEED:
        # The pace changes when the server says so, whatever the sender's own clock shows.
        return now
    if command.author.device_id is not None:
        return room.time(command.happened_at + behind)
    return to_milliseconds(command.happened_at + behind * room.pace())


def check(case: Case) -> None:
    """Raise RefusedError unless the case's moment can be true in its room."""
    if problems := list(_problems(case)):
        raise RefusedError(*problems)


def _problems(case: Case) -> Iterator[Problem]:
    room, kind, at, now = case.room, case.command.kind, case.at, case.now
    if kind in _ALWAYS:
        return
    opened_at, left = room.session.opened_at, room.outline.left
    if at.date() < room.session.patient.birth_date:
        yield _problem("before-birth", "This is before the patient was born.", "Check the date.")
    elif at < opened_at - BEFORE_OPENING:
        yield _problem(
            "before-session", "This is long before the session was opened.", "Check the date and time."
        )
    elif at > now + AHEAD * room.pace():
        yield _problem("in-the-future", "This is still to come.", "Write it down when it has happened.")
    elif kind in _AFTERWARDS:
        return
    elif at > opened_at + LONGEST_SESSION:
        yield _problem(
            "session-too-long",
            "This is more than 24 hours after the session was opened.",
            "Say when it happened; a session lasts at most 24 hours.",
        )
    elif left is not None and at > left.at:
        yield _problem(
            "after-leaving", "The patient had left by then.", "Write a note, or check the time of this entry."
        )
    elif _needs_a_yes(case.command) and at < now - LIVE * room.pace():
        yield _problem(
            "dose-not-live",
            "A dose is given only while the server can say yes, and this one has waited.",
            "If it was given, write it down as given without the check; if not, ask again now.",
        )


def _needs_a_yes(command: Command) -> bool:
    """A dose does, but not one that is told of afterwards: that it went in is true, whoever agrees."""
    return isinstance(command.payload, DoseGiven) and not command.payload.unchecked


def _problem(code: str, message: str, mend: str) -> Problem:
    return Problem(field="happened_at", code=code, message=message, mend=mend)
