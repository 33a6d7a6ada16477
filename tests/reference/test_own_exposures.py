"""Published models beside what their own papers print: mean with mean, median with median, sampled likewise.

Simons 2022 was fitted to both of its visits at once, so both are what it is held to. Otto 2021 fixed
S-ketamine to another study's values and says itself that it comes out low.
"""

import csv
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from slackwater.catalogue.loader import load
from slackwater.catalogue.own_exposures import read_own_exposures
from slackwater.pharma.analyte import Analyte
from slackwater.pharma.own_exposures import (
    Figure,
    Statistic,
    Weights,
    of_a_crowd,
    over_all_doses,
    typical,
)
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.route import Route
from slackwater.units import ng_ml_from_mg_l

OBSERVED = Path(__file__).resolve().parents[3] / "shared" / "evidence" / "pk_observed.csv"
MODELS = load().models
PRINTED = read_own_exposures()
OTTO = [one for one in PRINTED if one.model == "otto-2021"]
SIMONS = [one for one in PRINTED if one.model == "simons-2022"]


def ids(exposures):
    return [f"{one.doses} {one.analyte.value} {one.figure.value}" for one in exposures]


@pytest.mark.parametrize("one", over_all_doses(SIMONS), ids=ids(over_all_doses(SIMONS)))
def test_simons_gives_every_exposure_of_both_visits_within_five_per_cent(one):
    assert one.n == 39
    crowd = of_a_crowd(MODELS["simons-2022"], one)
    assert crowd is not None
    assert crowd.value == pytest.approx(one.observed, rel=0.05)


def test_one_visit_alone_is_missed_by_as_much_as_the_caveat_says():
    def off(doses):
        (one,) = [
            each
            for each in SIMONS
            if (each.doses, each.analyte, each.figure) == (doses, Analyte.S_KETAMINE, Figure.CMAX)
        ]
        return of_a_crowd(MODELS["simons-2022"], one).value / one.observed - 1.0

    assert off("film 50 mg") == pytest.approx(-0.10, abs=0.01)
    assert off("film 100 mg") == pytest.approx(0.195, abs=0.01)


@pytest.mark.parametrize("one", OTTO, ids=ids(OTTO))
def test_each_median_of_otto_lies_within_two_standard_errors_of_a_median_of_17(one):
    crowd = of_a_crowd(MODELS["otto-2021"], one)
    assert crowd is not None
    assert abs(crowd.value - one.observed) < 2.0 * crowd.chance


def test_s_ketamine_of_otto_is_low_as_its_authors_say_and_not_within_five_per_cent():
    """Mean prediction error -1.27 ug/L, 95 % interval -1.99 to -0.50 (Otto 2021, Figure 3b)."""
    parent = [one for one in OTTO if one.analyte is Analyte.S_KETAMINE]
    errors = [ng_ml_from_mg_l(typical(MODELS["otto-2021"], one) - one.observed) for one in parent]
    assert -1.99 < np.mean(errors) < -0.50
    assert not any(
        one.observed == pytest.approx(typical(MODELS["otto-2021"], one), rel=0.05) for one in parent[3:]
    )


@pytest.mark.parametrize(("analyte", "scatter"), [(Analyte.S_KETAMINE, 0.06), (Analyte.S_NORKETAMINE, 0.08)])
def test_the_digitised_points_scatter_no_more_than_medians_of_17_do(analyte, scatter):
    """A random error of reading of 10 % would show beside them."""
    points = [one for one in OTTO if one.analyte is analyte]
    ratio = np.log([one.observed / typical(MODELS["otto-2021"], one) for one in points])
    log_h = np.log([one.sampled_h[-1] for one in points])
    left = ratio - np.polyval(np.polyfit(log_h, ratio, 1), log_h)
    assert np.sqrt((left**2).sum() / (len(points) - 2)) == pytest.approx(scatter, abs=0.005)


def test_a_model_of_one_typical_person_has_no_crowd_to_be_held_to():
    spray = next(one for one in PRINTED if one.model == "perez-ruixo-2021")
    assert of_a_crowd(MODELS["perez-ruixo-2021"], spray) is None


def lasting(D_mucosal, D_swallowed):
    """Simons 2022 with other durations, min."""
    others = {"D_mucosal": D_mucosal, "D_swallowed": D_swallowed}
    model = MODELS["simons-2022"]
    changed = (replace(each, value=others.get(each.name, each.value)) for each in model.parameters)
    return replace(model, parameters=tuple(changed))


