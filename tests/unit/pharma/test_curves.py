"""What curves answer, on curves whose answers are known."""

import math
from types import MappingProxyType

import numpy as np
import pytest

from slackwater.catalogue.response import read_response
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.curves import Curves
from slackwater.pharma.disposition import Concentrations
from slackwater.pharma.quantity import Quantity
from slackwater.terms.refusal import RefusedError

TIME_H = np.linspace(0.0, 8.0, 97)
HALF_LIVES_H = np.array([1.0, 2.0, 3.0, 4.0])
ONSET_H = 0.5


def curves_of(effect_mg_l: np.ndarray, weights: np.ndarray | None = None) -> Curves:
    n_subjects = effect_mg_l.shape[1]
    response = read_response()
    return Curves(
        time_h=TIME_H,
        weights=np.full(n_subjects, 1.0 / n_subjects) if weights is None else weights,
        concentrations=Concentrations(
            TIME_H, MappingProxyType({(Analyte.S_KETAMINE, Site.EFFECT): effect_mg_l.copy()})
        ),
        area_of=lambda _: np.trapezoid(effect_mg_l, TIME_H, axis=0),
        response=response,
        responders=response.responders(np.zeros((n_subjects, len(response.eta_names)))),
    )


def rise_and_decay() -> np.ndarray:
    """A straight rise to 0.2 mg/L at half an hour, then one exponential with each person's half-life."""
    decay = 0.2 * 0.5 ** ((TIME_H[:, None] - ONSET_H) / HALF_LIVES_H)
    return np.where(TIME_H[:, None] < ONSET_H, 0.2 * TIME_H[:, None] / ONSET_H, decay)


def test_peak_time_of_peak_and_half_life_are_each_persons_own():
    summary = curves_of(rise_and_decay()).summary(Quantity.S_KETAMINE_EFFECT, (0, 25, 50, 75, 100))
    assert summary.Cmax == pytest.approx((0.2,) * 5, rel=1e-12)
    assert summary.tmax_h == pytest.approx((ONSET_H,) * 5, rel=1e-12)
    assert summary.t_half_h == pytest.approx((1.0, 1.0, 2.0, 3.0, 4.0), rel=1e-9)


def test_an_effects_area_is_the_trapezoids_over_the_grid_and_it_has_no_half_life():
    curves = curves_of(rise_and_decay())
    summary = curves.summary(Quantity.DEPTH, (0, 100))
    areas = np.trapezoid(curves.of(Quantity.DEPTH), TIME_H, axis=0)
    assert pytest.approx((areas.min(), areas.max()), rel=1e-12) == summary.AUC
    assert summary.t_half_h is None


def test_a_half_life_that_the_grid_does_not_show_is_none():
    still_rising = np.repeat(TIME_H[:, None], 3, axis=1) * 0.01
    assert curves_of(still_rising).summary(Quantity.S_KETAMINE_EFFECT).t_half_h is None


def test_bands_follow_the_weights_and_a_reweighted_copy_needs_no_new_curves():
    effect, weights = rise_and_decay(), np.array([0.7, 0.1, 0.1, 0.1])
    curves = curves_of(effect)
    curves.band(Quantity.DEPTH)
    heavier = curves.reweighted(weights)
    np.testing.assert_array_equal(
        heavier.band(Quantity.DEPTH), curves_of(effect, weights).band(Quantity.DEPTH)
    )
    assert heavier.of(Quantity.DEPTH) is curves.of(Quantity.DEPTH)
    # Seven tenths of the weight sits on the shortest half-life, which ends lowest.
    assert heavier.band(Quantity.DEPTH, (50,))[0, -1] == curves.of(Quantity.DEPTH)[-1, 0]


def test_lower_percentiles_never_lie_above_higher_ones():
    band = curves_of(rise_and_decay()).band(Quantity.DEPTH, (5, 25, 50, 75, 95))
    assert np.all(np.diff(band, axis=0) >= 0.0)


def test_a_chance_is_the_weight_for_whom_it_holds():
    curves = curves_of(rise_and_decay(), np.array([0.1, 0.2, 0.3, 0.4]))
    chance = curves.chance(curves.of(Quantity.S_KETAMINE_EFFECT) < 0.1)
    at_2h = int(np.searchsorted(TIME_H, 2.0))
    # 1.5 h after the peak only the half-life of 1 h has fallen below half.
    assert chance[at_2h] == pytest.approx(0.1)
    assert chance[-1] == pytest.approx(1.0)


def test_a_condition_of_another_shape_is_a_mistake():
    with pytest.raises(ValueError, match="shape"):
        curves_of(rise_and_decay()).chance(np.ones(4, dtype=bool))


def test_a_quantity_that_was_not_simulated_is_refused():
    with pytest.raises(RefusedError):
        curves_of(rise_and_decay()).of(Quantity.KETAMINE_VENOUS)


def test_percentiles_of_one_person_are_that_person():
    curves = curves_of(rise_and_decay()[:, :1])
    for value in curves.summary(Quantity.S_KETAMINE_EFFECT, (1, 99)).Cmax:
        assert math.isclose(value, 0.2)
