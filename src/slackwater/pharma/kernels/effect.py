"""Effect from concentration at the effect site."""

import math

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.elementary import exponential_of
from slackwater.pharma.kernels.normal import logarithm_of
from slackwater.pharma.kernels.powers import powers
from slackwater.pharma.kernels.vectors import SIXTEEN, Row, fill, load, over, plus, store, times, where_less


@kernel
def sigmoid_emax(Ce: Matrix, Emax: Vector, EC50: Vector, gamma: float) -> Matrix:
    """Effect of each subject (column) at each time (row)."""
    n_times, n_subjects = Ce.shape
    effect = np.zeros((n_times, n_subjects))
    for t in range(n_times):
        for i in range(n_subjects):
            effect[t, i] = emax_of(Ce[t, i], Emax[i], EC50[i], gamma)
    return effect


@kernel
def steep_emax(
    first: int, last: int, Ce: Matrix, Emax: Vector, EC50: Vector, gamma: Vector, effect: Matrix
) -> None:
    """The same with a steepness of each subject's own, for the times from `first` to `last`.

    Ce, effect: flat, time after time. Subjects are taken sixteen at once, some of them twice if need be;
    there are at least so many.
    """
    n_subjects, width = EC50.size, len(SIXTEEN)
    for t in range(first, last):
        for low in range(0, n_subjects, width):
            at = min(low, n_subjects - width)
            place = t * n_subjects + at
            own = load(SIXTEEN, Emax, at), load(SIXTEEN, EC50, at), load(SIXTEEN, gamma, at)
            store(effect, place, _steep(load(SIXTEEN, Ce, place), own[0], own[1], own[2]))


@kernel
def _steep(Ce: Row, Emax: Row, EC50: Row, gamma: Row) -> Row:
    none, one = fill(SIXTEEN, 0.0), fill(SIXTEEN, 1.0)
    # Only numbers below 1 are raised to gamma, because Ce**gamma overflows for steep curves.
    smaller, larger = where_less(Ce, EC50, Ce, EC50), where_less(Ce, EC50, EC50, Ce)
    share = powers(over(smaller, larger), gamma)
    effect = over(times(Emax, where_less(Ce, EC50, share, one)), plus(one, share))
    return where_less(none, Ce, effect, none)


@kernel
def emax_of(Ce: float, Emax: float, EC50: float, gamma: float) -> float:
    """Emax * Ce**gamma / (EC50**gamma + Ce**gamma)."""
    # Only numbers below 1 are raised to gamma, because Ce**gamma overflows for steep curves.
    if Ce >= EC50:
        return Emax / (1.0 + power_of(EC50 / Ce, gamma))
    if Ce > 0.0:
        share = power_of(Ce / EC50, gamma)
        return Emax * share / (1.0 + share)
    return 0.0


@kernel
def power_of(base: float, gamma: float) -> float:
    """base**gamma; 0 < base <= 1, gamma > 0. A whole gamma takes a few products instead of two series."""
    whole = math.floor(gamma)
    if gamma != whole:
        return exponential_of(gamma * logarithm_of(base))
    power = 1.0
    while whole > 0:
        if whole % 2 == 1:
            power *= base
        base *= base
        whole //= 2
    return power
