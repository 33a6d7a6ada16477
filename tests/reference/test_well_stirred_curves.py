"""The well-stirred structure against a system written out here by hand and solved by SciPy's dense expm."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.linalg import expm

from slackwater.catalogue.loader import load
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import concentrations
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

RK2 = load().model("rk2")
P = {each.name: each.model_value for each in RK2.parameters}
KE0 = np.log(2.0) / (8.3 / 60.0)
HOURS = np.array([0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0])
# Amounts in this order; the last three hold rates that enter the first, the mouth and the gut.
(
    CENTRAL,
    SECOND,
    THIRD,
    LIVER,
    VEIN,
    EFFECT,
    TRANSIT,
    NK,
    NK2,
    NOSE,
    MOUTH,
    GUT,
    TO_CENTRAL,
    TO_MOUTH,
    TO_GUT,
) = range(15)


def matrix(CLint, ka_nose):
    """dx/dt = A x, term by term from the equations of docs/explanation/rk2.md."""
    A = np.zeros((15, 15))

    def move(source, target, rate, share=1.0):
        A[source, source] -= rate
        A[target, source] += rate * share

    move(CENTRAL, SECOND, P["Q2"] / P["V1"])
    move(SECOND, CENTRAL, P["Q2"] / P["V2"])
    move(CENTRAL, THIRD, P["Q3"] / P["V1"])
    move(THIRD, CENTRAL, P["Q3"] / P["V3"])
    move(CENTRAL, LIVER, P["Qh"] / P["V1"])
    move(LIVER, CENTRAL, P["Qh"] / P["Vh"])
    move(LIVER, TRANSIT, CLint / P["Vh"], P["fm"])
    move(TRANSIT, NK, 1.0 / P["MTT_nk"])
    move(NK, NK2, P["Q_nk"] / P["V_nk"])
    move(NK2, NK, P["Q_nk"] / P["Vp_nk"])
    A[NK, NK] -= P["CL_nk"] / P["V_nk"]
    move(NOSE, CENTRAL, ka_nose)
    move(MOUTH, CENTRAL, P["ka_mouth"])
    move(GUT, LIVER, P["ka_gut"], P["Fgut"])
    A[TRANSIT, GUT] += P["ka_gut"] * (1.0 - P["Fgut"]) * P["gut_yield"]
    for follower, rate in ((VEIN, P["k_venous"]), (EFFECT, KE0)):
        A[follower, CENTRAL] += rate
        A[follower, follower] -= rate
    for holder, fed in ((TO_CENTRAL, CENTRAL), (TO_MOUTH, MOUTH), (TO_GUT, GUT)):
        A[fed, holder] = 1.0
    return A


def solved(A, at_once, running):
    """Amounts at HOURS. at_once: state -> mg; running: holder -> (mg, hours)."""
    stops = sorted({0.0, *HOURS, *(hours for _, hours in running.values())})
    x = np.zeros(15)
    for state, mg in at_once.items():
        x[state] = mg
    for holder, (mg, hours) in running.items():
        x[holder] = mg / hours
    found = {}
    for earlier, later in pairwise(stops):
        x = expm(A * (later - earlier)) @ x
        for holder, (_, hours) in running.items():
            if hours == later:
                x[holder] = 0.0
        found[later] = x
    return np.array([found[at] for at in HOURS])


def by_hand(route, mg, CLint):
    """The dose's parts, as the page says where each goes."""
    mucosa = {
        Route.NASAL_DEVICE: P["device_f_mucosal"] * (1.0 + 2.0 * P["device_later_sprays"]) / 3.0,
        Route.NASAL_SOLUTION: P["solution_f_mucosal"],
        Route.LOZENGE: P["lozenge_f_mucosal"],
        Route.FILM: P["film_f_mucosal"],
        Route.ORAL: 0.0,
    }
    if route is Route.IV:
        return solved(matrix(CLint, 1.0), {}, {TO_CENTRAL: (mg, 0.5)})
    kept = 1.0 - P["solution_f_lost"] if route is Route.NASAL_SOLUTION else 1.0
    swallowed = (mg * (1.0 - mucosa[route]) * kept, P["D_gut"])
    taken_up = mg * mucosa[route]
    if route in {Route.LOZENGE, Route.FILM}:
        return solved(matrix(CLint, 1.0), {}, {TO_MOUTH: (taken_up, P["D_mouth"]), TO_GUT: swallowed})
    ka = P["device_ka"] if route is Route.NASAL_DEVICE else P["solution_ka"]
    return solved(matrix(CLint, ka), {NOSE: taken_up}, {TO_GUT: swallowed})


READINGS = [
    (Analyte.S_KETAMINE, Site.ARTERIAL, CENTRAL, "V1"),
    (Analyte.S_KETAMINE, Site.VENOUS, VEIN, "V1"),
    (Analyte.S_KETAMINE, Site.EFFECT, EFFECT, "V1"),
    (Analyte.S_NORKETAMINE, Site.VENOUS, NK, "V_nk"),
]


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.IM])
def test_every_curve_is_the_one_solved_by_hand(route):
    # Three sprays of 28 mg, where it is the device.
    dose = Dose(route=route, amount_mg=84.0, duration_h=0.5 if route is Route.IV else 0.0)
    people = individuals(RK2, Person(weight_kg=70.0), Drug.RACEMIC, np.zeros((1, len(RK2.eta_names))))
    found = concentrations(RK2, people, Drug.RACEMIC, Regimen((dose,)), HOURS)
    S, R = (by_hand(route, 42.0, P[name]) for name in ("CLint_S", "CLint_R"))
    for analyte, site, state, volume in READINGS:
        np.testing.assert_allclose(found.of(analyte, site)[:, 0], S[:, state] / P[volume], rtol=1e-9)
    both = found.of(Analyte.KETAMINE, Site.ARTERIAL)[:, 0]
    np.testing.assert_allclose(both, (S + R)[:, CENTRAL] / P["V1"], rtol=1e-9)
