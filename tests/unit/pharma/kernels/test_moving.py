"""Steps about a cloud: the sums that NumPy would do, and there and back again."""

import numpy as np

from slackwater.pharma.kernels.moving import (
    half_squares,
    lower_root,
    made_standard,
    middle_of,
    put_back,
    spread_of,
)

RNG = np.random.default_rng(1)
CLOUD = RNG.normal(size=(60, 3)) @ np.array([[1.0, 0.4, 0.0], [0.0, 0.5, -0.3], [0.0, 0.0, 2.0]]) + 1.5
WEIGHTS = np.where(np.arange(60) < 50, RNG.uniform(size=60), 0.0)
WEIGHTS /= WEIGHTS.sum()


def test_middle_and_spread_are_the_weighted_mean_and_covariance():
    np.testing.assert_allclose(middle_of(CLOUD, WEIGHTS), np.average(CLOUD, axis=0, weights=WEIGHTS))
    spread = spread_of(CLOUD, WEIGHTS, middle_of(CLOUD, WEIGHTS))
    np.testing.assert_allclose(spread, np.cov(CLOUD.T, aweights=WEIGHTS, ddof=0))


def test_the_root_times_its_transpose_is_the_matrix():
    spread = np.cov(CLOUD.T)
    np.testing.assert_allclose(lower_root(spread), np.linalg.cholesky(spread))


def test_a_cloud_made_standard_has_mean_0_and_covariance_1_and_comes_back():
    equal = np.full(60, 1 / 60)
    middle = middle_of(CLOUD, equal)
    root = lower_root(spread_of(CLOUD, equal, middle))
    standard = made_standard(CLOUD, middle, root)
    np.testing.assert_allclose(standard.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(np.cov(standard.T, ddof=0), np.eye(3), atol=1e-12)
    np.testing.assert_allclose(put_back(standard, middle, root), CLOUD)


def test_half_squares_is_minus_the_log_density_of_standard_normals_but_for_a_constant():
    np.testing.assert_allclose(half_squares(np.array([[3.0, 4.0], [0.0, 1.0]])), [12.5, 0.5])
