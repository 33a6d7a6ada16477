"""What a ledger says: folded from its lines, and never kept anywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from slackwater.rules.stock.log import (
    Adjusted,
    Counted,
    Disposed,
    Drawn,
    Given,
    Line,
    Lost,
    NotGiven,
    Opened,
    Received,
    Returned,
    Reversed,
    SetAside,
    Wasted,
)


class LedgerError(ValueError):
    """These lines cannot have happened: more left than there was."""


class Place(StrEnum):
    """Where a container is."""

    NOWHERE = "nowhere"
    HERE = "here"
    SET_ASIDE = "set-aside"
    RETURNED = "returned"
    DISPOSED = "disposed"

    @property
    def label(self) -> str:
        return _PLACES[self]


_PLACES = {
    Place.NOWHERE: "never came in",
    Place.HERE: "in the cabinet",
    Place.SET_ASIDE: "set aside, not to be used",
    Place.RETURNED: "sent back",
    Place.DISPOSED: "handed over for destruction",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What was drawn up by one line, and what became of it so far.

    is_read: two people have written what its syringe still held when the infusion was stopped
    """

    number: int
    at: datetime
    by: str
    said: Drawn
    given_ug: int = 0
    wasted_ug: int = 0
    is_read: bool = False

    @property
    def open_ug(self) -> int:
        """What is still in the syringe."""
        return self.said.amount_ug - self.given_ug - self.wasted_ug


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container as its ledger leaves it. Everything in whole micrograms.

    held_ug: what it holds now; what is in a syringe is no longer in it
    n_lines: how many lines there are, reversed ones too
    """

    received_ug: int = 0
    held_ug: int = 0
    given_ug: int = 0
    wasted_ug: int = 0
    lost_ug: int = 0
    returned_ug: int = 0
    disposed_ug: int = 0
    adjusted_ug: int = 0
    draws: tuple[Draw, ...] = ()
    place: Place = Place.NOWHERE
    opened_at: datetime | None = None
    last_count_at: datetime | None = None
    n_lines: int = 0

    @property
    def drawn_open_ug(self) -> int:
        """What was drawn up and is neither given nor wasted."""
        return sum(draw.open_ug for draw in self.draws)

    @property
    def is_here(self) -> bool:
        """Whether somebody who looks should find it, in use or set aside."""
        return self.place in (Place.HERE, Place.SET_ASIDE) and (self.held_ug > 0 or self.drawn_open_ug > 0)

    @property
    def is_opened(self) -> bool:
        return self.opened_at is not None

    @property
    def patients(self) -> frozenset[str]:
        """For whom something was drawn from it."""
        return frozenset(draw.said.patient for draw in self.draws)

    @property
    def unaccounted_ug(self) -> int:
        """What came in less all that it became: 0, or drug was made or lost by the arithmetic itself."""
        out = self.given_ug + self.wasted_ug + self.lost_ug + self.returned_ug + self.disposed_ug
        return self.received_ug + self.adjusted_ug - out - self.held_ug - self.drawn_open_ug

    def draw(self, number: int) -> Draw | None:
        """What the line of this number drew up."""
        return next((one for one in self.draws if one.number == number), None)


def fold(lines: Sequence[Line]) -> Container:
    """The container after these lines. Raises LedgerError where they cannot have happened."""
    struck = {line.said.number for line in lines if isinstance(line.said, Reversed)}
    state = Container()
    for line in lines:
        if line.number not in struck:
            state = _after(state, line)
        state = replace(state, n_lines=line.number)
    return state


def contents(lines: Sequence[Line]) -> Iterable[tuple[datetime, int]]:
    """What it held after each line that counts, as (when it happened, micrograms)."""
    for index, line in enumerate(lines, start=1):
        yield line.happened_at, fold(lines[:index]).held_ug


def _after(state: Container, line: Line) -> Container:
    """After a movement that changes how much is where."""
    match line.said:
        case Received(content_ug=ug):
            state = replace(state, received_ug=ug, held_ug=ug, place=Place.HERE)
        case Drawn() as said:
            draw = Draw(number=line.number, at=line.happened_at, by=line.by, said=said)
            opened_at = state.opened_at or line.happened_at
            state = replace(_less(state, said.amount_ug), draws=(*state.draws, draw), opened_at=opened_at)
        case Given(draw=number, amount_ug=ug):
            state = replace(_used(state, number, given=ug), given_ug=state.given_ug + ug)
        case NotGiven(draw=number, amount_ug=ug):
            state = replace(_used(state, number, given=-ug, is_read=True), given_ug=state.given_ug - ug)
        case Wasted(draw=number, amount_ug=ug):
            left = _used(state, number, wasted=ug) if number else _less(state, ug)
            state = replace(left, wasted_ug=state.wasted_ug + ug)
        case Lost(amount_ug=ug):
            state = replace(_less(state, ug), lost_ug=state.lost_ug + ug)
        case Adjusted(delta_ug=ug):
            state = replace(_less(state, -ug), adjusted_ug=state.adjusted_ug + ug)
        case _:
            state = _moved(state, line)
    return state


def _moved(state: Container, line: Line) -> Container:
    """After a movement of the whole container, or of none of it."""
    match line.said:
        case Opened():
            return replace(state, opened_at=line.happened_at)
        case Returned():
            return replace(state, returned_ug=state.held_ug, held_ug=0, place=Place.RETURNED)
        case Disposed():
            return replace(state, disposed_ug=state.held_ug, held_ug=0, place=Place.DISPOSED)
        case SetAside():
            return replace(state, place=Place.SET_ASIDE)
        case Counted():
            return replace(state, last_count_at=line.happened_at)
        case _:
            return state


def _less(state: Container, ug: int) -> Container:
    if ug > state.held_ug:
        raise LedgerError(f"{ug} ug left a container that held {state.held_ug} ug")
    return replace(state, held_ug=state.held_ug - ug)


def _used(
    state: Container, number: int, *, given: int = 0, wasted: int = 0, is_read: bool = False
) -> Container:
    draw = state.draw(number)
    if draw is None or given + wasted > draw.open_ug or draw.given_ug + given < 0:
        raise LedgerError(f"more was given or wasted of draw {number} than was drawn")
    after = replace(
        draw,
        given_ug=draw.given_ug + given,
        wasted_ug=draw.wasted_ug + wasted,
        is_read=draw.is_read or is_read,
    )
    return replace(state, draws=tuple(after if one.number == number else one for one in state.draws))
