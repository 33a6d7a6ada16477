"""Depth and blood pressure from the concentration at the effect site."""

from dataclasses import replace

import numpy as np
import pytest

from slackwater.catalogue.response import read_response
from slackwater.pharma.draws import Stream
from slackwater.pharma.parameters import ParameterError

RESPONSE = read_response()
TYPICAL = RESPONSE.responders(np.zeros((1, 6)))


def depth_at(Ce: float) -> float:
    return float(RESPONSE.depth_at(np.array([[Ce]]), TYPICAL)[0, 0])


def test_depth_is_half_at_ec50_nil_without_drug_and_full_far_above():
    assert depth_at(RESPONSE.depth.EC50) == 5.0
    assert depth_at(0.0) == 0.0
    assert depth_at(1e300) == 10.0
    assert depth_at(1e-300) == 0.0


def test_a_hill_coefficient_of_6_gives_the_textbook_fraction():
    # (140 / 121)**6 = 2.399, and 2.399 / 3.399 of 10.
    assert depth_at(0.140) == pytest.approx(10 * 2.3990 / 3.3990, rel=1e-4)
    assert depth_at(0.081) == pytest.approx(10 * 0.0900 / 1.0900, rel=1e-3)


def test_pressure_rises_to_half_its_size_at_its_own_ec50():
    Ce = np.array([[0.0], [RESPONSE.pressure.EC50], [1e9]])
    rise = RESPONSE.systolic_rise_at(Ce, TYPICAL)[:, 0]
    np.testing.assert_allclose(rise, TYPICAL.systolic_Emax[0] * np.array([0.0, 0.5, 1.0]), rtol=1e-6)


def test_the_spread_between_people_is_the_one_stated():
    responders = RESPONSE.responders(Stream(3).normals(200_000, 6))
    for values, cv in (
        (responders.EC50, RESPONSE.depth.EC50_cv),
        (responders.ke0_factor, RESPONSE.ke0_cv),
        (responders.systolic_Emax, RESPONSE.pressure.systolic_cv),
        (responders.diastolic_Emax, RESPONSE.pressure.diastolic_cv),
        (responders.alertness_EC50, RESPONSE.alertness.EC50_cv),
        (responders.heart_rate_Emax, RESPONSE.heart_rate.Emax_cv),
    ):
        assert values.std() / values.mean() == pytest.approx(cv, rel=0.02)
    # A concentration's typical value is its median; a size of rise was published as a mean.
    assert np.median(responders.EC50) == pytest.approx(RESPONSE.depth.EC50, rel=0.01)
    assert responders.systolic_Emax.mean() == pytest.approx(RESPONSE.pressure.systolic_Emax, rel=0.01)
    logs = np.log(np.vstack([responders.systolic_Emax, responders.diastolic_Emax]))
    assert np.corrcoef(logs)[0, 1] == pytest.approx(RESPONSE.pressure.correlation, abs=0.01)


def test_alertness_is_full_without_drug_half_at_its_own_ec50_and_nil_far_above():
    Ce = np.array([[0.0], [RESPONSE.alertness.EC50], [1e300]])
    np.testing.assert_array_equal(RESPONSE.alertness_at(Ce, TYPICAL)[:, 0], [5.0, 2.5, 0.0])


def test_heart_rate_rises_to_half_its_size_at_its_own_ec50():
    Ce = np.array([[0.0], [RESPONSE.heart_rate.EC50], [1e9]])
    rise = RESPONSE.heart_rate_rise_at(Ce, TYPICAL)[:, 0]
    np.testing.assert_allclose(rise, TYPICAL.heart_rate_Emax[0] * np.array([0.0, 0.5, 1.0]), rtol=1e-6)


@pytest.mark.parametrize("fault", [{"EC50": 0.0}, {"EC50": float("nan")}, {"gamma": -1.0}, {"EC50_cv": 3.0}])
def test_a_depth_response_cannot_hold_nonsense(fault: dict[str, float]):
    with pytest.raises(ParameterError, match=next(iter(fault))):
        replace(RESPONSE.depth, **fault)


def test_other_records_cannot_hold_nonsense_either():
    for record, fault in (
        (RESPONSE.pressure, {"correlation": 1.5}),
        (RESPONSE.pressure, {"systolic_Emax": float("inf")}),
        (RESPONSE.alertness, {"EC50": float("nan")}),
        (RESPONSE.alertness, {"gamma": 0.0}),
        (RESPONSE.heart_rate, {"Emax": 301.0}),
        (RESPONSE.rating, {"sd": 0.0}),
        (RESPONSE.rating, {"slip": 0.0}),
        (RESPONSE.fit, {"false_alarms": -0.1}),
        (RESPONSE, {"ke0_cv": float("nan")}),
        (RESPONSE.recovery, {"depth": 11.0}),
        (RESPONSE.recovery, {"alertness": float("nan")}),
        (RESPONSE.recovery, {"thinking": 0.0}),
    ):
        with pytest.raises(ParameterError):
            replace(record, **fault)
