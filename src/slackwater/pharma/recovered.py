"""How much of a crowd has recovered, and when.

Recovered is a definition with three parts, each with its basis in the response record: depth is hardly
felt, alertness would be scored as awake, and thinking is back. All three follow the drug at the effect
site, so each virtual patient has recovered for good once that has fallen far enough.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from slackwater.pharma.arrays import Flags, Matrix, Vector
from slackwater.pharma.curves import Curves, weighted_percentiles
from slackwater.pharma.quantity import Quantity

_TIMES = (10.0, 50.0, 90.0)
_FELT = (Quantity.S_KETAMINE_EFFECT, Quantity.DEPTH, Quantity.ALERTNESS)


class Part(StrEnum):
    """One part of having recovered."""

    DEPTH = "depth"
    ALERTNESS = "alertness"
    THINKING = "thinking"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recovered:
    """The crowd's chance of having recovered for good, by time.

    time_h: (n_times,)
    chance: (n_times,), 0 to 1, never falling
    parts:  the chance of each part by itself, (n_times,) each; none is below `chance`
    p10_h:  time by which 10 % of the crowd has recovered, h; None when that is later than the grid.
            p50_h and p90_h likewise.
    """

    time_h: Vector
    chance: Vector
    parts: Mapping[Part, Vector]
    p10_h: float | None
    p50_h: float | None
    p90_h: float | None

    def chance_at(self, at_h: float) -> float | None:
        """Chance at the last grid time not after `at_h`; None outside the grid: unknown is not safe."""
        place = self._place(at_h)
        return None if place is None else float(self.chance[place])

    def parts_at(self, at_h: float) -> dict[Part, float]:
        """The chance of each part by then; empty outside the grid."""
        place = self._place(at_h)
        return {} if place is None else {part: float(row[place]) for part, row in self.parts.items()}

    def _place(self, at_h: float) -> int | None:
        if not self.time_h[0] <= at_h <= self.time_h[-1]:
            return None
        return int(np.searchsorted(self.time_h, at_h, side="right")) - 1


def recovered(curves: Curves) -> Recovered:
    """Chance that every part of recovery holds from then on, for all later times on the grid.

    The grid must reach past every dose that is planned: what comes after its end is not known here. A
    virtual patient who is never impaired counts as recovered throughout.
    """
    later = _impaired_later(curves)
    is_impaired_later = _any(later)
    p10, p50, p90 = weighted_percentiles(_ends(curves.time_h, is_impaired_later), curves.weights, _TIMES)
    return Recovered(
        time_h=curves.time_h,
        chance=curves.chance(~is_impaired_later),
        parts=MappingProxyType({part: curves.chance(~is_so) for part, is_so in later.items()}),
        p10_h=_known(p10),
        p50_h=_known(p50),
        p90_h=_known(p90),
    )


def is_impaired(Ce: Matrix, curves: Curves) -> Flags:
    """Who has not recovered at this effect-site concentration; a higher one never undoes it.

    Ce:     (n_times, n_subjects), mg/L
    curves: whose responses are meant
    """
    response, responders = curves.response, curves.responders
    depth, alertness = response.depth_at(Ce, responders), response.alertness_at(Ce, responders)
    return _any(_impaired(Ce, depth, alertness, curves))


def recovered_at(curves: Curves) -> Vector:
    """The first time after which each virtual patient stays recovered, (n_subjects,), h.

    Infinite where the grid ends before it.
    """
    Ce, depth, alertness = (curves.of(each) for each in _FELT)
    return _ends(curves.time_h, _from_then_on(_any(_impaired(Ce, depth, alertness, curves))))


def _impaired_later(curves: Curves) -> dict[Part, Flags]:
    """Of each part, who lacks it at a time or at any later one."""
    Ce, depth, alertness = (curves.of(each) for each in _FELT)
    impaired = _impaired(Ce, depth, alertness, curves)
    return {part: _from_then_on(is_so) for part, is_so in impaired.items()}


def _impaired(Ce: Matrix, depth: Matrix, alertness: Matrix, curves: Curves) -> dict[Part, Flags]:
    response, responders = curves.response, curves.responders
    levels = response.recovery
    # Those whose depth needs more drug bear as much more of it before their thinking suffers.
    thinking = levels.thinking * (responders.EC50 / response.depth.EC50)
    return {
        Part.DEPTH: depth > levels.depth,
        Part.ALERTNESS: alertness < levels.alertness,
        Part.THINKING: Ce > thinking,
    }


def _any(parts: Mapping[Part, Flags]) -> Flags:
    together: Flags = np.logical_or.reduce(list(parts.values()))
    return together


def _from_then_on(is_so: Flags) -> Flags:
    """Whether it is so at a time or at any later one."""
    found: Flags = np.logical_or.accumulate(is_so[::-1], axis=0)[::-1]
    return found


def _ends(time_h: Vector, is_impaired_later: Flags) -> Vector:
    found: Vector = np.append(time_h, math.inf)[np.count_nonzero(is_impaired_later, axis=0)]
    return found


def _known(time_h: float) -> float | None:
    return time_h if math.isfinite(time_h) else None
