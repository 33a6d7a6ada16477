"""The widening that finished sessions ask for, looked up as a room is opened or an order tried out."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime

from slackwater.actions.clock import to_milliseconds
from slackwater.actions.marks import standing
from slackwater.actions.marks.standing import Marked
from slackwater.pharma import coverage
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.widening import FEWEST_SESSIONS, Widening
from slackwater.rules.room.log import Banded, Widened

_PERMILLE = 1000


def in_force(model: str, route: str) -> tuple[Widened, ...]:
    """The widening that finished sessions ask for now; none where the crowd's own bands stand.

    Sessions of this model and route count; those of the model by any route where there are too few.
    """
    return tuple(_asked_for(counted(model, route)))


def counted(model: str, route: str) -> list[Marked]:
    """The finished sessions that a widening for this model and route rests on, oldest first."""
    marked = standing.by_present_engine(model=model, route=route)
    return marked if len(marked) >= FEWEST_SESSIONS else standing.by_present_engine(model=model)


def _asked_for(marked: Sequence[Marked]) -> Iterator[Widened]:
    as_of = standing.last_marked_at(marked)
    for banded in Banded:
        found = coverage.widening(Quantity(banded.value), [one.marks for one in marked])
        if found is not None and as_of is not None:
            yield _widened(found, banded, as_of=to_milliseconds(as_of))


def _widened(found: Widening, banded: Banded, *, as_of: datetime) -> Widened:
    return Widened(
        quantity=banded,
        # Rounded up: what is kept is never narrower than what was found.
        factor_permille=math.ceil(found.factor * _PERMILLE),
        held_permille=round(found.held * _PERMILLE),
        readings=found.n_readings,
        sessions=found.n_sessions,
        as_of=as_of,
    )
