"""Splitting a band into its causes, against cases whose shares are known in closed form."""

from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import INFUSION, SPRAY_84, people
from tests.unit.pharma.test_mixture import mixed

from slackwater.catalogue.loader import load
from slackwater.pharma.causes import Causes, causes, first_order, sentence
from slackwater.pharma.columns import Cause
from slackwater.pharma.crowd import draw, typical
from slackwater.pharma.draws import Stream
from slackwater.pharma.learned import Learned
from slackwater.pharma.observe import Rating, update
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.terms.refusal import RefusedError

N = 4096
TIME_H = np.array([0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0])
Z, AGAIN = Stream(1).normals(N, 4), Stream(1, lane=9).normals(N, 4)
GROUPS = [(Cause.RESPONSE, [0]), (Cause.DRUG, [1, 2]), (Cause.OCCASION, [3]), (Cause.MODELS, [])]
# The standard error of a covariance of N pairs is at most 1 / sqrt(N); four of them.
WITHIN = 4 / N**0.5


def shares(answer) -> dict[Cause, float]:
    _, found = first_order(answer, Z, AGAIN, GROUPS)
    return {cause: float(share[0]) for cause, share in found}


def test_shares_of_a_log_linear_model_are_its_squared_coefficients():
    """Let ln Y = 2 z0 + z1 + z2 + 1.5 z3; its variance is 4 + 1 + 1 + 2.25 = 8.25."""
    found = shares(lambda z: (z @ np.array([2.0, 1.0, 1.0, 1.5]))[None, :])
    expected = {Cause.RESPONSE: 4 / 8.25, Cause.DRUG: 2 / 8.25, Cause.OCCASION: 2.25 / 8.25}
    assert {cause: found[cause] for cause in expected} == pytest.approx(expected, abs=WITHIN)
    assert found[Cause.TOGETHER] == pytest.approx(0.0, abs=3 * WITHIN)
    assert sum(found.values()) == pytest.approx(1.0)


def test_a_product_is_all_of_them_together():
    """z0 * z1 has no part that either brings alone."""
    found = shares(lambda z: (z[:, 0] * z[:, 1])[None, :])
    assert found[Cause.TOGETHER] > 1.0 - 2 * WITHIN


def test_a_log_normal_product_has_the_shares_of_its_formula():
    """Y = exp(a z0 + b z1): S = (e**(a*a) - 1) / (e**(a*a + b*b) - 1), a = 0.5 and b = 0.8."""
    a, b = 0.25, 0.64
    found = shares(lambda z: np.exp(0.5 * z[:, 0] + 0.8 * z[:, 1])[None, :])
    whole = np.expm1(a + b)
    assert found[Cause.RESPONSE] == pytest.approx(np.expm1(a) / whole, abs=WITHIN)
    assert found[Cause.DRUG] == pytest.approx(np.expm1(b) / whole, abs=2 * WITHIN)
    assert found[Cause.TOGETHER] == pytest.approx(np.expm1(a) * np.expm1(b) / whole, abs=3 * WITHIN)


def test_what_does_not_vary_has_no_causes():
    variance, found = first_order(lambda z: 0.0 * z[:, :1].T + 3.0, Z, AGAIN, GROUPS)
    assert variance[0] == 0.0
    assert all(share[0] == 0.0 for _, share in found)


@pytest.fixture(scope="module")
def crowd():
    return draw(people(), n_subjects=1024)


def test_shares_add_up_to_one_wherever_something_varies(crowd):
    found = causes(crowd, SPRAY_84, TIME_H, with_reading=True)
    for one in (found.depth, found.systolic, found.diastolic, found.recovered):
        total = np.sum([share for _, share in one.shares], axis=0)
        np.testing.assert_allclose(total[one.variance > 0], 1.0, rtol=1e-12)
        assert sum(share for _, share in one.overall()) == pytest.approx(1.0)


def test_the_variance_is_the_crowds_own(crowd):
    depth = crowd.simulate(SPRAY_84, TIME_H, EFFECTS).of(Quantity.DEPTH)
    np.testing.assert_allclose(causes(crowd, SPRAY_84, TIME_H).depth.variance, depth.var(axis=1))


