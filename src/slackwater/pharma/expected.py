"""What a crowd that was told something expects to be read next: each one's own, and the error of reading.

Rises in pressure all stray by the error of their one baseline. What earlier rises tell of it is taken in: for
each virtual patient the baseline's error is normal, with the mean and variance that their residuals leave.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Vector
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.evidence import gather, without_artefacts
from slackwater.pharma.kernels.predictive import reading_quantile, reading_share
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observations import Observation, Rating
from slackwater.pharma.observe import update
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.response import DEEPEST

HALF_CELL = 0.5
_SIGNS = {
    Quantity.DEPTH: Sign.RATING,
    Quantity.SYSTOLIC_RISE: Sign.SYSTOLIC,
    Quantity.DIASTOLIC_RISE: Sign.DIASTOLIC,
}
_RISES = (Quantity.SYSTOLIC_RISE, Quantity.DIASTOLIC_RISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something read: a rating (depth), or a pressure's rise above the baseline reading, in mmHg."""

    quantity: Quantity
    at_h: float
    value: float

    @classmethod
    def of(cls, rating: Rating) -> "Seen":
        """A rating as something read."""
        return cls(quantity=Quantity.DEPTH, at_h=rating.at_h, value=rating.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a crowd had been told; using: the kinds that counted, None for those of the catalogue."""

    observations: tuple[Observation, ...]
    using: frozenset[Sign] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expected:
    """The distribution of one reading.

    values:     (n_subjects,), each virtual patient's own, with weights likewise
    sd, slip:   how it strays about them; a slip falls anywhere from lowest to highest
    n_before:   how much was known of this person
    is_claimed: False where the crowd had said that nobody in it fits
    """

    values: Vector
    weights: Vector
    sd: float
    slip: float
    lowest: float
    highest: float
    n_before: int
    is_claimed: bool

    def share(self, at: float) -> float:
        """Chance of a reading at or under this."""
        return float(
            reading_share(self.values, self.weights, at, self.sd, self.slip, self.lowest, self.highest)
        )

    def quantile(self, share: float) -> float:
        """The reading at or under which this share of all readings lie, 0 < share < 1."""
        return float(
            reading_quantile(self.values, self.weights, share, self.sd, self.slip, self.lowest, self.highest)
        )


def expected(crowd: Crowd, regimen: Regimen, known: Known, readings: Sequence[Seen]) -> Iterator[Expected]:
    """What is expected of each of these readings by the crowd that was told what is known.

    crowd: as drawn
    known: nothing later than any of the readings
    Raises RefusedError for observations that `update` refuses.
    """
    posterior = update(crowd, regimen, known.observations, using=known.using)
    at_h = sorted({seen.at_h for seen in readings})
    curves = posterior.crowd.simulate(regimen, np.array(at_h), {seen.quantity for seen in readings})
    baselines = {}
    if any(seen.quantity in _RISES for seen in readings):
        baselines = dict(_baselines(crowd, regimen, known, posterior.crowd))
    for seen in readings:
        likelihood = crowd.population.response.likelihood(_SIGNS[seen.quantity])
        baseline = baselines.get(seen.quantity, _Baseline(shift=np.zeros(1), voice=0.0))
        yield Expected(
            values=curves.of(seen.quantity)[at_h.index(seen.at_h)] + baseline.shift,
            weights=posterior.crowd.weights,
            sd=likelihood.sd * (baseline.stray if likelihood.sign.is_rise else 1.0),
            slip=0.0 if likelihood.sign.is_rise else likelihood.slip,
            lowest=-HALF_CELL,
            highest=DEEPEST + HALF_CELL,
            n_before=posterior.n_seen,
            is_claimed=not posterior.outside,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Baseline:
    """What the rises that are known tell of their one baseline.

    shift: by how much it moves every rise of each virtual patient, (n_subjects,)
    voice: how many readings tell so; 0 for none
    """

    shift: Vector
    voice: float

    @property
    def stray(self) -> float:
        """SDs of one reading by which a rise strays: its own, and what is not known of the baseline."""
        return math.sqrt(1.0 + 1.0 / (1.0 + self.voice))


def _baselines(
    crowd: Crowd, regimen: Regimen, known: Known, informed: Crowd
) -> Iterator[tuple[Quantity, _Baseline]]:
    """Given residuals r with voices v, the baseline's error has mean sum(v r) / (1 + sum(v))."""
    evidence = gather(crowd, regimen, known.observations, known.using)
    if not any(strand.sign.quantity in _RISES for strand in evidence.strands):
        return
    evidence = without_artefacts(evidence, crowd.simulate(regimen, evidence.time_h, evidence.wanted))
    curves = informed.simulate(regimen, evidence.time_h, _RISES)
    for strand in evidence.strands:
        quantity, voice = strand.sign.quantity, float(strand.voices.sum())
        if quantity in _RISES:
            residuals = strand.values[:, None] - curves.of(quantity)[strand.rows]
            yield quantity, _Baseline(shift=strand.voices @ residuals / (1.0 + voice), voice=voice)
