"""A crowd drawn from several models."""

from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import SPRAY_84, people

from slackwater.catalogue.loader import load
from slackwater.pharma.crowd import Population, draw, typical
from slackwater.pharma.mixture import WeightedModel
from slackwater.pharma.observe import Rating, update
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.response import Response
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

RK1, PEREZ_RUIXO = load().model("rk1"), load().model("perez-ruixo-2021")
TIME_H = np.array([0.0, 0.25, 0.5, 1.0, 2.0, 4.0])
VENOUS = (Quantity.S_KETAMINE_VENOUS,)


def mixed(share: float = 0.3, other: PublishedModel = PEREZ_RUIXO) -> Population:
    return replace(people(), others=(WeightedModel(model=other, share=share),))


def refreshing(below: float) -> Response:
    response = load().response
    return replace(response, fit=replace(response.fit, refresh_below=below))


def with_clearance(model: PublishedModel, CL: float) -> PublishedModel:
    changed = (replace(one, value=CL) if one.name == "CL" else one for one in model.parameters)
    return replace(model, id="other", parameters=tuple(changed))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_each_model_gets_its_share_of_the_crowd(share: float):
    crowd = draw(mixed(share), n_subjects=20_000)
    weights = crowd.model_weights()
    # Four standard errors of a share of 20,000.
    assert weights[1] == pytest.approx(share, abs=4 * (share * (1 - share) / 20_000) ** 0.5)
    assert sum(weights) == pytest.approx(1.0)


def test_every_member_has_the_curve_that_their_own_model_gives_them():
    crowd = draw(mixed(), n_subjects=200)
    follows = crowd.follows
    curves = crowd.simulate(SPRAY_84, TIME_H)
    alone = draw(people(), n_subjects=200).simulate(SPRAY_84, TIME_H)
    for quantity in (*VENOUS, Quantity.DEPTH):
        np.testing.assert_array_equal(
            curves.of(quantity)[:, follows == 0], alone.of(quantity)[:, follows == 0]
        )
        assert (curves.of(quantity)[1:, follows == 1] != alone.of(quantity)[1:, follows == 1]).all()


def test_members_of_the_second_model_have_its_typical_curve_where_nothing_varies():
    still = replace(RK1, id="still", variability=())
    crowd = draw(mixed(0.5, still), n_subjects=40)
    curves = crowd.simulate(SPRAY_84, TIME_H, VENOUS).of(VENOUS[0])[:, crowd.follows == 1]
    expected = typical(people()).simulate(SPRAY_84, TIME_H, VENOUS).of(VENOUS[0])
    np.testing.assert_array_equal(curves, np.repeat(expected, curves.shape[1], axis=1))


def test_areas_of_a_mixed_crowd_are_exact_for_every_member():
    crowd = draw(mixed(), n_subjects=60)
    fine = np.linspace(0.0, 4.0, 2401)
    curves = crowd.simulate(SPRAY_84, fine, VENOUS)
    by_trapezoids = np.trapezoid(curves.of(VENOUS[0]), fine, axis=0)
    np.testing.assert_allclose(curves.area_of(VENOUS[0].measurement), by_trapezoids, rtol=1e-4)


def test_a_smaller_mixed_crowd_is_the_beginning_of_a_larger_one():
    smaller, larger = (
        draw(mixed(), n_subjects=n).simulate(SPRAY_84, TIME_H, EFFECTS).of(Quantity.DEPTH) for n in (30, 90)
    )
    np.testing.assert_array_equal(smaller, larger[:, :30])


def test_a_mixed_crowd_has_what_all_its_models_have():
    has = draw(mixed(), n_subjects=1).quantities
    assert Quantity.S_KETAMINE_ARTERIAL not in has
    assert {Quantity.S_KETAMINE_VENOUS, Quantity.DEPTH} <= set(has)


