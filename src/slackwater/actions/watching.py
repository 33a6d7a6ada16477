"""What a screen that watches a session may see, and what it missed."""

from uuid import UUID

from slackwater.actions import log
from slackwater.actions.events import Event, entry_event
from slackwater.actions.policy import Permission, may
from slackwater.records.models import Entry, Session, User

_PAGE = 500


def session_for(user: User, public_id: UUID) -> Session | None:
    """The session, if there is one and this person may watch it; a stranger's is as none."""
    session = (
        Session.objects.select_related("patient", "order", "opened_by")
        .filter(public_id=public_id, put_away_at=None)
        .first()
    )
    if session is None or not may(user, Permission.WATCH_SESSION, session):
        return None
    return session


def entry_events(session: Session, *, after: int) -> list[Event]:
    """The next entries after a sequence, as events; none when there are no more."""
    rows = Entry.objects.filter(session=session, sequence__gt=after).order_by("sequence")[:_PAGE]
    return [entry_event(log.wire(row, session_id=session.public_id)) for row in rows]
