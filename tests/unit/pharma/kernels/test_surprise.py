"""Mean likelihoods of records over groups, beside sums done by hand."""

import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

from slackwater.pharma.kernels.surprise import explained

RNG = np.random.default_rng(5)
N_PEOPLE, GROUPS = 40, np.array([0, 25, 40])
CELLS = np.log(RNG.dirichlet(np.ones(4), size=(3, N_PEOPLE)).transpose(0, 2, 1).reshape(12, N_PEOPLE))
CHOSEN = np.array([[0, 5, 11], [3, 4, 8]])
# Two signs, of two and three rises.
LEVELS, SIGNS = RNG.normal(size=(5, N_PEOPLE)), np.array([0, 2, 5])
RISES, VOICES = RNG.normal(size=(2, 5)), RNG.uniform(0.2, 1.0, size=(2, 5))
NOBODY = np.full((2, 2), -1)


def by_hand(record: int, person: int) -> float:
    """Up to a constant that is the same for everybody: readings err alone, and by their one baseline."""
    total = CELLS[CHOSEN[record], person].sum()
    for first, last in ((0, 2), (2, 5)):
        covariance = np.diag(1.0 / VOICES[record, first:last]) + 1.0
        normal = multivariate_normal(LEVELS[first:last, person], covariance)
        at_best = multivariate_normal(np.zeros(last - first), covariance).logpdf(np.zeros(last - first))
        total += normal.logpdf(RISES[record, first:last]) - at_best
    return float(total)


def found(left_out: np.ndarray = NOBODY) -> np.ndarray:
    return explained(CELLS, CHOSEN, LEVELS, RISES, VOICES, SIGNS, GROUPS, left_out)


def test_means_are_those_of_the_normal_with_a_shared_baseline_times_the_marks():
    wanted = [
        [
            logsumexp([by_hand(record, person) for person in range(first, last)]) - np.log(last - first)
            for first, last in ((0, 25), (25, 40))
        ]
        for record in range(2)
    ]
    np.testing.assert_allclose(found(), wanted, rtol=1e-8)


def test_who_is_left_out_has_no_word():
    without = found(np.array([[7, -1], [-1, 30]]))
    rest = [person for person in range(25) if person != 7]
    wanted = logsumexp([by_hand(0, person) for person in rest]) - np.log(24)
    np.testing.assert_allclose(without[0, 0], wanted, rtol=1e-8)
    assert without[0, 1] == found()[0, 1]
    assert without[1, 1] != found()[1, 1]


def test_the_only_one_of_a_group_left_out_leaves_next_to_nothing():
    alone = explained(
        CELLS[:, :1],
        CHOSEN[:1],
        LEVELS[:, :1],
        RISES[:1],
        VOICES[:1],
        SIGNS,
        np.array([0, 1]),
        np.array([[0]]),
    )
    assert alone[0, 0] < -600


def test_without_marks_or_rises_everybody_explains_all():
    nothing = explained(
        np.empty((0, N_PEOPLE)),
        np.empty((1, 0), dtype=np.int64),
        np.empty((0, N_PEOPLE)),
        np.empty((1, 0)),
        np.empty((1, 0)),
        np.array([0]),
        GROUPS,
        NOBODY[:1],
    )
    np.testing.assert_allclose(nothing, [[0.0, 0.0]], atol=1e-12)
