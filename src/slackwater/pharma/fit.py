"""Whether anybody in a crowd is like the patient: by all marks together, and by how each follows the last."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

from slackwater.pharma.arrays import Matrix
from slackwater.pharma.curves import Curves
from slackwater.pharma.evidence import Evidence, Strand, table_of
from slackwater.pharma.kernels.likelihood import one_step_residuals, squared_misfit
from slackwater.pharma.likelihoods import FitLimits, Sign
from slackwater.pharma.observations import DEEPEST_MARK

_MARKED = frozenset({Sign.RATING, Sign.ALERTNESS})
# With fewer ratings, or fewer pairs of neighbours, a drag says nothing yet.
_FEWEST_FOR_DRAG = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How the crowd as drawn and the marks fit together.

    share:   of the crowd, by weight, for whom all marks together are plausible, 0 to 1
    drag:    sum of products of neighbouring one-step residuals over the root of their number, about standard
             normal for a patient from the crowd; large where the crowd keeps running behind
    is_long: whether the drag is longer than the catalogue allows; is_few likewise of the share
    n_marks: ratings and scores that were compared
    """

    share: float
    drag: float
    is_few: bool
    is_long: bool
    n_marks: int

    @property
    def is_outside(self) -> bool:
        """Whether the band is not to be believed."""
        return self.is_few or self.is_long

    def sentence(self, n_subjects: int, *, was_refreshed: bool) -> str:
        """What it means, for people."""
        if not self.n_marks:
            return "No ratings yet: the crowd follows the readings alone."
        counted = f"{round(self.share * n_subjects):,} of {n_subjects:,} virtual patients"
        counted = f"{counted} could have given these ratings"
        if self.is_few:
            return f"Outside my crowd: {counted}. Do not rely on the band."
        if self.is_long:
            return f"Outside my crowd: {counted}, but it keeps running behind them. Do not rely on the band."
        if was_refreshed:
            return f"{counted}; the crowd was drawn again around those who fit."
        return f"{counted}."


def fit_of(evidence: Evidence, drawn: Curves, limits: FitLimits) -> Fit:
    """How a crowd as drawn fits ratings and scores; pressures and heart rate are no part of it.

    drawn: the crowd's curves at the evidence's times

    Source of the drag: Dawid, JRSS A 1984;147:278-292 (forecasts judged in sequence).
    """
    marked = [strand for strand in evidence.strands if strand.sign in _MARKED]
    ratings = next((strand for strand in marked if strand.sign is Sign.RATING), None)
    share = _share(marked, drawn, limits)
    drag = 0.0 if ratings is None else _drag(ratings, drawn)
    return Fit(
        share=share,
        drag=drag,
        is_few=share < limits.fewest_share,
        is_long=drag > limits.longest_drag,
        n_marks=sum(strand.values.size for strand in marked),
    )


def _share(marked: list[Strand], drawn: Curves, limits: FitLimits) -> float:
    """Share of the crowd whose misfit is below the chi-square point for as many independent marks."""
    misfit, n_voices = np.zeros(drawn.weights.size), 0.0
    for strand in marked:
        sd = strand.likelihood.sd
        predicted = _predicted(strand, drawn)
        misfit += squared_misfit(predicted, strand.values, strand.voices, sd, limits.largest_residual)
        n_voices += float(strand.voices.sum())
    if n_voices == 0.0:
        return 1.0
    largest = 2.0 * float(gammaincinv(0.5 * n_voices, limits.plausible_quantile))
    return min(float(drawn.weights[misfit <= largest].sum()), 1.0)


def _drag(ratings: Strand, drawn: Curves) -> float:
    apart = _apart(drawn.time_h[ratings.rows].tolist(), ratings.likelihood.spacing_h)
    if len(apart) < _FEWEST_FOR_DRAG:
        return 0.0
    predicted, table = _predicted(ratings, drawn)[apart], table_of(ratings.likelihood, DEEPEST_MARK)
    residuals = one_step_residuals(predicted, ratings.values[apart], drawn.weights, table)
    return float(np.sum(residuals[1:] * residuals[:-1])) / math.sqrt(len(apart) - 1)


def _apart(at_h: list[float], spacing_h: float) -> list[int]:
    """Ratings each of which has a voice of its own; those that follow one closely are left out."""
    kept = [0]
    for index, at in enumerate(at_h):
        if at - at_h[kept[-1]] > spacing_h:
            kept.append(index)
    return kept


def _predicted(strand: Strand, drawn: Curves) -> Matrix:
    return np.ascontiguousarray(drawn.of(strand.sign.quantity)[strand.rows])
