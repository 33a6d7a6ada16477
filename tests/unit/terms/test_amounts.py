"""The number grammar: what is read, and the reason given for each slip."""

from decimal import Decimal

import pytest

from slackwater.terms.amounts import (
    read_decimal,
    read_int,
    read_mg_as_ug,
    read_rest_as_ug,
    read_weight_g,
    show_kg,
    show_mg,
)
from slackwater.terms.refusal import RefusedError

SLIPS = [
    ("", "missing"),
    ("-5", "sign"),
    ("+5", "sign"),
    ("−5", "sign"),
    ("1e9", "exponent"),
    ("1E3", "exponent"),
    ("1.5e+3", "exponent"),
    ("0,5", "comma"),
    ("1,000", "comma"),
    (".5", "leading-dot"),
    ("5.", "trailing-dot"),
    ("05", "leading-zero"),
    ("00.5", "leading-zero"),
    ("1_000", "underscore"),
    ("٣٥", "digits"),
    ("３５", "digits"),
    ("²", "digits"),
    ("3 5", "space"),
    (" 35", "space"),
    ("35\n", "space"),
    ("35\u00a0", "space"),
    ("nan", "not-finite"),
    ("NaN", "not-finite"),
    ("inf", "not-finite"),
    ("Infinity", "not-finite"),
    ("35mg", "extra-text"),
    ("1.2.3", "not-a-number"),
    ("0x1F", "not-a-number"),
    (".", "not-a-number"),
    ("many", "not-a-number"),
    ("1" * 21, "too-long"),
    ("0.12345", "too-many-places"),
    ("0", "too-low"),
    ("1001", "too-high"),
]


def read(text):
    return read_decimal(text, field="dose", places=3, low=Decimal("0.001"), high=1000, unit="mg")


def problem_of(text):
    with pytest.raises(RefusedError) as refused:
        read(text)
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize(("text", "number"), [("35", 35), ("0.5", "0.5"), ("1000", 1000), ("0.001", "0.001")])
def test_plain_numbers_are_read_exactly(text, number):
    assert read(text) == Decimal(number)


@pytest.mark.parametrize(("text", "code"), SLIPS)
def test_each_slip_is_refused_with_its_own_code(text, code):
    problem = problem_of(text)
    assert (problem.field, problem.code) == ("dose", code)
    assert problem.message.endswith(".")
    assert problem.mend.endswith(".")


def test_a_decimal_comma_is_mended_with_a_point():
    assert problem_of("0,5").mend == "Write 0.5, not 0,5."


def test_a_comma_before_three_digits_is_not_guessed_at():
    assert problem_of("1,000").mend == "Write 1 or 1000, whichever is meant."


def test_a_comma_after_nought_can_only_be_a_decimal_comma():
    assert problem_of("0,125").mend == "Write 0.125, not 0,125."


def test_both_ends_of_a_range_are_inside_it():
    assert read_int("0", field="depth", low=0, high=10) == 0
    assert read_int("10", field="depth", low=0, high=10) == 10


def test_a_whole_number_takes_no_decimals():
    with pytest.raises(RefusedError) as refused:
        read_int("7.5", field="depth", low=0, high=10)
    assert refused.value.problems[0].mend == "Write a whole number."


def test_amounts_become_whole_micrograms():
    assert read_mg_as_ug("35.5", field="dose") == 35_500
    assert read_mg_as_ug("0.001", field="dose") == 1


def test_a_rest_may_be_nothing_and_an_amount_may_not():
    assert read_rest_as_ug("0", field="amount") == 0
    assert read_rest_as_ug("0.001", field="amount") == 1
    with pytest.raises(RefusedError):
        read_mg_as_ug("0", field="dose")
    with pytest.raises(RefusedError):
        read_rest_as_ug("-1", field="amount")


def test_weights_become_whole_grams_between_20_and_300_kg():
    assert read_weight_g("70.5") == 70_500
    assert read_weight_g("20") == 20_000
    assert read_weight_g("300") == 300_000
    for outside in ("19.99", "300.01"):
        with pytest.raises(RefusedError):
            read_weight_g(outside)


def test_amounts_are_shown_without_trailing_zeros():
    assert show_mg(35_500) == "35.5 mg"
    assert show_mg(100_000) == "100 mg"
    assert show_mg(1) == "0.001 mg"
    assert show_kg(70_500) == "70.5 kg"
