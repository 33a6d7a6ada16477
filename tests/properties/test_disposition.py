"""What must hold of concentrations whatever the doses, the people and the grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.regimens import COMPILED, MODELS, N_SUBJECTS, RK1, crowds, doses, hours, regimens

from slackwater.pharma import arterial, hepato_portal
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.compartments import Output, Sketch
from slackwater.pharma.disposition import areas, concentrations, measurements
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.solution import solve
from slackwater.pharma.structures import ROUTES, Structure
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

GRID_H = np.linspace(0, 6, 25 if COMPILED else 7)
LAST = GRID_H.size - 1
PEREZ_RUIXO = MODELS["perez-ruixo-2021"]
PEREZ_RUIXO_ROUTES = tuple(ROUTES[Structure.HEPATO_PORTAL])

few = settings(max_examples=25 if COMPILED else 3, deadline=None)


def everything(model, people, drug, regimen, time_h=GRID_H):
    """All measurements, stacked: (n_measurements, n_times, n_subjects)."""
    found = concentrations(model, people, drug, regimen, time_h)
    return np.array([found.of(*measurement) for measurement in measurements(model, drug)])


def assert_same(one, other, rtol=1e-10):
    """Equal, except where both are nothing beside the curve's own peak."""
    smallest = 1e-14 * np.maximum(one.max(axis=-2, keepdims=True), 1e-300)
    np.testing.assert_allclose(np.maximum(one, smallest), np.maximum(other, smallest), rtol=rtol)


@few
@given(crowd=crowds(), one=doses(), other=doses())
def test_two_doses_superpose(crowd, one, other):
    drug, people = crowd
    together = everything(RK1, people, drug, Regimen((one, other)))
    apart = sum(everything(RK1, people, drug, Regimen((dose,))) for dose in (one, other))
    assert_same(together, apart)


@few
@given(crowd=crowds(), factor=st.floats(0.01, 100), route=st.sampled_from(sorted(set(Route))))
def test_twice_the_dose_is_twice_the_concentration(crowd, factor, route):
    """Except by the nasal device, where more sprays lose more of each."""
    drug, people = crowd
    mg = 20.0 if route is not Route.NASAL_DEVICE else 28.0 / max(factor, 1.0)
    once = everything(RK1, people, drug, Regimen((Dose(route=route, amount_mg=mg),)))
    more = everything(RK1, people, drug, Regimen((Dose(route=route, amount_mg=mg * factor),)))
    assert_same(more, once * factor)


@few
@given(crowd=crowds(), regimen=regimens(), shift=hours)
def test_a_regimen_given_later_gives_the_same_curve_later(crowd, regimen, shift):
    drug, people = crowd
    later = Regimen(
        tuple(
            Dose(
                route=dose.route,
                amount_mg=dose.amount_mg,
                at_h=dose.at_h + shift,
                duration_h=dose.duration_h,
            )
            for dose in regimen.doses
        )
    )
    # Off the instants of the doses, where rounding of the shift could fall before or after a bolus.
    time_h = GRID_H + 0.000_123_456_7
    now = everything(RK1, people, drug, regimen, time_h)
    assert_same(everything(RK1, people, drug, later, time_h + shift), now, rtol=1e-9)


@few
@given(crowd=crowds(), regimen=regimens(), finer=st.integers(2, 7))
def test_a_finer_grid_changes_nothing(crowd, regimen, finer):
    drug, people = crowd
    fine_h = np.linspace(0, 6, LAST * finer + 1)
    coarse = everything(RK1, people, drug, regimen, fine_h[::finer])
    assert_same(everything(RK1, people, drug, regimen, fine_h)[:, ::finer], coarse)


@few
@given(crowd=crowds(), regimen=regimens(), picked=st.sets(st.integers(0, LAST), min_size=1))
def test_times_may_be_asked_for_in_any_selection(crowd, regimen, picked):
    drug, people = crowd
    rows = sorted(picked)
    assert_same(
        everything(RK1, people, drug, regimen, GRID_H[rows]),
        everything(RK1, people, drug, regimen)[:, rows],
    )


@few
@given(crowd=crowds(), regimen=regimens())
def test_concentrations_are_never_negative_and_start_with_nothing(crowd, regimen):
    drug, people = crowd
    found = everything(RK1, people, drug, regimen)
    assert (found >= 0).all()
    assert np.isfinite(found).all()
    before = regimen.doses[0].at_h - 1e-9 > GRID_H
    assert (found[:, before] == 0).all()


@few
@given(crowd=crowds())
def test_before_anything_is_given_there_is_nothing(crowd):
    drug, people = crowd
    assert (everything(RK1, people, drug, Regimen()) == 0).all()


