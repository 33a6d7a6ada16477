"""People whose truth is known, drawn from the crowd's own population: does the band hold them as it says?

Each rates at 15, 30 and 45 min after 84 mg, and on, with the error that the record states, slips included.
"""

from collections.abc import Callable

import numpy as np
import pytest
from tests.crowds import SPRAY_84, people

from slackwater.pharma.crowd import draw
from slackwater.pharma.observe import Posterior, Rating, update
from slackwater.pharma.quantity import Quantity
from slackwater.units import h_from_min

pytestmark = pytest.mark.slow

N_TRUTHS = 100
MINUTES = np.arange(0, 301, 5)
TIME_H = MINUTES * h_from_min(1.0)
FIRST_THREE = (15, 30, 45)
FIRST_TEN = (15, 30, 45, 60, 75, 90, 105, 120, 150, 180)

CROWD = draw(people(), n_subjects=1024, seed=1)
PRIOR = CROWD.simulate(SPRAY_84, TIME_H, (Quantity.DEPTH,))
TRUTHS = (
    draw(people(), n_subjects=N_TRUTHS, seed=20_261_123)
    .simulate(SPRAY_84, TIME_H, (Quantity.DEPTH,))
    .of(Quantity.DEPTH)
)


def rate(truth: np.ndarray, minutes: tuple[int, ...], rng: np.random.Generator) -> list[Rating]:
    error = CROWD.population.response.rating
    marks = np.clip(
        np.round(truth[np.searchsorted(MINUTES, minutes)] + rng.normal(0.0, error.sd, len(minutes))), 0, 10
    )
    slips = rng.random(len(minutes)) < error.slip
    marks[slips] = rng.integers(0, 11, slips.sum())
    return [
        Rating(at_h=h_from_min(minute), depth=int(mark)) for minute, mark in zip(minutes, marks, strict=True)
    ]


def band_after(posterior: Posterior) -> np.ndarray:
    refreshed = posterior.refreshed
    curves = (
        posterior.crowd.simulate(SPRAY_84, TIME_H, (Quantity.DEPTH,))
        if refreshed
        else PRIOR.reweighted(posterior.crowd.weights)
    )
    return curves.band(Quantity.DEPTH)


@pytest.fixture(scope="module")
def posteriors() -> list[Posterior]:
    rng = np.random.default_rng(4)
    return [update(CROWD, SPRAY_84, rate(truth, FIRST_THREE, rng)) for truth in TRUTHS.T]


def test_the_90_percent_band_after_three_ratings_holds_about_90_percent(posteriors: list[Posterior]):
    """One person's times rise and fall together, so 100 people are 100 trials: SE 3 %, three allowed."""
    held = [
        (band[0] <= truth) & (truth <= band[2])
        for truth, band in zip(TRUTHS.T, map(band_after, posteriors), strict=True)
    ]
    by_time = np.mean(held, axis=0)
    assert 0.81 <= by_time[MINUTES >= 15].mean() <= 0.97
    assert 0.81 <= by_time[MINUTES == 90].item() <= 0.99


def test_three_ratings_narrow_the_band_by_a_third_or_more_and_it_is_not_worse_for_recovery(
    posteriors: list[Posterior],
):
    prior = PRIOR.band(Quantity.DEPTH)
    widths = np.array([(band[2] - band[0]).mean() for band in map(band_after, posteriors)])
    assert widths.mean() < 0.67 * (prior[2] - prior[0]).mean()
    errors = np.array(
        [abs(band_after(each)[1] - truth).mean() for each, truth in zip(posteriors, TRUTHS.T, strict=True)]
    )
    prior_errors = abs(prior[1][:, None] - TRUTHS).mean(axis=0)
    assert errors.mean() < 0.67 * prior_errors.mean()


def test_honest_people_are_seldom_called_outside(posteriors: list[Posterior]):
    """About 1 in 100 by design; four or more of 100 would be a fault."""
    assert sum(posterior.outside for posterior in posteriors) <= 3


def test_honest_people_are_seldom_called_outside_after_ten_ratings():
    rng = np.random.default_rng(5)
    outside = [update(CROWD, SPRAY_84, rate(truth, FIRST_TEN, rng)).outside for truth in TRUTHS.T[:40]]
    assert sum(outside) <= 2


@pytest.mark.parametrize(
    ("misfit", "fewest"),
    [
        (lambda minute: 8.0 if minute >= 75 else 0.0, 0.9),
        (lambda minute: 9.0 if minute // 15 % 2 == 0 else 0.0, 0.9),
    ],
    ids=["nothing for 75 minutes, then deep", "up and down"],
)
def test_people_no_model_of_this_drug_could_give_are_called_outside(
    misfit: Callable[[int], float], fewest: float
):
    rng = np.random.default_rng(6)
    truth = np.array([misfit(int(minute)) for minute in MINUTES])
    found = [update(CROWD, SPRAY_84, rate(truth, FIRST_TEN, rng)).outside for _ in range(20)]
    assert np.mean(found) >= fewest
