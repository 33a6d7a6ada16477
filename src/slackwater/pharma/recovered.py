"""How much of a crowd has recovered, and when."""

import math
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Flags, Matrix, Vector
from slackwater.pharma.curves import Curves, weighted_percentiles
from slackwater.pharma.quantity import Quantity

_TIMES = (10.0, 50.0, 90.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recovered:
    """The crowd's chance of having recovered for good, by time.

    time_h: (n_times,); chance: (n_times,), 0 to 1, never falling
    p10_h:  time by which 10 % of the crowd has recovered, h; None when that is later than the grid.
            p50_h and p90_h likewise.
    """

    time_h: Vector
    chance: Vector
    p10_h: float | None
    p50_h: float | None
    p90_h: float | None

    def chance_at(self, at_h: float) -> float | None:
        """Chance at the last grid time not after `at_h`; None outside the grid: unknown is not safe."""
        if not self.time_h[0] <= at_h <= self.time_h[-1]:
            return None
        return float(self.chance[np.searchsorted(self.time_h, at_h, side="right") - 1])


def recovered(curves: Curves) -> Recovered:
    """Chance that depth is at or under the recovered depth from then on, for all later times on the grid.

    The grid must reach past every dose that is planned: what comes after its end is not known here. A
    virtual patient who never goes deeper counts as recovered throughout.
    """
    is_deep = curves.of(Quantity.DEPTH) > curves.response.recovered_depth
    is_deep_later = np.logical_or.accumulate(is_deep[::-1], axis=0)[::-1]
    p10, p50, p90 = weighted_percentiles(recovered_at(curves), curves.weights, _TIMES)
    return Recovered(
        time_h=curves.time_h,
        chance=curves.chance(~is_deep_later),
        p10_h=_known(p10),
        p50_h=_known(p50),
        p90_h=_known(p90),
    )


def is_impaired(Ce: Matrix, curves: Curves) -> Flags:
    """Who has not recovered at this effect-site concentration; a higher one never undoes it.

    Ce:     (n_times, n_subjects), mg/L
    curves: whose responses are meant
    """
    is_deep: Flags = curves.response.depth_at(Ce, curves.responders) > curves.response.recovered_depth
    return is_deep


def recovered_at(curves: Curves) -> Vector:
    """The first time after which each virtual patient stays recovered, (n_subjects,), h.

    Infinite where the grid ends before it.
    """
    is_deep = curves.of(Quantity.DEPTH) > curves.response.recovered_depth
    n_times = curves.time_h.size
    last_deep = np.where(is_deep.any(axis=0), n_times - 1 - is_deep[::-1].argmax(axis=0), -1)
    found: Vector = np.append(curves.time_h, math.inf)[last_deep + 1]
    return found


def _known(time_h: float) -> float | None:
    return time_h if math.isfinite(time_h) else None
