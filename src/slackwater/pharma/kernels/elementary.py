"""The exponential, from multiplication and addition alone.

Libraries differ in its last digit between processors; these digits are the same wherever IEEE 754 holds.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from slackwater.pharma.kernels.compiling import kernel

# ln 2 in two parts, so that k * _LN2_HIGH is exact for every k in use.
_LN2_HIGH: Final = 6.93147180369123816490e-01
_LN2_LOW: Final = 1.90821492927058770002e-10
_PER_LN2: Final = 1.44269504088896338700e00
_TERMS: Final = 14
_LARGEST: Final = 700.0
_AT_A_TIME: Final = 256


@kernel
def exponential_of(x: float) -> float:
    x = min(max(x, -_LARGEST), _LARGEST)
    k = math.floor(x * _PER_LN2 + 0.5)
    rest = (x - k * _LN2_HIGH) - k * _LN2_LOW
    total = 1.0
    # Horner's form of the Taylor series; |rest| <= ln 2 / 2 makes fourteen terms exact to rounding.
    for n in range(_TERMS, 0, -1):
        total = 1.0 + rest * total / n
    return math.ldexp(total, int(k))


@kernel
def exponential(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """`exponential_of` each, to the same digits; so many at a time that their divisions overlap."""
    result = np.empty(x.size)
    power, rest, total = np.empty(_AT_A_TIME), np.empty(_AT_A_TIME), np.empty(_AT_A_TIME)
    for first in range(0, x.size, _AT_A_TIME):
        n_here = min(_AT_A_TIME, x.size - first)
        for i in range(n_here):
            each = min(max(x[first + i], -_LARGEST), _LARGEST)
            power[i] = math.floor(each * _PER_LN2 + 0.5)
            rest[i] = (each - power[i] * _LN2_HIGH) - power[i] * _LN2_LOW
            total[i] = 1.0
        for n in range(_TERMS, 0, -1):
            for i in range(n_here):
                total[i] = 1.0 + rest[i] * total[i] / n
        for i in range(n_here):
            result[first + i] = math.ldexp(total[i], int(power[i]))
    return result
