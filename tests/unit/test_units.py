"""Conversions are exact where they can be and never round in silence."""

from decimal import Decimal

import pytest

from slackwater import units


def test_micrograms_of_a_decimal_amount_are_exact():
    assert units.ug_from_mg("0.1") == 100
    assert units.ug_from_mg(Decimal("35.5")) == 35_500


def test_a_fraction_of_a_microgram_is_refused():
    with pytest.raises(ValueError, match="whole number of micrograms"):
        units.ug_from_mg("0.0001")


def test_a_fraction_of_a_gram_is_refused():
    with pytest.raises(ValueError, match="whole number of grams"):
        units.g_from_kg("70.0005")


@pytest.mark.parametrize("nonsense", ["NaN", "Infinity"])
def test_what_is_not_finite_is_refused(nonsense):
    with pytest.raises(ValueError, match="whole number"):
        units.ug_from_mg(nonsense)


def test_time_and_concentration_convert_both_ways():
    assert units.min_from_h(units.h_from_min(40.0)) == pytest.approx(40.0)
    assert units.h_from_s(5400) == 1.5
    assert units.s_from_h(1.5) == 5400
    assert units.min_from_s(90) == 1.5
    assert units.s_from_min(1.5) == 90
    assert units.ng_ml_from_mg_l(0.121) == pytest.approx(121.0)
    assert units.mg_l_from_ng_ml(121.0) == pytest.approx(0.121)
    assert units.per_h_from_per_min(0.0605) == pytest.approx(3.63)
    assert units.mg_from_ug(35_500) == 35.5
    assert units.mg_from_mcg(500.0) == 0.5
    assert units.kg_from_g(70_500) == 70.5