@few
@given(crowd=crowds(), bolus_at=hours)
def test_at_the_instant_of_a_bolus_the_value_is_the_one_just_after_it(crowd, bolus_at):
    drug, people = crowd
    regimen = Regimen((Dose(route=Route.IV, amount_mg=10, at_h=bolus_at),))
    found = concentrations(RK1, people, drug, regimen, np.array([bolus_at]))
    np.testing.assert_allclose(found.of(Analyte.KETAMINE, Site.ARTERIAL)[0], 10 / people["V1"], rtol=1e-12)
    assert (found.of(Analyte.KETAMINE, Site.VENOUS) == 0).all()


@few
@given(crowd=crowds(), regimen=regimens(routes=(Route.IV, Route.IM)))
def test_the_whole_area_is_what_clearance_makes_of_the_dose(crowd, regimen):
    """AUC = F * dose / CL, whatever happens on the way."""
    drug, people = crowd
    area = areas(RK1, people, drug, regimen, np.array([2000.0]))
    share = 0.5 if drug is Drug.RACEMIC else 1.0
    bioavailable = {Route.IV: 1.0, Route.IM: people["F_im"]}
    dose = sum(each.amount_mg * share * bioavailable[each.route] for each in regimen.doses)
    for site in (Site.ARTERIAL, Site.VENOUS, Site.EFFECT):
        found = area.of(Analyte.S_KETAMINE, site)[0]
        np.testing.assert_allclose(found, dose / (people["CL"] * people["CL_factor_S"]), rtol=1e-9)
    norketamine = area.of(Analyte.S_NORKETAMINE, Site.VENOUS)[0]
    np.testing.assert_allclose(norketamine, dose / people["CL_nk"], rtol=1e-9)


@pytest.mark.skipif(not COMPILED, reason="thousands of steps are slow without the compiler")
@few
@given(crowd=crowds(), regimen=regimens())
def test_exact_areas_are_the_limit_of_trapezoids(crowd, regimen):
    drug, people = crowd
    fine_h = np.linspace(0, 6, 6001)
    measured = (Analyte.S_KETAMINE, Site.VENOUS)
    conc = concentrations(RK1, people, drug, regimen, fine_h, [measured]).of(*measured)
    exact = areas(RK1, people, drug, regimen, fine_h[-1:], [measured]).of(*measured)[0]
    np.testing.assert_allclose(np.trapezoid(conc, fine_h, axis=0), exact, rtol=1e-3, atol=1e-9)


def mass(system, inputs, followed, time_h):
    """All drug in the system and all that has left it, at each time: (n_times, n_subjects)."""
    sketch = Sketch(N_SUBJECTS)
    for source, target, rate in zip(system.sources, system.targets, system.rates, strict=True):
        sketch.link(system.states[source], system.states[target], rate)
    for state, loss in zip(system.states, system.losses, strict=True):
        sketch.loss(state, loss)
    for place, state in enumerate(system.states):
        given_on = sum(
            (
                rate
                for source, target, rate in zip(system.sources, system.targets, system.rates, strict=True)
                if source == place and system.states[target] not in followed
            ),
            np.zeros(N_SUBJECTS),
        )
        if not state.startswith("inflow") and state not in followed:
            sketch.link(state, "gone", np.maximum(system.losses[place] - given_on, 0.0))
    closed = sketch.system()
    counted = [state for state in closed.states if not state.startswith("inflow") and state not in followed]
    outputs = [Output(state, np.ones(N_SUBJECTS)) for state in counted]
    return solve(closed, inputs, outputs, time_h).sum(axis=0)


@few
@given(crowd=crowds(), regimen=regimens(latest_h=1.0))
def test_all_that_went_in_is_somewhere_or_gone_by_rk1(crowd, regimen):
    drug, people = crowd
    inputs = [each for dose in regimen.doses for each in arterial.inputs(people, dose, 1.0)]
    system = arterial.system(people, drug, arterial.Enantiomer.S)
    found = mass(system, inputs, ("venous", "effect"), np.array([20.0]))
    np.testing.assert_allclose(found[0], sum(each.amount for each in inputs), rtol=1e-10)


@few
@given(crowd=crowds(PEREZ_RUIXO), regimen=regimens(routes=PEREZ_RUIXO_ROUTES, latest_h=1.0))
def test_all_that_went_in_is_somewhere_or_gone_by_perez_ruixo(crowd, regimen):
    _, people = crowd
    inputs = [each for dose in regimen.doses for each in hepato_portal.inputs(people, dose)]
    found = mass(hepato_portal.system(people), inputs, ("effect",), np.array([20.0]))
    np.testing.assert_allclose(found[0], sum(each.amount for each in inputs), rtol=1e-10)


@few
@given(
    crowd=crowds(PEREZ_RUIXO), one=doses(routes=PEREZ_RUIXO_ROUTES), other=doses(routes=PEREZ_RUIXO_ROUTES)
)
def test_two_doses_superpose_by_perez_ruixo(crowd, one, other):
    drug, people = crowd
    together = everything(PEREZ_RUIXO, people, drug, Regimen((one, other)))
    apart = sum(everything(PEREZ_RUIXO, people, drug, Regimen((dose,))) for dose in (one, other))
    assert_same(together, apart)
