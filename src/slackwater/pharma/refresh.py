"""Moving a crowd to where the observations are, when too few of it are left there.

Sequential Monte Carlo: the likelihood is let in by degrees, and after each the crowd is resampled and moved.
A move is a Crank-Nicolson step about the crowd's own middle and spread at that degree, accepted by Metropolis
and Hastings' rule, so that it leaves prior times likelihood exactly as it is. Where that is nearly normal a
whole step is accepted about every second time, and forgets the copy that it started from.

Source: Del Moral, Doucet & Jasra, JRSS B 2006;68:411-436 (the degrees);
        Rudolf & Sprungk, Found Comput Math 2018;18:309-343 (Crank-Nicolson steps about another normal);
        Chopin, Biometrika 2002;89:539-552 (its middle and spread taken from the crowd).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Flags, Indices, Matrix, Vector
from slackwater.pharma.draws import Stream
from slackwater.pharma.kernels.elementary import exponential
from slackwater.pharma.kernels.likelihood import effective_size, systematic_resample, tempered_weights
from slackwater.pharma.kernels.moving import (
    half_squares,
    lower_root,
    made_standard,
    middle_of,
    put_back,
    spread_of,
)
from slackwater.pharma.learned import LogLikelihood
from slackwater.pharma.weights import equal_weights

# Each degree keeps half of the crowd alive, which bounds how many copies a resampling makes.
_ALIVE = 0.5
# Enough to tell a degree to a few thousandths; nothing hangs on the rest.
_BISECTIONS = 10
# A tenth: 4096 people are then worth about half their number in what they say on average (virtual patients
# after 84 mg of nasal esketamine, by how far it strays between seeds), for some eight simulations.
STALE = 0.1
_MOST_MOVES = 24
_FEWEST_ACCEPTED, _MOST_ACCEPTED = 0.25, 0.45
_SHORTER, _LONGER = 0.75, 1.25


@dataclass(frozen=True, slots=True, eq=False)
class _Crowd:
    """The crowd on its way; each array has a row or a number for each virtual patient.

    said:  log-likelihood of what is let in by degrees; known: of what was let in before all this
    """

    z: Matrix
    said: Vector
    known: Vector

    def chosen(self, rows: Indices) -> "_Crowd":
        """Some of them, or some of them twice."""
        return _Crowd(self.z[rows], self.said[rows], self.known[rows])

    def where(self, accepted: Flags, other: "_Crowd") -> "_Crowd":
        """Those of `other` who are accepted, and these for the rest."""
        return _Crowd(
            np.where(accepted[:, None], other.z, self.z),
            np.where(accepted, other.said, self.said),
            np.where(accepted, other.known, self.known),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Like:
    """A normal that is like a crowd: its mean, and the root of its covariance."""

    middle: Vector
    root: Matrix

    @classmethod
    def of(cls, z: Matrix, weights: Vector) -> "_Like":
        n_columns, middle = z.shape[1], middle_of(z, weights)
        worth = effective_size(weights)
        # As many standard normals more as there are columns: few people do not show a spread in each.
        spread = (worth * spread_of(z, weights, middle) + n_columns * np.eye(n_columns)) / (worth + n_columns)
        return cls(middle, lower_root(spread))


def refreshed(
    z: Matrix,
    log_likelihood: LogLikelihood,
    stream: Stream,
    *,
    known: LogLikelihood | None = None,
    stale: float = STALE,
) -> Matrix:
    """Equally weighted deviates from prior times likelihood, starting from equally weighted prior draws.

    z:              (n_subjects, n_etas), standard normal
    log_likelihood: of each row, finite
    known:          a likelihood that z has been weighed by already: z is then drawn from standard normals
                    times this, and stays so
    stale:          how much of the last resampling's copies may be left, 0 to 1; less costs more moves
    Returns the shape of z. The same arguments give the same digits.
    """

    def at(rows: Matrix) -> _Crowd:
        return _Crowd(rows, log_likelihood(rows), np.zeros(len(rows)) if known is None else known(rows))

    crowd, let_in, step = at(z), 0.0, 1.0
    while let_in < 1.0:
        degree = _next_degree(crowd.said, let_in)
        weights = tempered_weights(equal_weights(len(z)), crowd.said, degree - let_in)
        like, let_in, left = _Like.of(crowd.z, weights), degree, 1.0
        crowd = crowd.chosen(systematic_resample(weights, float(stream.uniforms(1)[0])))
        for _ in range(_MOST_MOVES):
            crowd, share = _moved(crowd, let_in, like, step, stream, at)
            left *= 1.0 - share * step * step
            step = _next_step(step, share)
            # On the way one move is enough, because the next resampling makes copies again.
            if let_in < 1.0 or left <= stale:
                break
    return crowd.z


def _moved(
    crowd: _Crowd, let_in: float, like: _Like, step: float, stream: Stream, at: Callable[[Matrix], _Crowd]
) -> tuple[_Crowd, float]:
    """One Crank-Nicolson step about a normal, and the share of the crowd that accepted it."""
    standard = made_standard(crowd.z, like.middle, like.root)
    stepped = math.sqrt(1.0 - step * step) * standard + step * stream.normals(*standard.shape)
    proposed = at(put_back(stepped, like.middle, like.root))
    gain = let_in * (proposed.said - crowd.said) + proposed.known - crowd.known
    # The step itself is in balance about that normal, so what counts is how the prior differs from it.
    gain += half_squares(crowd.z) - half_squares(proposed.z)
    gain -= half_squares(standard) - half_squares(stepped)
    accepted = stream.uniforms(len(gain)) < exponential(np.minimum(gain, 0.0))
    return crowd.where(accepted, proposed), float(np.count_nonzero(accepted)) / len(gain)


def _next_degree(said: Vector, let_in: float) -> float:
    """The largest share of the likelihood, up to 1, that keeps enough of the crowd alive."""
    weights = equal_weights(said.size)

    def is_alive(degree: float) -> bool:
        alive = effective_size(tempered_weights(weights, said, degree - let_in))
        return alive >= _ALIVE * said.size

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
        return step * _SHORTER
    return min(step * _LONGER, 1.0) if accepted > _MOST_ACCEPTED else step
