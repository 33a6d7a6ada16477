"""What can be asked of a simulation, and how the rest is refused."""

import numpy as np
import pytest

from slackwater.catalogue.published_models import read_models
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import areas, concentrations, measurements
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

RK1 = read_models()["rk1"]
PEREZ_RUIXO = read_models()["perez-ruixo-2021"]
TIME_H = np.linspace(0, 2, 9)
BOLUS = Regimen((Dose(route=Route.IV, amount_mg=10),))


def simulate(model=RK1, drug=Drug.RACEMIC, regimen=BOLUS, time_h=TIME_H, wanted=None):
    people = individuals(model, Person(weight_kg=70), drug, np.zeros((1, len(model.eta_names))))
    return concentrations(model, people, drug, regimen, time_h, wanted)


def test_a_racemic_dose_is_measured_as_both_forms_and_their_sum():
    found = simulate()
    both = found.of(Analyte.S_KETAMINE, Site.VENOUS) + found.of(Analyte.R_KETAMINE, Site.VENOUS)
    np.testing.assert_array_equal(found.of(Analyte.KETAMINE, Site.VENOUS), both)


def test_the_form_that_is_cleared_faster_is_lower():
    found = simulate()
    s, r = found.of(Analyte.S_KETAMINE, Site.ARTERIAL), found.of(Analyte.R_KETAMINE, Site.ARTERIAL)
    assert (s[1:] < r[1:]).all()


def test_esketamine_has_no_r_form():
    found = simulate(drug=Drug.ESKETAMINE)
    np.testing.assert_array_equal(
        found.of(Analyte.KETAMINE, Site.VENOUS), found.of(Analyte.S_KETAMINE, Site.VENOUS)
    )
    with pytest.raises(RefusedError, match="no venous r-ketamine"):
        found.of(Analyte.R_KETAMINE, Site.VENOUS)


@pytest.mark.parametrize(
    ("model", "drug"),
    [(RK1, Drug.RACEMIC), (RK1, Drug.ESKETAMINE), (PEREZ_RUIXO, Drug.ESKETAMINE)],
)
def test_everything_listed_can_be_had(model, drug):
    found = simulate(model, drug)
    for analyte, site in measurements(model, drug):
        assert found.of(analyte, site).shape == (TIME_H.size, 1)


def test_both_models_follow_s_ketamine_to_the_effect_site():
    for model in (RK1, PEREZ_RUIXO):
        assert (Analyte.S_KETAMINE, Site.EFFECT) in measurements(model, Drug.ESKETAMINE)


def test_one_norketamine_answers_for_both_kinds_of_blood():
    found = simulate()
    np.testing.assert_array_equal(
        found.of(Analyte.NORKETAMINE, Site.ARTERIAL), found.of(Analyte.NORKETAMINE, Site.VENOUS)
    )


@pytest.mark.parametrize(
    ("analyte", "site"),
    [
        (Analyte.S_KETAMINE, Site.ARTERIAL),
        (Analyte.R_KETAMINE, Site.VENOUS),
        (Analyte.KETAMINE, Site.EFFECT),
        (Analyte.NORKETAMINE, Site.EFFECT),
    ],
)
def test_what_a_model_does_not_measure_is_refused(analyte, site):
    with pytest.raises(RefusedError):
        simulate(PEREZ_RUIXO, Drug.ESKETAMINE, wanted=[(analyte, site)])


def test_only_what_was_wanted_is_there():
    found = simulate(wanted=[(Analyte.S_KETAMINE, Site.EFFECT)])
    with pytest.raises(RefusedError):
        found.of(Analyte.S_KETAMINE, Site.VENOUS)


def test_a_route_the_model_lacks_is_refused():
    with pytest.raises(RefusedError, match="no im route"):
        simulate(PEREZ_RUIXO, Drug.ESKETAMINE, Regimen((Dose(route=Route.IM, amount_mg=10),)))


@pytest.mark.parametrize("times", [[], [1.0, 1.0], [2.0, 1.0], [-1.0, 1.0], [0.0, np.nan], [0.0, np.inf]])
def test_times_that_are_no_rising_row_are_refused(times):
    with pytest.raises(RefusedError) as refused:
        simulate(time_h=np.array(times))
    assert refused.value.problems[0].field == "time"


def test_a_dose_after_the_last_time_leaves_no_trace():
    late = Regimen((Dose(route=Route.IV, amount_mg=10, at_h=5),))
    assert (simulate(regimen=late).of(Analyte.KETAMINE, Site.VENOUS) == 0).all()
    with_late = Regimen((*BOLUS.doses, *late.doses))
    np.testing.assert_array_equal(
        simulate(regimen=with_late).of(Analyte.KETAMINE, Site.VENOUS),
        simulate().of(Analyte.KETAMINE, Site.VENOUS),
    )


@pytest.mark.parametrize("duration_h", [1e-16, 1e-13, 1e-10, 1e-8])
def test_an_infusion_of_next_to_no_time_is_a_bolus(duration_h):
    """Such as one stopped the moment it was started: what went in is in."""
    short = Regimen((Dose(route=Route.IV, amount_mg=10, at_h=0.25, duration_h=duration_h),))
    bolus = Regimen((Dose(route=Route.IV, amount_mg=10, at_h=0.25),))
    np.testing.assert_allclose(
        simulate(regimen=short).of(Analyte.KETAMINE, Site.VENOUS)[2:],
        simulate(regimen=bolus).of(Analyte.KETAMINE, Site.VENOUS)[2:],
        rtol=1e-6,
    )


def test_minutes_that_round_beside_the_grid_still_count_as_on_it():
    """A third of an hour and twenty minutes differ in the last digit; the bolus belongs to that instant."""
    time_h = np.array([0.0, np.nextafter(1 / 3, 0), 1.0])
    regimen = Regimen((Dose(route=Route.IV, amount_mg=25, at_h=1 / 3),))
    found = simulate(regimen=regimen, time_h=time_h).of(Analyte.KETAMINE, Site.ARTERIAL)
    assert found[1, 0] == pytest.approx(1.0)


def test_areas_grow_to_the_dose_over_clearance():
    people = individuals(RK1, Person(weight_kg=70), Drug.ESKETAMINE, np.zeros((1, len(RK1.eta_names))))
    found = areas(RK1, people, Drug.ESKETAMINE, BOLUS, np.array([1.0, 500.0]))
    area = found.of(Analyte.S_KETAMINE, Site.ARTERIAL)[:, 0]
    assert area[1] == pytest.approx(10 / (84 * 1.08), rel=1e-9)
    assert 0 < area[0] < area[1]
