"""What the rules suggest and say at the edges, where the words carry the meaning."""

from dataclasses import replace

import pytest
from tests.rooms import Room, minute, terms
from tests.spec.orders import ORDER

from slackwater.catalogue.limits import load_limits
from slackwater.rules.dosing.limits import check_order
from slackwater.rules.room.booster import booster_window
from slackwater.rules.room.words import ago, minutes, minutes_left

LIMITS = load_limits()


def slip(dose_ug: int, *, weight_g: int = 70_000) -> str:
    order = replace(ORDER, dose_ug=dose_ug, weight_g=weight_g, hard_max_ug=dose_ug)
    found = check_order(order, at=minute(0), limits=LIMITS.orders)
    return next(one.sentence for one in found if one.id == "ORD-03")


@pytest.mark.parametrize(
    ("dose_ug", "meant"),
    [
        (35_000_000, "35000 mcg is 35 mg: was that meant?"),
        (3_500_000, "3500 mcg is 3.5 mg: was that meant?"),
        (350_000_000, "350000 mcg is 350 mg: was that meant?"),
        (350_000_000 + 1000, "Write it again, with its unit."),
        (3_499_000, "Was 349.9 mg meant?"),
        (350_000, "Was 35 mg meant?"),
        (350_001, "Write it again, with its unit."),
        (350, "Was 350 mg meant?"),
        (3500, "Was 35 mg meant?"),
    ],
)
def test_a_slip_says_what_was_probably_meant(dose_ug: int, meant: str) -> None:
    assert slip(dose_ug).endswith(meant)


def test_a_tenth_that_is_itself_ten_times_too_much_is_not_suggested() -> None:
    assert slip(3_500_050, weight_g=70_001).endswith("Write it again, with its unit.")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (9, "Booster not before 1 min from now."),
        (10, "Booster possible for another 50 min."),
        (60, "Booster possible for another 0 min."),
        (60.1, "The booster's window has closed."),
    ],
)
def test_the_boosters_window_in_words(at: float, said: str) -> None:
    window = booster_window(terms(), Room().dose(0).state(), limits=LIMITS.room.doses)
    assert window is not None
    assert window.sentence(minute(at), is_used=False) == said
    assert window.sentence(minute(at), is_used=True) == "Booster given; there is no second one."


def test_there_is_no_window_without_an_order_or_a_first_dose() -> None:
    assert booster_window(terms(), Room().state(), limits=LIMITS.room.doses) is None
    given = Room().dose(0).state()
    assert booster_window(terms(booster_mg=None), given, limits=LIMITS.room.doses) is None


def test_a_window_ordered_sooner_than_the_route_allows_opens_when_the_route_allows() -> None:
    window = booster_window(terms(window=(0, 60)), Room().dose(0).state(), limits=LIMITS.room.doses)
    assert window is not None
    assert window.opens_at == minute(10)
    assert window.why_not_sooner.rule == "D12"


def test_spans_in_words() -> None:
    def span(seconds: float):
        return minute(seconds / 60) - minute(0)

    assert [minutes(span(s)) for s in (0, 59, 60, 3599, 3600, 3660, -5)] == [
        "0 min", "0 min", "1 min", "59 min", "1 h", "1 h 1 min", "0 min",
    ]  # fmt: skip
    assert [minutes_left(span(s)) for s in (0, 1, 60, 61)] == ["0 min", "1 min", "1 min", "2 min"]
    assert [ago(span(s)) for s in (0, 59, 60)] == ["now", "now", "1 min ago"]
