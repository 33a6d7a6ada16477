"""Weighted quantiles of many curves at once, by an order that was sorted beforehand.

No kernel here is parallel: several rooms ask at once from several threads, and a threading layer of Numba
ends the process when two threads enter it together. They release the lock instead.
"""

import math
from typing import Final

import numpy as np

from slackwater.pharma.arrays import Flags, Indices, Matrix, Order, Vector
from slackwater.pharma.kernels.compiling import kernel

# Running weights are looked at so many subjects apart; whole numbers add up to the same in any grouping.
_STRIDE: Final = 8
_MOST_BITS: Final = 62


@kernel
def whole_weights(weights: Vector) -> Indices:
    """Weights as whole numbers in their proportion, whose sums are exact in whatever order.

    Scaled by a power of two, so that whole numbers and equal weights lose nothing; no positive one becomes 0.
    """
    _, bits = math.frexp(weights.max() * weights.size)
    whole = np.zeros(weights.size, dtype=np.int64)
    for i in range(weights.size):
        if weights[i] > 0.0:
            whole[i] = max(1, int(math.ldexp(weights[i], _MOST_BITS - bits)))
    return whole


@kernel
def weighted_quantiles(
    first: int,
    last: int,
    values: Matrix,
    order: Order,
    weights: Indices,
    quantiles: Vector,
    found: Matrix,
) -> None:
    """Fills rows `first` to `last` of found, shape (n_quantiles, n_rows).

    Each is the smallest value at which the running weight reaches the quantile. `quantiles` ascend; `order`
    sorts each row of `values`. Weightless subjects are passed over.
    """
    n_subjects = values.shape[1]
    total = weights.sum()
    wanted = np.empty(quantiles.size, dtype=np.int64)
    for j in range(quantiles.size):
        # Rounding must not ask for more than there is.
        wanted[j] = min(max(math.ceil(quantiles[j] * float(total)), 1), total)
    for row in range(first, last):
        running, i = 0, 0
        for j in range(quantiles.size):
            # In strides up to the one that gets there, and then one by one.
            while running < wanted[j] and i + _STRIDE <= n_subjects:
                more = 0
                for k in range(_STRIDE):
                    more += weights[order[row, i + k]]
                if running + more >= wanted[j]:
                    break
                running += more
                i += _STRIDE
            while running < wanted[j]:
                running += weights[order[row, i]]
                i += 1
            found[j, row] = values[row, order[row, i - 1]]


@kernel
def weighted_share(holds: Flags, weights: Vector) -> Vector:
    """Share of the weight for which a condition holds, row by row, summed in the subjects' order."""
    n_rows, n_subjects = holds.shape
    total = 0.0
    for i in range(n_subjects):
        total += weights[i]
    share = np.empty(n_rows)
    for row in range(n_rows):
        held = 0.0
        for i in range(n_subjects):
            if holds[row, i]:
                held += weights[i]
        share[row] = min(held / total, 1.0)
    return share
