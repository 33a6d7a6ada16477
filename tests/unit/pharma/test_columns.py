"""What varies in a crowd, and that splitting a spread into its causes leaves the whole as it was."""

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import people

from slackwater.catalogue.loader import load
from slackwater.pharma.columns import Cause, Part, columns_of, model_parts, response_parts
from slackwater.pharma.crowd import draw
from slackwater.pharma.draws import Stream
from slackwater.pharma.parameters import ParameterError
from slackwater.pharma.response import Split
from slackwater.pharma.variability import Eta, Scale

RK1, PEREZ_RUIXO = load().model("rk1"), load().model("perez-ruixo-2021")
RESPONSE = load().response
COLUMNS = columns_of([RK1], RESPONSE)


def eta(scale: Scale = Scale.LOG, **spreads: float) -> Eta:
    return Eta(name="eta_CL", moves=("CL",), scale=scale, basis="a test", **spreads)


def test_variances_of_people_and_occasions_add():
    both, people_alone, occasion_alone = eta(cv=0.4, occasion_cv=0.3), eta(cv=0.4), eta(occasion_cv=0.3)
    assert both.sd_at(84.0) ** 2 == pytest.approx(math.log(1.16) + math.log(1.09))
    assert both.occasion_share == pytest.approx(math.log(1.09) / math.log(1.16 * 1.09))
    assert (people_alone.occasion_share, occasion_alone.occasion_share) == (0.0, 1.0)
    logit = eta(Scale.LOGIT, cv=0.3, occasion_cv=0.4)
    assert logit.sd_at(0.5) == pytest.approx(0.5 / 0.5)
    assert logit.occasion_share == pytest.approx(0.16 / 0.25)


@pytest.mark.parametrize(
    "spreads",
    [
        {},
        {"cv": 0.2, "sd": 0.2},
        {"cv": 0.2, "occasion_cv": 0.1, "occasion_sd": 0.1},
        {"cv": 0.2, "occasion_sd": 0.1},
        {"cv": 0.2, "occasion_cv": 0.0},
        {"cv": 0.2, "occasion_cv": float("nan")},
        {"occasion_cv": 10.0},
    ],
)
def test_spreads_that_contradict_each_other_are_refused(spreads: dict[str, float]):
    with pytest.raises(ParameterError) as refused:
        replace(RK1, variability=(eta(**spreads),))
    assert refused.value.problems[0].field == "eta_CL"
    assert refused.value.problems[0].code == "spread"


def test_rk1_keeps_the_spread_that_its_evidence_recommends():
    """pk.md 'recommended.rk1': CV 17, 25, 50, 35, 60 and 25 %, split here but not changed."""
    in_all = {"eta_CL": 0.17, "eta_V1": 0.25, "eta_ka": 0.60, "eta_CL_nk": 0.25}
    for each in RK1.variability:
        if each.name in in_all:
            cv = math.sqrt(math.expm1(each.sd_at(1.0) ** 2))
            assert cv == pytest.approx(in_all[each.name], abs=0.001), each.name
    on_the_logit = {each.name: each.sd_at(0.0) for each in RK1.variability if each.scale is Scale.LOGIT}
    assert on_the_logit == pytest.approx({"eta_F_oral": 0.50, "eta_F_mucosal": 0.35}, abs=0.001)


def test_only_absorption_differs_between_occasions_as_simons_2022_found():
    moving = {each.name for each in RK1.variability if each.occasion_share > 0}
    assert moving == {"eta_F_oral", "eta_F_mucosal", "eta_ka"}


def test_what_is_blended_from_several_causes_is_standard_normal_again():
    z = COLUMNS.drawn(200_000, 3)
    for parts in (model_parts(RK1), response_parts(RESPONSE)):
        blended = COLUMNS.blended(z, parts)
        np.testing.assert_allclose(blended.mean(axis=0), 0.0, atol=4 / math.sqrt(200_000))
        np.testing.assert_allclose(blended.var(axis=0), 1.0, atol=4 * math.sqrt(2 / 200_000))
        np.testing.assert_allclose(np.corrcoef(blended.T), np.eye(len(parts)), atol=0.01)


