"""Whether bands held what they promised, and how sure that is when readings of one session are alike."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from scipy.stats import t as student

from slackwater.pharma.coverage import (
    FEWEST_TO_SAY,
    claimed_of,
    held,
    histogram,
    sharpness,
    widening,
)
from slackwater.pharma.marks import Mark, Seen
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.widening import FEWEST_SESSIONS, LARGEST_FACTOR, MOST_SESSIONS

INSIDE, OUTSIDE = (0.4, 0.5), (0.97, 0.99)


def mark(place: tuple[float, float], *, needed: float = 0.5, quantity: Quantity = Quantity.DEPTH) -> Mark:
    return Mark(
        seen=Seen(quantity=quantity, at_h=1.0, value=5.0),
        lead_h=0.5,
        n_before=1,
        low=2.0,
        middle=4.0,
        high=7.0,
        pit_low=place[0],
        pit_high=place[1],
        own_pit_low=place[0],
        own_pit_high=place[1],
        own_factor=needed,
        factor=1.0,
        is_claimed=True,
    )


def session(n_inside: int, n_outside: int, *, needed: float = 1.5) -> list[Mark]:
    return [mark(INSIDE)] * n_inside + [mark(OUTSIDE, needed=needed)] * n_outside


def test_without_a_reading_nothing_is_said():
    assert held([], 0.9) is None
    assert held([[], []], 0.9) is None
    assert sharpness([]) is None
    assert histogram([]).sum() == 0.0
    assert widening(Quantity.DEPTH, []) is None


def test_few_sessions_have_a_share_and_no_interval():
    below, at = (held([session(9, 1)] * n, 0.9) for n in (FEWEST_TO_SAY - 1, FEWEST_TO_SAY))
    assert below is not None
    assert at is not None
    assert (below.share, below.n_readings, below.low) == (0.9, 40, None)
    assert not below.is_surely_under
    assert at.low is not None


def test_sessions_of_one_reading_have_wilsons_interval():
    found = held([session(1, 0)] * 30 + [session(0, 1)] * 10, 0.9)
    assert found is not None
    # The ratio estimator divides by n - 1 sessions: 39 readings' worth.
    n, p, t = 39, 0.75, student.ppf(0.975, 39)
    centre, spread = p + t * t / (2 * n), t * sqrt(p * (1 - p) / n + t * t / (4 * n * n))
    scale = 1 + t * t / n
    assert (found.low, found.high) == pytest.approx(((centre - spread) / scale, (centre + spread) / scale))


def test_ten_readings_that_always_agree_are_worth_one():
    once = held([session(1, 0)] * 15 + [session(0, 1)] * 5, 0.9)
    often = held([session(10, 0)] * 15 + [session(0, 10)] * 5, 0.9)
    assert once is not None
    assert often is not None
    assert (often.low, often.high) == pytest.approx((once.low, once.high))
    assert often.n_readings == 10 * once.n_readings


def test_bands_that_held_everything_are_not_certain_to():
    found = held([session(10, 0)] * 20, 0.9)
    assert found is not None
    assert found.share == 1.0
    assert found.high == 1.0
    assert found.low is not None
    assert found.low < 0.9


def test_surely_under_is_said_only_when_even_the_interval_lies_below():
    sure, unsure = held([session(7, 3)] * 20 + [session(8, 2)] * 20, 0.9), held([session(8, 2)] * 5, 0.9)
    assert sure is not None
    assert unsure is not None
    assert sure.is_surely_under
    assert unsure.share == 0.8
    assert not unsure.is_surely_under


@pytest.mark.parametrize(("n_inside", "slipped"), [(86, True), (87, False), (88, False)])
def test_three_points_less_than_promised_have_not_slipped_yet(n_inside: int, slipped: bool):
    found = held([session(n_inside, 100 - n_inside)], 0.9)
    assert found is not None
    assert found.has_slipped is slipped


def test_a_histogram_counts_each_reading_once_spread_over_the_tenths_it_spans():
    found = histogram([[mark((0.0, 0.2)), mark((0.95, 0.95))]])
    assert found == pytest.approx([0.25, 0.25, 0, 0, 0, 0, 0, 0, 0, 0.5])
    assert histogram([[mark((0.0, 1.0))]]) == pytest.approx(np.full(10, 0.1))


def test_width_and_error_are_means_over_readings():
    one = mark(INSIDE)
    found = sharpness([[one, replace(one, seen=replace(one.seen, value=2.0))]])
    assert found is not None
    assert (found.width, found.bias, found.absolute) == (5.0, -0.5, 1.5)


def test_only_what_the_crowd_stood_by_counts():
    one, pressure = mark(INSIDE), mark(INSIDE, quantity=Quantity.SYSTOLIC_RISE)
    assert claimed_of([one, pressure, replace(one, is_claimed=False)], Quantity.DEPTH) == [one]


def test_nothing_is_widened_before_there_are_enough_sessions():
    assert widening(Quantity.DEPTH, [session(6, 4)] * (FEWEST_SESSIONS - 1)) is None
    found = widening(Quantity.DEPTH, [session(6, 4)] * FEWEST_SESSIONS)
    assert found is not None
    assert (found.factor, found.held, found.n_sessions) == (1.5, 0.6, FEWEST_SESSIONS)


def test_bands_that_hold_are_left_as_they_are():
    assert widening(Quantity.DEPTH, [session(9, 1)] * 40) is None
    assert widening(Quantity.DEPTH, [session(10, 0)] * 40) is None


def test_a_factor_counts_the_newest_sessions_only():
    long_ago, lately = [session(2, 8)] * 100, [session(19, 1)] * MOST_SESSIONS
    assert widening(Quantity.DEPTH, long_ago + lately) is None
    found = widening(Quantity.DEPTH, lately + long_ago[:MOST_SESSIONS])
    assert found is not None
    assert (found.held, found.n_sessions) == (pytest.approx(0.2), MOST_SESSIONS)


def test_a_little_less_than_promised_in_few_sessions_is_no_slip_yet():
    assert widening(Quantity.DEPTH, [session(17, 3)] * FEWEST_SESSIONS) is None
    assert widening(Quantity.DEPTH, [session(17, 3)] * 100) is not None


def test_what_no_band_could_hold_is_capped():
    found = widening(Quantity.DEPTH, [session(5, 5, needed=40.0)] * 30)
    assert found is not None
    assert found.factor == LARGEST_FACTOR


def test_each_quantity_is_widened_by_its_own_marks():
    assert widening(Quantity.SYSTOLIC_RISE, [session(5, 5)] * 30) is None
