"""Which compartments feed which: what all virtual patients of a crowd share, handed to the kernels as one."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Pattern(NamedTuple):
    """The places in A and in exp(A t) that are not zero, row by row.

    first_entry, sources: entries of A feeding state i: first_entry[i] to first_entry[i + 1]; what they read
    first_reach, reach:   columns of row i of exp(A t), likewise
    depth:                the most steps that the shortest way from one state to another takes
    """

    first_entry: NDArray[np.int64]
    sources: NDArray[np.int64]
    first_reach: NDArray[np.int64]
    reach: NDArray[np.int64]
    depth: int


class Plan(NamedTuple):
    """Stops in order of time and what happens at each; `schedule.schedule` says what each array holds."""

    gaps: NDArray[np.float64]
    kept_gap: NDArray[np.int64]
    kept: NDArray[np.float64]
    row: NDArray[np.int64]
    first_event: NDArray[np.int64]
    state: NDArray[np.int64]
    is_rate: NDArray[np.int64]
    value: NDArray[np.float64]
