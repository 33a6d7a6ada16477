"""Sharing a variance out among causes whose deviates are not independent.

Y is fitted by a sum of functions, one a column of deviates: Y = f0 + f1(z1) + f2(z2) + ... + the rest. Each
cause is given Cov(sum of its f, Y) / Var(Y), which is its first-order Sobol index where the columns are
independent and, where they are not, its own share with that of what it goes along with. The functions are
Hermite polynomials up to the third degree; they are fitted on one half of the crowd and held against the
other, both ways, so that what is only chance in a fit counts for nothing.

Source: Li et al., J Phys Chem A 2010;114:6022-6032 (the shares, from memory).
"""

import math
from collections.abc import Sequence

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.columns import Cause

_DEGREES = 3
# Where many deviates hang together the fit has more than one answer; this keeps it to the smallest.
_RIDGE = 1e-6


def additive(
    answers: Matrix, z: Matrix, groups: Sequence[tuple[Cause, Sequence[int]]]
) -> tuple[Vector, tuple[tuple[Cause, Vector], ...]]:
    """The variance of each answer, and each cause's share of it, with what is left as TOGETHER.

    answers: (n_answers, n_subjects), of subjects with equal weights
    z:       (n_subjects, n_columns), the deviates behind them, of any dependence
    groups:  the columns of each cause; one without columns is left out
    Returns (n_answers,) in the answers' units squared, and shares of 0 to 1 that add up to 1 where it varies.
    """
    terms = _polynomials(z)
    n_subjects = len(z)
    first, second = slice(0, n_subjects // 2), slice(n_subjects // 2, n_subjects)
    variance = answers.var(axis=1)
    middle = answers.mean(axis=1)
    varies = variance > 1e-12 * np.maximum(middle**2, 1e-300)
    used = [(cause, columns) for cause, columns in groups if columns]
    covariances = np.zeros((len(used), len(answers)))
    for fitted, held in ((first, second), (second, first)):
        weights = _fit(terms[fitted], answers[:, fitted])
        off = (answers[:, held] - answers[:, held].mean(axis=1)[:, None]).T
        for place, (_, columns) in enumerate(used):
            some = _terms_of(columns)
            part = terms[held][:, some] @ weights[some]
            covariances[place] += ((part - part.mean(axis=0)) * off).sum(axis=0) / n_subjects
    shares = np.clip(np.where(varies, covariances / np.where(varies, variance, 1.0), 0.0), 0.0, 1.0)
    # By chance, or where one cause takes back what another brings, the shares can add up to more than all.
    shares /= np.maximum(shares.sum(axis=0), 1.0)
    left = np.where(varies, 1.0 - shares.sum(axis=0), 0.0)
    found = [(cause, share) for (cause, _), share in zip(used, shares, strict=True)]
    return np.where(varies, variance, 0.0), (*found, (Cause.TOGETHER, left))


def _polynomials(z: Matrix) -> Matrix:
    """The first Hermite polynomials of each column, (n_subjects, n_columns * _DEGREES), column by column."""
    parts = (z, (z**2 - 1.0) / math.sqrt(2.0), (z**3 - 3.0 * z) / math.sqrt(6.0))
    return np.stack(parts, axis=2).reshape(len(z), -1)


def _terms_of(columns: Sequence[int]) -> list[int]:
    return [_DEGREES * column + degree for column in columns for degree in range(_DEGREES)]


def _fit(terms: Matrix, answers: Matrix) -> Matrix:
    """Least squares, (n_terms, n_answers)."""
    centred = terms - terms.mean(axis=0)
    normal = centred.T @ centred / len(terms)
    normal[np.diag_indices_from(normal)] += _RIDGE
    target = centred.T @ (answers - answers.mean(axis=1)[:, None]).T / len(terms)
    found: Matrix = np.linalg.solve(normal, target)
    return found
