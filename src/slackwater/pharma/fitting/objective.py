"""How far a parameter vector is from the evidence: one residual a figure, a bioavailability and a prior."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from slackwater.pharma import well_stirred
from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.fitting.coordinates import Coordinates
from slackwater.pharma.fitting.derived import DERIVED
from slackwater.pharma.fitting.evidence import Evidence, Figures, Prior
from slackwater.pharma.fitting.prediction import Case, cases
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.subjects import Individuals
from slackwater.pharma.variability import Scale

# Of the coordinates, which are logarithms: small beside what matters, large beside rounding.
_STEP = 1e-4


@dataclass(frozen=True)
class Objective:
    """The posterior as residuals: minus twice its logarithm is the sum of their squares, but for a constant.

    of figures: sign(r) * sqrt((nu + 1) * ln(1 + r**2 / nu)),  r = ln(simulated / observed) / sd
    of priors:  (coordinate - centre) / sd

    The first is Student's t, so that an odd row pulls less and least squares can still be used.
    """

    coordinates: Coordinates
    evidence: Evidence

    @property
    def model(self) -> PublishedModel:
        return self.coordinates.model

    def residuals(self, theta: Matrix) -> Matrix:
        """Shape (n_residuals, n_vectors) for theta of shape (n_vectors, n_free)."""
        return np.concatenate([self.of_evidence(theta), self.of_priors(theta)])

    def of_evidence(self, theta: Matrix) -> Matrix:
        """Figures first, then bioavailabilities."""
        free = self.coordinates.values(theta)
        simulated = [figures for case in self._cases for figures in case.predicted(free)]
        found = np.concatenate([*simulated, self._bioavailabilities(theta)])
        strayed = np.log(found) - self._observed[:, None]
        nu = self.evidence.error.nu
        r = strayed / self._sds[:, None]
        result: Matrix = np.sign(r) * np.sqrt((nu + 1.0) * np.log1p(r * r / nu))
        return result

    def of_priors(self, theta: Matrix) -> Matrix:
        p = self._people(theta)
        strayed = [(_at(p, each) - each.centre) / each.sd for each in self.evidence.priors]
        return np.array(strayed).reshape(-1, theta.shape[0])

    def jacobian(self, theta: Vector) -> Matrix:
        """Derivatives of all residuals, shape (n_residuals, n_free)."""
        return central_differences(self.residuals, theta)

    def _bioavailabilities(self, theta: Matrix) -> Matrix:
        p = self._people(theta)
        published = self.evidence.bioavailabilities
        rows = [well_stirred.bioavailability(p, each.drug, each.dose) for each in published]
        return np.array(rows).reshape(-1, theta.shape[0])

    def _people(self, theta: Matrix) -> Individuals:
        n = theta.shape[0]
        fixed = {each.name: np.full(n, each.model_value) for each in self.model.parameters}
        return Individuals({**fixed, **self.coordinates.values(theta)})

    @cached_property
    def _cases(self) -> tuple[Case, ...]:
        return cases(self.model, self.evidence.figures)

    @cached_property
    def _ordered(self) -> tuple[Figures, ...]:
        """In the order in which cases give them."""
        by_row = {each.observed: each for each in self.evidence.figures}
        return tuple(by_row[row] for case in self._cases for row in case.rows)

    @cached_property
    def _observed(self) -> Vector:
        logs = [math.log(value) for each in self._ordered for value, _ in self._weighed(each)]
        return np.array([*logs, *(math.log(each.F) for each in self.evidence.bioavailabilities)])

    @cached_property
    def _sds(self) -> Vector:
        error = self.evidence.error
        sds = [sd for each in self._ordered for _, sd in self._weighed(each)]
        return np.array([*sds, *(error.sd_of_area(each.n) for each in self.evidence.bioavailabilities)])

    def _weighed(self, figures: Figures) -> list[tuple[float, float]]:
        """Each published figure with its standard deviation, in the order Cmax, tmax, AUC, points."""
        row, sd = figures.observed, self.evidence.error.sd_of(figures)
        single = [(row.Cmax, sd.Cmax), (row.tmax_h, sd.tmax), (row.AUC, sd.AUC)]
        return [
            *((value, own) for value, own in single if value is not None),
            *((point.C, sd.point) for point in row.points),
        ]


def central_differences(residuals: Callable[[Matrix], Matrix], theta: Vector) -> Matrix:
    """Both sides of every coordinate at once, as one batch; shape (n_residuals, n_free)."""
    n = theta.size
    steps = _STEP * np.eye(n)
    r = residuals(np.concatenate([theta + steps, theta - steps]))
    result: Matrix = (r[:, :n] - r[:, n:]) / (2.0 * _STEP)
    return result


def _at(p: Individuals, prior: Prior) -> Vector:
    value = DERIVED[prior.quantity](p) if prior.quantity in DERIVED else p[prior.quantity]
    result: Vector = np.log(value / (1.0 - value) if prior.scale is Scale.LOGIT else value)
    return result
