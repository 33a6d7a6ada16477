"""The exponential that needs no library."""

import math

import numpy as np
from numba import njit

from slackwater.pharma.kernels.elementary import exponential, exponential_of
from slackwater.pharma.kernels.expm import decay
from slackwater.pharma.kernels.vectors import load, store


def test_it_agrees_with_the_library_to_two_units_in_the_last_place():
    x = np.linspace(-40, 40, 2001)
    np.testing.assert_allclose(exponential(x), np.exp(x), rtol=5e-16)


def test_the_exponential_of_nothing_is_exactly_one():
    assert exponential_of(0.0) == 1.0
    assert exponential_of(-0.0) == 1.0


def test_far_out_it_stays_finite_and_above_nothing():
    assert math.isfinite(exponential_of(1e6))
    assert exponential_of(-1e6) > 0.0


@njit
def decayed(lanes: tuple[int, ...], x: np.ndarray) -> np.ndarray:
    result = np.empty_like(x)
    store(result, 0, decay(lanes, load(lanes, x, 0), 12))
    return result


def test_decay_is_the_exponential_of_a_loss_in_every_lane():
    losses = np.array([0.0, 1e-9, 0.1, 0.5, 1.0, 2.0, 3.0, 4.0])
    np.testing.assert_allclose(decayed((0,) * losses.size, losses), np.exp(-losses), rtol=1e-15)
