"""The exponential that needs no library."""

import math

import numpy as np
import pytest

from slackwater.pharma.kernels.elementary import exponential, exponential_of
from slackwater.pharma.kernels.expm import decay


def test_it_agrees_with_the_library_to_two_units_in_the_last_place():
    x = np.linspace(-40, 40, 2001)
    np.testing.assert_allclose(exponential(x), np.exp(x), rtol=5e-16)


def test_the_exponential_of_nothing_is_exactly_one():
    assert exponential_of(0.0) == 1.0
    assert exponential_of(-0.0) == 1.0


def test_far_out_it_stays_finite_and_above_nothing():
    assert math.isfinite(exponential_of(1e6))
    assert exponential_of(-1e6) > 0.0


@pytest.mark.parametrize("x", [0.0, 1e-9, 0.1, 0.5, 4.0])
def test_decay_is_the_exponential_of_a_loss(x):
    assert decay(x, 40) == pytest.approx(math.exp(-x), rel=1e-15)
