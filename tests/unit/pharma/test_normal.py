"""The normal distribution and the logarithm against SciPy and the standard library."""

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from slackwater.pharma.kernels.normal import logarithm_of, normal_cdf, normal_quantile, normal_quantiles


def test_quantiles_are_those_of_scipy_from_the_middle_to_the_far_tails():
    p = np.concatenate(
        [np.linspace(0.001, 0.999, 997), 10.0 ** -np.arange(4, 300, 3), 1 - 10.0 ** -np.arange(4, 16)]
    )
    np.testing.assert_allclose(normal_quantiles(p), ndtri(p), rtol=4e-15, atol=1e-16)


def test_a_quantile_has_the_area_it_was_asked_for():
    for p in (0.0001, 0.2, 0.5, 0.7, 0.99):
        assert normal_cdf(normal_quantile(p)) == pytest.approx(p, rel=1e-13)


def test_areas_are_those_of_scipy():
    x = np.linspace(-40.0, 40.0, 4001)
    areas = np.array([normal_cdf(value) for value in x])
    np.testing.assert_allclose(areas, ndtr(x), rtol=1e-8, atol=1e-15)
    assert normal_cdf(0.0) == pytest.approx(0.5, rel=1e-15)
    assert (normal_cdf(-38.0), normal_cdf(38.0)) == (0.0, 1.0)


def test_the_logarithm_is_right_to_the_last_digits_at_every_size():
    for x in (*np.exp(np.linspace(-700.0, 700.0, 701)), *np.linspace(0.6, 1.6, 501)):
        assert logarithm_of(x) == pytest.approx(math.log(x), rel=1e-15, abs=1e-300)
