"""Whether `make bench` says rightly that a target was met."""

import pytest
from benchmarks.target import Target, as_table


@pytest.mark.parametrize(
    ("is_least", "found", "is_met"),
    [(False, 5.9, True), (False, 6.0, True), (False, 6.1, False), (True, 6.0, True), (True, 5.9, False)],
)
def test_a_limit_is_the_most_or_the_least_that_meets_it(is_least: bool, found: float, is_met: bool):
    assert Target(what="W1", found=found, limit=6.0, unit="x", is_least=is_least).is_met is is_met


def test_what_is_not_a_number_meets_nothing():
    assert not Target(what="W1", found=float("nan"), limit=6.0, unit="x").is_met


def test_the_table_says_what_was_missed_and_what_stops_the_build():
    met = Target(what="W2", found=25.0, limit=50.0, unit="µs", stretch=15.0)
    missed = Target(what="W1 over JAX", found=9.0, limit=10.0, unit="x", is_least=True, is_gate=True)
    *_, first, second = as_table([met, missed]).splitlines()
    assert first == "| W2 | 25 µs | ≤ 50 | ≤ 15 | met |"
    assert second == "| W1 over JAX | 9 x | ≥ 10 |  | missed, a gate |"
    assert missed.words == "W1 over JAX: 9 x, at least 10 is asked for"
