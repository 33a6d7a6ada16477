"""When a patient's ratings were back, as their log tells it and as the crowd expected it."""

import numpy as np
import pytest
from tests.crowds import people

from slackwater.pharma import crowd
from slackwater.pharma.back import Between, expected_back, seen_back
from slackwater.pharma.expected import Known
from slackwater.pharma.observe import Rating
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

INTO_MUSCLE = Regimen((Dose(route=Route.IM, amount_mg=70.0),))


def rated(*depths: int) -> list[Rating]:
    return [Rating(at_h=0.25 * (index + 1), depth=depth) for index, depth in enumerate(depths)]


def test_back_lies_between_the_last_deep_rating_and_the_next():
    assert seen_back(rated(3, 6, 2, 1, 0), recovered_depth=1.0) == Between(after_h=0.75, by_h=1.0)


def test_who_goes_deep_again_was_not_back():
    assert seen_back(rated(6, 1, 3, 0), recovered_depth=1.0) == Between(after_h=0.75, by_h=1.0)


@pytest.mark.parametrize("depths", [(), (0, 1, 0), (3, 6, 2)])
def test_a_log_that_does_not_tell_says_nothing(depths: tuple[int, ...]):
    assert seen_back(rated(*depths), recovered_depth=1.0) is None


def test_the_crowd_of_one_is_back_when_that_person_is():
    one = crowd.draw(people(Drug.RACEMIC), n_subjects=1, seed=5)
    found = expected_back(one, INTO_MUSCLE, Known(observations=()))
    assert found.p10_h == found.p50_h == found.p90_h
    assert found.p50_h is not None
    around = one.simulate(INTO_MUSCLE, np.array([found.p50_h - 1 / 30, found.p50_h]), (Quantity.DEPTH,))
    before, at = around.of(Quantity.DEPTH)[:, 0]
    assert before > 1.0 >= at
