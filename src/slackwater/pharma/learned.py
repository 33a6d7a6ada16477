"""What earlier sessions of the same person taught a crowd."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector

LogLikelihood: TypeAlias = Callable[[Matrix], Vector]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Learned:
    """The deviates behind a crowd that has learned, with what they were weighed by.

    z:              (n_subjects, n_all); the crowd's own columns first, then those of the earlier sessions
                    alone, such as what was particular to each occasion. Equally weighted draws from standard
                    normals times the likelihood
    log_likelihood: of such rows, what the earlier sessions say
    n_sessions:     how many they are
    """

    z: Matrix
    log_likelihood: LogLikelihood
    n_sessions: int

    @property
    def n_distinct(self) -> int:
        """How many of the rows differ from each other; copies are what resampling leaves."""
        return len(np.unique(self.z, axis=0))