def test_two_sessions_of_one_person_agree_as_far_as_the_person_is_the_same():
    """The correlation between sessions is the share of the variance that a person keeps."""
    first, second = COLUMNS.drawn(100_000, 3), COLUMNS.drawn(100_000, 4)
    kept = COLUMNS.of([cause for cause in Cause if cause.is_kept])
    second[:, kept] = first[:, kept]
    for part in (*model_parts(RK1), *response_parts(RESPONSE)):
        sessions = [COLUMNS.blended(z, [part])[:, 0] for z in (first, second)]
        assert np.corrcoef(sessions)[0, 1] == pytest.approx(1.0 - part.occasion, abs=0.012), part.name


def test_a_part_with_one_cause_is_that_causes_own_column_to_the_last_digit():
    z = COLUMNS.drawn(50, 1)
    alone = COLUMNS.blended(z, [Part("eta_CL", Cause.DRUG)])
    np.testing.assert_array_equal(alone[:, 0], z[:, 0])


def test_a_part_can_be_set_to_a_value_through_all_its_causes():
    z = COLUMNS.setting(COLUMNS.drawn(5, 1), Part("EC50", Cause.RESPONSE, occasion=0.3, unknown=0.2), 1.5)
    part = Part("EC50", Cause.RESPONSE, occasion=0.3, unknown=0.2)
    np.testing.assert_allclose(COLUMNS.blended(z, [part]), 1.5, rtol=1e-15)


def test_the_first_columns_have_the_digits_they_had_before_causes_were_told_apart():
    """Six etas of RK1 and four of the response, from the seed's own stream, row by row."""
    before = Stream(1).normals(40, 10)
    np.testing.assert_array_equal(draw(people(), n_subjects=40).z[:, :10], before)


def test_another_model_in_the_crowd_changes_no_digit_of_what_it_shares():
    alone, both = columns_of([RK1], RESPONSE), columns_of([RK1, PEREZ_RUIXO], RESPONSE)
    z, z_both = alone.drawn(30, 7), both.drawn(30, 7)
    for column in alone.columns:
        place = both.index(column.name, column.cause)
        np.testing.assert_array_equal(z_both[:, place], z[:, alone.index(column.name, column.cause)])


def test_an_eta_of_the_same_name_is_one_column_and_others_have_their_own():
    names = [one.name for one in columns_of([RK1, PEREZ_RUIXO], RESPONSE).columns]
    assert names.count("eta_CL_nk") == 1
    assert {"eta_CL", "eta_FRn", "eta_kel"} <= set(names)
    assert names[-3:] == ["model", "alertness", "heart_rate"]


def test_the_steepness_is_a_hypothesis_of_each_virtual_patient_in_whole_steps():
    """ln(3.5 / 6) and ln(9.5 / 6) lie 2.72 and 2.32 SD out, so 98.7 % round to 4 to 9."""
    gamma = draw(people(), n_subjects=20_000).responders().gamma
    assert set(np.unique(gamma)) <= {float(n) for n in range(1, 20)}
    assert ((gamma >= 4) & (gamma <= 9)).mean() == pytest.approx(0.987, abs=0.004)
    assert np.median(gamma) == 6.0
    certain = replace(RESPONSE, gamma_unknown_cv=0.0)
    assert set(draw(replace(people(), response=certain), n_subjects=50).responders().gamma) == {6.0}


@pytest.mark.parametrize(("occasion", "unknown"), [(-0.1, 0.0), (1.1, 0.0), (0.6, 0.5), (float("nan"), 0.0)])
def test_shares_of_a_spread_are_no_more_than_the_whole(occasion: float, unknown: float):
    with pytest.raises(ParameterError, match="share"):
        Split(of="EC50", occasion=occasion, unknown=unknown)
    assert Split(of="EC50", occasion=0.5, unknown=0.5).occasion == 0.5
