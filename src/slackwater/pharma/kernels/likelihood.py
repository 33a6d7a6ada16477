"""How well each virtual patient explains what is seen, and resampling by that."""

import numpy as np

from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.elementary import exponential_of
from slackwater.pharma.kernels.normal import logarithm_of, normal_cdf

_PER_MARK = 1000


@kernel
def mark_table(sd: float, slip: float, highest: int) -> Matrix:
    """Log-likelihood of each mark from 0 to highest, at equal steps of what is predicted; (marks, steps)."""
    n_steps = highest * _PER_MARK + 1
    table = np.empty((highest + 1, n_steps))
    for step in range(n_steps):
        below = 0.0
        for mark in range(highest + 1):
            # The ends of the scale are open: the highest mark stands for everything beyond it.
            above = 1.0
            if mark < highest:
                above = normal_cdf((mark + 0.5 - step / _PER_MARK) / sd)
            meant = max(above - below, 0.0)
            table[mark, step] = logarithm_of((1.0 - slip) * meant + slip / (highest + 1))
            below = above
    return table


@kernel
def mark_log_likelihood(predicted: Matrix, marks: Vector, voices: Vector, table: Matrix) -> Vector:
    """Log-likelihood of all marks for each subject; predicted: (n_marks, n_subjects), 0 to the highest mark.

    Straight lines between the table's steps, which are so close that the digits lost are beyond the sixth.
    """
    n_marks, n_subjects = predicted.shape
    log_likelihood = np.zeros(n_subjects)
    last = table.shape[1] - 1
    for j in range(n_marks):
        row = table[int(marks[j])]
        for i in range(n_subjects):
            place = min(max(predicted[j, i] * _PER_MARK, 0.0), float(last))
            step = min(int(place), last - 1)
            value = row[step] + (place - step) * (row[step + 1] - row[step])
            log_likelihood[i] += voices[j] * value
    return log_likelihood


@kernel
def answer_log_likelihood(
    predicted: Matrix, answers: Vector, voices: Vector, sd: float, slip: float, threshold: float
) -> Vector:
    """Log-likelihood of yes (1) where what is predicted is at least a threshold, and of no (0) below it."""
    n_answers, n_subjects = predicted.shape
    log_likelihood = np.zeros(n_subjects)
    for j in range(n_answers):
        for i in range(n_subjects):
            meant = normal_cdf((predicted[j, i] - threshold) / sd)
            if answers[j] == 0.0:
                meant = 1.0 - meant
            log_likelihood[i] += voices[j] * logarithm_of((1.0 - slip) * meant + 0.5 * slip)
    return log_likelihood


@kernel
def rise_log_likelihood(predicted: Matrix, rises: Vector, voices: Vector, sd: float) -> Vector:
    """Log-likelihood of all rises for each subject, up to a constant.

    Normal errors, of which one, the baseline's, is in every rise: covariance sd**2 * (diag(1/voices) + 1).
    """
    n_rises, n_subjects = predicted.shape
    log_likelihood = np.empty(n_subjects)
    voice = 0.0
    for j in range(n_rises):
        voice += voices[j]
    for i in range(n_subjects):
        total, squares = 0.0, 0.0
        for j in range(n_rises):
            residual = (rises[j] - predicted[j, i]) / sd
            total += voices[j] * residual
            squares += voices[j] * residual * residual
        # Sherman & Morrison's inverse of a diagonal plus a constant.
        log_likelihood[i] = -0.5 * (squares - total * total / (1.0 + voice))
    return log_likelihood


@kernel
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


@kernel
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


@kernel
def effective_size(weights: Vector) -> float:
    """How many equally weighted subjects these weights are worth."""
    total, squares = 0.0, 0.0
    for i in range(weights.size):
        total += weights[i]
        squares += weights[i] * weights[i]
    return total * total / squares


@kernel
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
