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

_LARGEST_FOR_MATRIX: Final = 0.5
_LARGEST_FOR_VECTOR: Final = 4.0
# Beyond the longest path through the system, this many terms bring what is left out under the rounding.
_TERMS_FOR_MATRIX: Final = 10
_TERMS_FOR_VECTOR: Final = 24


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
    first_entry: NDArray[np.int64],
    sources: NDArray[np.int64],
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    first_reach: NDArray[np.int64],
    reach: NDArray[np.int64],
    phi: NDArray[np.float64],
    term: NDArray[np.float64],
    other: NDArray[np.float64],
) -> None:
    """Fills phi, shape (n_states, n_states, n_lanes), with exp(A gap); term and other are room to work in.

    first_entry, sources: entries feeding state i are first_entry[i] to first_entry[i + 1], and what they read
    first_reach, reach:   the columns of row i that are not zero, likewise
    """
    n_lanes = losses.shape[1]
    largest = _largest(losses)
    step = np.full(n_lanes, gap)
    halvings = np.zeros(n_lanes, dtype=np.int64)
    for lane in range(n_lanes):
        while largest[lane] * step[lane] > _LARGEST_FOR_MATRIX:
            step[lane] *= 0.5
            halvings[lane] += 1
    _series(largest, step, first_entry, sources, rates, losses, first_reach, reach, phi, term, other)
    for done in range(halvings.max()):
        _square(first_reach, reach, phi, other)
        for i in range(phi.shape[0]):
            for r in range(first_reach[i], first_reach[i + 1]):
                j = reach[r]
                for lane in range(n_lanes):
                    if done < halvings[lane]:
                        phi[i, j, lane] = other[i, j, lane]


@njit(cache=True, nogil=True)
def _largest(losses: NDArray[np.float64]) -> NDArray[np.float64]:
    largest = np.zeros(losses.shape[1])
    for i in range(losses.shape[0]):
        for lane in range(losses.shape[1]):
            largest[lane] = max(largest[lane], losses[i, lane])
    return largest


@njit(cache=True, nogil=True)
def _series(
    largest: NDArray[np.float64],
    step: NDArray[np.float64],
    first_entry: NDArray[np.int64],
    sources: NDArray[np.int64],
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    first_reach: NDArray[np.int64],
    reach: NDArray[np.int64],
    phi: NDArray[np.float64],
    term: NDArray[np.float64],
    other: NDArray[np.float64],
) -> None:
    """Phi becomes exp(A step) by the series above; step is each lane's own."""
    n, n_lanes = losses.shape
    phi[:] = 0.0
    term[:] = 0.0
    for i in range(n):
        phi[i, i, :] = 1.0
        term[i, i, :] = 1.0
    n_terms = n + _TERMS_FOR_MATRIX
    for k in range(1, n_terms + 1):
        for i in range(n):
            for r in range(first_reach[i], first_reach[i + 1]):
                j = reach[r]
                for lane in range(n_lanes):
                    other[i, j, lane] = (largest[lane] - losses[i, lane]) * term[i, j, lane]
            for e in range(first_entry[i], first_entry[i + 1]):
                s = sources[e]
                for r in range(first_reach[s], first_reach[s + 1]):
                    j = reach[r]
                    for lane in range(n_lanes):
                        other[i, j, lane] += rates[e, lane] * term[s, j, lane]
        for i in range(n):
            for r in range(first_reach[i], first_reach[i + 1]):
                j = reach[r]
                for lane in range(n_lanes):
                    term[i, j, lane] = other[i, j, lane] * (step[lane] / k)
                    phi[i, j, lane] += term[i, j, lane]
    kept = np.empty(n_lanes)
    for lane in range(n_lanes):
        kept[lane] = decay(largest[lane] * step[lane], n_terms)
    for i in range(n):
        for r in range(first_reach[i], first_reach[i + 1]):
            for lane in range(n_lanes):
                phi[i, reach[r], lane] *= kept[lane]


@njit(cache=True, nogil=True)
def _square(
    first_reach: NDArray[np.int64],
    reach: NDArray[np.int64],
    phi: NDArray[np.float64],
    square: NDArray[np.float64],
) -> None:
    square[:] = 0.0
    for i in range(phi.shape[0]):
        for r in range(first_reach[i], first_reach[i + 1]):
            p = reach[r]
            for s in range(first_reach[p], first_reach[p + 1]):
                j = reach[s]
                for lane in range(phi.shape[2]):
                    square[i, j, lane] += phi[i, p, lane] * phi[p, j, lane]


@njit(cache=True, nogil=True)
def advance(
    gap: float,
    first_entry: NDArray[np.int64],
    sources: NDArray[np.int64],
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    x: NDArray[np.float64],
    term: NDArray[np.float64],
    other: NDArray[np.float64],
) -> None:
    """X becomes exp(A gap) x, without the matrix; all of shape (n_states, n_lanes)."""
    n, n_lanes = losses.shape
    largest = _largest(losses)
    pieces = np.ones(n_lanes, dtype=np.int64)
    most = 1
    for lane in range(n_lanes):
        pieces[lane] = max(1, int(np.ceil(largest[lane] * gap / _LARGEST_FOR_VECTOR)))
        most = max(most, pieces[lane])
    n_terms = n + _TERMS_FOR_VECTOR
    total = np.empty_like(x)
    for done in range(most):
        term[:] = x
        total[:] = x
        for k in range(1, n_terms + 1):
            for i in range(n):
                for lane in range(n_lanes):
                    other[i, lane] = (largest[lane] - losses[i, lane]) * term[i, lane]
                for e in range(first_entry[i], first_entry[i + 1]):
                    s = sources[e]
                    for lane in range(n_lanes):
                        other[i, lane] += rates[e, lane] * term[s, lane]
            for i in range(n):
                for lane in range(n_lanes):
                    term[i, lane] = other[i, lane] * (gap / pieces[lane] / k)
                    total[i, lane] += term[i, lane]
        for lane in range(n_lanes):
            if done < pieces[lane]:
                kept = decay(largest[lane] * gap / pieces[lane], n_terms)
                for i in range(n):
                    x[i, lane] = total[i, lane] * kept
