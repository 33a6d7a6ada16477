"""Chances where bands are widened: as unsure as the bands, and never a smaller chance of harm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from tests.crowds import people

from slackwater.pharma.booster_plan import BoosterOffer, plan_booster
from slackwater.pharma.crowd import draw
from slackwater.pharma.less_sure import booster_less_sure, less_sure, plan_less_sure
from slackwater.pharma.plan import plan_doses
from slackwater.pharma.plan_grid import RouteGrid
from slackwater.pharma.plan_question import Kind, NotFit, Question, TooDeep, Wish
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

N = 4096
WIDE = ((Quantity.DEPTH, 1.4),)
HARMS = [Kind.TOO_DEEP, Kind.SYSTOLIC, Kind.NOT_FIT]
BOTH = ((Quantity.DEPTH, 1.4), (Quantity.SYSTOLIC_RISE, 1.2))


@pytest.mark.parametrize("limit", [5.5, 7.0, 8.5])
def test_it_is_the_chance_of_passing_the_limit_once_what_is_normal_is_stretched(limit: float):
    """Q normal about 5 with SD 1.5: P(5 + f (Q - 5) > limit), by SciPy."""
    own = norm.sf(limit, 5.0, 1.5)
    found = less_sure(Kind.TOO_DEEP, np.array([own]), WIDE, effective=1e9)
    assert found[0] == pytest.approx(norm.sf(limit, 5.0, 1.5 * 1.4), abs=1e-12)


@given(chance=st.floats(0.0, 1.0), factor=st.floats(1.0, 3.0), kind=st.sampled_from(HARMS))
def test_harm_never_looks_rarer(chance: float, factor: float, kind: Kind):
    wide = ((Quantity.DEPTH, factor), (Quantity.SYSTOLIC_RISE, factor))
    assert less_sure(kind, np.array([chance]), wide, effective=N)[0] >= chance


@given(chance=st.floats(0.0, 1.0), factor=st.floats(1.0, 3.0))
def test_a_wish_never_looks_likelier(chance: float, factor: float):
    found = less_sure(Kind.WISH, np.array([chance]), ((Quantity.DEPTH, factor),), effective=N)
    assert 0.0 <= found[0] <= chance


@pytest.mark.parametrize("kind", [*HARMS, Kind.WISH])
def test_a_larger_chance_stays_the_larger(kind: Kind):
    found = less_sure(kind, np.linspace(0.0, 1.0, 400), BOTH, effective=N)
    assert np.all(np.diff(found) >= 0.0)


def test_nobody_in_the_crowd_is_not_never():
    none = less_sure(Kind.TOO_DEEP, np.array([0.0]), WIDE, effective=N)[0]
    assert none == pytest.approx(norm.cdf(norm.ppf(0.5 / N) / 1.4), rel=1e-9)
    assert none > 1.0 / N


def test_what_is_certain_harm_stays_certain():
    assert less_sure(Kind.NOT_FIT, np.array([1.0]), WIDE, effective=N)[0] == 1.0


def test_each_quantity_has_its_own_factor_and_without_one_nothing_changes():
    chance = np.array([0.05])
    assert less_sure(Kind.SYSTOLIC, chance, WIDE, effective=N) is chance
    assert less_sure(Kind.TOO_DEEP, chance, (), effective=N) is chance


def test_a_plan_keeps_fewer_doses_where_bands_are_widened_and_none_more():
    crowd = draw(people(Drug.RACEMIC), n_subjects=N)
    question = Question(wish=Wish(depth=2.0, chance=0.5), too_deep=TooDeep(depth=8.0, chance=0.2))
    doses = tuple(float(dose) for dose in range(5, 60))
    plain = plan_doses(
        crowd, question, [RouteGrid(route=Route.IM, doses_mg=doses, most_mg=100.0)], fewest=5.0
    )
    unsure = plan_less_sure(plain, lambda route: WIDE if route is Route.IM else ())
    own, wide = plain.of(Route.IM), unsure.of(Route.IM)
    assert own is not None
    assert wide is not None
    assert 0 < wide.keeps_limits.sum() < own.keeps_limits.sum()
    assert not np.any(wide.keeps & ~own.keeps)


def test_a_booster_is_as_unsure_with_it_and_without():
    crowd = draw(people(Drug.RACEMIC), n_subjects=1024)
    plain = plan_booster(
        crowd,
        Regimen((Dose(route=Route.IM, amount_mg=35.0),)),
        (TooDeep(depth=8.0, chance=0.2), NotFit(by_h=4.0, observation_h=2.0, chance=0.2)),
        BoosterOffer(route=Route.IM, amounts_mg=(5.0, 15.0), waits_min=(0, 10)),
        now_h=0.3,
        fewest=5.0,
    )
    unsure = booster_less_sure(plain, WIDE)
    for kind in (Kind.TOO_DEEP, Kind.NOT_FIT):
        assert np.all(unsure.chances[kind] >= plain.chances[kind])
        assert unsure.without[kind] >= plain.without[kind]
    assert np.any(unsure.chances[Kind.TOO_DEEP] > plain.chances[Kind.TOO_DEEP])
    assert booster_less_sure(plain, ()).chances == plain.chances
