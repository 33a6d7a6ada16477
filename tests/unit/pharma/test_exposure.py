"""Peak, its time, area and half-life of curves whose answers are known."""

import math

import numpy as np
import pytest

from slackwater.pharma.exposure import exposure, half_life
from slackwater.terms.refusal import RefusedError

TIME_H = np.linspace(0, 10, 1001)


def test_an_exponential_has_its_own_half_life_and_area():
    conc = np.exp(-math.log(2) / 2.5 * TIME_H)[:, None]
    found = exposure(TIME_H, conc)
    assert found.Cmax[0] == 1.0
    assert found.tmax[0] == 0.0
    assert found.t_half[0] == pytest.approx(2.5)
    assert found.AUC[0] == pytest.approx((1 - 0.5**4) * 2.5 / math.log(2), rel=1e-5)


def test_the_peak_is_the_first_of_equal_values():
    found = exposure(np.array([0.0, 1.0, 2.0]), np.array([[1.0], [3.0], [3.0]]))
    assert (found.Cmax[0], found.tmax[0]) == (3.0, 1.0)


def test_a_curve_that_does_not_fall_has_no_half_life():
    assert half_life(TIME_H, np.ones((TIME_H.size, 1)))[0] == math.inf
    assert half_life(TIME_H, np.zeros((TIME_H.size, 1)))[0] == math.inf


def test_each_subject_is_judged_alone():
    conc = np.stack([np.exp(-TIME_H), np.zeros_like(TIME_H)], axis=1)
    found = half_life(TIME_H, conc)
    assert found[0] == pytest.approx(math.log(2))
    assert found[1] == math.inf


def test_one_time_makes_no_curve():
    with pytest.raises(RefusedError):
        exposure(np.array([0.0]), np.array([[1.0]]))