def test_an_error_to_come_adds_its_own_variance_and_takes_only_its_share(crowd):
    """A rating strays with SD 1.2, so its variance is 1.44 at every time."""
    without, with_it = (causes(crowd, SPRAY_84, TIME_H, with_reading=on).depth for on in (False, True))
    np.testing.assert_allclose(with_it.variance, without.variance + 1.44)
    residual = dict(with_it.shares)[Cause.RESIDUAL]
    np.testing.assert_allclose(residual, 1.44 / with_it.variance)


def test_a_response_without_spread_leaves_only_the_drug(crowd):
    response = load().response
    still = replace(
        response,
        depth=replace(response.depth, EC50_cv=0.0),
        ke0_cv=0.0,
        gamma_unknown_cv=0.0,
        splits=(),
    )
    found = dict(
        causes(draw(replace(people(), response=still), n_subjects=1024), INFUSION, TIME_H).depth.overall()
    )
    assert found[Cause.RESPONSE] < WITHIN
    assert found[Cause.UNKNOWN] < WITHIN if Cause.UNKNOWN in found else True
    assert found[Cause.DRUG] > 0.8


def test_models_are_a_cause_only_where_there_are_several(crowd):
    assert Cause.MODELS not in dict(causes(crowd, SPRAY_84, TIME_H).depth.shares)
    both = causes(draw(mixed(0.5), n_subjects=1024), SPRAY_84, TIME_H)
    assert 0.0 < dict(both.depth.overall())[Cause.MODELS] < 0.5


def test_before_any_dose_nothing_varies_and_the_sentence_says_so(crowd):
    found = causes(crowd, Regimen(), TIME_H)
    assert found.depth.overall() == ()
    assert sentence(found.depth) == "Nothing varies in this crowd, so the band has no width."


def test_the_sentence_names_the_main_cause_and_the_next_worth_saying():
    def of(what: str, *parts: tuple[Cause, float]) -> str:
        shares = tuple((cause, np.array([share])) for cause, share in parts)
        return sentence(Causes(what=what, variance=np.array([2.0]), shares=shares))

    assert of("depth", (Cause.DRUG, 0.24), (Cause.RESPONSE, 0.58), (Cause.OCCASION, 0.18)) == (
        "Most of this band's width is that people differ in how strongly they respond (58 %); then that "
        "people take up and clear the drug differently (24 %), and that one person differs from session to "
        "session (18 %)."
    )
    assert of(
        "recovered", (Cause.UNKNOWN, 0.3), (Cause.TOGETHER, 0.36), (Cause.DRUG, 0.25), (Cause.MODELS, 0.09)
    ) == (
        "The largest part of the uncertainty about recovery is that typical values are not known "
        "well (30 %); then that people take up and clear the drug differently (25 %); 36 % is what causes "
        "do only together."
    )


def test_the_same_crowd_has_the_same_causes_to_the_last_digit(crowd):
    first, again = (causes(crowd, SPRAY_84, TIME_H).depth for _ in range(2))
    for (_, one), (_, other) in zip(first.shares, again.shares, strict=True):
        np.testing.assert_array_equal(one, other)


def test_both_ways_of_sharing_out_agree_where_both_may_be_used(crowd):
    """A crowd whose earlier sessions said nothing has independent deviates, so either way is right for it."""
    said_nothing = Learned(z=crowd.z, log_likelihood=lambda rows: np.zeros(len(rows)), n_sessions=1)
    picked, shared = (causes(one, SPRAY_84, TIME_H) for one in (crowd, replace(crowd, learned=said_nothing)))
    for one, other in ((picked.depth, shared.depth), (picked.systolic, shared.systolic)):
        by_cause = dict(other.overall())
        for cause, share in one.overall():
            assert by_cause[cause] == pytest.approx(share, abs=2 * WITHIN)


def test_a_crowd_that_has_observed_cannot_be_split(crowd):
    observed = update(crowd, SPRAY_84, [Rating(at_h=0.5, depth=6)]).crowd
    for one in (observed, typical(people())):
        with pytest.raises(RefusedError, match="as it was drawn"):
            causes(one, SPRAY_84, TIME_H)
