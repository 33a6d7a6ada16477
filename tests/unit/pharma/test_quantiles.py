"""Weighted quantiles and shares against their definitions."""

import numba
import numpy as np
import pytest

from slackwater.pharma.curves import _sorted_order, weighted_percentiles
from slackwater.pharma.kernels.quantiles import weighted_quantiles, weighted_share, whole_weights
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
    found = np.empty((QUANTILES.size, len(values)))
    order, whole = _sorted_order(values), whole_weights(weights)
    weighted_quantiles(0, len(values), values, order, whole, QUANTILES, found)
    return found


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


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(np.r_[np.full(300, 2.0), 1.0, np.full(300, 3.0)], id="many that are equal"),
        pytest.param(
            np.r_[-1e300, np.linspace(10.0, 10.0 + 1e-9, 500), 1e-300], id="crowded far from the ends"
        ),
        pytest.param(np.r_[np.inf, -3.0, 0.0, -0.0, 5e-324, -np.inf], id="negative, nothing and boundless"),
        pytest.param(np.arange(300.0)[::-1], id="falling"),
        pytest.param(np.random.default_rng(5).lognormal(sigma=40.0, size=500), id="over hundreds of decades"),
    ],
)
def test_the_order_sorts_what_is_hard_to_sort(row: np.ndarray):
    order = _sorted_order(row.reshape(1, -1))[0]
    np.testing.assert_array_equal(np.sort(order), np.arange(row.size))
    np.testing.assert_array_equal(row[order], np.sort(row))


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="a hundred times slower without the compiler")
@pytest.mark.parametrize(("n_subjects", "kind"), [(2**16, np.uint16), (2**16 + 1, np.int32)])
def test_the_order_has_room_for_every_subject(n_subjects: int, kind: type):
    values = np.random.default_rng(6).normal(size=(1, n_subjects))
    order = _sorted_order(values)
    assert order.dtype == kind
    np.testing.assert_array_equal(values[0, order[0]], np.sort(values[0]))


def test_weights_of_any_size_keep_their_proportion_and_none_is_lost():
    whole = whole_weights(np.array([1e-300, 0.0, 0.25, 0.5, 0.25]))
    assert whole[0] == 1
    assert whole[1] == 0
    assert whole[3] == 2 * whole[2] == 2 * whole[4]
    assert 0 < whole.sum() < 2**62


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
