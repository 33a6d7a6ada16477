"""Infusions that were stopped: what the ledger has as given, and never went in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from slackwater.actions import log
from slackwater.actions.stock import ledger
from slackwater.records.models import Container as Row
from slackwater.records.models import Entry, LedgerLine, Session
from slackwater.rules.room.fold import RunDose
from slackwater.rules.room.log import EntryKind
from slackwater.rules.stock.fold import Container, Draw
from slackwater.rules.stock.log import MovementKind, NotGiven
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedDraw:
    """What was drawn for an infusion that a stop cut short.

    left_ug: what a pump at a steady rate had not given by then; what the syringe says counts
    """

    draw: Draw
    session: Session
    left_ug: int


def stopped_draws(state: Container) -> list[StoppedDraw]:
    """Every draw whose infusion was stopped, and of which something still stands as given."""
    found = []
    for draw in state.draws:
        session = Session.objects.filter(public_id=draw.said.session).first()
        dose = _cut(session, draw.said.dose) if session and draw.given_ug else None
        if session is not None and dose is not None:
            found.append(StoppedDraw(draw=draw, session=session, left_ug=min(_left(dose), draw.given_ug)))
    return found


def is_unread(session: Session, drawn_from: Iterable[Container]) -> bool:
    """Whether an infusion of this visit was stopped and nobody has written what its syringe still held."""
    return any(one.session == session for state in drawn_from for one in _unread(state))


def unread_since(moment: datetime | None) -> list[str]:
    """Every container with a syringe that nobody has read since its infusion was stopped, by its name.

    moment: when the last day closed, for which all that was stopped before had been read; None for ever
    """
    stops = Entry.objects.filter(kind=EntryKind.STOP.value)
    if moment is not None:
        stops = stops.filter(written_at__gte=moment)
    drawn = LedgerLine.objects.filter(session__in=stops.values("session"), kind=MovementKind.DRAWN.value)
    found = Row.objects.filter(pk__in=drawn.values("container")).select_related("product")
    return [held.name for _, held in ledger.held(found.order_by("own_number")) if any(_unread(held.state))]


def session_of(said: NotGiven, state: Container) -> Session:
    """The visit whose infusion was stopped. Raises RefusedError where none of this draw was."""
    for one in stopped_draws(state):
        if one.draw.number == said.draw:
            return one.session
    raise RefusedError.of(
        field="draw",
        code="STK-12",
        message="No infusion out of that syringe was stopped, so all that was written as given went in.",
        mend="Stop the session in its room first; then write what is left in the syringe.",
    )


def _unread(state: Container) -> Iterator[StoppedDraw]:
    return (one for one in stopped_draws(state) if not one.draw.is_read)


def _cut(session: Session, number: int) -> RunDose | None:
    dose = log.state(log.rows(session)).dose(number)
    return dose if dose is not None and dose.was_cut else None


def _left(dose: RunDose) -> int:
    share = (dose.planned_end_at - dose.ended_at) / (dose.planned_end_at - dose.started_at)
    return round(dose.amount_ug * share)
