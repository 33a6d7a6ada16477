"""Whether anybody in a crowd is like the patient: by how odd its own people would find such a record."""

from dataclasses import dataclass

import numpy as np

from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves
from slackwater.pharma.evidence import Evidence, Strand
from slackwater.pharma.kernels.likelihood import squared_misfit
from slackwater.pharma.likelihoods import FitLimits, Sign
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.yardstick import Surprise, surprise_of

_MARKED = frozenset({Sign.RATING, Sign.ALERTNESS})
_THOUSAND = 1000
_NO_SURPRISE = Surprise(chance=1.0, looks="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How the crowd as drawn and a record fit together.

    share:      of the crowd, by weight, for whom all marks together are plausible, 0 to 1
    surprise:   how odd the record is for the crowd's own people, and what it looks like
    is_outside: whether that is so odd that the band is not to be believed
    n_marks:    ratings and scores that were compared
    """

    share: float
    surprise: Surprise
    is_outside: bool
    n_marks: int

    def sentence(self, n_subjects: int, *, was_refreshed: bool) -> str:
        """What it means, for people."""
        if not self.n_marks:
            return "No ratings yet: the crowd follows the readings alone."
        n_fitting = round(self.share * n_subjects)
        counted = f"{n_fitting:,} of {n_subjects:,} virtual patients could have given these ratings"
        if self.is_outside:
            return (
                f"Outside my crowd: {counted}, and {self._how_odd} of its own people would be seen so odd. It"
                f" looks as if {self.surprise.looks}. Do not rely on the band."
            )
        if not n_fitting:
            return (
                f"{counted}, all of them together: the band takes some for slips. Look whether each is"
                " written as it was said, and rely on the band less."
            )
        if was_refreshed:
            return f"{counted}; the crowd was drawn again around those who fit."
        return f"{counted}."

    @property
    def _how_odd(self) -> str:
        n_odd = round(self.surprise.chance * _THOUSAND)
        return f"{n_odd} in {_THOUSAND:,}" if n_odd > 1 else f"hardly 1 in {_THOUSAND:,}"


def fit_of(crowd: Crowd, regimen: Regimen, evidence: Evidence, drawn: Curves) -> Fit:
    """How a crowd as drawn fits what was seen.

    drawn: the crowd's curves at the evidence's times
    Without a rating or a score nobody is called outside: readings alone tell too little of the drug.
    """
    limits = crowd.population.response.fit
    marked = [strand for strand in evidence.strands if strand.sign in _MARKED]
    n_marks = sum(strand.values.size for strand in marked)
    # A crowd of one has nobody else to hold a record against.
    is_asked = n_marks > 0 and crowd.n_subjects > 1
    surprise = surprise_of(crowd, regimen, evidence) if is_asked else _NO_SURPRISE
    return Fit(
        share=_share(marked, drawn, limits),
        surprise=surprise,
        is_outside=surprise.is_rarer_than(limits.false_alarms),
        n_marks=n_marks,
    )


def _share(marked: list[Strand], drawn: Curves, limits: FitLimits) -> float:
    """Share of the crowd whose misfit is below the chi-square point for as many independent marks."""
    misfit, n_voices = np.zeros(drawn.weights.size), 0.0
    for strand in marked:
        sd = strand.likelihood.sd
        predicted = np.ascontiguousarray(drawn.of(strand.sign.quantity)[strand.rows])
        misfit += squared_misfit(predicted, strand.values, strand.voices, sd, limits.largest_residual)
        n_voices += float(strand.voices.sum())
    if n_voices == 0.0:
        return 1.0
    # A third of a second to load, for which a simulation need not wait.
    from scipy.special import gammaincinv  # noqa: PLC0415

    largest = 2.0 * float(gammaincinv(0.5 * n_voices, limits.plausible_quantile))
    return min(float(drawn.weights[misfit <= largest].sum()), 1.0)
