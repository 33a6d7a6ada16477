"""exp(A t) of many small compartment systems at once, side by side in lanes.

A has no negative entry off its diagonal, so B = A + q I has none at all when q is the largest loss, and

    exp(A t) = exp(-q t) * sum over k of (B t)**k / k!

adds only terms that are not negative. Nothing cancels, so every entry is right to nearly full precision
however small it is, and equal eigenvalues are no special case. Large t is halved until q t is small and the
result squared back (Moler & Van Loan, SIAM Rev 2003;45:3-49, methods 1 and 3). Each lane's halvings depend on
that lane alone, which makes its digits independent of its neighbours.
"""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from slackwater.pharma.kernels.pattern import Pattern

# q t up to here takes few terms; up to there, more.
_SMALL: Final = 0.5
_LARGE: Final = 4.0
# An entry starts with the term of its shortest path. This many terms beyond the longest of those bring what
# is left out under the rounding.
_TERMS_FOR_SMALL: Final = 13
_TERMS_FOR_LARGE: Final = 28


@njit(cache=True, nogil=True)
def decay(x: float, n_terms: int) -> float:
    """exp(-x) for x >= 0, as one over a sum that cannot cancel; the same digits on every processor."""
    term, total = 1.0, 1.0
    for k in range(1, n_terms + 1):
        term = term * x / k
        total += term
    return 1.0 / total


@njit(cache=True, nogil=True)
def propagator(
    gap: float,
    pattern: Pattern,
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    fastest: NDArray[np.float64],
    phi: NDArray[np.float64],
) -> None:
    """Fills phi, shape (n_states, n_states, n_lanes), with exp(A gap).

    fastest: q of each lane, at least its largest loss
    """
    n, n_lanes = losses.shape
    step = np.full(n_lanes, gap)
    halvings = np.zeros(n_lanes, dtype=np.int64)
    for lane in range(n_lanes):
        while fastest[lane] * step[lane] > _SMALL:
            step[lane] *= 0.5
            halvings[lane] += 1
    _series(fastest, step, pattern, rates, losses, phi)
    square = np.zeros((n, n, n_lanes))
    for done in range(halvings.max()):
        _square(pattern, phi, square)
        for i in range(n):
            for r in range(pattern.first_reach[i], pattern.first_reach[i + 1]):
                j = pattern.reach[r]
                for lane in range(n_lanes):
                    if done < halvings[lane]:
                        phi[i, j, lane] = square[i, j, lane]


@njit(cache=True, nogil=True)
def advance(
    gap: float,
    pattern: Pattern,
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    fastest: NDArray[np.float64],
    x: NDArray[np.float64],
) -> None:
    """Replaces x, shape (n_states, n_lanes), by exp(A gap) x, without the matrix."""
    n, n_lanes = losses.shape
    pieces = np.ones(n_lanes, dtype=np.int64)
    n_terms = np.full(n_lanes, pattern.depth + _TERMS_FOR_SMALL)
    for lane in range(n_lanes):
        if fastest[lane] * gap > _SMALL:
            pieces[lane] = int(np.ceil(fastest[lane] * gap / _LARGE))
            n_terms[lane] = pattern.depth + _TERMS_FOR_LARGE
    for done in range(pieces.max()):
        term = x.copy()
        total = x.copy()
        for k in range(1, n_terms.max() + 1):
            fed = _fed(fastest, pattern, rates, losses, term)
            for i in range(n):
                for lane in range(n_lanes):
                    term[i, lane] = fed[i, lane] * (gap / pieces[lane] / k)
                    if k <= n_terms[lane]:
                        total[i, lane] += term[i, lane]
        for lane in range(n_lanes):
            if done < pieces[lane]:
                kept = decay(fastest[lane] * gap / pieces[lane], n_terms[lane])
                for i in range(n):
                    x[i, lane] = total[i, lane] * kept


@njit(cache=True, nogil=True)
def _fed(
    fastest: NDArray[np.float64],
    pattern: Pattern,
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    x: NDArray[np.float64],
) -> NDArray[np.float64]:
    """B x in every lane."""
    result = np.empty_like(x)
    for i in range(x.shape[0]):
        for lane in range(x.shape[1]):
            result[i, lane] = (fastest[lane] - losses[i, lane]) * x[i, lane]
        for e in range(pattern.first_entry[i], pattern.first_entry[i + 1]):
            s = pattern.sources[e]
            for lane in range(x.shape[1]):
                result[i, lane] += rates[e, lane] * x[s, lane]
    return result


@njit(cache=True, nogil=True)
def _series(
    fastest: NDArray[np.float64],
    step: NDArray[np.float64],
    pattern: Pattern,
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    phi: NDArray[np.float64],
) -> None:
    """Fills phi with exp(A step), each lane with its own step, one column after another."""
    n, n_lanes = losses.shape
    n_terms = pattern.depth + _TERMS_FOR_SMALL
    kept = np.empty(n_lanes)
    for lane in range(n_lanes):
        kept[lane] = decay(fastest[lane] * step[lane], n_terms)
    phi[:] = 0.0
    for j in range(n):
        reached = np.zeros(n, dtype=np.bool_)
        for i in range(n):
            for r in range(pattern.first_reach[i], pattern.first_reach[i + 1]):
                reached[i] = reached[i] or pattern.reach[r] == j
        _column(j, reached, fastest, step, pattern, rates, losses, phi)
        for i in range(n):
            if reached[i]:
                for lane in range(n_lanes):
                    phi[i, j, lane] *= kept[lane]


@njit(cache=True, nogil=True)
def _column(
    j: int,
    reached: NDArray[np.bool_],
    fastest: NDArray[np.float64],
    step: NDArray[np.float64],
    pattern: Pattern,
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    phi: NDArray[np.float64],
) -> None:
    n, n_lanes = losses.shape
    term = np.zeros((n, n_lanes))
    fed = np.zeros((n, n_lanes))
    term[j, :] = 1.0
    phi[j, j, :] = 1.0
    for k in range(1, pattern.depth + _TERMS_FOR_SMALL + 1):
        for i in range(n):
            if reached[i]:
                for lane in range(n_lanes):
                    fed[i, lane] = (fastest[lane] - losses[i, lane]) * term[i, lane]
                for e in range(pattern.first_entry[i], pattern.first_entry[i + 1]):
                    s = pattern.sources[e]
                    if reached[s]:
                        for lane in range(n_lanes):
                            fed[i, lane] += rates[e, lane] * term[s, lane]
        for i in range(n):
            if reached[i]:
                for lane in range(n_lanes):
                    term[i, lane] = fed[i, lane] * (step[lane] / k)
                    phi[i, j, lane] += term[i, lane]


@njit(cache=True, nogil=True)
def _square(pattern: Pattern, phi: NDArray[np.float64], square: NDArray[np.float64]) -> None:
    square[:] = 0.0
    for i in range(phi.shape[0]):
        for r in range(pattern.first_reach[i], pattern.first_reach[i + 1]):
            p = pattern.reach[r]
            for s in range(pattern.first_reach[p], pattern.first_reach[p + 1]):
                j = pattern.reach[s]
                for lane in range(phi.shape[2]):
                    square[i, j, lane] += phi[i, p, lane] * phi[p, j, lane]
