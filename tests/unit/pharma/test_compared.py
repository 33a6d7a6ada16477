"""Even steps give the curves that evidence is compared with, as the simulation itself would."""

from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import SPRAY_84, people

from slackwater.pharma.compared import compared
from slackwater.pharma.crowd import draw
from slackwater.pharma.evidence import gather
from slackwater.pharma.mixture import WeightedModel
from slackwater.pharma.observations import Alertness, Observation, Rating, Rise
from slackwater.pharma.observe import Sign
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.route import Route
from slackwater.units import h_from_min

CROWD = draw(people(), n_subjects=64)
# A booster off every grid.
TWICE = Regimen((*SPRAY_84.doses, Dose(route=Route.NASAL_DEVICE, amount_mg=28.0, at_h=0.7123)))


def seen_at(*minutes: float) -> list[Observation]:
    kinds = (
        lambda at: Rating(at_h=at, depth=5),
        lambda at: Alertness(at_h=at, moaas=4),
        lambda at: Rise(at_h=at, sign=Sign.SYSTOLIC, amount=9.0),
    )
    return [kinds[k % 3](h_from_min(minute)) for k, minute in enumerate(minutes)]


@pytest.mark.parametrize("minutes", [(45,), (0, 15, 45), (7, 15, 31, 90), (10, 20, 30, 400)])
@pytest.mark.parametrize("regimen", [SPRAY_84, TWICE])
def test_they_are_those_of_a_simulation_at_just_these_times(minutes: tuple[int, ...], regimen: Regimen):
    evidence = gather(CROWD, regimen, seen_at(*minutes))
    wanted = CROWD.simulate(regimen, evidence.time_h, evidence.wanted)
    found = compared(CROWD, regimen, evidence)
    np.testing.assert_array_equal(found.time_h, wanted.time_h)
    for quantity in evidence.wanted:
        np.testing.assert_allclose(found.of(quantity), wanted.of(quantity), rtol=1e-9, atol=1e-12)


def test_they_are_so_for_a_crowd_of_two_models():
    both = replace(people(), others=(WeightedModel(model=people(model="perez-ruixo-2021").model, share=0.4),))
    crowd = draw(both, n_subjects=64)
    evidence = gather(crowd, SPRAY_84, seen_at(10, 25, 60))
    wanted = crowd.simulate(SPRAY_84, evidence.time_h, evidence.wanted).of(Quantity.DEPTH)
    np.testing.assert_allclose(compared(crowd, SPRAY_84, evidence).of(Quantity.DEPTH), wanted, rtol=1e-9)


def test_what_is_seen_between_two_minutes_is_compared_at_the_nearer():
    """Seconds after the dose that is the first one, because at the dose itself nobody feels anything."""
    evidence = gather(CROWD, SPRAY_84, [Rating(at_h=at / 60, depth=5) for at in (0.0, 0.2, 30.4, 59.6)])
    np.testing.assert_allclose(evidence.time_h * 60, [0, 1, 30, 60])


def test_some_times_of_curves_are_those_of_all():
    curves = CROWD.simulate(SPRAY_84, np.array([0.25, 0.5, 1.0]))
    rows = np.array([0, 2])
    afresh = curves.some(Quantity.DEPTH, rows)
    np.testing.assert_array_equal(afresh, curves.of(Quantity.DEPTH)[rows])
    np.testing.assert_array_equal(curves.some(Quantity.DEPTH, rows), afresh)
