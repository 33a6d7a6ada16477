"""The well-stirred liver's own equations, against areas that the engine solves."""

import numpy as np
import pytest

from slackwater.catalogue.loader import load
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import areas, concentrations
from slackwater.pharma.exposure_changes import ExposureChange
from slackwater.pharma.exposure_ratios import bioavailability, medicine_ratio
from slackwater.pharma.parameters import Grade
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals, typical_values
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.well_stirred import bioavailability as closed_form
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

RK2 = load().model("rk2")
S, RACEMIC = Drug.ESKETAMINE, Drug.RACEMIC
ENDLESS_H = np.array([400.0])
ROUTES = {
    Route.IM: 35.0,
    Route.NASAL_DEVICE: 84.0,
    Route.NASAL_SOLUTION: 50.0,
    Route.LOZENGE: 100.0,
    Route.FILM: 50.0,
    Route.ORAL: 100.0,
}


def typical(drug, kg=70.0):
    return individuals(RK2, Person(weight_kg=kg), drug, np.zeros((1, len(RK2.eta_names))))


def area(drug, dose, analyte, kg=70.0):
    wanted = [(analyte, Site.VENOUS)]
    found = areas(RK2, typical(drug, kg), drug, Regimen((dose,)), ENDLESS_H, wanted)
    return float(found.of(*wanted[0])[0, 0])


def by_vein(mg):
    return Dose(route=Route.IV, amount_mg=mg)


def swallowed(mg):
    return Dose(route=Route.ORAL, amount_mg=mg)


def change(oral, systemic):
    return ExposureChange(
        medicine="made",
        name="Made",
        oral_auc_ratio=oral,
        systemic_auc_ratio=systemic,
        evidence=(),
        source="made for a test",
        grade=Grade.JUDGEMENT,
        note="",
    )


@pytest.mark.parametrize("kg", [50.0, 70.0, 110.0])
def test_clearance_is_the_livers_flow_times_what_it_extracts(kg):
    p = typical_values(RK2, Person(weight_kg=kg))
    CL = p["Qh"] * p["CLint_S"] / (p["Qh"] + p["CLint_S"])
    assert area(S, by_vein(10.0), Analyte.S_KETAMINE, kg) == pytest.approx(10.0 / CL, rel=1e-9)


def test_the_area_of_a_swallowed_dose_knows_nothing_of_blood_flow():
    p = typical_values(RK2, Person(weight_kg=70.0))
    expected = p["Fgut"] * 100.0 / p["CLint_S"]
    assert area(S, swallowed(100.0), Analyte.S_KETAMINE) == pytest.approx(expected, rel=1e-9)


def test_norketamine_by_vein_is_what_the_liver_makes_of_all_of_the_dose():
    p = typical_values(RK2, Person(weight_kg=70.0))
    expected = 10.0 * p["fm"] / p["CL_nk"]
    assert area(S, by_vein(10.0), Analyte.S_NORKETAMINE) == pytest.approx(expected, rel=1e-9)


def test_norketamine_of_a_swallowed_dose_adds_what_the_gut_wall_makes():
    p = typical_values(RK2, Person(weight_kg=70.0))
    formed = p["Fgut"] * p["fm"] + (1.0 - p["Fgut"]) * p["gut_yield"]
    expected = 10.0 * formed / p["CL_nk"]
    assert area(S, swallowed(10.0), Analyte.S_NORKETAMINE) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("drug", list(Drug))
@pytest.mark.parametrize("route", ROUTES)
def test_bioavailability_in_closed_form_is_the_ratio_of_areas(route, drug):
    dose = Dose(route=route, amount_mg=ROUTES[route])
    expected = closed_form(typical(drug), drug, dose)[0]
    assert bioavailability(RK2, drug, dose) == pytest.approx(expected, rel=1e-6)


def test_more_sprays_keep_a_smaller_part_of_the_dose():
    one, three = (Dose(route=Route.NASAL_DEVICE, amount_mg=mg) for mg in (28.0, 84.0))
    assert bioavailability(RK2, S, three) < bioavailability(RK2, S, one)


def test_norketamine_appears_later_than_the_liver_makes_it():
    time_h = np.array([1.0 / 60, 5.0 / 60])
    wanted = [(Analyte.S_NORKETAMINE, Site.VENOUS)]
    found = concentrations(RK2, typical(S), S, Regimen((by_vein(10.0),)), time_h, wanted).of(*wanted[0])
    # Without transit the amount grows in proportion to time at first; with one compartment, to its square.
    assert found[1, 0] / found[0, 0] > 2 * 5.0


# What two studies found of one medicine is met by each route that was studied (rifampicin, Peltoniemi 2012).
@pytest.mark.parametrize(("oral", "systemic"), [(0.14, 0.86), (2.4, 1.09), (1.0, 1.0)])
def test_both_published_ratios_come_out_where_they_were_measured(oral, systemic):
    medicine = change(oral, systemic)
    assert medicine_ratio(RK2, S, swallowed(20.0), medicine) == pytest.approx(oral, rel=1e-6)
    assert medicine_ratio(RK2, S, by_vein(20.0), medicine) == pytest.approx(systemic, rel=1e-6)


def test_a_ratio_that_the_gut_wall_can_give_leaves_the_liver_alone():
    most = 0.99 / RK2.value("Fgut")
    medicine = change(most * 0.999, None)
    assert medicine_ratio(RK2, S, by_vein(20.0), medicine) == pytest.approx(1.0, rel=1e-9)
    assert medicine_ratio(RK2, S, swallowed(20.0), medicine) == pytest.approx(most * 0.999, rel=1e-6)


def test_what_the_gut_wall_cannot_give_is_put_to_the_liver():
    most = 0.99 / RK2.value("Fgut")
    medicine = change(most * 1.5, None)
    assert medicine_ratio(RK2, S, by_vein(20.0), medicine) > 1.01
    assert medicine_ratio(RK2, S, swallowed(20.0), medicine) == pytest.approx(most * 1.5, rel=1e-6)


def test_a_ratio_by_vein_alone_changes_a_swallowed_dose_more():
    p = typical_values(RK2, Person(weight_kg=70.0))
    E = p["CLint_S"] / (p["Qh"] + p["CLint_S"])
    # AUC of a swallowed dose goes with 1 / CLint = (1 - E) / (E * Qh).
    changed = E / 1.2
    expected = (1.0 - changed) / changed / ((1.0 - E) / E)
    assert medicine_ratio(RK2, S, swallowed(20.0), change(None, 1.2)) == pytest.approx(expected, rel=1e-6)


def test_nobodys_liver_clears_more_than_flows_through_it():
    crowd = individuals(RK2, Person(weight_kg=70.0), S, np.full((1, len(RK2.eta_names)), 3.0))
    E = crowd["CLint_S"] / (crowd["Qh"] + crowd["CLint_S"])
    assert 0.0 < E[0] < 1.0
