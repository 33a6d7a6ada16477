"""Virtual patients who are not as the crowd expects: bands slip, are widened, and hold again."""

import pytest
from tests.reference.virtual_clinic import TRUTHS, Truth, sessions

from slackwater.pharma.coverage import held
from slackwater.pharma.widening import FEWEST_SESSIONS

AS_EXPECTED, *_, FAR_OFF = TRUTHS
# Six ratings in each of so many sessions stray by about 3 points.
N_AFTER = 20


@pytest.mark.slow
def test_coverage_falls_under_an_injected_bias_and_comes_back_once_bands_are_widened():
    past = sessions(FAR_OFF, FEWEST_SESSIONS + N_AFTER)
    before, after = past[:FEWEST_SESSIONS], past[FEWEST_SESSIONS:]
    slipped, back = held(before, 0.9), held(after, 0.9)
    assert slipped is not None
    assert slipped.has_slipped
    assert all(mark.factor == 1.0 for one in before for mark in one)
    assert all(mark.factor > 1.0 for one in after for mark in one)
    assert back is not None
    assert back.share >= 0.88
    # The crowd's own bands are as wrong as before: it is the widening that holds.
    own = held(after, 0.9, own=True)
    assert own is not None
    assert own.share < 0.85


@pytest.mark.slow
def test_without_a_bias_bands_hold_and_nothing_is_widened():
    past = sessions(AS_EXPECTED, FEWEST_SESSIONS + 10)
    found = held(past, 0.9)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 0.9 <= found.high
    assert all(mark.factor == 1.0 for one in past for mark in one)


def test_the_same_clinic_has_the_same_marks():
    truth = Truth(name="twice", bias=1.0)
    assert sessions(truth, 2) == sessions(truth, 2)
