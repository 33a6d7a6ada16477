"""Chances of passing a limit, with what is expected stretched about its middle."""

import numpy as np

from slackwater.pharma.arrays import Vector
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.normal import normal_cdf, normal_quantile


@kernel
def stretched_chances(chances: Vector, factor: float) -> Vector:
    """Each chance 0 < p < 1 with its standard normal quantile divided by the factor."""
    stretched = np.empty(chances.size)
    for i in range(chances.size):
        stretched[i] = normal_cdf(normal_quantile(chances[i]) / factor)
    return stretched
