"""Virtual patients who are not as the crowd expects: bands slip, are widened, and hold again."""

import pytest
from tests.reference.virtual_clinic import TRUTHS, Truth, sessions

from slackwater.pharma.coverage import held
from slackwater.pharma.widening import FEWEST_SESSIONS

BY_NAME = {truth.name: truth for truth in TRUTHS}
N_SESSIONS = 50


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ratings 3 higher", "ratings scattered twice as far"])
def test_coverage_falls_under_an_injected_bias_and_comes_back_once_bands_are_widened(name: str):
    past = sessions(BY_NAME[name], N_SESSIONS)
    is_wide = [any(mark.factor > 1.0 for mark in one) for one in past]
    first = is_wide.index(True)
    # Twenty sessions of six ratings stray by about 3 points.
    assert FEWEST_SESSIONS <= first <= N_SESSIONS - 20
    assert all(is_wide[first:])
    slipped, back = held(past[:first], 0.9), held(past[first:], 0.9)
    own = held(past[first:], 0.9, own=True)
    assert slipped is not None
    assert back is not None
    assert own is not None
    assert slipped.share < 0.87
    assert back.share >= 0.88
    # The crowd's own bands are as wrong as before: it is the widening that holds.
    assert own.share < 0.87


@pytest.mark.slow
def test_without_a_bias_bands_hold_and_nothing_is_widened():
    past = sessions(BY_NAME["as the crowd expects"], 30)
    found = held(past, 0.9)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 0.9 <= found.high
    assert all(mark.factor == 1.0 for one in past for mark in one)


def test_the_same_clinic_has_the_same_marks():
    truth = Truth(name="twice", bias=1.0)
    assert sessions(truth, 2) == sessions(truth, 2)
