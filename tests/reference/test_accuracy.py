"""The solver against 50-digit arithmetic: error under 1e-9 wherever above a millionth of the peak."""

import numpy as np
import pytest
from tests.reference.fifty_digits import Arterial, HepatoPortal

from slackwater.catalogue.published_models import read_models
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import concentrations, measurements
from slackwater.pharma.person import Person
from slackwater.pharma.population import Individuals, individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

ALLOWED = 1e-9
ABOVE = 1e-6
MODELS = read_models()
GRID_H = np.arange(8 * 60 + 1) / 60
# Few, because fifty digits are slow: just after doses, around the ends of inputs, and far out.
CHECKED = np.array([0, 1, 2, 30, 31, 41, 61, 150, 480])

ROUTES = {
    "IV bolus on the grid": (Dose(route=Route.IV, amount_mg=20, at_h=0.5),),
    "IV bolus off the grid": (Dose(route=Route.IV, amount_mg=20, at_h=0.50123),),
    "infusion off the grid": (Dose(route=Route.IV, amount_mg=35, at_h=0.0107, duration_h=0.6713),),
    "infusion within one grid step": (Dose(route=Route.IV, amount_mg=5, at_h=0.5021, duration_h=0.0043),),
    "IM": (Dose(route=Route.IM, amount_mg=35, at_h=0.0107),),
    "device, three sprays": (Dose(route=Route.NASAL_DEVICE, amount_mg=84, at_h=0.0107),),
    "nasal solution": (Dose(route=Route.NASAL_SOLUTION, amount_mg=30),),
    "lozenge": (Dose(route=Route.LOZENGE, amount_mg=100, at_h=0.0107),),
    "film": (Dose(route=Route.FILM, amount_mg=50),),
    "oral": (Dose(route=Route.ORAL, amount_mg=100, at_h=0.0107),),
    "overlapping infusions and an IM booster": (
        Dose(route=Route.IV, amount_mg=35, duration_h=40 / 60),
        Dose(route=Route.IV, amount_mg=10, at_h=0.31, duration_h=0.5),
        Dose(route=Route.IM, amount_mg=20, at_h=0.755),
    ),
}


def patient(model, drug, seed):
    """The typical patient for seed 0, else a drawn one."""
    z = np.zeros((1, len(model.eta_names)))
    if seed:
        z = np.random.default_rng(seed).standard_normal(z.shape) * 1.5
    return individuals(model, Person(weight_kg=82.5), drug, z)


def reference_of(model, drug, people, doses, form):
    def parameter(name):
        return people[name][0]

    if model.id == "rk1":
        return Arterial(parameter, doses, drug, form)
    return HepatoPortal(parameter, doses)


def assert_all_agree(model, drug, people, doses, time_h=GRID_H, checked=CHECKED):
    conc = concentrations(model, people, drug, Regimen(doses), time_h)
    references = {form: reference_of(model, drug, people, doses, form) for form in "SR"}
    for analyte, site in measurements(model, drug):
        if analyte in (Analyte.KETAMINE, Analyte.NORKETAMINE):
            continue
        found = conc.of(analyte, site)[:, 0]
        for row in checked:
            expected = references[analyte[0].upper()].conc(analyte, site, float(time_h[row]))
            if expected > ABOVE * found.max():
                assert abs(found[row] - expected) / expected < ALLOWED, (analyte, site, time_h[row])
            else:
                assert found[row] <= 2 * ABOVE * found.max()


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("name", ROUTES)
def test_rk1_is_right_to_nine_digits_by_every_route(name, seed):
    model = MODELS["rk1"]
    drug = Drug.RACEMIC if seed else Drug.ESKETAMINE
    assert_all_agree(model, drug, patient(model, drug, seed), ROUTES[name])


@pytest.mark.parametrize(
    "name", ["IV bolus off the grid", "infusion off the grid", "device, three sprays", "oral"]
)
def test_perez_ruixo_is_right_to_nine_digits_by_every_route(name):
    model = MODELS["perez-ruixo-2021"]
    assert_all_agree(model, Drug.ESKETAMINE, patient(model, Drug.ESKETAMINE, 3), ROUTES[name])


def eigenvalues(people):
    """Of the ketamine block, so that a rate can be put exactly upon one."""
    p = {name: people[name][0] for name in ("CL", "CL_factor_S", "V1", "V2", "V3", "Q2", "Q3")}
    out = (p["CL"] * p["CL_factor_S"] + p["Q2"] + p["Q3"]) / p["V1"]
    block = [
        [-out, p["Q2"] / p["V2"], p["Q3"] / p["V3"]],
        [p["Q2"] / p["V1"], -p["Q2"] / p["V2"], 0],
        [p["Q3"] / p["V1"], 0, -p["Q3"] / p["V3"]],
    ]
    return sorted(-np.linalg.eigvals(np.array(block)).real)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_rates_that_meet_an_eigenvalue_lose_no_digits(which):
    """ke0 = ka = the venous link = an eigenvalue: where formulas by partial fractions divide by nothing."""
    model = MODELS["rk1"]
    people = patient(model, Drug.ESKETAMINE, 0)
    same = np.array([eigenvalues(people)[which]])
    met = people.replacing(ke0=same, ka_im=same, k_venous=same)
    dose = Dose(route=Route.IM, amount_mg=35, at_h=0.0107)
    assert_all_agree(model, Drug.ESKETAMINE, met, (dose,), checked=np.array([1, 2, 30, 150, 480]))


@pytest.mark.parametrize("factor", [1e-3, 1e3])
def test_extreme_absorption_rates_lose_no_digits(factor):
    model = MODELS["rk1"]
    people = patient(model, Drug.ESKETAMINE, 0)
    extreme = Individuals({**people.values, "ka_oral": people["ka_oral"] * factor})
    dose = Dose(route=Route.ORAL, amount_mg=100, at_h=0.0107)
    assert_all_agree(model, Drug.ESKETAMINE, extreme, (dose,), checked=np.array([1, 2, 30, 150, 480]))


def test_a_first_step_of_a_microsecond_is_right_at_the_effect_site():
    """Five states from the dose and a billionth of an hour on: the smallest entries, not only the largest."""
    model = MODELS["rk1"]
    people = patient(model, Drug.ESKETAMINE, 0)
    time_h = np.array([1e-9, 1e-6, 1e-3])
    dose = Dose(route=Route.LOZENGE, amount_mg=100)
    conc = concentrations(model, people, Drug.ESKETAMINE, Regimen((dose,)), time_h)
    reference = Arterial(lambda name: people[name][0], (dose,), Drug.ESKETAMINE, "S")
    for row, hours in enumerate(time_h):
        for analyte, site in ((Analyte.S_KETAMINE, Site.EFFECT), (Analyte.S_NORKETAMINE, Site.VENOUS)):
            expected = reference.conc(analyte, site, float(hours))
            assert abs(conc.of(analyte, site)[row, 0] - expected) / expected < 1e-12


def test_irregular_times_and_long_gaps_are_right_too():
    model = MODELS["rk1"]
    people = patient(model, Drug.RACEMIC, 5)
    time_h = np.array([0.0, 0.011, 0.3, 1.7, 1.70001, 5.5, 24.0, 72.0])
    doses = (Dose(route=Route.LOZENGE, amount_mg=100, at_h=0.2), Dose(route=Route.IV, amount_mg=10, at_h=5.0))
    assert_all_agree(model, Drug.RACEMIC, people, doses, time_h, checked=np.arange(8))
