"""How much of a crowd has recovered, on depths made up to be counted by hand."""

from types import MappingProxyType

import numpy as np
import pytest

from slackwater.catalogue.response import read_response
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.curves import Curves
from slackwater.pharma.disposition import Concentrations
from slackwater.pharma.recovered import recovered

TIME_H = np.array([0.0, 0.5, 1.0, 1.5, 2.0])
DEEP, LIGHT = 0.2, 0.01  # mg/L at the effect site: depth over 9, and under 0.001

# Rows are people here, for the eye.
PEOPLE = np.array(
    [
        [LIGHT, DEEP, LIGHT, LIGHT, LIGHT],  # recovered from 1.0 h on
        [LIGHT, DEEP, LIGHT, DEEP, LIGHT],  # light at 1.0 h, but deep again: recovered from 2.0 h on
        [LIGHT, LIGHT, LIGHT, LIGHT, LIGHT],  # never deep
        [LIGHT, DEEP, DEEP, DEEP, DEEP],  # not within the grid
    ]
)


def curves_of(people: np.ndarray, weights: list[float]) -> Curves:
    response = read_response()
    effect = np.ascontiguousarray(people.T)
    return Curves(
        time_h=TIME_H,
        weights=np.array(weights),
        concentrations=Concentrations(TIME_H, MappingProxyType({(Analyte.S_KETAMINE, Site.EFFECT): effect})),
        area_of=lambda _: np.zeros(len(people)),
        response=response,
        responders=response.responders(np.zeros((len(people), len(response.eta_names)))),
    )


def test_recovered_means_from_then_on_not_for_a_moment():
    found = recovered(curves_of(PEOPLE, [0.25] * 4))
    np.testing.assert_allclose(found.chance, [0.25, 0.25, 0.5, 0.5, 0.75])


def test_the_chance_follows_the_weights_and_never_falls():
    found = recovered(curves_of(PEOPLE, [0.1, 0.2, 0.3, 0.4]))
    np.testing.assert_allclose(found.chance, [0.3, 0.3, 0.4, 0.4, 0.6])
    assert np.all(np.diff(found.chance) >= 0.0)


def test_times_are_when_a_share_has_recovered_and_none_when_that_is_not_seen():
    found = recovered(curves_of(PEOPLE, [0.5, 0.3, 0.05, 0.15]))
    assert (found.p10_h, found.p50_h, found.p90_h) == (1.0, 1.0, None)


def test_a_chance_outside_the_grid_is_unknown():
    found = recovered(curves_of(PEOPLE, [0.25] * 4))
    assert found.chance_at(1.2) == pytest.approx(0.5)
    assert found.chance_at(2.0) == pytest.approx(0.75)
    assert found.chance_at(2.1) is None
    assert found.chance_at(-0.1) is None
    assert found.chance_at(float("nan")) is None


def test_somebody_at_the_threshold_has_recovered_and_somebody_above_it_has_not():
    response = read_response()
    # Depth 1 of 10 is where (Ce / EC50)**gamma is 1/9.
    at_1 = response.depth.EC50 * (1 / 9) ** (1 / response.depth.gamma)
    people = np.array([[at_1 * 0.999999] * 5, [at_1 * 1.000001] * 5])
    np.testing.assert_allclose(recovered(curves_of(people, [0.5, 0.5])).chance, 0.5)
