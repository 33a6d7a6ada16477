"""Works a forecast out as soon as an entry changes it, so that it is ready when the screens ask."""

import logging
import threading
import time
from uuid import UUID

from django.db import connections

from slackwater.actions.events import Event, compact, hub
from slackwater.actions.forecasts import latest
from slackwater.actions.forecasts.version import version_of
from slackwater.records.models import Session
from slackwater.terms.refusal import RefusedError

_LONGEST_STOP_S = 2.0

logger = logging.getLogger(__name__)


class Forecaster:
    """One thread, apart from event loop and writer. Of many changes to one session it does the last.

    It rests as long as it worked, so that many rooms at once never keep an entry waiting for a processor.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[UUID, None] = {}
        self._thread: threading.Thread | None = None
        self._stopping = False

    def start(self) -> None:
        """Start working, once."""
        if self._thread is None:
            self._stopping = False
            hub.listen(self._hear)
            self._thread = threading.Thread(target=self._work, name="forecaster", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop after what is being worked out now."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        hub.stop_listening(self._hear)
        with self._changed:
            self._stopping = True
            self._changed.notify()
        thread.join(_LONGEST_STOP_S)

    def _hear(self, session_id: UUID, event: Event) -> None:
        if event.name != "entry":
            return
        with self._changed:
            self._waiting[session_id] = None
            self._changed.notify()

    def _work(self) -> None:
        told: dict[UUID, int] = {}
        try:
            while (session_id := self._next()) is not None:
                began = time.monotonic()
                try:
                    self._tell(session_id, told)
                except RefusedError as refusal:
                    logger.warning("no forecast for %s: %s", session_id, refusal.problems[0].code)
                except Exception:  # the next session must still get its forecast
                    logger.exception("no forecast for %s", session_id)
                    connections.close_all()
                self._rest(time.monotonic() - began)
        finally:
            connections.close_all()

    def _rest(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, timeout=seconds)

    def _next(self) -> UUID | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._waiting)
            if self._stopping:
                return None
            session_id = next(iter(self._waiting))
            del self._waiting[session_id]
            return session_id

    def _tell(self, session_id: UUID, told: dict[UUID, int]) -> None:
        session = Session.objects.select_related("order").filter(public_id=session_id).first()
        if session is None or version_of(session) == told.get(session_id):
            return
        version = latest.of(session).version
        told[session_id] = version
        hub.publish(session_id, [Event(name="forecast", data=compact({"version": version}))])


forecaster = Forecaster()
