"""The most probable parameters, from several seeded starts, and how sure they are."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.draws import Stream
from slackwater.pharma.fitting.coordinates import Coordinates, with_parameters
from slackwater.pharma.fitting.evidence import Evidence
from slackwater.pharma.fitting.objective import Objective, central_differences
from slackwater.pharma.parameters import Parameter, PublishedModel

# Starts stray from the priors by this much of their own spread.
_STRAY = 0.7
_TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The maximum of the posterior.

    theta:      its coordinates
    covariance: of the coordinates, by Laplace's approximation, shape (n_free, n_free)
    prior_sd:   what the standard deviations were with the priors alone, shape (n_free,)
    costs:      half the sum of squared residuals that each start came down to, the best first
    """

    coordinates: Coordinates
    theta: Vector
    covariance: Matrix
    prior_sd: Vector
    costs: Vector

    @property
    def sd(self) -> Vector:
        return np.sqrt(np.diagonal(self.covariance))

    @property
    def rse(self) -> Vector:
        """Relative standard errors of the parameters themselves."""
        return self.coordinates.relative_sd(self.theta, self.sd)

    @property
    def learned(self) -> Vector:
        """1 - posterior variance / prior variance: 0 where the rows told nothing, 1 where they told all."""
        return 1.0 - (self.sd / self.prior_sd) ** 2

    @property
    def correlation(self) -> Matrix:
        return self.covariance / np.outer(self.sd, self.sd)

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The fitted parameters, with their standard errors."""
        return self.coordinates.fitted(self.theta, self.rse)

    @property
    def model(self) -> PublishedModel:
        """The model with the fitted values in place of its own."""
        return with_parameters(self.coordinates.model, self.parameters)


def estimate(
    coordinates: Coordinates,
    evidence: Evidence,
    *,
    seed: int = 1,
    n_starts: int = 8,
    advance: Callable[[], None] = lambda: None,
) -> Estimate:
    """The most probable parameters given the evidence.

    The first start is the model's own values; the others stray from them, by seed.

    advance: called after each start
    """
    objective = Objective(coordinates, evidence)
    prior_sd = _prior_sd(objective, coordinates.start)
    strays = Stream(seed).normals(max(n_starts - 1, 1), coordinates.start.size)[: n_starts - 1]
    starts = [coordinates.start, *(coordinates.start + _STRAY * prior_sd * z for z in strays)]
    found = []
    for start in starts:
        found.append(_descend(objective, start, prior_sd))
        advance()
    found.sort(key=lambda each: each[0])
    theta = found[0][1]
    J = objective.jacobian(theta)
    return Estimate(
        coordinates=coordinates,
        theta=theta,
        covariance=_inverse(J.T @ J),
        prior_sd=_prior_sd(objective, theta),
        costs=np.array([cost for cost, _ in found]),
    )


def _descend(objective: Objective, start: Vector, scale: Vector) -> tuple[float, Vector]:
    def residuals(theta: Vector) -> Vector:
        return objective.residuals(theta[None, :])[:, 0]

    result = least_squares(
        residuals,
        start,
        jac=objective.jacobian,
        x_scale=scale,
        ftol=_TOLERANCE,
        xtol=_TOLERANCE,
        gtol=_TOLERANCE,
    )
    return float(result.cost), np.asarray(result.x)


def _prior_sd(objective: Objective, theta: Vector) -> Vector:
    J = central_differences(objective.of_priors, theta)
    return np.sqrt(np.diagonal(_inverse(J.T @ J)))


def _inverse(information: Matrix) -> Matrix:
    result: Matrix = np.linalg.inv(information).astype(np.float64)
    return result
