"""Bands made wider by what past sessions needed: never narrower, never out of order."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from slackwater.pharma.draws import Stream
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.recovered import Part, Recovered
from slackwater.pharma.widening import (
    LARGEST_FACTOR,
    Widening,
    conformal_factor,
    factor_of,
    later,
    widened,
)
from slackwater.terms.refusal import RefusedError

FACTORS = st.floats(1.0, LARGEST_FACTOR)


def test_nine_sessions_are_the_fewest_that_tell_and_then_the_worst_decides():
    # One more session, unseen, is given to the worst: 9 in 10 of ten sessions is nine of them.
    assert conformal_factor([[1.0 + n] for n in range(9)], share=0.9) == 9.0
    assert conformal_factor([[1.0 + n] for n in range(8)], share=0.9) == inf


def test_with_nineteen_sessions_the_second_worst_decides():
    assert conformal_factor([[1.0 + n] for n in range(19)], share=0.9) == 18.0


def test_each_session_counts_the_same_however_often_it_was_asked():
    # Nineteen calm sessions of one reading, and one of a hundred that went wrong: one in twenty, not most.
    calm, chatty = [[0.5]] * 19, [[5.0] * 100]
    assert conformal_factor(calm + chatty, share=0.9) == 1.0
    assert conformal_factor(calm + chatty * 3, share=0.9) == 5.0


def test_the_factor_never_narrows():
    assert conformal_factor([[0.1]] * 40, share=0.9) == 1.0


def test_a_next_sessions_reading_is_held_nine_times_in_ten_whatever_is_wrong():
    """The guarantee, where readings share a bias within each session and have heavier tails than said."""
    stream = Stream(11)
    held = []
    for _clinic in range(400):
        shift = 2.0 * stream.normals(31, 1)
        needed = np.abs(shift + stream.normals(31, 5) / (0.3 + stream.uniforms(31)[:, None]))
        factor = conformal_factor(needed[:30].tolist(), share=0.9)
        held.append(float(np.mean(needed[30] <= factor)))
    # The mean of 400 clinics strays by about 0.012.
    assert np.mean(held) >= 0.9 - 0.025


@st.composite
def bands(draw: st.DrawFn) -> np.ndarray:
    rows = draw(arrays(np.float64, (5, 4), elements=st.floats(0.0, 10.0)))
    return np.sort(rows, axis=0)


@given(band=bands(), factor=FACTORS)
def test_a_widened_band_holds_the_old_one_stays_in_order_and_on_the_scale(band: np.ndarray, factor: float):
    wide = widened(band, band[2], factor, quantity=Quantity.DEPTH)
    assert np.all(wide[:3] <= band[:3])
    assert np.all(wide[2:] >= band[2:])
    assert np.all(wide[2] == band[2])
    assert np.all(np.diff(wide, axis=0) >= 0.0)
    assert np.all((wide >= 0.0) & (wide <= 10.0))


@given(band=bands(), factor=FACTORS, more=FACTORS)
def test_a_larger_factor_never_gives_a_narrower_band(band: np.ndarray, factor: float, more: float):
    low, high = sorted((factor, more))
    narrow, wide = (widened(band, band[2], one, quantity=Quantity.DEPTH) for one in (low, high))
    assert np.all(wide[-1] - wide[0] >= narrow[-1] - narrow[0] - 1e-12)


def test_a_factor_of_one_changes_no_digit():
    band = np.array([[0.1], [0.3], [0.7]])
    assert widened(band, band[1], 1.0, quantity=Quantity.DEPTH) is band


def test_a_rise_in_pressure_has_no_scale_to_stay_on():
    band = np.array([[2.0], [10.0], [30.0]])
    wide = widened(band, band[1], 2.0, quantity=Quantity.SYSTOLIC_RISE)
    assert wide[:, 0].tolist() == [-6.0, 10.0, 50.0]


def curve(p50: float | None, p90: float | None) -> Recovered:
    time_h = np.arange(0.0, 10.5, 0.5)
    chance = np.clip((time_h - 1.0) / 4.0, 0.0, 1.0)
    parts = {part: np.sqrt(chance) for part in Part}
    return Recovered(time_h=time_h, chance=chance, parts=parts, p10_h=1.5, p50_h=p50, p90_h=p90)


@given(factor=FACTORS)
def test_nobody_looks_recovered_earlier_because_bands_are_wide(factor: float):
    before = curve(3.0, 5.0)
    after = later(before, factor)
    assert np.all(after.chance <= before.chance)
    assert np.all(np.diff(after.chance) >= 0.0)
    assert all(np.all(after.parts[part] <= before.parts[part]) for part in Part)
    assert all(np.all(after.parts[part] >= after.chance) for part in Part)
    assert (after.p10_h, after.p50_h) == (before.p10_h, before.p50_h)
    assert after.p90_h is not None
    assert after.p90_h >= 5.0


def test_the_later_half_of_a_recovery_is_stretched():
    after = later(curve(3.0, 5.0), 2.0)
    assert after.p90_h == 7.0
    # What was reached 1 h after the middle is reached 2 h after it.
    assert after.chance_at(5.0) == curve(3.0, 5.0).chance_at(4.0)


def test_a_recovery_stretched_beyond_what_was_simulated_is_not_known():
    assert later(curve(3.0, 9.0), 2.0).p90_h is None
    assert later(curve(3.0, None), 2.0).p90_h is None
    unknown = curve(None, None)
    assert later(unknown, 2.0) is unknown


def test_what_is_not_named_is_not_widened():
    assert factor_of([(Quantity.DEPTH, 1.3)], Quantity.DEPTH) == 1.3
    assert factor_of([(Quantity.DEPTH, 1.3)], Quantity.SYSTOLIC_RISE) == 1.0


@pytest.mark.parametrize("factor", [0.999, 3.001, float("nan")])
def test_what_is_no_widening_is_refused(factor: float):
    with pytest.raises(RefusedError) as refused:
        Widening(quantity=Quantity.DEPTH, factor=factor, held=0.8, n_readings=9, n_sessions=3)
    assert refused.value.problems[0].field == "factor"
    assert refused.value.problems[0].mend


@pytest.mark.parametrize("factor", [1.0, 3.0])
def test_the_ends_of_a_widening_are_taken(factor: float):
    made = Widening(quantity=Quantity.DEPTH, factor=factor, held=0.8, n_readings=9, n_sessions=3)
    assert made.factor == factor
