"""The curves that evidence is compared with, at the cost of even steps."""

from collections.abc import Collection

import numpy as np

from slackwater.pharma.arrays import Vector
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves
from slackwater.pharma.evidence import Evidence
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.units import h_from_min, min_from_h

# Of all virtual patients together; 4096 of them for two days by the minute.
_MOST_VALUES = 2**24


def compared(crowd: Crowd, regimen: Regimen, evidence: Evidence) -> Curves:
    """The crowd's curves at the evidence's times, of all that it is compared with."""
    return at_minutes(crowd, regimen, evidence.time_h, evidence.wanted)


def at_minutes(crowd: Crowd, regimen: Regimen, time_h: Vector, wanted: Collection[Quantity]) -> Curves:
    """The crowd's curves at some whole minutes.

    time_h: (n_times,), h, rising, each a whole minute as evidence has them
    They are solved at every multiple of the longest step that meets them all: a matrix exponential for each
    gap between them costs as much as forty steps of one that is known.
    """
    minutes = np.rint([min_from_h(at) for at in time_h.tolist()]).astype(np.int64)
    step = max(int(np.gcd.reduce(minutes)), 1)
    first = int(minutes[0]) // step
    n_steps = int(minutes[-1]) // step + 1 - first
    if n_steps * crowd.n_subjects > _MOST_VALUES:
        return crowd.simulate(regimen, time_h, wanted)
    grid_h = np.array([h_from_min(step * (first + k)) for k in range(n_steps)])
    return crowd.simulate(regimen, grid_h, wanted).at(minutes // step - first)
