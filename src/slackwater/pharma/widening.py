"""Widening bands that have not held, from how past sessions' readings fell, and only ever wider.

Bands are stretched about their middle by one factor, taken from marks of finished sessions by hierarchical
conformal prediction: a new session is taken to be like the past ones in all but luck, each past session
counts as much as any other however often its patient was asked, and one more session, which nobody has seen,
is given to the worst. A reading of the next session then lies in the stretched 9-in-10 band with a chance of
at least 9 in 10, whatever is wrong with the model, as long as sessions go on being alike.

Source: Lee, Barber & Willett, arXiv 2306.06342 (sessions as the unit; also Dunn, Wasserman & Ramdas,
        arXiv 1809.07441); Romano, Patterson & Candès, NeurIPS 2019 (a model's own band, corrected by what
        it missed).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.recovered import Recovered
from slackwater.pharma.response import DEEPEST
from slackwater.terms.refusal import RefusedError

# Judgement: with fewer, the unseen session takes so large a share that the very worst reading decides.
FEWEST_SESSIONS = 12
# Judgement: so many of the newest count, so that bands follow a change in how a clinic works.
MOST_SESSIONS = 60
# Judgement: bands that would have to be wider than this say nothing; the page then says so instead.
LARGEST_FACTOR = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Widening:
    """By how much the bands of one quantity are stretched about their middle.

    factor:     1 or more
    held:       share of past readings that the engine's own 9-in-10 bands held, 0 to 1
    n_readings: how many readings that is, and n_sessions in how many sessions
    """

    quantity: Quantity
    factor: float
    held: float
    n_readings: int
    n_sessions: int

    def __post_init__(self) -> None:
        # Written so that NaN fails it.
        if not 1.0 <= self.factor <= LARGEST_FACTOR:
            raise RefusedError.of(
                field="factor",
                code="out-of-range",
                message=f"{self.factor} is not a widening from 1 to {LARGEST_FACTOR:g}.",
                mend="Take the factor that the marks of past sessions give.",
            )


def conformal_factor(own_factors: Sequence[Sequence[float]], *, share: float) -> float:
    """The factor that holds the next reading of a next session with a chance of at least `share`.

    own_factors: for each past session, what each of its readings needed (`Mark.own_factor`); none empty
    share:       0 to 1
    Returns at least 1; infinite where there are too few sessions for any finite answer.
    """
    n_sessions = len(own_factors)
    needed = np.concatenate([np.asarray(one, dtype=np.float64) for one in own_factors])
    weight = np.concatenate([np.full(len(one), 1.0 / len(one)) for one in own_factors])
    order = np.argsort(needed, kind="stable")
    # The running sum's rounding must not push a session's worth past the line.
    reached = np.cumsum(weight[order]) >= share * (n_sessions + 1) - 1e-9
    return max(float(needed[order][reached.argmax()]), 1.0) if reached.any() else math.inf


def factor_of(factors: Sequence[tuple[Quantity, float]], quantity: Quantity) -> float:
    """The factor of one quantity; 1 where it is not named."""
    return next((factor for named, factor in factors if named is quantity), 1.0)


def widened(band: Matrix, middle: Vector, factor: float, *, quantity: Quantity) -> Matrix:
    """A band stretched about its middle.

    band:   (n_percentiles, n_times), in the quantity's unit
    middle: (n_times,), its median
    factor: 1 or more; at 1 the band is returned as it is
    Returns the shape of `band`. It holds the band it was made from, its rows stay in order, and depth stays
    within 0 to 10.
    """
    if factor == 1.0:
        return band
    stretched = middle + factor * (band - middle)
    # Rounding must not leave the stretched band a last digit inside the one it was made from.
    stretched = np.where(band >= middle, np.maximum(stretched, band), np.minimum(stretched, band))
    if quantity is Quantity.DEPTH:
        stretched = np.clip(stretched, 0.0, DEEPEST)
    return stretched


def later(found: Recovered, factor: float) -> Recovered:
    """Recovery with the half of the crowd that comes back later coming back later still.

    Only times after the middle are stretched: nobody is to look recovered earlier because bands are wide.
    """
    middle_h = found.p50_h
    if factor == 1.0 or middle_h is None:
        return found
    own_h = np.where(found.time_h > middle_h, middle_h + (found.time_h - middle_h) / factor, found.time_h)
    at = np.maximum(np.searchsorted(found.time_h, own_h, side="right") - 1, 0)
    return Recovered(
        time_h=found.time_h,
        chance=np.minimum(found.chance[at], found.chance),
        parts=MappingProxyType({part: np.minimum(row[at], row) for part, row in found.parts.items()}),
        p10_h=found.p10_h,
        p50_h=middle_h,
        p90_h=_later(found, middle_h, factor),
    )


def _later(found: Recovered, middle_h: float, factor: float) -> float | None:
    if found.p90_h is None:
        return None
    p90_h = middle_h + factor * (found.p90_h - middle_h)
    return p90_h if p90_h <= found.time_h[-1] else None
