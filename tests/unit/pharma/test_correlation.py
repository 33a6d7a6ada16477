"""Correlation matrices that are none are refused; deviates follow those that are."""

from dataclasses import replace

import numpy as np
import pytest

from slackwater.catalogue.published_models import read_models
from slackwater.pharma.correlation import Correlation, correlated
from slackwater.pharma.draws import Stream
from slackwater.pharma.parameters import ParameterError
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.terms.drug import Drug

OTTO = read_models()["otto-2021"]
PAIR = OTTO.correlations[0]
THREE = Correlation(
    etas=("a", "b", "c"), matrix=((1.0, 0.5, -0.2), (0.5, 1.0, 0.3), (-0.2, 0.3, 1.0)), basis="a test"
)


def problem_of(**changes):
    with pytest.raises(ParameterError) as refused:
        replace(OTTO, correlations=(replace(PAIR, **changes),))
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize(
    ("matrix", "code", "mend"),
    [
        (((1.0, 0.5), (0.4, 1.0)), "symmetry", "Give each pair one correlation."),
        (((1.0, 0.5), (0.5, 0.9)), "diagonal", "Divide covariances"),
        (((1.0, 1.0), (1.0, 1.0)), "positive-definite", "Check its entries"),
        (((1.0, 1.2), (1.2, 1.0)), "positive-definite", "Check its entries"),
        (((1.0, float("nan")), (0.5, 1.0)), "not-finite", "Write its value."),
        (((1.0, 0.5),), "shape", "one row and column for each"),
        (((1.0, 0.5, 0.1), (0.5, 1.0, 0.1)), "shape", "one row and column for each"),
    ],
)
def test_a_matrix_that_is_no_correlation_is_refused_with_what_to_mend(matrix, code, mend):
    problem = problem_of(matrix=matrix)
    assert problem.field == "correlation of eta_V1 and eta_CL"
    assert problem.code == code
    assert mend in problem.mend


def test_three_that_cannot_all_oppose_one_another_are_refused():
    """Pairwise possible, together not: each -0.6 against the others."""
    opposed = ((1.0, -0.6, -0.6), (-0.6, 1.0, -0.6), (-0.6, -0.6, 1.0))
    assert [each.code for each in replace(THREE, matrix=opposed).problems("abc")] == ["positive-definite"]
    just = ((1.0, -0.49, -0.49), (-0.49, 1.0, -0.49), (-0.49, -0.49, 1.0))
    assert not list(replace(THREE, matrix=just).problems("abc"))


def test_an_eta_that_the_model_lacks_or_that_is_in_two_blocks_is_refused():
    assert problem_of(etas=("eta_V1", "eta_V9")).code == "unknown"
    with pytest.raises(ParameterError) as refused:
        replace(OTTO, correlations=(PAIR, PAIR))
    assert {each.code for each in refused.value.problems} == {"twice"}


def test_the_factor_makes_the_matrix_again_as_numpy_finds_it():
    factor = np.array(THREE.factor())
    np.testing.assert_allclose(factor @ factor.T, THREE.matrix, rtol=0, atol=1e-15)
    np.testing.assert_allclose(factor, np.linalg.cholesky(np.array(THREE.matrix)), rtol=0, atol=1e-15)


def test_drawn_deviates_go_together_as_asked_and_others_stay_as_they_were():
    z = Stream(7).normals(40_000, 4)
    found = correlated(z, ("a", "x", "b", "c"), (THREE,))
    np.testing.assert_array_equal(found[:, 1], z[:, 1])
    # The standard error of a correlation of 40,000 is 0.005.
    np.testing.assert_allclose(np.corrcoef(found[:, [0, 2, 3]].T), THREE.matrix, atol=0.02)


def test_without_correlations_nothing_changes_to_the_last_digit():
    z = Stream(7).normals(100, 3)
    np.testing.assert_array_equal(correlated(z, ("a", "b", "c"), ()), z)


def test_a_smaller_crowd_is_the_beginning_of_a_larger_one():
    z = Stream(7).normals(100, 3)
    names = ("a", "b", "c")
    np.testing.assert_array_equal(correlated(z[:10], names, (THREE,)), correlated(z, names, (THREE,))[:10])


def test_otto_draws_the_covariances_of_its_control_stream():
    """Variances 0.084177 and 0.026048, covariance 0.02261; norketamine's 0.040426, 0.10319 and 0.04456."""
    z = Stream(3).normals(100_000, len(OTTO.eta_names))
    people = individuals(OTTO, Person(weight_kg=70), Drug.ESKETAMINE, z)
    for names, wanted in (
        (("V1", "CL"), [[0.084177, 0.02261], [0.02261, 0.026048]]),
        (("V_nk", "CL_nk"), [[0.040426, 0.04456], [0.04456, 0.10319]]),
    ):
        found = np.cov(np.log([people[name] for name in names]))
        np.testing.assert_allclose(found, wanted, rtol=0.02)