def test_the_typical_person_of_a_mixed_crowd_is_the_first_models():
    both = typical(mixed(0.9)).simulate(SPRAY_84, TIME_H, VENOUS).of(VENOUS[0])
    np.testing.assert_array_equal(both, typical(people()).simulate(SPRAY_84, TIME_H, VENOUS).of(VENOUS[0]))


def test_what_one_model_lacks_is_refused_by_its_name():
    crowd = draw(mixed(), n_subjects=4)
    with pytest.raises(RefusedError, match="perez-ruixo-2021 has no im route"):
        crowd.simulate(Regimen((Dose(route=Route.IM, amount_mg=20.0),)), TIME_H)
    with pytest.raises(RefusedError, match="perez-ruixo-2021 does not have arterial s-ketamine"):
        crowd.simulate(SPRAY_84, TIME_H, (Quantity.S_KETAMINE_ARTERIAL,))
    with pytest.raises(RefusedError, match="perez-ruixo-2021 has no racemic"):
        replace(mixed(), drug=Drug.RACEMIC)


def test_depth_is_refused_where_one_model_has_no_effect_site_and_blood_is_not():
    crowd = draw(mixed(0.5, replace(PEREZ_RUIXO, effect_link=None)), n_subjects=8)
    assert Quantity.DEPTH not in crowd.quantities
    assert crowd.simulate(SPRAY_84, TIME_H, VENOUS).of(VENOUS[0]).shape == (6, 8)
    with pytest.raises(RefusedError, match="perez-ruixo-2021 does not have an effect site"):
        crowd.simulate(SPRAY_84, TIME_H, EFFECTS)


@pytest.mark.parametrize("share", [0.0, -0.1, 1.0, 1.5, float("nan"), float("inf")])
def test_a_share_that_leaves_no_crowd_to_somebody_is_refused(share: float):
    with pytest.raises(RefusedError) as refused:
        draw(mixed(share), n_subjects=2)
    assert refused.value.problems[0].field == "share"


def test_a_model_named_twice_is_refused():
    with pytest.raises(RefusedError, match="rk1 is named twice"):
        mixed(0.5, RK1)


def test_a_crowd_moves_its_weight_to_the_model_that_the_patient_follows():
    """Ratings of a typical person who clears the drug three times as fast, seen by a crowd of both models."""
    fast = with_clearance(RK1, 3 * 84.0)
    ratings_at = np.array([0.5, 0.75, 1.0, 1.25, 1.5, 2.0])
    infusion = Regimen((Dose(route=Route.IV, amount_mg=60.0, duration_h=1.0),))
    weights = []
    for truth in (RK1, fast):
        truly = typical(replace(people(), model=truth)).simulate(infusion, ratings_at, (Quantity.DEPTH,))
        marks = np.round(truly.of(Quantity.DEPTH)[:, 0]).astype(int).tolist()
        ratings = [Rating(at_h=at, depth=mark) for at, mark in zip(ratings_at.tolist(), marks, strict=True)]
        weights.append(update(draw(mixed(0.5, fast)), infusion, ratings).crowd.model_weights()[1])
    assert weights[0] < 0.4
    assert weights[1] > 0.6


def test_moving_a_crowd_finds_the_models_weights_that_weighing_a_large_one_finds():
    fast = with_clearance(RK1, 3 * 84.0)
    infusion = Regimen((Dose(route=Route.IV, amount_mg=60.0, duration_h=1.0),))
    marks = ((0.25, 8), (0.5, 10), (0.75, 10), (1.0, 10), (1.25, 10), (1.5, 9), (2.0, 7))
    ratings = [Rating(at_h=at_h, depth=depth) for at_h, depth in marks]
    moved, weighed = (
        update(draw(replace(mixed(0.5, fast), response=refreshing(below)), n_subjects=n), infusion, ratings)
        for below, n in ((1.0, 2048), (0.0, 40_000))
    )
    assert moved.refreshed
    assert moved.crowd.model_weights()[1] == pytest.approx(weighed.crowd.model_weights()[1], abs=0.06)
