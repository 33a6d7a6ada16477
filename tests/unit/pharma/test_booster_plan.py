"""What a booster would do from now on: against simulation, at the limits, and never on nobody's word."""

from dataclasses import replace

import numpy as np
import pytest
from tests.plans import FEWEST, crowd

from slackwater.pharma.booster_plan import BoosterOffer, BoosterPlan, plan_booster
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.plan_question import Asked, Kind, NotFit, Systolic, TooDeep
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.recovered import recovered
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_min

GIVEN = Regimen((Dose(route=Route.LOZENGE, amount_mg=150.0),))
OFFER = BoosterOffer(route=Route.LOZENGE, amounts_mg=(15.0, 30.0, 45.0, 60.0, 75.0), waits_min=(0, 5, 30, 60))
NOW_H = 0.6


def limits(*, deep: float = 9.0, most: float = 0.2, by_h: float = 5.0) -> tuple[Asked, ...]:
    return (
        TooDeep(depth=deep, chance=most),
        Systolic(ceiling_mmhg=150.0, baseline_mmhg=125.0, chance=0.05),
        NotFit(by_h=by_h, observation_h=2.0, chance=0.1),
    )


def by_simulation(people: Crowd, one: Asked, wait_min: int, amount_mg: float) -> float:
    """The same chance from a simulation of all doses together, read from now on."""
    booster = Dose(route=Route.LOZENGE, amount_mg=amount_mg, at_h=NOW_H + h_from_min(wait_min))
    time_h = NOW_H + np.arange(421) / 60.0
    curves = people.simulate(Regimen((*GIVEN.doses, booster)), time_h, EFFECTS)
    if one.kind is Kind.TOO_DEEP:
        happens = curves.of(Quantity.DEPTH).max(axis=0) > one.depth
    elif one.kind is Kind.SYSTOLIC:
        happens = curves.of(Quantity.SYSTOLIC_RISE).max(axis=0) >= one.ceiling_mmhg - one.baseline_mmhg
    else:
        return 1.0 - float(recovered(curves).chance_at(one.by_h))
    return float(people.weights[happens].sum())


def ask(people: Crowd, *asked: Asked, offer: BoosterOffer = OFFER) -> BoosterPlan:
    return plan_booster(people, GIVEN, asked or limits(), offer, now_h=NOW_H, fewest=FEWEST)


def test_every_chance_is_what_simulating_both_doses_gives():
    people = crowd(512)
    found = ask(people)
    for one in limits():
        for amount in (0, 4):
            for place, wait in enumerate(OFFER.waits_min):
                expected = by_simulation(people, one, wait, OFFER.amounts_mg[amount])
                assert found.chances[one.kind][amount, place] == pytest.approx(expected, abs=1e-12)


def test_the_chance_without_a_booster_is_what_simulating_the_first_dose_gives():
    people = crowd(512)
    found = ask(people)
    curves = people.simulate(GIVEN, NOW_H + np.arange(421) / 60.0, EFFECTS)
    happens = curves.of(Quantity.DEPTH).max(axis=0) > 9.0
    assert found.without[Kind.TOO_DEEP] == pytest.approx(happens.mean(), abs=1e-12)


def test_more_never_lowers_a_chance_and_none_is_below_that_without():
    found = ask(crowd())
    for one in limits():
        assert np.all(np.diff(found.chances[one.kind], axis=0) >= 0.0)
        assert np.all(found.chances[one.kind] >= found.without[one.kind] - 1e-12)


def test_the_largest_amount_now_keeps_every_limit_and_the_next_breaks_one():
    found = ask(crowd())
    largest = found.largest_mg()
    assert largest is not None
    place = OFFER.amounts_mg.index(largest)
    assert found.keeps[place, 0]
    assert place == len(OFFER.amounts_mg) - 1 or not found.keeps[place + 1, 0]


def test_the_earliest_wait_is_the_first_that_keeps_every_limit():
    people = crowd()
    # Without any booster the first dose goes too deep in some; one that waits until it has eased adds nobody.
    most = float(ask(people).chances[Kind.TOO_DEEP][0, 2])
    found = ask(people, TooDeep(depth=9.0, chance=most))
    assert found.chances[Kind.TOO_DEEP][0, 0] > most
    assert found.earliest_wait_min in (30, 60)
    assert found.largest_mg(0) is None


def test_where_even_the_smallest_breaks_a_limit_there_is_no_wait_and_no_amount():
    found = ask(crowd(), TooDeep(depth=4.0, chance=0.05))
    assert (found.earliest_wait_min, found.largest_mg()) == (None, None)
    assert found.binding(0) is Kind.TOO_DEEP


def test_the_observation_after_a_booster_must_be_over_by_closing():
    # 0.6 h and two of observation end at 2.6 h; five minutes later they do not.
    found = ask(crowd(), NotFit(by_h=2.6, observation_h=2.0, chance=0.1))
    assert found.chances[Kind.NOT_FIT][0, 0] < 1.0
    assert np.all(found.chances[Kind.NOT_FIT][:, 1:] == 1.0)


def test_a_running_drip_counts_whole():
    people = crowd(512)
    running = Regimen((Dose(route=Route.IV, amount_mg=35.0, duration_h=h_from_min(40)),))
    found = plan_booster(people, running, limits(), OFFER, now_h=0.2, fewest=1.0)
    curves = people.simulate(running, 0.2 + np.arange(421) / 60.0, EFFECTS)
    happens = curves.of(Quantity.DEPTH).max(axis=0) > 9.0
    assert found.without[Kind.TOO_DEEP] == pytest.approx(happens.mean(), abs=1e-12)


@pytest.mark.parametrize(
    "change", [{"route": Route.NASAL_DEVICE}, {"amounts_mg": ()}, {"waits_min": ()}], ids=str
)
def test_what_no_rule_allows_is_no_offer(change: dict[str, object]):
    with pytest.raises(RefusedError, match="No booster may be given"):
        replace(OFFER, **change)  # type: ignore[arg-type]


def test_a_crowd_that_few_carry_cannot_answer():
    weights = np.where(np.arange(1024) < 100, 1.0, 1e-12)
    with pytest.raises(RefusedError, match="too few to tell"):
        ask(crowd().reweighted(weights))


@pytest.mark.parametrize(
    ("field", "offered"),
    [
        ("amounts", {"amounts_mg": (float("nan"),)}),
        ("amounts", {"amounts_mg": (-5.0, 5.0)}),
        ("amounts", {"amounts_mg": (10.0, 5.0)}),
        ("waits", {"waits_min": (-30, 0)}),
        ("waits", {"waits_min": (30, 0)}),
        ("waits", {"waits_min": (1.5,)}),
        ("duration", {"duration_h": float("nan")}),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused_before_anything_is_called_safe(field, offered):
    with pytest.raises(RefusedError) as refused:
        replace(OFFER, **offered)
    assert refused.value.problems[0].field == field


def test_a_booster_that_nothing_limits_is_refused():
    with pytest.raises(RefusedError) as refused:
        plan_booster(crowd(512), GIVEN, (), OFFER, now_h=NOW_H, fewest=FEWEST)
    assert refused.value.problems[0].field == "limits"
