"""Weights, the left-out study, the rule of the default, and a truth that is found again."""

import math
from dataclasses import replace

import numpy as np
import pytest

from slackwater.catalogue.fitting import read_fit_plan
from slackwater.catalogue.loader import load
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import areas, concentrations
from slackwater.pharma.fitting.coordinates import Coordinates, free_parameters, with_parameters
from slackwater.pharma.fitting.derived import DERIVED
from slackwater.pharma.fitting.estimate import estimate
from slackwater.pharma.fitting.evidence import ErrorModel, Evidence, Figures, Prior, PublishedF
from slackwater.pharma.fitting.held_out import beats
from slackwater.pharma.fitting.objective import Objective
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.scoring import Observed, Point, RowScore, Scorecard, performance
from slackwater.pharma.variability import Scale
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

RK2 = load().model("rk2")
ERROR = ErrorModel(
    between_studies=0.2,
    between_people=0.5,
    tmax=0.3,
    site=0.5,
    curve_worth=3.0,
    model_derived=1.25,
    nu=4.0,
)
TEN_MG = Regimen((Dose(route=Route.IV, amount_mg=10.0, duration_h=0.5),))
HOURS = np.array([0.25, 0.5, 1.0, 2.0, 4.0, 8.0])
WANTED = (Analyte.S_KETAMINE, Site.ARTERIAL)


def row(model, *, row_id="MADE-1", kg=70.0):
    """A row whose figures are the model's own, so that the model is the truth."""
    people = individuals(model, Person(weight_kg=kg), Drug.ESKETAMINE, np.zeros((1, len(model.eta_names))))
    given = (model, people, Drug.ESKETAMINE, TEN_MG)
    C = concentrations(*given, HOURS, [WANTED]).of(*WANTED)[:, 0]
    AUC = areas(*given, HOURS[-1:], [WANTED]).of(*WANTED)[0, 0]
    return Observed(
        row_id=row_id,
        person=Person(weight_kg=kg),
        drug=Drug.ESKETAMINE,
        regimen=TEN_MG,
        analyte=WANTED[0],
        site=WANTED[1],
        horizon_h=8.0,
        Cmax=float(C[1]),
        AUC=float(AUC),
        points=tuple(Point(at_h=at, C=value) for at, value in zip(HOURS.tolist(), C.tolist(), strict=True)),
    )


def figures(observed, *, study="MADE", n=10, is_model_derived=False, is_site_stated=True):
    return Figures(
        study=study, observed=observed, n=n, is_model_derived=is_model_derived, is_site_stated=is_site_stated
    )


def prior(quantity, median, *, study="", sd=0.5):
    return Prior(quantity=quantity, median=median, sd=sd, scale=Scale.LOG, study=study, source="made")


def with_values(**values):
    own = {each.name: each for each in RK2.parameters}
    return with_parameters(RK2, {name: replace(own[name], value=value) for name, value in values.items()})


def test_a_perfect_model_leaves_no_residual():
    evidence = Evidence(
        figures=(figures(row(RK2)),),
        bioavailabilities=(),
        priors=(prior("V1", RK2.value("V1")),),
        error=ERROR,
    )
    objective = Objective(Coordinates(model=RK2, names=("V1",)), evidence)
    np.testing.assert_allclose(objective.residuals(objective.coordinates.start[None, :]), 0.0, atol=1e-7)


def test_a_residual_is_students_t_of_the_log_ratio():
    own = row(RK2)
    evidence = Evidence(
        figures=(figures(replace(own, Cmax=None, points=(), AUC=own.AUC / 2)),),
        bioavailabilities=(),
        priors=(),
        error=ERROR,
    )
    coordinates = Coordinates(model=RK2, names=("V1",))
    found = Objective(coordinates, evidence).of_evidence(coordinates.start[None, :])
    r = math.log(2.0) / math.sqrt(0.2**2 + 0.5**2 / 10)
    assert found[0, 0] == pytest.approx(math.sqrt(5.0 * math.log(1.0 + r * r / 4.0)), rel=1e-6)


def test_many_vectors_at_once_are_each_alone():
    evidence = Evidence(figures=(figures(row(RK2)),), bioavailabilities=(), priors=(), error=ERROR)
    coordinates = Coordinates(model=RK2, names=("V1", "CLint_S", "Fgut"))
    objective = Objective(coordinates, evidence)
    several = coordinates.start + np.array([[0.0, 0.0, 0.0], [0.1, -0.2, 0.3], [-0.3, 0.1, 0.0]])
    together = objective.residuals(several)
    for i, alone in enumerate(several):
        found = objective.residuals(alone[None, :])[:, 0]
        np.testing.assert_allclose(found, together[:, i], rtol=1e-9, atol=1e-12)


def test_two_parameters_are_found_again_from_rows_made_with_them():
    truth = with_values(V1=30.0, CLint_S=200.0)
    evidence = Evidence(
        figures=(figures(row(truth), n=10_000), figures(row(truth, row_id="MADE-2", kg=90.0), n=10_000)),
        bioavailabilities=(),
        priors=(prior("V1", RK2.value("V1"), sd=3.0), prior("CL_S", 80.0, sd=3.0)),
        error=ERROR,
    )
    found = estimate(Coordinates(model=RK2, names=("V1", "CLint_S")), evidence, seed=7, n_starts=3)
    # The priors are broad and weigh a thousandth of the rows.
    assert found.parameters["V1"].value == pytest.approx(30.0, rel=0.01)
    assert found.parameters["CLint_S"].value == pytest.approx(200.0, rel=0.01)
    assert np.all(found.learned > 0.95)
    np.testing.assert_allclose(found.costs, found.costs[0], rtol=1e-3, atol=1e-4)


