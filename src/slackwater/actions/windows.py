"""A session's impaired window: until when nothing new or wider may be agreed with its patient."""

from dataclasses import dataclass
from datetime import datetime

from slackwater.actions.agreements import held, lines
from slackwater.actions.calls import recovered_at
from slackwater.actions.forecasts import latest
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Session
from slackwater.rules.findings import Finding
from slackwater.rules.recovery.window import WindowFacts, earliest_end, holding
from slackwater.rules.room.fold import RoomState
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The window as it stands.

    starts_at:   when the first dose began; None where nothing was given, and then there is no window
    not_before:  the first moment at which it can close; None where nobody can tell
    holding:     everything that keeps it open now
    """

    starts_at: datetime | None
    not_before: datetime | None
    holding: tuple[Finding, ...]

    @property
    def is_open(self) -> bool:
        """Whether the patient counts as impaired now."""
        return bool(self.holding)


def window(session: Session, state: RoomState, *, at: datetime) -> Window:
    """The impaired window of one session, from its log, the crowd and what the patient has said since."""
    limits, facts = load_limits().window, _facts(session, state, at)
    return Window(
        starts_at=facts.first_dose_at,
        not_before=earliest_end(facts, limits=limits),
        holding=tuple(holding(facts, at, limits)),
    )


def _facts(session: Session, state: RoomState, at: datetime) -> WindowFacts:
    # An infusion that still runs has an end in the log only once it is stopped or done.
    is_running = any(dose.is_running(at) for dose in state.doses)
    since, name = lines.entries(session.patient), str(session.public_id)
    return WindowFacts(
        first_dose_at=state.first_dose_at,
        last_dose_ended_at=None if is_running else state.last_dose_ended_at,
        recovered_by=_recovered_by(session) if state.doses else None,
        confirmed_at=_confirmed_at(session, state),
        slept_at=held.slept_at(since, name),
        taught_back_at=held.taught_back_at(since, name),
    )


def _recovered_by(session: Session) -> datetime | None:
    try:
        found = latest.of(session)
    except RefusedError:
        return None
    return None if found.posterior.outside else found.moment(found.recovered.p90_h)


def _confirmed_at(session: Session, state: RoomState) -> datetime | None:
    """Leaving with every barrier gone confirms recovery; with one set aside, or against advice, it does not.

    Then somebody who has spoken with the patient since may say so.
    """
    left = state.left
    if left is None:
        return None
    was_clear = not left.said.overrides and left.said.against is None
    return left.at if was_clear else recovered_at(session)
