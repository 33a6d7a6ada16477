"""Doses and regimens that cannot hold nonsense, and what stopping leaves of them."""

import math

import pytest

from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

INFUSION = Dose(route=Route.IV, amount_mg=40, at_h=0.5, duration_h=1)
BOLUS = Dose(route=Route.IV, amount_mg=5, at_h=1)


@pytest.mark.parametrize("amount", [0, -1, math.nan, math.inf])
def test_an_amount_that_is_no_dose_is_refused(amount):
    with pytest.raises(RefusedError) as refused:
        Dose(route=Route.IV, amount_mg=amount)
    assert refused.value.problems[0].field == "amount"


@pytest.mark.parametrize("hours", [-1, math.nan, math.inf])
@pytest.mark.parametrize(("name", "field"), [("at_h", "at"), ("duration_h", "over")])
def test_a_time_outside_a_regimen_is_refused(name, field, hours):
    with pytest.raises(RefusedError) as refused:
        Dose(route=Route.IV, amount_mg=1, **{name: hours})
    assert refused.value.problems[0].field == field


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.IV])
def test_only_an_iv_dose_takes_time_to_give(route):
    with pytest.raises(RefusedError, match="Only an IV dose"):
        Dose(route=route, amount_mg=1, duration_h=0.1)


def test_everything_wrong_with_a_dose_is_named_at_once():
    with pytest.raises(RefusedError) as refused:
        Dose(route=Route.IM, amount_mg=-1, at_h=-1, duration_h=1)
    assert [problem.field for problem in refused.value.problems] == ["amount", "at", "over"]


def test_doses_are_kept_in_order_of_their_start():
    assert Regimen((BOLUS, INFUSION)).doses == (INFUSION, BOLUS)


def test_stopping_cuts_a_running_infusion_and_drops_what_comes_later():
    (cut,) = Regimen((INFUSION, BOLUS)).stopped_at(0.75).doses
    assert (cut.amount_mg, cut.at_h, cut.duration_h) == (10, 0.5, 0.25)


def test_stopping_at_the_instant_of_a_bolus_leaves_the_bolus():
    assert BOLUS in Regimen((INFUSION, BOLUS)).stopped_at(1.0).doses


def test_stopping_as_an_infusion_starts_leaves_nothing_of_it():
    assert Regimen((INFUSION,)).stopped_at(0.5).doses == ()


def test_stopping_after_the_end_changes_nothing():
    regimen = Regimen((INFUSION, BOLUS))
    assert regimen.stopped_at(1.5) == regimen


def test_until_keeps_whole_what_has_begun():
    assert Regimen((INFUSION, BOLUS)).until(0.75).doses == (INFUSION,)
    assert Regimen((INFUSION, BOLUS)).until(1.0).doses == (INFUSION, BOLUS)


def test_an_empty_regimen_means_that_nothing_was_given():
    assert Regimen().total_mg == 0
    assert Regimen().end_h == 0


def test_a_regimen_knows_its_total_and_its_end():
    regimen = Regimen((INFUSION, BOLUS))
    assert regimen.total_mg == 45
    assert regimen.end_h == 1.5
