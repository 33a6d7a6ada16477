"""Simons 2022 beside another program with its numbers, an integrator, closed forms, and its own Table 2."""

import csv
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from slackwater.catalogue.published_models import read_models
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import areas, concentrations, measurements
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import ng_ml_from_mg_l

OBSERVED = Path(__file__).resolve().parents[3] / "shared" / "evidence" / "pk_observed.csv"
MODEL = read_models()["simons-2022"]
HALF_MINUTE_H = 0.5 / 60
K, NK, HNK = Analyte.S_KETAMINE, Analyte.S_NORKETAMINE, Analyte.S_HYDROXYNORKETAMINE

# The paper's mean for the 50 mg visit; its final model pools both visits at 26.3 %.
F_AT_50_MG = 0.29


def with_mucosal(fraction):
    changed = (
        replace(each, value=fraction if each.name == "f_mucosal" else each.value) for each in MODEL.parameters
    )
    return replace(MODEL, parameters=tuple(changed))


def film(mg):
    return Regimen((Dose(route=Route.FILM, amount_mg=mg),))


def then_iv(mg):
    """As in the study: 20 mg over 20 min, six hours after the film."""
    return Regimen((*film(mg).doses, Dose(route=Route.IV, amount_mg=20, at_h=6, duration_h=20 / 60)))


def typical(model=MODEL, weight_kg=70.0):
    """At 70 kg, for which the parameters are printed; the exponents are not."""
    return individuals(
        model, Person(weight_kg=weight_kg), Drug.ESKETAMINE, np.zeros((1, len(model.eta_names)))
    )


def curve(analyte, regimen, hours, model=MODEL):
    time_h = np.arange(round(hours / HALF_MINUTE_H) + 1) * HALF_MINUTE_H
    found = concentrations(model, typical(model), Drug.ESKETAMINE, regimen, time_h)
    return time_h, ng_ml_from_mg_l(found.of(analyte, Site.ARTERIAL)[:, 0])


def area(analyte, regimen, hours, model=MODEL):
    found = areas(model, typical(model), Drug.ESKETAMINE, regimen, np.array([hours]))
    return ng_ml_from_mg_l(found.of(analyte, Site.ARTERIAL)[0, 0])


def test_another_program_prints_the_same_typical_curves():
    """nlmixr2lib, 70 kg, no random effects, a grid of half a minute."""
    assert curve(K, film(50), 6)[1].max() == pytest.approx(85.9, abs=0.051)
    assert curve(K, film(100), 6)[1].max() == pytest.approx(171.8, abs=0.051)
    for analyte, minutes, ng_min_ml in ((NK, 61.5, 36287.4), (HNK, 76, 23367.4)):
        time_h, ng_ml = curve(analyte, film(50), 6)
        assert time_h[ng_ml.argmax()] * 60 == pytest.approx(minutes, abs=0.51)
        assert area(analyte, film(50), 6) * 60 == pytest.approx(ng_min_ml, rel=1e-5)
    for mg, peak in ((50, 272.7), (100, 277.4)):
        time_h, ng_ml = curve(K, then_iv(mg), 8)
        assert ng_ml[time_h > 6].max() == pytest.approx(peak, abs=0.051)
    infusion = Regimen((Dose(route=Route.IV, amount_mg=35, duration_h=40 / 60),))
    assert curve(K, infusion, 6)[1].max() == pytest.approx(289, abs=0.51)
    assert curve(HNK, infusion, 6)[1].max() == pytest.approx(30, abs=0.51)


def integrated(minutes, film_mg):
    """The paper's Figure 2 as differential equations, in micromoles and minutes, by an integrator."""

    def slope(t, x):
        mucosa, gut, liver, k1, k2, k3, a1, a2, n1, n2, b1, b2, h1, h2 = x
        dose = film_mg / 237.73 * 1000
        d = np.zeros(14)
        d[0] = (0.263 * dose / 13.1 if t < 13.1 else 0.0) - 0.04 * mucosa
        d[1] = (1.16 * dose / 29.9 if t < 29.9 else 0.0) - 0.049 * gut
        d[2] = 0.049 * gut - liver / 10.7
        out = (1.48 + 2.43 + 1.21) * k1 / 11.6
        d[3] = 0.04 * mucosa - out + 2.43 * k2 / 39 + 1.21 * k3 / 174
        d[4] = 2.43 * (k1 / 11.6 - k2 / 39)
        d[5] = 1.21 * (k1 / 11.6 - k3 / 174)
        d[6] = 1.48 * k1 / 11.6 + liver / 10.7 - a1 * 2 / 20.1
        d[7] = (a1 - a2) * 2 / 20.1
        d[8] = 0.8 * a2 * 2 / 20.1 - 1.0 * n1 / 11.6 - 2.63 * (n1 / 11.6 - n2 / 221)
        d[9] = 2.63 * (n1 / 11.6 - n2 / 221)
        d[10] = 1.0 * n1 / 11.6 - b1 * 2 / 1.12
        d[11] = (b1 - b2) * 2 / 1.12
        d[12] = 0.7 * b2 * 2 / 1.12 - 0.933 * h1 / 4.4 - 1.70 * (h1 / 4.4 - h2 / 87.5)
        d[13] = 1.70 * (h1 / 4.4 - h2 / 87.5)
        return d

    edges = [0.0, 13.1, 29.9, *minutes]
    at = {0.0: np.zeros(14)}
    for start, stop in pairwise(edges):
        # Inputs change at the edges, so that none is stepped over.
        run = solve_ivp(slope, (start, stop), at[start], method="LSODA", rtol=1e-11, atol=1e-13)
        at[stop] = run.y[:, -1]
    columns = np.array([at[minute] for minute in minutes]).T
    umol_l = {K: columns[3] / 11.6, NK: columns[8] / 11.6, HNK: columns[12] / 4.4}
    return {analyte: umol_l[analyte] * g_mol for analyte, g_mol in ((K, 237.73), (NK, 223.70), (HNK, 239.70))}


