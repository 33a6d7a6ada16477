"""Powers of a few numbers at once, from multiplication and addition alone; the same digits everywhere."""

import math
from typing import Final

from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.vectors import (
    MAGIC,
    SIXTEEN,
    Row,
    fill,
    fma,
    over,
    plus,
    power_of_two,
    times,
    times_power_of_two,
    where_less,
)

# ln 2 in two parts, so that a whole number of the first is exact.
_LN2_HIGH: Final = 6.93147180369123816490e-01
_LN2_LOW: Final = 1.90821492927058770002e-10
_PER_LN2: Final = 1.44269504088896338700e00
_LOWEST: Final = -700.0
# The smallest base that is told from nothing; to any power of use here it is nothing.
_LEAST: Final = 1e-300
# exp x for |x| <= ln 2 / 2, highest power first.
_EXPONENTIAL: Final = tuple(1.0 / math.factorial(n) for n in range(14, -1, -1))
# artanh s / s - 1 over the square of s, for |s| <= 0.172, highest power first.
_LOGARITHM: Final = tuple(1.0 / (2 * n + 1) for n in range(12, 0, -1))


@kernel
def powers(base: Row, exponent: Row) -> Row:
    """base**exponent for 0 <= base <= 1 and exponent > 0, sixteen at once."""
    least = fill(SIXTEEN, _LEAST)
    return _exponential(times(exponent, _logarithm(where_less(base, least, least, base))))


@kernel
def _exponential(x: Row) -> Row:
    """For x up to 0; nothing below -700."""
    lowest, magic = fill(SIXTEEN, _LOWEST), fill(SIXTEEN, MAGIC)
    within = where_less(x, lowest, lowest, x)
    rounded = fma(within, fill(SIXTEEN, _PER_LN2), magic)
    k = plus(rounded, fill(SIXTEEN, -MAGIC))
    rest = fma(k, fill(SIXTEEN, -_LN2_LOW), fma(k, fill(SIXTEEN, -_LN2_HIGH), within))
    total = fill(SIXTEEN, _EXPONENTIAL[0])
    for coefficient in _EXPONENTIAL[1:]:
        total = fma(total, rest, fill(SIXTEEN, coefficient))
    return where_less(x, lowest, fill(SIXTEEN, 0.0), times_power_of_two(total, rounded))


@kernel
def _logarithm(x: Row) -> Row:
    """Natural logarithm of normal numbers above 0."""
    one = fill(SIXTEEN, 1.0)
    rounded = power_of_two(x)
    k = plus(rounded, fill(SIXTEEN, -MAGIC))
    mantissa = times_power_of_two(x, plus(fill(SIXTEEN, MAGIC), times(k, fill(SIXTEEN, -1.0))))
    s = over(plus(mantissa, fill(SIXTEEN, -1.0)), plus(mantissa, one))
    square = times(s, s)
    total = fill(SIXTEEN, _LOGARITHM[0])
    for coefficient in _LOGARITHM[1:]:
        total = fma(total, square, fill(SIXTEEN, coefficient))
    twice = plus(s, s)
    small = fma(times(twice, square), total, times(k, fill(SIXTEEN, _LN2_LOW)))
    return fma(k, fill(SIXTEEN, _LN2_HIGH), plus(twice, small))
