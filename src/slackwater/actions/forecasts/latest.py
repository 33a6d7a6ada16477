"""The forecast of a session as it stands, worked out once for each state of its log."""

import threading
from collections import OrderedDict
from datetime import datetime
from typing import TYPE_CHECKING

from slackwater.actions import leaving, log, order_terms
from slackwater.actions.forecasts.forecast import Forecast, forecast
from slackwater.actions.forecasts.version import version_of
from slackwater.actions.forecasts.wire import ForecastJson, forecast_json
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Session
from slackwater.rules.recovery.barriers import earliest_leave
from slackwater.rules.room.fold import RoomState

if TYPE_CHECKING:
    from uuid import UUID

_KEPT = 32


class Forecasts:
    """Forecasts by session, kept while the log stands. Safe from any thread; one is worked out at a time."""

    def __init__(self) -> None:
        self._engine = threading.Lock()
        self._kept: OrderedDict[UUID, Forecast] = OrderedDict()

    def of(self, session: Session) -> Forecast:
        """The forecast for the session's log as it stands now.

        Raises RefusedError where the order's model cannot tell.
        """
        version = version_of(session)
        kept = self._kept.get(session.public_id)
        if kept is not None and kept.version == version:
            return kept
        with self._engine:
            return self._worked_out(session)

    def at_hand(self, session: Session) -> Forecast | None:
        """What was worked out last, which may be an entry behind; None where nothing was yet."""
        return self._kept.get(session.public_id)

    def forget(self) -> None:
        """Work everything out again."""
        with self._engine:
            self._kept.clear()

    def _worked_out(self, session: Session) -> Forecast:
        # Another thread may have worked it out while this one waited.
        version = version_of(session)
        kept = self._kept.get(session.public_id)
        if kept is not None and kept.version == version:
            return kept
        found = forecast(_state(session), order_terms.terms(session.order), version=version)
        self._kept[session.public_id] = found
        self._kept.move_to_end(session.public_id)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found


forecasts = Forecasts()


def of(session: Session) -> Forecast:
    """The session's forecast now."""
    return forecasts.of(session)


def at_hand(session: Session) -> Forecast | None:
    """The session's last forecast without waiting for the next one."""
    return forecasts.at_hand(session)


def as_json(session: Session) -> ForecastJson:
    """The session's forecast now, as a screen reads it."""
    state = _state(session)
    return forecast_json(of(session), state, not_before=not_before(state))


def not_before(state: RoomState) -> datetime | None:
    """When the observation after the last dose is over; None before any dose."""
    known = leaving.facts(state, chance=None, is_outside=False)
    return earliest_leave(known, limits=load_limits().recovery)


def _state(session: Session) -> RoomState:
    return log.state(log.rows(session))