@pytest.mark.slow
def test_the_spread_of_durations_that_the_engine_leaves_out_lowers_norketamines_peak_alone():
    """Table 4: variances 0.154 and 0.611 between visits. A crowd has one duration, so nine are weighed.

    Three points for each normal deviate (Gauss-Hermite), which is exact for polynomials to the fifth degree.
    """
    points = [(-np.sqrt(3.0), 1 / 6), (0.0, 2 / 3), (np.sqrt(3.0), 1 / 6)]
    means = dict.fromkeys(((one.analyte, one.figure) for one in over_all_doses(SIMONS)), 0.0)
    for (z_mucosal, p_mucosal), (z_swallowed, p_swallowed) in product(points, points):
        model = lasting(
            13.1 * np.exp(np.sqrt(0.154) * z_mucosal), 29.9 * np.exp(np.sqrt(0.611) * z_swallowed)
        )
        for one in over_all_doses(SIMONS):
            ratio = of_a_crowd(model, one).value / one.observed
            means[one.analyte, one.figure] += p_mucosal * p_swallowed * ratio
    assert means.pop((Analyte.S_NORKETAMINE, Figure.CMAX)) == pytest.approx(0.92, abs=0.01)
    for ratio in means.values():
        assert ratio == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("statistic", [Statistic.MEAN, Statistic.MEDIAN])
def test_chance_falls_with_the_root_of_the_number_of_people(statistic):
    one = replace(SIMONS[1], statistic=statistic)
    few, many = (of_a_crowd(MODELS["simons-2022"], replace(one, n=n)) for n in (4, 16))
    assert few.value == many.value
    assert few.chance == pytest.approx(2.0 * many.chance)


def test_the_typical_area_by_vein_is_dose_over_clearance():
    regimen = Regimen((Dose(route=Route.IV, amount_mg=10.0),))
    one = replace(OTTO[0], regimen=regimen, figure=Figure.AUC, sampled_h=(0.0, 2000.0))
    CL = 95.2 * (68.0 / 70.0) ** 0.75
    assert typical(MODELS["otto-2021"], one) == pytest.approx(10.0 / CL, rel=1e-9)


def test_doses_are_brought_to_the_first_and_weighted_by_people():
    peaks = [one for one in over_all_doses(SIMONS) if one.figure is Figure.CMAX]
    # 96 after 50 mg in 19 people and 144 after 100 mg in 20.
    assert ng_ml_from_mg_l(peaks[0].observed) == pytest.approx((19 * 96 + 20 * 144 / 2) / 39)


def test_weights_of_a_study_have_its_mean_and_keep_to_its_range():
    kg = Weights(mean=73.0, sd=12.0, low=53.0, high=93.0).quantiles(64)
    assert kg.mean() == pytest.approx(73.0)
    assert (kg.min(), kg.max()) == (53.0, 93.0)


@pytest.mark.shared_data
@pytest.mark.skipif(not OBSERVED.exists(), reason="../shared/evidence is not beside this checkout")
def test_what_the_evidence_has_is_here_with_the_same_figures():
    with OBSERVED.open(encoding="utf-8", newline="") as file:
        rows = {row["row_id"]: row for row in csv.DictReader(file)}
    wanted = {
        (row["analyte"].lower(), f"{float(row['dose_mg']):g}", kind, float(row[column]))
        for name, row in rows.items()
        if name.startswith(("SIMONS22-50", "PRUIXO21")) and row["kind"].startswith(("observed", "model"))
        for kind, column in (("cmax", "cmax_ng_ml"), ("auc", "auc_ng_h_ml"))
        if row[column] and row["kind"] != "observed_F_only"
    }
    here = {
        (
            one.analyte.value,
            f"{one.regimen.doses[0].amount_mg:g}",
            one.figure.value,
            round(1000 * one.observed, 1),
        )
        for one in PRINTED
    }
    assert {(*key, round(value, 1)) for *key, value in wanted} <= here
    for name, analyte in (("OTTO21-K", Analyte.S_KETAMINE), ("OTTO21-NK", Analyte.S_NORKETAMINE)):
        points = [pair.split(":") for pair in rows[name]["points_h_ngml"].split(";")]
        assert [(float(h), float(C)) for h, C in points] == [
            (one.sampled_h[-1], pytest.approx(1000 * one.observed)) for one in OTTO if one.analyte is analyte
        ]
