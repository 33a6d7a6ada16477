"""Marks sessions once their patient has left."""

import json
import logging
from collections import Counter
from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.db import OperationalError, connections
from django.utils import timezone

from slackwater.actions.events import Event
from slackwater.actions.marks import standing
from slackwater.actions.marks.marking import mark_session
from slackwater.actions.session_threads import SessionThread
from slackwater.records.models import Session
from slackwater.rules.room.log import EntryKind
from slackwater.terms.refusal import RefusedError

# Whoever holds the database's pen puts it down sooner or later; what is unmarked then waits for a restart.
_TRIES = 5
_PAUSE_S = 1.0
# A mistake that is struck out after the patient has left changes what the forecasts are held against.
_SETTLES = frozenset({EntryKind.LEFT.value, EntryKind.STRUCK.value})

logger = logging.getLogger(__name__)


class Marker(SessionThread):
    """At its start it marks what was left unmarked; then each session as it finishes."""

    name: ClassVar = "marker"
    # A mark is one transaction: what is cut short is made again at the next start, and is not waited for.
    longest_stop_s: ClassVar = 0.2

    def __init__(self) -> None:
        super().__init__()
        self._tries: Counter[UUID] = Counter()

    def hears(self, event: Event) -> bool:
        """Whether a session has just been finished, or changed after that."""
        return event.name == "entry" and json.loads(event.data)["kind"] in _SETTLES

    def left_over(self) -> Iterable[UUID]:
        """Every finished session; one that is marked already costs little."""
        return list(standing.finished().values_list("public_id", flat=True))

    def work_on(self, session_id: UUID) -> None:
        """Mark it, or try again a little later if the database was busy."""
        self._tries[session_id] += 1
        if _mark(session_id):
            del self._tries[session_id]
        elif self._tries[session_id] < _TRIES:
            self.rest(_PAUSE_S)
            self.ask(session_id)


def _mark(session_id: UUID) -> bool:
    """Whether nothing is left to do for this session."""
    try:
        session = Session.objects.filter(public_id=session_id).first()
        if session is not None:
            mark_session(session, at=timezone.now())
    except OperationalError:
        logger.warning("no marks for %s yet: the database was busy", session_id)
        connections.close_all()
        return False
    except RefusedError as refusal:
        logger.warning("no marks for %s: %s", session_id, refusal.problems[0].code)
    except Exception:  # the next session must still be marked
        logger.exception("no marks for %s", session_id)
        connections.close_all()
    return True


marker = Marker()
