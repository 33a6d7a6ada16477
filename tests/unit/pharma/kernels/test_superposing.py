"""The sums of unit responses on curves short enough to be added by hand."""

import numpy as np

from slackwater.pharma.kernels.superposing import highest_products, highest_sums, share_over

# Rows are times, columns people: one response that peaks once, one with two peaks.
FIRST = np.array([[0.0, 5.0], [4.0, 1.0], [2.0, 1.0], [1.0, 4.0], [0.5, 0.0]])


def test_the_highest_sum_is_found_over_all_times_and_from_a_later_one_on():
    highest, late = np.empty((2, 2)), np.empty((2, 2))
    # No booster; then half of the same response two steps later.
    highest_sums(FIRST, FIRST, np.array([0, 2]), np.array([0.0, 0.5]), 3, highest, late)
    # 4 at once, or 1 + 0.5 * 4 and 2 + 0.5 * 0 later; 5 at once, or 1 + 0.5 * 5 and 4 + 0.5 * 1.
    assert highest.tolist() == [[4.0, 5.0], [4.0, 5.0]]
    assert late.tolist() == [[1.0, 4.0], [3.0, 4.5]]


def test_the_highest_product_is_found_from_a_row_on():
    highest = np.empty((1, 2))
    highest_products(FIRST, np.array([1]), np.ones_like(FIRST), 1, highest)
    assert highest.tolist() == [[4.0, 5.0]]
    highest_products(FIRST, np.array([1]), np.ones_like(FIRST), 3, highest)
    assert highest.tolist() == [[2.0, 4.0]]


def test_a_share_counts_whoever_is_above_their_own_level_and_not_at_it():
    amounts, per_unit = np.array([1.0, 2.0, 3.0]), np.array([[1.0, 2.0, 0.0]])
    levels, weights = np.array([2.0, 2.0, 1.0]), np.array([0.5, 0.3, 0.2])
    # 1: nobody; 2: 2 is not above 2, but 4 is; 3: both; the third has no drug at all.
    np.testing.assert_allclose(share_over(amounts, per_unit, levels, weights)[:, 0], [0.0, 0.3, 0.8])
