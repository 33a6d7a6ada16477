"""Random numbers that are the same digits on every machine, worker and thread count.

Only the raw bits of Philox are asked of NumPy, because that stream is promised not to change between
releases; the promise does not cover its normal deviates.
"""

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.kernels.normal import normal_quantiles

# One fewer than a float64 holds, so that the half added below is exact and 1.0 is never reached.
_BITS_KEPT = 52


class Stream:
    """One reproducible stream of random numbers.

    A longer reading begins with the numbers of a shorter one.

    seed: a whole number, 0 or more
    lane: tells apart streams of one seed that must not resemble each other
    """

    def __init__(self, seed: int, *, lane: int = 0) -> None:
        self._bits = np.random.Philox(np.random.SeedSequence(seed, spawn_key=(lane,)))

    def uniforms(self, n: int) -> Vector:
        """Numbers strictly between 0 and 1."""
        raw = np.asarray(self._bits.random_raw(n), dtype=np.uint64)
        return ((raw >> np.uint64(64 - _BITS_KEPT)).astype(np.float64) + 0.5) * 2.0**-_BITS_KEPT

    def normals(self, n_rows: int, n_columns: int) -> Matrix:
        """Standard normal deviates of shape (n_rows, n_columns).

        They are filled row by row, so that fewer rows are a prefix of more.
        """
        return normal_quantiles(self.uniforms(n_rows * n_columns)).reshape(n_rows, n_columns)
