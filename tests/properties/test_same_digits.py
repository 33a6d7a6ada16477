"""The last digit does not depend on threads, on neighbours in the crowd, or on what else is asked."""

import numpy as np
import pytest
from tests.properties.regimens import COMPILED, RK1

from slackwater.pharma import arterial
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.compartments import Output
from slackwater.pharma.disposition import concentrations
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.solution import solve
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

GRID_H = np.linspace(0, 4, 41 if COMPILED else 5)
REGIMEN = Regimen(
    (
        Dose(route=Route.IV, amount_mg=35, at_h=0.0107, duration_h=0.6713),
        Dose(route=Route.LOZENGE, amount_mg=100, at_h=0.5),
        Dose(route=Route.IM, amount_mg=20, at_h=1.234),
    )
)
N_SUBJECTS = 300 if COMPILED else 34


def crowd(n_subjects):
    z = np.random.default_rng(1).standard_normal((N_SUBJECTS, len(RK1.eta_names)))[:n_subjects]
    # One of them far out, so that neighbours in a lane need unequal numbers of steps.
    z[min(5, n_subjects - 1), :] = 4.0
    return individuals(RK1, Person(weight_kg=70), Drug.RACEMIC, z)


def everything(people):
    found = concentrations(RK1, people, Drug.RACEMIC, REGIMEN, GRID_H)
    return np.array(list(found.parts.values()))


@pytest.mark.parametrize("n_threads", [2, 3, 7])
def test_the_number_of_threads_changes_no_digit(n_threads):
    people = crowd(N_SUBJECTS)
    system = arterial.system(people, Drug.RACEMIC, arterial.Enantiomer.S)
    inputs = [each for dose in REGIMEN.doses for each in arterial.inputs(people, dose, 0.5)]
    outputs = [Output(state, 1 / people["V1"]) for state in ("ketamine", "venous", "effect")]
    alone = solve(system, inputs, outputs, GRID_H, n_threads=1)
    assert (solve(system, inputs, outputs, GRID_H, n_threads=n_threads) == alone).all()
    assert alone.any()


@pytest.mark.parametrize("n_subjects", [6, 31, 32, 33])
def test_a_smaller_crowd_is_a_prefix_of_a_larger(n_subjects):
    assert (everything(crowd(n_subjects)) == everything(crowd(N_SUBJECTS))[:, :, :n_subjects]).all()


def test_asking_for_less_changes_no_digit_of_what_is_asked():
    people = crowd(10)
    wanted = (Analyte.S_KETAMINE, Site.EFFECT)
    alone = concentrations(RK1, people, Drug.RACEMIC, REGIMEN, GRID_H, [wanted]).of(*wanted)
    among = concentrations(RK1, people, Drug.RACEMIC, REGIMEN, GRID_H).of(*wanted)
    assert (alone == among).all()
