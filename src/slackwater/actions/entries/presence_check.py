"""Whether somebody may come or go, asked while the session is locked; who they are, the server says."""

from dataclasses import replace

from django.conf import settings

from slackwater.actions import log
from slackwater.actions.entries.case import Case
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Entry, Session
from slackwater.rules.room.attending import attendance, leaves_alone
from slackwater.rules.room.log import EntryKind
from slackwater.rules.room.presence import CameIn, Coming, Place, WentOut
from slackwater.terms.refusal import Problem, RefusedError

_KINDS = (EntryKind.CAME_IN.value, EntryKind.WENT_OUT.value)


def named(case: Case, said: CameIn | WentOut) -> CameIn | WentOut:
    """The coming or going with its person in it: everybody comes and goes for themselves.

    Raises RefusedError where it would leave an impaired patient, or whoever is with them, alone; unless they
    say that they are out already, which is then kept as what it is.
    """
    who = str(case.user.pk)
    place = said.place if isinstance(said, CameIn) else None
    coming = Coming(
        at=case.at, sequence=0, who=who, name=case.user.shown_name, role=case.user.role, place=place
    )
    if isinstance(said, WentOut) and who not in {one.who for one in attendance(case.room.state).here}:
        raise RefusedError(_NOT_HERE)
    if place is Place.ROOM and (elsewhere := _other_room(case, who)):
        raise RefusedError(_elsewhere(elsewhere))
    is_fact = isinstance(said, WentOut) and said.is_fact
    left_open = leaves_alone(case.room.state, coming, load_limits().room.presence)
    if left_open and not is_fact:
        raise RefusedError(*(_alone(found.id, found.sentence) for found in left_open))
    return replace(said, who=who)


def _other_room(case: Case, who: str) -> str:
    """The other room that they are in, if any. A demonstration's staff play in all of its rooms at once."""
    if settings.DEMO:
        return ""
    over = Entry.objects.filter(kind=EntryKind.LEFT.value).values("session")
    came = Entry.objects.filter(kind__in=_KINDS, by=case.user).values("session")
    others = Session.objects.filter(pk__in=came, put_away_at=None).exclude(pk__in=over)
    for session in others.exclude(pk=case.room.session.pk):
        rows = Entry.objects.filter(session=session, kind__in=_KINDS).order_by("sequence")
        if any(one.who == who for one in attendance(log.state(rows)).observers):
            return session.room
    return ""


def _alone(rule: str, sentence: str) -> Problem:
    return Problem(
        field="presence",
        code=rule,
        message=f"If you go: {sentence[0].lower()}{sentence[1:]}",
        mend="Let somebody sign in first. If you are out already, say so; it is kept, and others are told.",
    )


def _elsewhere(room: str) -> Problem:
    return Problem(
        field="presence",
        code="other-room",
        message=f"You are signed in as being in {room}. Nobody is in two rooms at once.",
        mend="Go out there first.",
    )


_NOT_HERE = Problem(
    field="presence",
    code="not-here",
    message="You are not signed in here.",
    mend="Nothing more is needed.",
)
