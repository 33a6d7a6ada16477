"""When things happened: ends of months, hours that a clock put back or forward, and the future."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.intakes import clear

from slackwater.catalogue.eligibility import load_eligibility
from slackwater.rules.basis import Threshold
from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.dates import (
    Answer,
    LastDay,
    LastTime,
    is_fresh,
    is_sooner_than,
    is_within_days,
    is_within_hours,
    span,
)
from slackwater.rules.eligibility.findings import findings
from slackwater.rules.eligibility.intake import Pressure, Substances
from slackwater.terms.days import time_text

BERLIN = ZoneInfo("Europe/Berlin")


def limit(value: int, unit: str) -> Threshold:
    return Threshold(name="x", rule="X", what="x", source="x", verified="design", value=value, unit=unit)


def on(year: int, month: int, day: int) -> LastDay:
    return LastDay(has_happened=True, on=date(year, month, day))


@pytest.mark.parametrize(
    ("last", "months", "today", "within"),
    [
        (on(2026, 11, 28), 3, date(2027, 2, 28), True),
        (on(2026, 11, 30), 3, date(2027, 2, 28), True),
        (on(2026, 11, 30), 3, date(2027, 3, 1), False),
        (on(2026, 2, 28), 3, date(2026, 5, 31), True),
        (on(2026, 2, 27), 3, date(2026, 5, 31), False),
        (on(2027, 2, 28), 12, date(2028, 2, 29), True),
        (on(2025, 12, 31), 12, date(2026, 12, 31), True),
        (on(2025, 12, 30), 12, date(2026, 12, 31), False),
        (on(2026, 12, 31), 12, date(2026, 12, 31), True),
    ],
)
def test_months_are_those_of_the_calendar(last: LastDay, months: int, today: date, within: bool) -> None:
    assert is_within_days(last, limit(months, "mo"), today=today) is within


def test_a_night_when_clocks_go_back_has_an_hour_more() -> None:
    """72 hours on the wall are 73 in the body: Berlin, 25 October 2026."""
    taken = datetime(2026, 10, 23, 9, tzinfo=BERLIN)
    at = datetime(2026, 10, 26, 9, tzinfo=BERLIN)
    last = LastTime(has_happened=True, at=taken)
    assert at - taken == timedelta(hours=72)
    assert is_within_hours(last, limit(72, "h"), at=at) is False
    assert is_within_hours(last, limit(73, "h"), at=at) is True


def test_a_night_when_clocks_go_forward_has_an_hour_less() -> None:
    """Six hours on the wall are five since the meal: Berlin, 28 March 2027."""
    ate = LastTime(has_happened=True, at=datetime(2027, 3, 28, 1, tzinfo=BERLIN))
    assert is_sooner_than(ate, limit(6, "h"), at=datetime(2027, 3, 28, 7, tzinfo=BERLIN)) is True
    assert is_sooner_than(ate, limit(6, "h"), at=datetime(2027, 3, 28, 8, tzinfo=BERLIN)) is False


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0)
    second = first.replace(fold=1)
    assert is_fresh(first, limit(60, "min"), at=second)
    assert not is_fresh(second, limit(60, "min"), at=first)


def test_times_of_two_zones_are_compared_as_moments() -> None:
    last = LastTime(has_happened=True, at=datetime(2026, 11, 26, 9, tzinfo=BERLIN))
    assert is_sooner_than(last, limit(2, "h"), at=datetime(2026, 11, 26, 9, 59, tzinfo=UTC)) is True
    assert is_sooner_than(last, limit(2, "h"), at=datetime(2026, 11, 26, 10, tzinfo=UTC)) is False


def test_the_day_is_that_of_the_place_where_it_is_asked() -> None:
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    found = {
        zone: [
            one.sentence
            for one in findings(
                clear(), stage=Stage.DAY, route=None, at=late.astimezone(zone), limits=load_eligibility()
            )
            if one.id == "E09"
        ]
        for zone in (UTC, BERLIN)
    }
    assert found[UTC][0].startswith("On 26 November 2026 ")
    assert found[BERLIN][0].startswith("On 27 November 2026 ")


def test_a_time_is_told_in_the_zone_of_the_asking() -> None:
    moment = datetime(2026, 3, 3, 23, 5, tzinfo=UTC)
    assert time_text(moment, like=datetime(2026, 3, 4, tzinfo=BERLIN)) == "4 March 2026, 00:05"


def test_what_contradicts_itself_or_has_no_zone_is_no_fact() -> None:
    naive = datetime(2026, 11, 26, 9)  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="never happened"):
        LastDay(has_happened=False, on=date(2026, 1, 1))
    with pytest.raises(ValueError, match="never happened"):
        LastTime(has_happened=False, at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(TypeError, match="no hour"):
        LastDay(has_happened=True, on=datetime(2026, 1, 1, tzinfo=UTC))
    for make in (
        lambda: LastTime(has_happened=True, at=naive),
        lambda: Answer(is_yes=True, at=naive),
        lambda: Pressure(sbp=1200, dbp=800, at=naive),
        lambda: Asked(stage=Stage.DAY, route=None, at=naive, limits=load_eligibility()),
    ):
        with pytest.raises(ValueError, match="time zone"):
            make()


def test_a_limit_in_a_unit_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not a length of time"):
        span(limit(3, "mo"))
    with pytest.raises(ValueError, match="not in weeks or months"):
        is_within_days(on(2026, 1, 1), limit(3, "h"), today=date(2026, 1, 2))


def test_nothing_is_known_of_what_has_not_come_yet() -> None:
    later = LastTime(has_happened=True, at=datetime(2026, 11, 26, 9, 0, 1, tzinfo=UTC))
    at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert is_within_hours(later, limit(72, "h"), at=at) is None
    assert is_sooner_than(later, limit(2, "h"), at=at) is None
    assert is_within_days(on(2026, 11, 27), limit(6, "wk"), today=at.date()) is None


def test_facts_start_as_unknown() -> None:
    assert {getattr(Substances(), name) for name in Substances.__dataclass_fields__} == {None}
