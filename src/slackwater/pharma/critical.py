"""Each virtual patient's own level: the concentration above which something happens to them."""

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from slackwater.pharma.arrays import Flags, Matrix, Vector

IsOver: TypeAlias = Callable[[Matrix], Flags]

# mg/L at the effect site; the highest is far beyond any dose that anybody gives.
_LOWEST, _HIGHEST = 1e-9, 1e3
# Halvings of the ratio between the two; so many leave neighbouring floats.
_HALVINGS = 60


def critical(is_over: IsOver, n_subjects: int) -> Vector:
    """The highest concentration at which it does not yet happen, (n_subjects,), mg/L.

    is_over: for one row of concentrations, (1, n_subjects), to whom it happens; never undone by a higher one

    It is found by halving and not by a formula, so that it agrees to the last digit with the response that a
    simulation would use, whatever that response is. Infinite for whom it never happens, -1 for whom it
    happens without any drug.
    """
    low, high = np.full((1, n_subjects), _LOWEST), np.full((1, n_subjects), _HIGHEST)
    never, always = ~is_over(high), is_over(np.zeros((1, n_subjects)))
    # Square roots and products are the same digits on every machine; powers and logarithms are not.
    for _ in range(_HALVINGS):
        middle = np.sqrt(low) * np.sqrt(high)
        over = is_over(middle)
        low, high = np.where(over, low, middle), np.where(over, middle, high)
    level: Vector = np.where(always, -1.0, np.where(never, math.inf, low))[0]
    return level
