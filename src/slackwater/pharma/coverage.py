"""Whether bands held what they promised: coverage with an interval, width and error over many sessions.

Readings of one session go wrong together, so they are not counted as if each were news: the interval is
Wilson's on the number of readings that the sessions are worth, by the ratio estimator's variance between
sessions.

Source: Wilson, J Am Stat Assoc 1927;22:209-212; Franco, Little, Louis & Slud, J Surv Stat Methodol
        2019;7:334-364 (Wilson's interval on an effective sample size).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from slackwater.pharma.arrays import Vector
from slackwater.pharma.marks import BAND_SHARE, Mark
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.slipping import first_slip
from slackwater.pharma.widening import (
    FEWEST_SESSIONS,
    LARGEST_FACTOR,
    MOST_SESSIONS,
    Widening,
    conformal_factor,
)

# Judgement: three points less are worth telling, though chance alone may explain them. What is done about
# bands that hold less is decided by `slipping`.
SLIP = 0.03
# Judgement: a share of fewer sessions than this is a story, not a number.
FEWEST_TO_SAY = 5
_CONFIDENCE = 0.95
N_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How often a band held what was then read.

    share:     0 to 1; NaN never: there is no Held without a reading
    low, high: 95 % interval of the share; None where the sessions are too few to say
    """

    promised: float
    share: float
    n_readings: int
    n_sessions: int
    low: float | None
    high: float | None

    @property
    def is_surely_under(self) -> bool:
        """Whether even the upper end of the interval lies under what was promised."""
        return self.high is not None and self.high < self.promised

    @property
    def has_slipped(self) -> bool:
        """Whether so much less was held than promised that it is worth telling."""
        return self.share < self.promised - SLIP


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharpness:
    """How wide and how far off, in the quantity's unit.

    width:    mean width of the 9-in-10 band
    bias:     mean of what was read less what was expected
    absolute: mean distance between the two
    """

    width: float
    bias: float
    absolute: float


def held(sessions: Sequence[Sequence[Mark]], share: float, *, own: bool = False) -> Held | None:
    """How often the middle `share` of what was expected held what was read; None without a reading.

    own: of the engine's own bands, before any widening
    """
    marked = [one for one in sessions if one]
    if not marked:
        return None
    inside = np.array([sum(_inside(mark, share, own=own) for mark in one) for one in marked])
    sizes = np.array([float(len(one)) for one in marked])
    observed = float(inside.sum() / sizes.sum())
    low, high = _interval(inside, sizes) if len(marked) >= FEWEST_TO_SAY else (None, None)
    return Held(
        promised=share,
        share=observed,
        n_readings=int(sizes.sum()),
        n_sessions=len(marked),
        low=low,
        high=high,
    )


def sharpness(sessions: Sequence[Sequence[Mark]]) -> Sharpness | None:
    """Width and error over all readings; None without one."""
    marked = [mark for one in sessions for mark in one]
    if not marked:
        return None
    errors = np.array([mark.error for mark in marked])
    return Sharpness(
        width=float(np.mean([mark.width for mark in marked])),
        bias=float(errors.mean()),
        absolute=float(np.abs(errors).mean()),
    )


def histogram(sessions: Sequence[Sequence[Mark]]) -> Vector:
    """Share of readings in each tenth of what was expected, (N_BINS,), sum 1; each a tenth when all is right.

    A reading that spans several tenths counts in each for its part. Zeros without a reading.
    """
    marked = [mark for one in sessions for mark in one]
    edges = np.linspace(0.0, 1.0, N_BINS + 1)
    under = np.zeros(N_BINS + 1)
    for mark in marked:
        span = max(mark.pit_high - mark.pit_low, 1e-12)
        under += np.clip((edges - mark.pit_low) / span, 0.0, 1.0)
    return np.diff(under) / max(len(marked), 1)


def widening(quantity: Quantity, sessions: Sequence[Sequence[Mark]]) -> Widening | None:
    """The widening that past sessions ask for; None where the engine's own bands stand.

    sessions: all of them, oldest first; those with a claimed mark of this quantity count
    Bands are widened only once the engine's own 9-in-10 bands were found to hold less (`slipping`), and there
    are FEWEST_SESSIONS. The factor is then the conformal one of the newest MOST_SESSIONS, at most
    LARGEST_FACTOR, so that it falls back to none where a clinic's bands have come to hold again.
    """
    claimed = [found for one in sessions if (found := claimed_of(one, quantity))]
    shares = [sum(mark.inside_own(BAND_SHARE) for mark in one) / len(one) for one in claimed]
    if len(claimed) < FEWEST_SESSIONS or first_slip(shares, BAND_SHARE) is None:
        return None
    newest = claimed[-MOST_SESSIONS:]
    needed = conformal_factor([[mark.own_factor for mark in one] for one in newest], share=BAND_SHARE)
    own = held(newest, BAND_SHARE, own=True)
    if own is None or needed <= 1.0:
        return None
    return Widening(
        quantity=quantity,
        factor=min(needed, LARGEST_FACTOR),
        held=own.share,
        n_readings=own.n_readings,
        n_sessions=own.n_sessions,
    )


def claimed_of(marks: Sequence[Mark], quantity: Quantity) -> list[Mark]:
    """Those of one quantity that the crowd stood by when it made them."""
    return [mark for mark in marks if mark.is_claimed and mark.seen.quantity is quantity]


def _inside(mark: Mark, share: float, *, own: bool) -> float:
    return mark.inside_own(share) if own else mark.inside(share)


def _interval(inside: Vector, sizes: Vector) -> tuple[float, float]:
    """Wilson's interval on the effective number of readings, with Student's t for the few sessions."""
    n_sessions, n_readings = sizes.size, float(sizes.sum())
    share = float(inside.sum()) / n_readings
    t = float(stdtrit(n_sessions - 1, 0.5 * (1.0 + _CONFIDENCE)))
    n = _worth(inside, sizes, share)
    centre = (share + t * t / (2.0 * n)) / (1.0 + t * t / n)
    half = t / (1.0 + t * t / n) * math.sqrt(share * (1.0 - share) / n + t * t / (4.0 * n * n))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def _worth(inside: Vector, sizes: Vector, share: float) -> float:
    """How many independent readings the sessions are worth: never more than there are."""
    n_sessions, n_readings = sizes.size, float(sizes.sum())
    between = float(((inside - share * sizes) ** 2).sum()) * n_sessions / (n_sessions - 1) / n_readings**2
    if between <= 0.0:
        # All held or none did, so nothing tells how alike a session's readings are: each session counts once.
        return float(n_sessions)
    return min(share * (1.0 - share) / between, n_readings)
