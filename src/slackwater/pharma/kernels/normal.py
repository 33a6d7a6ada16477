"""The normal distribution and the logarithm, from arithmetic and square roots alone.

Like the exponential beside them: libraries differ in the last digit between processors, and a crowd has to be
drawn to the same last digit everywhere.
"""

import math
from typing import Final

import numpy as np

from slackwater.pharma.arrays import Vector
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.elementary import exponential_of

_LN2_HIGH: Final = 6.93147180369123816490e-01
_LN2_LOW: Final = 1.90821492927058770002e-10
_SQRT_HALF: Final = math.sqrt(0.5)
_SQRT_2PI: Final = math.sqrt(2.0 * math.pi)
_TERMS: Final = 12

# Wichura, Applied Statistics 1988;37:477-484 (AS 241, PPND16): numerators and denominators of three ranges.
_CENTRE_OVER: Final = (
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3,
)
_CENTRE_UNDER: Final = (
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3,
)
_FLANK_OVER: Final = (
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
)
_FLANK_UNDER: Final = (
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
)
_TAIL_OVER: Final = (
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
)
_TAIL_UNDER: Final = (
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
)

# Hart's approximation as West gives it, Wilmott Magazine, May 2005:70-76; highest power first.
_AREA_OVER: Final = (
    3.52624965998911e-02,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376,
)
_AREA_UNDER: Final = (
    8.83883476483184e-02,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752,
)
_FAR: Final = 7.07106781186547
_FARTHEST: Final = 37.0


@kernel
def logarithm_of(x: float) -> float:
    """Natural logarithm; x > 0."""
    mantissa, power = math.frexp(x)
    if mantissa < _SQRT_HALF:
        mantissa *= 2.0
        power -= 1
    s = (mantissa - 1.0) / (mantissa + 1.0)
    square = s * s
    total = 0.0
    # ln m = 2 artanh s; |s| <= 0.172 makes twelve terms exact to rounding.
    for n in range(_TERMS, 0, -1):
        total = square * (1.0 / (2.0 * n + 1.0) + total)
    return power * _LN2_HIGH + (2.0 * s + (2.0 * s * total + power * _LN2_LOW))


@kernel
def normal_cdf(x: float) -> float:
    """Area of the standard normal curve below x, to about 1e-15."""
    distance = abs(x)
    if distance > _FARTHEST:
        return 1.0 if x > 0.0 else 0.0
    height = exponential_of(-0.5 * distance * distance)
    if distance < _FAR:
        over, under = 0.0, 0.0
        for coefficient in _AREA_OVER:
            over = over * distance + coefficient
        for coefficient in _AREA_UNDER:
            under = under * distance + coefficient
        beyond = height * over / under
    else:
        build = distance + 0.65
        for n in range(4, 0, -1):
            build = distance + n / build
        beyond = height / (build * _SQRT_2PI)
    return 1.0 - beyond if x > 0.0 else beyond


@kernel
def normal_quantile(p: float) -> float:
    """The x below which the area is p; 0 < p < 1."""
    offset = p - 0.5
    if abs(offset) <= 0.425:
        r = 0.180625 - offset * offset
        return offset * _ratio(_CENTRE_OVER, _CENTRE_UNDER, r)
    r = math.sqrt(-logarithm_of(min(p, 1.0 - p)))
    if r <= 5.0:
        size = _ratio(_FLANK_OVER, _FLANK_UNDER, r - 1.6)
    else:
        size = _ratio(_TAIL_OVER, _TAIL_UNDER, r - 5.0)
    return size if offset > 0.0 else -size


@kernel
def normal_quantiles(p: Vector) -> Vector:
    deviates = np.empty(p.size)
    for i in range(p.size):
        deviates[i] = normal_quantile(p[i])
    return deviates


@kernel
def _ratio(over: tuple[float, ...], under: tuple[float, ...], x: float) -> float:
    """One polynomial over another, both with the lowest power first."""
    top, bottom = 0.0, 0.0
    for i in range(len(over) - 1, -1, -1):
        top = top * x + over[i]
        bottom = bottom * x + under[i]
    return top / bottom
