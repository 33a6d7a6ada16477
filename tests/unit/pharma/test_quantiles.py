"""Weighted quantiles and shares against their definitions."""

import numpy as np
import pytest

from slackwater.pharma.curves import _sorted_order, weighted_percentiles
from slackwater.pharma.kernels.quantiles import weighted_quantiles, weighted_share
from slackwater.terms.refusal import RefusedError

QUANTILES = np.array([0.0, 0.05, 0.25, 0.5, 0.9, 1.0])


def by_definition(values: np.ndarray, weights: np.ndarray, quantile: float) -> float:
    """The smallest value that, with all smaller ones, holds the share; written without sorting."""
    total = sum(weights)
    held = {
        value: sum(w for v, w in zip(values, weights, strict=True) if v <= value)
        for value, weight in zip(values, weights, strict=True)
        if weight > 0
    }
    return min(value for value, share in held.items() if share >= quantile * total)


def bands(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return weighted_quantiles(values, _sorted_order(values), weights, QUANTILES)


@pytest.mark.parametrize("n_subjects", [1, 2, 7, 100, 333])
def test_equal_weights_give_numpys_inverted_cdf_exactly(n_subjects: int):
    values = np.random.default_rng(1).lognormal(size=(5, n_subjects))
    expected = np.quantile(values, QUANTILES, axis=1, method="inverted_cdf")
    np.testing.assert_array_equal(bands(values, np.ones(n_subjects)), expected)


def test_weights_that_are_whole_numbers_count_like_copies():
    rng = np.random.default_rng(2)
    values, copies = rng.normal(size=(4, 50)), rng.integers(0, 6, 50)
    expected = np.quantile(np.repeat(values, copies, axis=1), QUANTILES, axis=1, method="inverted_cdf")
    np.testing.assert_array_equal(bands(values, copies.astype(float)), expected)


def test_weighted_quantiles_follow_the_definition():
    rng = np.random.default_rng(3)
    # Rounded, so that many values are equal.
    values, weights = np.round(rng.normal(size=(3, 40)), 1), rng.exponential(size=40)
    weights[::7] = 0.0
    expected = [[by_definition(row, weights, q) for row in values] for q in QUANTILES]
    np.testing.assert_array_equal(bands(values, weights), expected)


def test_the_order_sorts_every_row_whatever_came_before_it():
    values = np.random.default_rng(4).normal(size=(20, 100))
    order = _sorted_order(values)
    np.testing.assert_array_equal(np.take_along_axis(values, order, axis=1), np.sort(values, axis=1))


def test_a_share_is_the_weight_of_those_for_whom_it_holds():
    weights = np.array([1.0, 2.0, 5.0])
    holds = np.array([[True, False, True], [False, False, False], [True, True, True]])
    np.testing.assert_allclose(weighted_share(holds, weights), [0.75, 0.0, 1.0], rtol=1e-15)


def test_percentiles_may_be_asked_for_in_any_order():
    figures, weights = np.arange(1.0, 101.0), np.full(100, 0.01)
    assert weighted_percentiles(figures, weights, (95, 5, 50)) == (95.0, 5.0, 50.0)


@pytest.mark.parametrize("percentiles", [(-1,), (101,), (float("nan"),), ()])
def test_a_percentile_beyond_0_to_100_is_refused(percentiles: tuple[float, ...]):
    with pytest.raises(RefusedError) as refused:
        weighted_percentiles(np.ones(3), np.ones(3), percentiles)
    assert refused.value.problems[0].field == "percentiles"
