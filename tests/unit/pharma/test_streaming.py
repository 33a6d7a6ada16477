"""Bands of crowds that are counted and forgotten, against those of the same crowd kept."""

import numpy as np
import pytest
from tests.crowds import SPRAY_56, people

from slackwater.pharma import streaming
from slackwater.pharma.crowd import draw
from slackwater.pharma.curves import BAND
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.streaming import Histogram, bands, count
from slackwater.terms.refusal import RefusedError

TIME_H = np.array([0.25, 0.5, 1.0, 2.0])
WANTED = (Quantity.S_KETAMINE_EFFECT, Quantity.DEPTH)
# A bin is a 128th of its lower edge wide; values are read within it, so half of that is the most it can miss
# by, and a gap between two people's values in a crowd of this size adds a little.
RIGHT_TO = 0.5 / 128 + 0.002
N_SUBJECTS = 1500


def of(n_subjects=N_SUBJECTS, **how):
    return bands(people(), SPRAY_56, TIME_H, WANTED, n_subjects=n_subjects, **how)


def test_streamed_bands_are_those_of_the_crowd_kept():
    curves = draw(people(), n_subjects=N_SUBJECTS).simulate(SPRAY_56, TIME_H, WANTED)
    streamed = of().band()
    for place, quantity in enumerate(WANTED):
        np.testing.assert_allclose(streamed[:, place], curves.band(quantity), rtol=RIGHT_TO)


def test_the_counts_do_not_depend_on_the_size_of_a_piece(monkeypatch):
    whole = of(300)
    monkeypatch.setattr(streaming, "PIECE", 77)
    np.testing.assert_array_equal(of(300).counts, whole.counts)


def test_two_histograms_add_up_to_that_of_both_crowds():
    first, second = np.random.default_rng(1).lognormal(size=(2, 1, 3, 200))
    together = count([lambda: first, lambda: second], 1, 3)
    added = count([lambda: second], 1, 3) + count([lambda: first], 1, 3)
    np.testing.assert_array_equal(together.counts, added.counts)
    assert together.n_subjects == 400


def test_pieces_that_several_threads_make_at_once_are_all_counted(monkeypatch):
    monkeypatch.setattr(streaming, "processors", lambda: 5)
    monkeypatch.setattr(streaming, "_ROWS_AT_A_TIME", 2)
    values = np.random.default_rng(3).lognormal(size=(40, 2, 7, 50))
    counted = count([lambda piece=piece: piece for piece in values], 2, 7)
    whole = count([lambda: np.concatenate(values, axis=-1)], 2, 7)
    np.testing.assert_array_equal(counted.counts, whole.counts)


@pytest.mark.parametrize("value", [7e-11, 1.0, 1.99999, 2.0, 12_345.6])
def test_a_value_is_read_back_to_half_a_hundredth(value):
    found = count([lambda: np.full((1, 1, 5), value)], 1, 1).band()
    np.testing.assert_allclose(found.ravel(), value, rtol=1 / 128)


def test_what_is_nothing_stays_nothing():
    piece = np.array([[[0.0, 0.0, 1e-12, 1.0]]])
    assert count([lambda: piece], 1, 1).band((25.0, 75.0)).ravel().tolist() == [0.0, 0.0]


def test_percentiles_keep_their_order():
    values = np.random.default_rng(2).lognormal(size=(1, 2, 1000))
    found = count([lambda: values], 1, 2).band(BAND)
    assert (np.diff(found, axis=0) > 0).all()


@pytest.mark.parametrize("n_subjects", [0, -1, 10_000_000, 1_000_001, 2.5])
def test_a_crowd_of_none_or_of_ten_million_is_refused(n_subjects):
    with pytest.raises(RefusedError) as refused:
        of(n_subjects)
    assert refused.value.problems[0].field == "subjects"
    assert "1,000,000" in refused.value.problems[0].mend


def test_more_rows_than_are_counted_at_once_are_refused():
    with pytest.raises(RefusedError) as refused:
        count([], 2, streaming.MOST_ROWS)
    assert refused.value.problems[0].field == "time"


@pytest.mark.parametrize("percentiles", [(-1.0,), (101.0,), (float("nan"),), ()])
def test_a_percentile_beyond_0_to_100_is_refused(percentiles):
    with pytest.raises(RefusedError) as refused:
        Histogram(np.ones((1, 1, 2), dtype=np.uint32)).band(percentiles)
    assert refused.value.problems[0].field == "percentiles"
