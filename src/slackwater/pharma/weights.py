"""Weights of virtual patients: checked, normalised, and how many patients they are worth."""

import numpy as np

from slackwater.pharma.arrays import Vector
from slackwater.terms.refusal import RefusedError


def equal_weights(n_subjects: int) -> Vector:
    """Shape (n_subjects,), sum 1, read-only; n_subjects: 1 or more."""
    weights = np.full(n_subjects, 1.0 / n_subjects)
    weights.setflags(write=False)
    return weights


def normalised(weights: Vector) -> Vector:
    """Weights with sum 1, read-only.

    Raises RefusedError for a weight that is negative or not a finite number, and for weights that are all
    zero: a crowd that nobody carries predicts nothing.
    """
    check_weights(weights)
    shares: Vector = weights / float(weights.sum())
    shares.setflags(write=False)
    return shares


def check_weights(weights: Vector) -> None:
    """Refuse what is no row of weights. Raises RefusedError as `normalised`."""
    total = float(weights.sum())
    if weights.ndim != 1 or not (np.all(weights >= 0.0) and np.isfinite(total) and total > 0.0):
        raise RefusedError.of(
            field="weights",
            code="not-weights",
            message="Weights must be a row of finite numbers, none negative, not all zero.",
            mend="Leave out the observation that gave them, or draw the crowd anew.",
        )
