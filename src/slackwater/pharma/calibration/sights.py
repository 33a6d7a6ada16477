"""What staff would see of patients whose truth is known: at the usual times, with the stated errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final

import numpy as np

from slackwater.pharma.arrays import Matrix
from slackwater.pharma.calibration.truths import Truths
from slackwater.pharma.draws import Stream
from slackwater.pharma.likelihoods import Likelihood, Sign
from slackwater.pharma.observations import Alertness, Observation, Rating, Rise
from slackwater.pharma.response import Response
from slackwater.units import h_from_min

# Minutes after the first dose: pressures every 10 to 15 (M01), alertness every 15 (M07), ratings likewise.
USUAL: Final[Mapping[Sign, tuple[int, ...]]] = MappingProxyType(
    {
        Sign.RATING: (15, 30, 45, 60, 75, 90, 105, 120, 150, 180),
        Sign.ALERTNESS: (15, 30, 45, 60, 75, 90, 105, 120, 150, 180),
        Sign.SYSTOLIC: (10, 20, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180),
        Sign.DIASTOLIC: (10, 20, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180),
        Sign.HEART_RATE: (10, 20, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180),
    }
)
_HIGHEST = {Sign.RATING: 10, Sign.ALERTNESS: 5}
_ARTEFACT_SD = 20.0
_LANE = 22


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sights:
    """All that is seen of each patient; seen: by kind, (n_times, n_patients) at USUAL."""

    seen: Mapping[Sign, Matrix]

    def of(self, patient: int, *, until_min: int, using: frozenset[Sign]) -> list[Observation]:
        """What was seen of one patient up to a minute."""
        return list(
            chain.from_iterable(self._of(sign, patient, until_min) for sign in self.seen if sign in using)
        )

    def _of(self, sign: Sign, patient: int, until_min: int) -> list[Observation]:
        values = self.seen[sign][:, patient].tolist()
        pairs = zip(USUAL[sign], values, strict=True)
        return [_one(sign, h_from_min(minute), value) for minute, value in pairs if minute <= until_min]


def look(truths: Truths, response: Response, *, seed: int) -> Sights:
    """What would be seen of these patients, slips and artefacts included."""
    stream = Stream(seed, lane=_LANE)
    seen = {}
    for sign, minutes in USUAL.items():
        true = truths.of(sign)[list(minutes)]
        error = response.likelihood(sign)
        seen[sign] = _rises(true, error, stream) if sign.is_rise else _marks(true, error, stream)
    return Sights(seen=seen)


def _marks(true: Matrix, error: Likelihood, stream: Stream) -> Matrix:
    highest = _HIGHEST[error.sign]
    marks = np.clip(np.round(true + error.sd * stream.normals(*true.shape)), 0, highest)
    slips = stream.uniforms(true.size).reshape(true.shape) < error.slip
    any_mark = np.floor(stream.uniforms(true.size).reshape(true.shape) * (highest + 1))
    return np.where(slips, any_mark, marks)


def _rises(true: Matrix, error: Likelihood, stream: Stream) -> Matrix:
    """Above a baseline that is itself one reading, whose error all rises of a patient share."""
    read = true + error.sd * stream.normals(*true.shape)
    artefacts = stream.uniforms(true.size).reshape(true.shape) < error.slip
    anything = (stream.uniforms(true.size).reshape(true.shape) - 0.5) * _ARTEFACT_SD * error.sd
    baseline = error.sd * stream.normals(1, true.shape[1])
    rises: Matrix = np.where(artefacts, true + anything, read) - baseline
    return rises


def _one(sign: Sign, at_h: float, value: float) -> Observation:
    match sign:
        case Sign.RATING:
            return Rating(at_h=at_h, depth=int(value))
        case Sign.ALERTNESS:
            return Alertness(at_h=at_h, moaas=int(value))
        case _:
            return Rise(at_h=at_h, sign=sign, amount=value)
