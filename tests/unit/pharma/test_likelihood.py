"""The likelihood of ratings, weights from it, and resampling."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from slackwater.pharma.kernels.likelihood import (
    effective_size,
    mark_log_likelihood,
    mark_table,
    squared_misfit,
    systematic_resample,
    tempered_weights,
)

SD, SLIP = 1.2, 0.03


def likelihood(depth: float, rating: int, *, voice: float = 1.0) -> float:
    arguments = np.array([[depth]]), np.array([float(rating)]), np.array([voice])
    return math.exp(mark_log_likelihood(*arguments, mark_table(SD, SLIP, 10))[0])


@pytest.mark.parametrize("depth", [0.0, 0.3, 4.9, 10.0])
def test_the_chances_of_all_eleven_marks_sum_to_1(depth: float):
    assert sum(likelihood(depth, rating) for rating in range(11)) == pytest.approx(1.0, rel=1e-13)


@pytest.mark.parametrize(("depth", "rating"), [(3.2, 3), (3.2, 5), (0.0, 0), (9.7, 10), (8.0, 2)])
def test_a_mark_is_the_area_about_it_mixed_with_a_slip(depth: float, rating: int):
    low = -math.inf if rating == 0 else rating - 0.5
    high = math.inf if rating == 10 else rating + 0.5
    area = norm.cdf(high, depth, SD) - norm.cdf(low, depth, SD)
    assert likelihood(depth, rating) == pytest.approx((1 - SLIP) * area + SLIP / 11, rel=1e-6)


def test_the_unlikeliest_mark_still_has_its_share_of_slips():
    assert likelihood(0.0, 10) == pytest.approx(SLIP / 11, rel=1e-6)


def test_half_a_voice_counts_half():
    assert likelihood(4.0, 6, voice=0.5) == pytest.approx(math.sqrt(likelihood(4.0, 6)), rel=1e-12)


def test_ratings_multiply():
    depth = np.array([[2.0], [5.0]])
    both = mark_log_likelihood(depth, np.array([3.0, 5.0]), np.ones(2), mark_table(SD, SLIP, 10))[0]
    assert math.exp(both) == pytest.approx(likelihood(2.0, 3) * likelihood(5.0, 5), rel=1e-12)


def test_misfit_is_nil_within_rounding_and_counts_only_what_is_beyond_up_to_a_cap():
    depth = np.array([[3.4, 4.7, 1.3, 9.9]])
    np.testing.assert_allclose(
        squared_misfit(depth, np.array([3.0]), np.ones(1), SD, 3.0),
        [0.0, ((1.7 - 0.5) / SD) ** 2, ((1.7 - 0.5) / SD) ** 2, 3.0**2],
        rtol=1e-12,
    )


def test_weights_are_prior_times_likelihood_even_where_a_float_could_not_hold_it():
    weights = tempered_weights(np.array([0.25, 0.75, 0.0]), np.array([-5000.0, -5001.0, 0.0]), 1.0)
    np.testing.assert_allclose(
        weights, [1 / (1 + 3 / math.e), 3 / math.e / (1 + 3 / math.e), 0.0], rtol=1e-12
    )


def test_nothing_let_in_leaves_the_weights_alone():
    weights = np.array([0.1, 0.6, 0.3])
    np.testing.assert_allclose(
        tempered_weights(weights, np.array([0.0, -3.0, 9.0]), 0.0), weights, rtol=1e-15
    )


def test_effective_size_is_n_for_equal_weights_and_1_when_one_carries_all():
    assert effective_size(np.full(64, 0.3)) == pytest.approx(64.0, rel=1e-12)
    assert effective_size(np.array([0.0, 0.0, 2.0])) == 1.0
    assert effective_size(np.array([3.0, 1.0])) == pytest.approx(16 / 10)


@pytest.mark.parametrize("offset", [0.0, 0.4, 0.999])
def test_resampling_takes_each_as_often_as_its_weight_says_to_within_one(offset: float):
    weights = np.random.default_rng(5).exponential(size=500)
    copies = np.bincount(systematic_resample(weights, offset), minlength=500)
    assert copies.sum() == 500
    assert np.all(np.abs(copies - 500 * weights / weights.sum()) < 1.0)


def test_resampling_never_takes_the_weightless():
    weights = np.array([0.0, 1.0, 0.0, 3.0, 0.0])
    assert set(systematic_resample(weights, 0.5).tolist()) == {1, 3}
