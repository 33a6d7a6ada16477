"""Counts values by the leading bits of the number, which are the exponent and the first of the mantissa."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from slackwater.pharma.kernels.compiling import kernel

Bits = NDArray[np.uint64]
Counts = NDArray[np.uint32]

MANTISSA_BITS: Final = 7
# From 2**-34 to 2**14; what is smaller counts as nothing, what is larger as the largest.
LOWEST_POWER: Final = -34
N_POWERS: Final = 48
N_BINS: Final = N_POWERS * 2**MANTISSA_BITS + 1

_BIAS: Final = 1023
_DROPPED: Final = np.uint64(52 - MANTISSA_BITS)
_FIRST: Final = (_BIAS + LOWEST_POWER) * 2**MANTISSA_BITS


@kernel
def count_rows(first: int, last: int, bits: Bits, counts: Counts) -> None:
    """Adds the values of rows `first` to `last` to the counts; none of them is negative or NaN.

    bits:   of the values, shape (n_rows, n_subjects)
    counts: shape (n_rows, N_BINS); the first bin is for nothing
    """
    for row in range(first, last):
        for i in range(bits.shape[1]):
            leading = int(np.int64(bits[row, i] >> _DROPPED)) - _FIRST + 1
            counts[row, min(max(leading, 0), N_BINS - 1)] += np.uint32(1)
