"""What virtual patients truly feel: curves of a population's own people, drawn evenly over its spread."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from slackwater.pharma.arrays import Flags, Matrix, Vector
from slackwater.pharma.crowd import Crowd, Population, draw
from slackwater.pharma.draws import Stream
from slackwater.pharma.effects import effects
from slackwater.pharma.kernels.normal import normal_quantiles
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.recovered import is_impaired
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.response import Responders
from slackwater.pharma.variability import settled
from slackwater.units import h_from_min

LAST_MIN = 480
TIME_H: Vector = np.array([h_from_min(minute) for minute in range(LAST_MIN + 1)])
# Olofsen 2022: the half-life given to a model that has venous blood and no effect site of its own.
_LENT_HALF_LIFE_MIN = 8.3
_LANE = 21


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Truths:
    """Curves of patients at TIME_H, each (n_times, n_patients); by what is observed of them.

    impaired: (n_times, n_patients), who has not recovered
    """

    curves: dict[Quantity, Matrix]
    impaired: Flags

    @property
    def n_patients(self) -> int:
        """How many there are."""
        return int(self.depth.shape[1])

    @property
    def depth(self) -> Matrix:
        """Depth of effect, 0 to 10."""
        return self.curves[Quantity.DEPTH]

    def of(self, sign: Sign) -> Matrix:
        """What an observation of this kind observes."""
        return self.curves[sign.quantity]

    def slowed(self, factor: float) -> "Truths":
        """The same patients in whom all goes slower by a factor."""
        return self._retimed(TIME_H / factor)

    def later(self, hours: float) -> "Truths":
        """The same patients in whom all comes later."""
        return self._retimed(np.maximum(TIME_H - hours, 0.0))

    def _retimed(self, time_h: Vector) -> "Truths":
        def at(curves: Matrix) -> Matrix:
            return np.column_stack([np.interp(time_h, TIME_H, one) for one in curves.T])

        place = np.clip(np.searchsorted(TIME_H, time_h), 0, LAST_MIN)
        return Truths(
            curves={quantity: at(curves) for quantity, curves in self.curves.items()},
            impaired=self.impaired[place],
        )


def truths(
    people: Population,
    regimen: Regimen,
    *,
    n_patients: int,
    seed: int,
    altered: Callable[[Responders], Responders] | None = None,
) -> Truths:
    """Patients of a population under a regimen.

    They are drawn by Latin hypercube: each column of deviates has one patient in each of n equal parts of its
    distribution, so that a thousand of them lie as evenly as several thousand drawn at random.

    altered: what is different about their responses, for patients who are not of the crowd
    """
    return truths_of(evenly(people, n_patients, seed), regimen, altered=altered)


def truths_of(
    crowd: Crowd, regimen: Regimen, *, altered: Callable[[Responders], Responders] | None = None
) -> Truths:
    """The same of patients who have been drawn; shapes as `Truths`."""
    responders = crowd.responders()
    responders = responders if altered is None else altered(responders)
    Ce = _effect_site(crowd, regimen)
    venous = crowd.simulate(regimen, TIME_H, (Quantity.S_KETAMINE_VENOUS,))
    return Truths(
        curves=effects(crowd.population.response, Ce, responders),
        impaired=is_impaired(Ce, replace(venous, responders=responders)),
    )


def evenly(people: Population, n_patients: int, seed: int) -> Crowd:
    """So many patients, one in each of as many equal parts of every column's distribution."""
    stream = Stream(seed, lane=_LANE)
    crowd = draw(people, n_subjects=n_patients, seed=seed)
    columns = []
    for _ in range(crowd.z.shape[1]):
        place = np.argsort(stream.uniforms(n_patients), kind="stable")
        columns.append(normal_quantiles((place + stream.uniforms(n_patients)) / n_patients))
    return replace(crowd, z=np.column_stack(columns))


def _effect_site(crowd: Crowd, regimen: Regimen) -> Matrix:
    if Quantity.S_KETAMINE_EFFECT in crowd.quantities:
        curves = crowd.simulate(regimen, TIME_H, (Quantity.S_KETAMINE_EFFECT,))
        return curves.of(Quantity.S_KETAMINE_EFFECT)
    venous = crowd.simulate(regimen, TIME_H, (Quantity.S_KETAMINE_VENOUS,)).of(Quantity.S_KETAMINE_VENOUS)
    ke0 = settled(math.log(2.0) / h_from_min(_LENT_HALF_LIFE_MIN)) * crowd.responders().ke0_factor
    return _equilibrated(venous, ke0)


def _equilibrated(Cp: Matrix, ke0: Vector) -> Matrix:
    """dCe/dt = ke0 * (Cp - Ce), exact where Cp is a straight line between the times."""
    step_h = TIME_H[1]
    kept = np.exp(-ke0 * step_h)
    late = 1.0 - (1.0 - kept) / (ke0 * step_h)
    Ce = np.zeros_like(Cp)
    for k in range(1, len(Cp)):
        Ce[k] = kept * Ce[k - 1] + (1.0 - kept - late) * Cp[k - 1] + late * Cp[k]
    return Ce
