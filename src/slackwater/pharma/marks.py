"""Marks: what the crowd said would be read next, held against what then was.

Each reading of a session is predicted one step ahead, by the crowd given only what it was told before. The
prediction is of the reading, so it holds the reading's own error, not only the spread of the crowd.

Ratings are whole marks and pressures whole mmHg, so a reading is a cell, not a point. Its place in the
predicted distribution is then an interval, and a cell that a band cuts counts for the share of it that lies
inside, which needs no coin tossed at every edge.

Source: Czado, Gneiting & Held, Biometrics 2009;65:1254-1261 (the interval in place of a point).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from slackwater.pharma.crowd import Crowd
from slackwater.pharma.draws import Stream
from slackwater.pharma.expected import HALF_CELL, Expected, Known, Seen, expected
from slackwater.pharma.observations import Observation
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.response import DEEPEST
from slackwater.pharma.widening import factor_of

__all__ = ["BAND_SHARE", "Known", "Mark", "Seen", "Told", "before", "marks", "share_inside"]

# What the room's crowd had been told before an hour.
Told: TypeAlias = Callable[[float], Known]

# The band that rooms show and that marks are about: 9 in 10.
BAND_SHARE = 0.9
_MARK_LANE = 15
# Far enough into a tail for any factor that could count, and still a share that a float can tell from 0 or 1.
_OUTERMOST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One prediction and what was read.

    lead_h:          since the last thing that the prediction knew, or since the first dose
    n_before:        how much it knew of this person, of all kinds; 0 where it was the crowd as drawn
    low, middle, high: 5 %, 50 % and 95 % of what was expected to be read, as shown, in the quantity's unit
    pit_low, pit_high: shares of the expected readings under the cell that was read, and under its upper edge
    own_pit_low, own_pit_high: the same for the engine's own prediction, before any widening
    own_factor:      by how much the engine's own 9-in-10 band must be stretched to just hold what was read
    factor:          by how much it was stretched; 1 where it was shown as the engine made it
    is_claimed:      False where the crowd itself had said by then that nobody in it fits
    """

    seen: Seen
    lead_h: float
    n_before: int
    low: float
    middle: float
    high: float
    pit_low: float
    pit_high: float
    own_pit_low: float
    own_pit_high: float
    own_factor: float
    factor: float
    is_claimed: bool

    @property
    def is_prior(self) -> bool:
        """Whether the crowd had heard nothing from this person yet."""
        return self.n_before == 0

    @property
    def error(self) -> float:
        """What was read, less the middle of what was expected."""
        return self.seen.value - self.middle

    @property
    def width(self) -> float:
        """Of the 9-in-10 band as shown."""
        return self.high - self.low

    def inside(self, share: float) -> float:
        """How much of what was read lies in the middle `share` of what was expected: 0 to 1."""
        return share_inside(self.pit_low, self.pit_high, share)

    def inside_own(self, share: float) -> float:
        """The same for the engine's own prediction."""
        return share_inside(self.own_pit_low, self.own_pit_high, share)


def share_inside(pit_low: float, pit_high: float, share: float) -> float:
    """How much of the interval lies within the middle `share` of 0 to 1."""
    low, high = 0.5 * (1.0 - share), 0.5 * (1.0 + share)
    if pit_high <= pit_low:
        return 1.0 if low <= pit_low <= high else 0.0
    return max(min(pit_high, high) - max(pit_low, low), 0.0) / (pit_high - pit_low)


def before(observations: Iterable[Observation]) -> Told:
    """A room that is told each of these at once: before any hour, all that came earlier."""
    known = sorted(set(observations), key=lambda one: (one.at_h, one.sign, one.value))
    return lambda at_h: Known(observations=tuple(one for one in known if one.at_h < at_h))


def marks(
    crowd: Crowd,
    regimen: Regimen,
    told: Told,
    readings: Iterable[Seen],
    *,
    factors: Sequence[tuple[Quantity, float]] = (),
) -> tuple[Mark, ...]:
    """Every reading of a session, each held against what was expected of it.

    crowd:    as drawn
    told:     what the room's crowd had been told before an hour; nothing from that hour or after it
    readings: what is held against it, after the first dose; most of them are told as well, later
    factors:  by how much the session's bands were widened, by quantity; 1 where it is not named
    Returns marks in order of time. The same arguments give the same marks.
    Raises RefusedError for observations that `update` refuses.
    """
    ordered = sorted(readings, key=lambda one: (one.at_h, one.quantity.value, one.value))
    # Where in its cell each reading is taken to lie, when the factor it needed is asked.
    edges = iter(Stream(crowd.seed or 0, lane=_MARK_LANE).uniforms(len(ordered)).tolist())
    found: list[Mark] = []
    for known, group in groupby(ordered, key=lambda seen: told(seen.at_h)):
        together = list(group)
        since_h = max((one.at_h for one in known.observations), default=regimen.doses[0].at_h)
        for seen, foreseen in zip(together, expected(crowd, regimen, known, together), strict=True):
            factor = factor_of(factors, seen.quantity)
            found.append(_mark(seen, foreseen, lead_h=seen.at_h - since_h, factor=factor, share=next(edges)))
    return tuple(found)


def _mark(seen: Seen, foreseen: Expected, *, lead_h: float, factor: float, share: float) -> Mark:
    """Hold what was foreseen against what was read.

    factor: the reading is expected so many times further from the middle than the engine says
    share:  where in its cell the reading is taken to lie, 0 to 1, when its own factor is asked
    """
    middle = foreseen.quantile(0.5)
    low, high = (foreseen.quantile(0.5 * (1.0 + side * BAND_SHARE)) for side in (-1.0, 1.0))
    own = _cell(seen, foreseen, middle, 1.0)
    place = foreseen.quantile(min(max(own[0] + share * (own[1] - own[0]), _OUTERMOST), 1.0 - _OUTERMOST))
    half = high - middle if place >= middle else middle - low
    shown = _cell(seen, foreseen, middle, factor)
    return Mark(
        seen=seen,
        lead_h=lead_h,
        n_before=foreseen.n_before,
        low=_on_scale(seen.quantity, middle - factor * (middle - low)),
        middle=_on_scale(seen.quantity, middle),
        high=_on_scale(seen.quantity, middle + factor * (high - middle)),
        pit_low=shown[0],
        pit_high=shown[1],
        own_pit_low=own[0],
        own_pit_high=own[1],
        own_factor=abs(place - middle) / half,
        factor=factor,
        is_claimed=foreseen.is_claimed,
    )


def _cell(seen: Seen, foreseen: Expected, middle: float, factor: float) -> tuple[float, float]:
    """Shares expected under both edges of the cell, with the expectation stretched about its middle."""
    edges = (seen.value - HALF_CELL, seen.value + HALF_CELL)
    below, above = (foreseen.share(middle + (edge - middle) / factor) for edge in edges)
    if seen.quantity is not Quantity.DEPTH:
        return below, above
    # The ends of the scale are open: a 10 stands for everything beyond it.
    return (below if seen.value > 0.0 else 0.0), (above if seen.value < DEEPEST else 1.0)


def _on_scale(quantity: Quantity, value: float) -> float:
    return min(max(value, 0.0), DEEPEST) if quantity is Quantity.DEPTH else value