def test_the_same_seed_gives_the_same_estimate():
    evidence = Evidence(
        figures=(figures(row(RK2)),), bioavailabilities=(), priors=(prior("V1", 25.0),), error=ERROR
    )
    coordinates = Coordinates(model=RK2, names=("V1",))
    first, second = (estimate(coordinates, evidence, seed=3, n_starts=2) for _ in range(2))
    np.testing.assert_array_equal(first.theta, second.theta)


def test_without_any_rows_the_priors_come_back_weighted_by_precision():
    evidence = Evidence(
        figures=(figures(replace(row(RK2), Cmax=None, points=()), n=1),),
        bioavailabilities=(),
        priors=(prior("MTT_nk", 0.2, sd=0.3), prior("MTT_nk", 0.4, sd=0.3)),
        error=ERROR,
    )
    # Ketamine's area knows nothing of norketamine's transit.
    found = estimate(Coordinates(model=RK2, names=("MTT_nk",)), evidence, n_starts=1)
    assert found.theta[0] == pytest.approx(math.log(math.sqrt(0.2 * 0.4)), abs=1e-6)
    assert found.sd[0] == pytest.approx(0.3 / math.sqrt(2.0), rel=1e-6)
    assert found.learned[0] == pytest.approx(0.0, abs=1e-6)


def test_points_up_to_the_worth_of_a_curve_are_not_thinned():
    own = row(RK2)
    three, six = replace(own, points=own.points[:3]), own
    assert ERROR.sd_of(figures(three)).point == pytest.approx(math.sqrt(0.04 + 0.025))
    assert ERROR.sd_of(figures(six)).point == pytest.approx(math.sqrt(2.0 * (0.04 + 0.025)))


def test_an_unstated_site_makes_a_peak_unsure_and_not_an_area():
    unstated = ERROR.sd_of(figures(row(RK2), is_site_stated=False))
    assert unstated.Cmax == pytest.approx(math.sqrt(0.04 + 0.025 + 0.25))
    assert unstated.tmax == pytest.approx(math.sqrt(0.09 + 0.025 + 0.25))
    assert pytest.approx(math.sqrt(0.04 + 0.025)) == unstated.AUC


def test_what_a_model_derived_counts_for_less():
    derived = ERROR.sd_of(figures(row(RK2), is_model_derived=True))
    assert pytest.approx(1.25 * math.sqrt(0.04 + 0.025)) == derived.AUC


def test_leaving_a_study_out_takes_its_rows_its_fractions_and_its_priors():
    F = PublishedF(
        study="B", row_id="B-1", drug=Drug.RACEMIC, dose=Dose(route=Route.ORAL, amount_mg=25.0), F=0.2, n=6
    )
    evidence = Evidence(
        figures=(figures(row(RK2), study="A"), figures(row(RK2, row_id="B-2"), study="B")),
        bioavailabilities=(F,),
        priors=(prior("V1", 20.0), prior("V1", 25.0, study="B"), prior("V2", 50.0, study="A")),
        error=ERROR,
    )
    left = evidence.without("B")
    assert evidence.studies == ("A", "B")
    assert [each.study for each in left.figures] == ["A"]
    assert left.bioavailabilities == ()
    assert [(each.quantity, each.study) for each in left.priors] == [("V1", ""), ("V2", "A")]


def test_every_prior_is_about_something_the_model_has_and_each_parameter_keeps_one_without_a_study():
    priors = read_fit_plan("rk2").priors
    names = {each.name for each in RK2.parameters}
    assert {each.quantity for each in priors} <= names | set(DERIVED)
    alone = {each.quantity for each in priors if not each.study} | {"CL_ratio"}
    for name in free_parameters(RK2, priors):
        assert {"CLint_S": "CL_S", "CLint_R": "CL_ratio"}.get(name, name) in alone
    assert all(each.source for each in priors)


def card(**ratios):
    rows = (RowScore(row_id="MADE", Cmax=None, tmax=None, AUC=None, points=()),)
    sums = {kind: performance(ratios.get(kind, [1.1])) for kind in ("Cmax", "tmax", "AUC", "points")}
    return Scorecard(rows=rows, not_scored=(), **sums)


@pytest.mark.parametrize(
    ("challenger", "wins"),
    [
        ({"Cmax": [1.05], "AUC": [1.05]}, True),
        ({"Cmax": [1.05]}, False),
        ({}, False),
        ({"Cmax": [1.05], "AUC": [1.05], "points": [1.15]}, False),
        ({"Cmax": [1.05], "AUC": [1.05], "tmax": [5.0]}, True),
        ({"Cmax": [1.05], "AUC": [1.0, 1.0, 3.0]}, False),
    ],
    ids=["two better", "one better", "equal", "one worse", "tmax not asked", "fewer within two-fold"],
)
def test_the_default_changes_only_for_two_gains_and_no_loss(challenger, wins):
    assert beats(card(**challenger), card()) is wins
