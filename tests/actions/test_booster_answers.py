"""What the crowd says of a booster in a live session: within the order and D11 to D15, or nothing."""

from dataclasses import replace

import numpy as np
import pytest
from tests.rooms import Room, minute, terms

from slackwater.actions.forecasts.booster import BoosterAnswer, booster_answer
from slackwater.actions.forecasts.forecast import Forecast, forecast
from slackwater.pharma.plan_question import Kind
from slackwater.rules.room.order import OrderTerms
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

ORDER = terms(mg=35, booster_mg=17.5, window=(10, 60), hard_max_mg=60)


def dosed(*, baseline: tuple[int, int] | None = (120, 80), age: int | None = 34, mg: float = 35) -> Room:
    return Room(baseline=baseline, age=age).dose(mg=mg)


def told(room: Room, order: OrderTerms = ORDER) -> Forecast:
    return forecast(room.state(), order, version=1)


def answer(room: Room, order: OrderTerms = ORDER, *, at: float = 20) -> BoosterAnswer | None:
    return booster_answer(told(room, order), room.state(), order, at=minute(at))


def test_amounts_and_moments_stay_within_the_order_and_the_rules():
    for order, largest in (
        (ORDER, 17.5),
        (terms(mg=35, booster_mg=12, window=(10, 60)), 12.0),
        # D13 first: half of 35 mg, whatever was ordered.
        (terms(mg=35, booster_mg=20, window=(10, 60)), 17.5),
        (terms(mg=35, booster_mg=17.5, window=(10, 60), hard_max_mg=40), 5.0),
    ):
        found = answer(dosed(), order)
        assert found is not None
        assert max(found.plan.offer.amounts_mg) == largest
        assert max(found.plan.offer.waits_min) == 40
        assert min(found.plan.offer.waits_min) == 0


def test_before_its_time_the_first_moment_is_when_the_window_opens():
    # D12: into a muscle not before 10 min, though the order says 5.
    found = answer(dosed(), terms(window=(5, 60)), at=4)
    assert found is not None
    assert not found.is_open
    assert found.plan.offer.waits_min[0] == 6
    assert found.earliest_at is None or found.earliest_at >= minute(10)


@pytest.mark.parametrize(
    ("room", "order", "at"),
    [
        (dosed(), ORDER, 60.1),
        (dosed(), terms(booster_mg=None), 20),
        (Room(baseline=(120, 80)), ORDER, 20),
        (dosed().dose(15, number=2, mg=10), ORDER, 20),
        (dosed().stop(15), ORDER, 20),
        (dosed(), terms(mg=35, hard_max_mg=35), 20),
        (
            Room(baseline=(120, 80)).dose(route=Route.NASAL_SOLUTION, drug=Drug.ESKETAMINE),
            terms(drug=Drug.ESKETAMINE, route=Route.NASAL_SOLUTION, window=(40, 90)),
            50,
        ),
    ],
    ids=["closed", "none ordered", "not dosed", "given", "stopped", "nothing left", "nasal esketamine"],
)
def test_where_no_booster_may_be_given_there_is_no_answer(room: Room, order: OrderTerms, at: float):
    assert answer(room, order, at=at) is None


def test_the_crowd_is_asked_as_the_ratings_left_it():
    shallow, deep = (dosed().rating(18, depth) for depth in (1, 8))
    few, many = answer(shallow), answer(deep)
    assert few is not None
    assert many is not None
    assert np.all(few.plan.chances[Kind.TOO_DEEP] <= many.plan.chances[Kind.TOO_DEEP])
    assert (few.plan.largest_mg() or 0.0) >= (many.plan.largest_mg() or 0.0)


def test_without_a_baseline_and_from_65_pressure_is_not_asked_about_and_it_says_so():
    for room, words in ((dosed(baseline=None), "before the drug"), (dosed(age=65), "From this age")):
        found = answer(room)
        assert found is not None
        assert words in found.not_asked
        assert Kind.SYSTOLIC not in found.plan.chances
    known = answer(dosed())
    assert known is not None
    assert Kind.SYSTOLIC in known.plan.chances


def test_nobody_fitting_is_no_answer_but_a_refusal():
    seen = told(dosed())
    outside = replace(seen, posterior=replace(seen.posterior, outside=True))
    with pytest.raises(RefusedError, match="Nobody in the crowd fits"):
        booster_answer(outside, dosed().state(), ORDER, at=minute(20))


@pytest.mark.parametrize("age", [None, 66])
def test_an_age_that_the_model_was_not_made_from_is_a_refusal(age: int | None):
    with pytest.raises(RefusedError) as refused:
        answer(dosed(age=age))
    assert refused.value.problems[0].field == "age"
