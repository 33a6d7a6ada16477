"""How much of a crowd has recovered, on depths made up to be counted by hand."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from slackwater.catalogue.response import read_response
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.curves import Curves
from slackwater.pharma.disposition import Concentrations
from slackwater.pharma.recovered import Part, is_impaired, recovered

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


def steady(Ce: float, *, EC50_factor: float = 1.0) -> Curves:
    """One person who stays at one concentration."""
    curves = curves_of(np.array([[Ce] * TIME_H.size]), [1.0])
    responders = replace(curves.responders, EC50=curves.responders.EC50 * EC50_factor)
    return replace(curves, responders=responders)


def holds(curves: Curves) -> set[Part]:
    """The parts of recovery that hold throughout."""
    return {part for part, chance in recovered(curves).parts.items() if chance[0] == 1.0}


def test_depth_is_back_at_one_and_not_above_it():
    response = read_response()
    # Depth 1 of 10 is where (Ce / EC50)**gamma is 1/9.
    at_1 = response.depth.EC50 * (1 / 9) ** (1 / response.depth.gamma)
    assert Part.DEPTH in holds(steady(at_1 * 0.999999))
    assert Part.DEPTH not in holds(steady(at_1 * 1.000001))


def test_alertness_is_back_where_it_is_scored_five():
    response = read_response()
    # Alertness 4.5 of 5 is where (Ce / EC50)**gamma is 1/9 too.
    at_five = response.alertness.EC50 * (1 / 9) ** (1 / response.alertness.gamma)
    assert Part.ALERTNESS in holds(steady(at_five * 0.999999))
    assert Part.ALERTNESS not in holds(steady(at_five * 1.000001))


def test_thinking_is_back_at_70_ng_ml_and_not_above_it():
    """Hartvig 1995: memory suffers above 70 ng/mL of S-ketamine."""
    assert Part.THINKING in holds(steady(0.070))
    assert Part.THINKING not in holds(steady(0.070 * 1.000001))


def test_who_needs_more_drug_for_depth_bears_as_much_more_before_thinking_suffers():
    assert Part.THINKING in holds(steady(0.070 * 2.0, EC50_factor=2.0))
    assert Part.THINKING not in holds(steady(0.070 * 2.0 * 1.000001, EC50_factor=2.0))
    assert Part.THINKING not in holds(steady(0.070 * 0.5 * 1.000001, EC50_factor=0.5))


def test_nobody_has_recovered_while_a_part_is_missing():
    # Between 70 ng/mL and where depth passes 1, only thinking is missing in the typical person.
    curves = steady(0.080)
    assert holds(curves) == {Part.DEPTH, Part.ALERTNESS}
    assert recovered(curves).chance.max() == 0.0


@pytest.mark.parametrize("Ce", [0.0, 0.05, 0.069, 0.071, 0.09, 0.2, 1.0])
def test_who_is_impaired_at_a_concentration_is_who_has_not_recovered_there(Ce: float):
    curves = steady(Ce)
    assert is_impaired(np.array([[Ce]]), curves)[0, 0] == (recovered(curves).chance[0] == 0.0)
