"""A bet against the promise that bands hold, which may be looked at after every session."""

import itertools
import math

import numpy as np
import pytest

from slackwater.pharma.slipping import FALSE_WIDENING, TOLERANCE, first_slip, winnings


@pytest.mark.parametrize("n_sessions", [1, 2, 5, 9])
@pytest.mark.parametrize("kept", [0.89, 0.6])
def test_a_bet_against_a_promise_that_is_just_kept_gains_nothing_on_average(n_sessions: int, kept: float):
    """Over every course that sessions of one reading can take, each with its chance: exactly 1."""
    mean = math.fsum(
        math.prod(kept if held else 1.0 - kept for held in course) * list(winnings(course, kept))[-1]
        for course in itertools.product((0.0, 1.0), repeat=n_sessions)
    )
    assert mean == pytest.approx(1.0, abs=1e-12)


def test_a_bet_loses_on_average_where_more_is_held_and_never_all_of_it():
    assert list(winnings([1.0] * 50, 0.89))[-1] < 0.5
    assert min(winnings([1.0] * 1000, 0.89)) > 0.0


def test_of_clinics_that_keep_the_promise_no_more_are_ever_told_than_it_says():
    """Readings of a session wholly alike, the worst case: 1,000 clinics of 100 sessions, three SE allowed."""
    held = np.random.default_rng(7).random((1000, 100)) < 0.9 - TOLERANCE
    told = np.mean([first_slip(one.astype(float).tolist(), 0.9) is not None for one in held])
    assert told <= FALSE_WIDENING + 3.0 * math.sqrt(FALSE_WIDENING * (1.0 - FALSE_WIDENING) / 1000)


def test_a_large_slip_is_found_soon_and_a_small_one_later():
    large, small = first_slip([0.6] * 200, 0.9), first_slip([0.87] * 200, 0.9)
    assert large is not None
    assert small is not None
    assert large <= 12 < small


def test_a_slip_after_many_good_sessions_is_found():
    found = first_slip([0.95] * 100 + [0.7] * 60, 0.9)
    assert found is not None
    assert 100 < found <= 140


def test_bands_that_hold_as_they_promise_have_not_slipped():
    assert first_slip([0.9] * 500, 0.9) is None
    assert first_slip([], 0.9) is None
