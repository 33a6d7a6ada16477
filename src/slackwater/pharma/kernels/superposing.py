"""Sums of unit responses: how high they rise, and how many people a dose takes over their own level.

Curves are read time by time for one person, and a search stops where nothing that follows can be higher. The
answer is the one of a full search to the last digit, because every row left out is bounded before it is.
"""

import numpy as np

from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.kernels.compiling import kernel


@kernel
def highest_sums(
    first: Matrix, later: Matrix, steps: Indices, shares: Vector, late_row: int, highest: Matrix, late: Matrix
) -> None:
    """Fills the largest first[t] + shares[b] * later[t - steps[b]]: over all rows, and from late_row on.

    first, later:  (n_rows, n_subjects), 0 or more
    highest, late: (n_boosters, n_subjects)
    """
    for i in range(first.shape[1]):
        own, added = first[:, i].copy(), later[:, i].copy()
        own_left, added_left = _highest_left(own), _highest_left(added)
        for b in range(steps.size):
            highest[b, i] = _highest_sum(own, added, own_left, added_left, steps[b], shares[b], 0)
            late[b, i] = _highest_sum(own, added, own_left, added_left, steps[b], shares[b], late_row)


@kernel
def highest_products(later: Matrix, steps: Indices, factor: Matrix, from_row: int, highest: Matrix) -> None:
    """Fills the largest later[t - steps[b]] * factor[t] from from_row on, (n_boosters, n_subjects).

    later, factor: (n_rows, n_subjects), 0 or more, finite
    """
    n_rows, n_subjects = factor.shape
    for i in range(n_subjects):
        added, own = later[:, i].copy(), factor[:, i].copy()
        added_left, own_left = _highest_left(added), _highest_left(own)
        for b in range(steps.size):
            top = 0.0
            for t in range(max(from_row, steps[b]), n_rows):
                value = added[t - steps[b]] * own[t]
                if value > top:
                    top = value
                elif added_left[t - steps[b]] * own_left[t] <= top:
                    break
            highest[b, i] = top


@kernel
def share_over(amounts: Vector, per_unit: Matrix, levels: Vector, weights: Vector) -> Matrix:
    """Share of the weight for whom amount * per_unit is above their level, (n_amounts, n_boosters).

    amounts:  rising, 0 or more, so that each person changes sides once
    per_unit: (n_boosters, n_subjects); levels: (n_subjects,)
    """
    n_boosters, n_subjects = per_unit.shape
    total = 0.0
    for i in range(n_subjects):
        total += weights[i]
    share = np.zeros((amounts.size, n_boosters))
    for b in range(n_boosters):
        for i in range(n_subjects):
            first = _first_over(amounts, per_unit[b, i], levels[i])
            if first < amounts.size:
                share[first, b] += weights[i]
        running = 0.0
        for k in range(amounts.size):
            running += share[k, b]
            share[k, b] = min(running / total, 1.0)
    return share


@kernel
def _first_over(amounts: Vector, per_unit: float, level: float) -> int:
    """The first amount that takes this person over their level; how many amounts there are if none does."""
    first, last = 0, amounts.size
    while first < last:
        middle = (first + last) // 2
        if amounts[middle] * per_unit > level:
            last = middle
        else:
            first = middle + 1
    return first


@kernel
def _highest_sum(
    own: Vector, added: Vector, own_left: Vector, added_left: Vector, step: int, share: float, from_row: int
) -> float:
    top = 0.0
    for t in range(from_row, own.size):
        if t < step:
            top = max(top, own[t])
            continue
        value = own[t] + share * added[t - step]
        if value > top:
            top = value
        elif own_left[t] + share * added_left[t - step] <= top:
            break
    return top


@kernel
def _highest_left(values: Vector) -> Vector:
    """The highest of each value and all that follow."""
    left = values.copy()
    for t in range(values.size - 2, -1, -1):
        left[t] = max(left[t], left[t + 1])
    return left
