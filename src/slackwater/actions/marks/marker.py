"""Marks sessions once their patient has left, apart from whoever is waiting for anything."""

import json
import logging
import threading
import time
from collections import Counter
from uuid import UUID

from django.db import OperationalError, connections
from django.utils import timezone

from slackwater.actions.events import Event, hub
from slackwater.actions.marks import standing
from slackwater.actions.marks.marking import mark_session
from slackwater.records.models import Session
from slackwater.rules.room.log import EntryKind
from slackwater.terms.refusal import RefusedError

# A mark is one transaction: what is cut short is made again at the next start, so stopping waits for none.
_LONGEST_STOP_S = 0.2
# Whoever holds the database's pen puts it down sooner or later; what is unmarked then waits for a restart.
_TRIES = 5
_PAUSE_S = 1.0

logger = logging.getLogger(__name__)


class Marker:
    """One thread. At its start it marks what was left unmarked; then each session as it finishes."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[UUID, None] = {}
        self._thread: threading.Thread | None = None
        self._stopping = False

    def start(self) -> None:
        """Start marking, once."""
        if self._thread is None:
            self._stopping = False
            hub.listen(self._hear)
            self._thread = threading.Thread(target=self._work, name="marker", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop after the session that is being marked."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        hub.stop_listening(self._hear)
        with self._changed:
            self._stopping = True
            self._changed.notify()
        thread.join(_LONGEST_STOP_S)

    def _hear(self, session_id: UUID, event: Event) -> None:
        if event.name == "entry" and json.loads(event.data)["kind"] in _SETTLES:
            self.ask(session_id)

    def ask(self, session_id: UUID) -> None:
        """Mark this session when there is time."""
        with self._changed:
            self._waiting[session_id] = None
            self._changed.notify()

    def _work(self) -> None:
        try:
            for session_id in list(standing.finished().values_list("public_id", flat=True)):
                self.ask(session_id)
            tries: Counter[UUID] = Counter()
            while (waiting := self._next()) is not None:
                tries[waiting] += 1
                if not _mark(waiting) and tries[waiting] < _TRIES:
                    time.sleep(_PAUSE_S)
                    self.ask(waiting)
        finally:
            connections.close_all()

    def _next(self) -> UUID | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._waiting)
            if self._stopping:
                return None
            session_id = next(iter(self._waiting))
            del self._waiting[session_id]
            return session_id


# A mistake that is struck out after the patient has left changes what the forecasts are held against.
_SETTLES = frozenset({EntryKind.LEFT.value, EntryKind.STRUCK.value})


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
