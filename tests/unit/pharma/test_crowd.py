"""Drawing a crowd and simulating it."""

from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import INFUSION, SPRAY_84, people

from slackwater.pharma.crowd import MOST_SUBJECTS, MOST_VALUES, draw, typical
from slackwater.pharma.person import Person
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex

TIME_H = np.array([0.0, 0.25, 0.5, 1.0, 2.0])
RACEMIC = people(Drug.RACEMIC)


def test_a_smaller_crowd_is_the_beginning_of_a_larger_one():
    smaller, larger = (
        draw(RACEMIC, n_subjects=n).simulate(INFUSION, TIME_H, EFFECTS).of(Quantity.DEPTH) for n in (50, 200)
    )
    np.testing.assert_array_equal(smaller, larger[:, :50])


def test_the_same_inputs_give_the_same_digits_and_another_seed_does_not():
    first, again, other = (draw(RACEMIC, n_subjects=64, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.z, again.z)
    assert first.crowd_id == again.crowd_id
    assert not np.any(first.z == other.z)


def test_every_input_changes_the_crowds_name():
    response = RACEMIC.response
    crowds = [
        draw(RACEMIC, n_subjects=8),
        draw(RACEMIC, n_subjects=9),
        draw(RACEMIC, n_subjects=8, seed=2),
        typical(RACEMIC),
        *(
            draw(changed, n_subjects=8)
            for changed in (
                people(Drug.ESKETAMINE),
                people(Drug.ESKETAMINE, model="perez-ruixo-2021"),
                replace(RACEMIC, person=Person(weight_kg=70.001, age_years=35.0)),
                replace(RACEMIC, person=Person(weight_kg=70.0, age_years=36.0)),
                replace(RACEMIC, person=Person(weight_kg=70.0, age_years=35.0, sex=Sex.FEMALE)),
                replace(RACEMIC, person=replace(RACEMIC.person, medicines=("clarithromycin",))),
                replace(RACEMIC, response=replace(response, depth=replace(response.depth, gamma=6.5))),
                replace(RACEMIC, model=replace(RACEMIC.model, version="other")),
                replace(RACEMIC, changes=()),
            )
        ),
    ]
    names = [crowd.crowd_id for crowd in crowds]
    assert len(set(names)) == len(names)


def test_weights_are_equal_at_first_and_sum_to_one():
    crowd = draw(RACEMIC, n_subjects=1000)
    assert crowd.n_subjects == 1000
    assert set(crowd.weights.tolist()) == {0.001}
    assert crowd.is_as_drawn


def test_the_typical_person_is_one_at_the_typical_values():
    crowd = typical(RACEMIC)
    assert crowd.n_subjects == 1
    curves = crowd.simulate(INFUSION, TIME_H)
    band = curves.band(Quantity.DEPTH, (5, 50, 95))
    np.testing.assert_array_equal(band, np.repeat(curves.of(Quantity.DEPTH).T, 3, axis=0))


def test_what_is_asked_for_has_the_same_digits_whatever_else_is():
    crowd = draw(RACEMIC, n_subjects=40)
    everything = crowd.simulate(INFUSION, TIME_H)
    for quantity in crowd.quantities:
        alone = crowd.simulate(INFUSION, TIME_H, (quantity,))
        np.testing.assert_array_equal(alone.of(quantity), everything.of(quantity))


def test_a_crowd_knows_what_its_model_gives():
    of_the_default = set(draw(RACEMIC, n_subjects=1).quantities)
    # RK1's norketamine comes from venous blood, and it does not follow hydroxynorketamine.
    assert {quantity.value for quantity in set(Quantity) - of_the_default} == {
        f"{analyte}-arterial"
        for analyte in (
            "norketamine",
            "s-norketamine",
            "hydroxynorketamine",
            "s-hydroxynorketamine",
        )
    }
    assert Quantity.R_KETAMINE_VENOUS not in draw(people(), n_subjects=1).quantities
    published = draw(people(model="perez-ruixo-2021"), n_subjects=1).quantities
    assert Quantity.S_KETAMINE_ARTERIAL not in published
    assert Quantity.DEPTH in published


def test_what_the_model_lacks_is_refused_by_name():
    crowd = draw(people(model="perez-ruixo-2021"), n_subjects=2)
    with pytest.raises(RefusedError, match="arterial s-ketamine"):
        crowd.simulate(SPRAY_84, TIME_H, (Quantity.S_KETAMINE_ARTERIAL,))
    with pytest.raises(RefusedError, match="route"):
        crowd.simulate(Regimen((Dose(route=Route.IM, amount_mg=20.0),)), TIME_H)


@pytest.mark.parametrize("n_subjects", [0, -1, MOST_SUBJECTS + 1, 2.5, True])
def test_a_crowd_of_an_impossible_size_is_refused(n_subjects: int):
    with pytest.raises(RefusedError) as refused:
        draw(RACEMIC, n_subjects=n_subjects)
    assert refused.value.problems[0].field == "subjects"


@pytest.mark.parametrize("seed", [-1, 2**63, 1.0])
def test_an_impossible_seed_is_refused(seed: int):
    with pytest.raises(RefusedError) as refused:
        draw(RACEMIC, n_subjects=1, seed=seed)
    assert refused.value.problems[0].field == "seed"


def test_a_crowd_too_large_for_memory_is_refused_before_it_is_simulated():
    crowd = draw(RACEMIC, n_subjects=1000)
    minutes = np.arange(MOST_VALUES // 1000 + 1) / 60.0
    with pytest.raises(RefusedError, match="fit in memory"):
        crowd.simulate(INFUSION, minutes, (Quantity.DEPTH,))


@pytest.mark.parametrize("times", [[1.0, 0.5], [0.0, 0.0], [0.0, np.nan], [0.0, np.inf], [-1.0, 0.0], []])
def test_times_that_are_not_rising_hours_are_refused(times: list[float]):
    with pytest.raises(RefusedError):
        draw(RACEMIC, n_subjects=2).simulate(INFUSION, np.array(times))


@pytest.mark.parametrize("weights", [[np.nan, 1.0], [np.inf, 1.0], [-0.1, 1.0], [0.0, 0.0]])
def test_weights_that_are_no_weights_are_refused(weights: list[float]):
    crowd = draw(RACEMIC, n_subjects=2)
    curves = crowd.simulate(INFUSION, TIME_H, EFFECTS)
    for target in (crowd, curves):
        with pytest.raises(RefusedError) as refused:
            target.reweighted(np.array(weights))
        assert refused.value.problems[0].field == "weights"


def test_a_reweighted_crowd_keeps_its_name_and_knows_that_it_has_observed():
    crowd = draw(RACEMIC, n_subjects=4)
    heavier = crowd.reweighted(np.array([1.0, 2.0, 3.0, 4.0]))
    np.testing.assert_allclose(heavier.weights, [0.1, 0.2, 0.3, 0.4], rtol=1e-15)
    assert heavier.crowd_id == crowd.crowd_id
    assert not heavier.is_as_drawn


def test_nothing_in_a_crowd_can_be_written_to():
    crowd = draw(RACEMIC, n_subjects=4)
    curves = crowd.simulate(INFUSION, TIME_H, EFFECTS)
    for array in (crowd.z, crowd.weights, curves.of(Quantity.DEPTH)):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0


def test_no_dose_gives_no_depth_and_no_rise():
    crowd = draw(RACEMIC, n_subjects=16)
    curves = crowd.simulate(Regimen(), TIME_H)
    for quantity in crowd.quantities:
        untouched = 5.0 if quantity is Quantity.ALERTNESS else 0.0
        assert np.all(curves.of(quantity) == untouched), quantity
