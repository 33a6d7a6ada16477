"""Moving a crowd to where the observations are, when too few of it are left there.

Sequential Monte Carlo: the likelihood is let in by degrees, and after each the crowd is resampled and moved
by preconditioned Crank-Nicolson steps, which leave the standard normal prior exactly as it is.

Source: Cotter, Roberts, Stuart & White, Statistical Science 2013;28:424-446 (the steps);
        Del Moral, Doucet & Jasra, JRSS B 2006;68:411-436 (the degrees).
"""

import math

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.draws import Stream
from slackwater.pharma.kernels.elementary import exponential
from slackwater.pharma.kernels.likelihood import effective_size, systematic_resample, tempered_weights
from slackwater.pharma.learned import LogLikelihood
from slackwater.pharma.weights import equal_weights

# Each degree keeps half of the crowd alive, which bounds how many copies a resampling makes.
_ALIVE = 0.5
_MOVES = 2
_FIRST_STEP = 0.6
_BISECTIONS = 30
_FEWEST_ACCEPTED, _MOST_ACCEPTED = 0.2, 0.4


def refreshed(
    z: Matrix,
    log_likelihood: LogLikelihood,
    stream: Stream,
    *,
    known: LogLikelihood | None = None,
    moves: int = _MOVES,
) -> Matrix:
    """Equally weighted deviates from prior times likelihood, starting from equally weighted prior draws.

    z:              (n_subjects, n_etas), standard normal
    log_likelihood: of each row, finite
    known:          a likelihood that z has been weighed by already: z is then drawn from standard normals
                    times this, and stays so
    moves:          of each row after each degree; more of them leave less of the resampling behind
    Returns the shape of z. The same arguments give the same digits.
    """
    likelihood_of_z, let_in, step = log_likelihood(z), 0.0, _FIRST_STEP
    known_of_z = np.zeros(len(z)) if known is None else known(z)
    while let_in < 1.0:
        degree = _next_degree(likelihood_of_z, let_in)
        weights = tempered_weights(equal_weights(len(z)), likelihood_of_z, degree - let_in)
        chosen = systematic_resample(weights, float(stream.uniforms(1)[0]))
        z, likelihood_of_z, known_of_z = z[chosen], likelihood_of_z[chosen], known_of_z[chosen]
        let_in = degree
        for _ in range(moves if let_in < 1.0 else moves + 1):
            proposed = math.sqrt(1.0 - step * step) * z + step * stream.normals(*z.shape)
            likelihood_of_proposed = log_likelihood(proposed)
            known_of_proposed = np.zeros(len(z)) if known is None else known(proposed)
            gain = let_in * (likelihood_of_proposed - likelihood_of_z) + known_of_proposed - known_of_z
            accepted = stream.uniforms(len(z)) < exponential(np.minimum(gain, 0.0))
            z = np.where(accepted[:, None], proposed, z)
            likelihood_of_z = np.where(accepted, likelihood_of_proposed, likelihood_of_z)
            known_of_z = np.where(accepted, known_of_proposed, known_of_z)
            step = _next_step(step, float(np.count_nonzero(accepted)) / len(z))
    return z


def _next_degree(likelihood_of_z: Vector, let_in: float) -> float:
    """The largest share of the likelihood, up to 1, that keeps enough of the crowd alive."""
    weights = equal_weights(likelihood_of_z.size)

    def is_alive(degree: float) -> bool:
        alive = effective_size(tempered_weights(weights, likelihood_of_z, degree - let_in))
        return alive >= _ALIVE * likelihood_of_z.size

    if is_alive(1.0):
        return 1.0
    low, high = let_in, 1.0
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if is_alive(middle) else (low, middle)
    # `high` lies beyond `let_in` even if nothing keeps enough alive, so the degrees always reach 1.
    return high


def _next_step(step: float, accepted: float) -> float:
    """Shorter steps when few are accepted, longer ones when many are."""
    if accepted < _FEWEST_ACCEPTED:
        return step * 0.7
    return min(step * 1.3, 1.0) if accepted > _MOST_ACCEPTED else step
