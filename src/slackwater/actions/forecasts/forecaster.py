"""Works a forecast out as soon as an entry changes it, so that it is ready when the screens ask."""

import logging
import time
from typing import ClassVar
from uuid import UUID

from django.db import connections

from slackwater.actions.events import Event, compact, hub
from slackwater.actions.forecasts import latest
from slackwater.actions.forecasts.version import version_of
from slackwater.actions.session_threads import SessionThread
from slackwater.records.models import Session
from slackwater.terms.refusal import RefusedError

logger = logging.getLogger(__name__)


class Forecaster(SessionThread):
    """It rests as long as it worked, so that many rooms never keep an entry waiting for a processor."""

    name: ClassVar = "forecaster"
    longest_stop_s: ClassVar = 2.0

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[UUID, int] = {}

    def hears(self, event: Event) -> bool:
        """Whether something was entered."""
        return event.name == "entry"

    def work_on(self, session_id: UUID) -> None:
        """Work the forecast out and tell the screens that there is a newer one."""
        began = time.monotonic()
        try:
            self._tell(session_id)
        except RefusedError as refusal:
            logger.warning("no forecast for %s: %s", session_id, refusal.problems[0].code)
        except Exception:  # the next session must still get its forecast
            logger.exception("no forecast for %s", session_id)
            connections.close_all()
        self.rest(time.monotonic() - began)

    def _tell(self, session_id: UUID) -> None:
        session = Session.objects.select_related("order").filter(public_id=session_id).first()
        if session is None or version_of(session) == self._told.get(session_id):
            return
        version = latest.of(session).version
        self._told[session_id] = version
        hub.publish(session_id, [Event(name="forecast", data=compact({"version": version}))])


forecaster = Forecaster()
