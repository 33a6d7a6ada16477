"""Weighted quantiles of many curves at once, by an order that was sorted beforehand.

No kernel here is parallel: several rooms ask at once from several threads, and a threading layer of Numba
ends the process when two threads enter it together. They release the lock instead.
"""

import numpy as np
from numba import njit

from slackwater.pharma.arrays import Flags, Matrix, Order, Vector


@njit(cache=True, nogil=True)
def weighted_quantiles(values: Matrix, order: Order, weights: Vector, quantiles: Vector) -> Matrix:
    """The smallest value at which the running weight reaches each quantile, row by row.

    `quantiles` ascend; `order` sorts each row of `values`. Weightless subjects are passed over.
    """
    n_rows, n_subjects = values.shape
    total = 0.0
    for i in range(n_subjects):
        total += weights[i]
    found = np.empty((quantiles.size, n_rows))
    for row in range(n_rows):
        running = 0.0
        last = values[row, order[row, 0]]
        j = 0
        for i in range(n_subjects):
            subject = order[row, i]
            if weights[subject] <= 0.0:
                continue
            running += weights[subject]
            last = values[row, subject]
            while j < quantiles.size and running >= quantiles[j] * total:
                found[j, row] = last
                j += 1
            if j == quantiles.size:
                break
        # Rounding of the sum can leave the topmost quantile a last digit short of reached.
        while j < quantiles.size:
            found[j, row] = last
            j += 1
    return found


@njit(cache=True, nogil=True)
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
