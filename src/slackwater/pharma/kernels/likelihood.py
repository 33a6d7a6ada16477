"""How well each virtual patient explains the ratings, and resampling by that."""

import numpy as np
from numba import njit

from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.kernels.elementary import exponential_of
from slackwater.pharma.kernels.normal import logarithm_of, normal_cdf

_LOWEST = 0
_HIGHEST = 10
_N_MARKS = 11


@njit(cache=True, nogil=True)
def rating_log_likelihood(depth: Matrix, ratings: Vector, voices: Vector, sd: float, slip: float) -> Vector:
    """Log-likelihood of all ratings for each subject; depth: (n_ratings, n_subjects)."""
    n_ratings, n_subjects = depth.shape
    log_likelihood = np.zeros(n_subjects)
    for j in range(n_ratings):
        for i in range(n_subjects):
            below = 0.0
            above = 1.0
            # The ends of the scale are open: a 10 stands for everything beyond it.
            if ratings[j] > _LOWEST:
                below = normal_cdf((ratings[j] - 0.5 - depth[j, i]) / sd)
            if ratings[j] < _HIGHEST:
                above = normal_cdf((ratings[j] + 0.5 - depth[j, i]) / sd)
            meant = max(above - below, 0.0)
            log_likelihood[i] += voices[j] * logarithm_of((1.0 - slip) * meant + slip / _N_MARKS)
    return log_likelihood


@njit(cache=True, nogil=True)
def squared_misfit(depth: Matrix, ratings: Vector, voices: Vector, sd: float, most: float) -> Vector:
    """Sum of squared standardised residuals beyond the rounding to a whole mark, for each subject.

    No rating adds more than the square of `most`, so that one slip is not yet a misfit.
    """
    n_ratings, n_subjects = depth.shape
    misfit = np.zeros(n_subjects)
    for j in range(n_ratings):
        for i in range(n_subjects):
            beyond = min(max(abs(ratings[j] - depth[j, i]) - 0.5, 0.0) / sd, most)
            misfit[i] += voices[j] * beyond * beyond
    return misfit


@njit(cache=True, nogil=True)
def tempered_weights(weights: Vector, log_likelihood: Vector, share: float) -> Vector:
    """Weights times likelihood**share, with sum 1; the likelihood may be beyond what a float can hold."""
    n_subjects = weights.size
    highest = -np.inf
    for i in range(n_subjects):
        if weights[i] > 0.0:
            highest = max(highest, log_likelihood[i])
    tempered = np.empty(n_subjects)
    total = 0.0
    for i in range(n_subjects):
        tempered[i] = weights[i] * exponential_of(share * (log_likelihood[i] - highest))
        total += tempered[i]
    for i in range(n_subjects):
        tempered[i] /= total
    return tempered


@njit(cache=True, nogil=True)
def effective_size(weights: Vector) -> float:
    """How many equally weighted subjects these weights are worth."""
    total, squares = 0.0, 0.0
    for i in range(weights.size):
        total += weights[i]
        squares += weights[i] * weights[i]
    return total * total / squares


@njit(cache=True, nogil=True)
def systematic_resample(weights: Vector, offset: float) -> Indices:
    """Which subject each of n equally spaced marks falls on; offset: 0 <= offset < 1."""
    n_subjects = weights.size
    total = 0.0
    for i in range(n_subjects):
        total += weights[i]
    chosen = np.empty(n_subjects, dtype=np.int64)
    running = weights[0] / total
    subject = 0
    for k in range(n_subjects):
        mark = (k + offset) / n_subjects
        while running <= mark and subject < n_subjects - 1:
            subject += 1
            running += weights[subject] / total
        chosen[k] = subject
    return chosen