def test_an_integrator_gives_the_same_curves_in_moles():
    minutes = [40.0, 61.5, 120.0, 360.0]
    expected = integrated(minutes, 50)
    for analyte, ng_ml in expected.items():
        found = concentrations(MODEL, typical(), Drug.ESKETAMINE, film(50), np.array(minutes) / 60).of(
            analyte, Site.ARTERIAL
        )[:, 0]
        np.testing.assert_allclose(ng_ml_from_mg_l(found), ng_ml, rtol=1e-7)


@pytest.mark.parametrize("weight_kg", [55.0, 70.0, 93.0])
def test_whole_areas_are_what_clearances_make_of_the_shares(weight_kg):
    """AUC = share of the dose * ratio of molecular weights / CL, whatever the delays."""
    p = typical(weight_kg=weight_kg)
    found = areas(MODEL, p, Drug.ESKETAMINE, film(50), np.array([5000.0]))
    metabolised = 50 * (0.263 + 1.16)
    expected = {
        K: 50 * 0.263 / p["CL"][0],
        NK: metabolised * 0.8 * 223.70 / 237.73 / p["CL_nk"][0],
        HNK: metabolised * 0.8 * 0.7 * 239.70 / 237.73 / p["CL_hnk"][0],
    }
    for analyte, mg_h_l in expected.items():
        assert found.of(analyte, Site.ARTERIAL)[0, 0] == pytest.approx(mg_h_l, rel=1e-9)


def test_every_analyte_is_listed_where_the_study_sampled_it():
    listed = measurements(MODEL, Drug.ESKETAMINE)
    for analyte in (K, NK, HNK, Analyte.HYDROXYNORKETAMINE):
        assert (analyte, Site.ARTERIAL) in listed
        assert (analyte, Site.VENOUS) not in listed


def own_rows():
    if not OBSERVED.exists():
        return {}
    with OBSERVED.open(encoding="utf-8", newline="") as file:
        return {row["row_id"]: row for row in csv.DictReader(file) if row["row_id"].startswith("SIMONS22")}


def ratios(model):
    """Simulated over printed, each figure of the paper's 50 mg visit."""
    rows = own_rows()
    found = {}
    for name, analyte in (("K", K), ("NK", NK), ("HNK", HNK)):
        row = rows[f"SIMONS22-50-{name}"]
        found[f"{name} Cmax"] = curve(analyte, film(50), 6, model)[1].max() / float(row["cmax_ng_ml"])
        found[f"{name} AUC"] = area(analyte, film(50), 6, model) / float(row["auc_ng_h_ml"])
    time_h, ng_ml = curve(K, then_iv(50), 8, model)
    found["IV Cmax"] = ng_ml[time_h > 6].max() / float(rows["SIMONS22-IV-50"]["cmax_ng_ml"])
    return found


with_rows = pytest.mark.skipif(not OBSERVED.exists(), reason="../shared/evidence is not beside this checkout")


@pytest.mark.shared_data
@with_rows
def test_its_own_exposures_are_met_within_five_percent_but_for_norketamines_peak():
    found = ratios(with_mucosal(F_AT_50_MG))
    # Norketamine's is met over both visits (test_own_exposures.py), as what was fitted to both.
    assert found.pop("NK Cmax") == pytest.approx(0.918, abs=0.01)
    for figure, ratio in found.items():
        assert ratio == pytest.approx(1.0, abs=0.05), figure


@pytest.mark.shared_data
@with_rows
def test_with_the_pooled_fraction_ketamine_at_50_mg_is_a_tenth_low_as_the_caveat_says():
    found = ratios(MODEL)
    assert found["K Cmax"] == pytest.approx(0.895, abs=0.005)
    assert found["K AUC"] == pytest.approx(0.893, abs=0.005)
    for figure in ("HNK AUC", "IV Cmax"):
        assert found[figure] == pytest.approx(1.0, abs=0.05), figure
    for figure in ("NK Cmax", "NK AUC", "HNK Cmax"):
        assert found[figure] == pytest.approx(1.0, abs=0.1), figure
