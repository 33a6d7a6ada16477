"""What a crowd expects somebody to read or say: each one's own value, and the error of reading it."""

import numpy as np

from slackwater.pharma.arrays import Vector
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.normal import normal_cdf

_MOST_STEPS = 80
_CLOSE = 1e-9
_REACH_SD = 12.0


@kernel
def reading_share(
    values: Vector, weights: Vector, at: float, sd: float, slip: float, lowest: float, highest: float
) -> float:
    """Chance of a reading at or under `at`; `slip` of them fall anywhere from lowest to highest."""
    total, under = 0.0, 0.0
    for i in range(values.size):
        if weights[i] > 0.0:
            total += weights[i]
            under += weights[i] * normal_cdf((at - values[i]) / sd)
    anywhere = 0.0
    if slip > 0.0:
        anywhere = min(max((at - lowest) / (highest - lowest), 0.0), 1.0)
    return (1.0 - slip) * (under / total) + slip * anywhere


@kernel
def reading_quantile(
    values: Vector, weights: Vector, share: float, sd: float, slip: float, lowest: float, highest: float
) -> float:
    """The reading at or under which `share` of all readings lie; 0 < share < 1."""
    low, high = np.inf, -np.inf
    for i in range(values.size):
        if weights[i] > 0.0:
            low = min(low, values[i])
            high = max(high, values[i])
    low -= _REACH_SD * sd
    high += _REACH_SD * sd
    if slip > 0.0:
        low = min(low, lowest)
        high = max(high, highest)
    missing, over = -share, 1.0 - share
    side = 0
    for step in range(_MOST_STEPS):
        # Every third step halves, so that a flat stretch between two groups cannot hold the search up.
        at = 0.5 * (low + high)
        if step % 3 != 0:
            at = min(max((low * over - high * missing) / (over - missing), low), high)
        found = reading_share(values, weights, at, sd, slip, lowest, highest) - share
        if found < 0.0:
            low, missing = at, found
            # The end that stays twice counts half (the Illinois rule), or the chord would creep.
            over = 0.5 * over if side == -1 else over
            side = -1
        else:
            high, over = at, found
            missing = 0.5 * missing if side == 1 else missing
            side = 1
        if high - low < _CLOSE or abs(found) < 1e-13:
            break
    return at
