"""How unsure a fitted model's typical values are, from its file to the hypotheses of a crowd."""

import numpy as np
import pytest

from slackwater.catalogue.estimates import model_text, with_correlations
from slackwater.catalogue.loader import load
from slackwater.catalogue.published_models import parse_model
from slackwater.pharma.columns import Cause, Lane
from slackwater.pharma.correlation import correlated
from slackwater.pharma.crowd import Population, draw, typical
from slackwater.pharma.person import Person
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError

CATALOGUE = load()
RK2 = CATALOGUE.model("rk2")
TEXT = model_text("rk2")
ESTIMATED = [each for each in RK2.parameters if each.rse is not None]


def population(model=RK2):
    return Population(
        model=model, response=CATALOGUE.response, person=Person(weight_kg=70.0), drug=Drug.ESKETAMINE
    )


def hypotheses(n=20_000):
    """Each virtual patient's typical values as factors on the scale of each: z times the standard error."""
    people = population()
    z = people.columns.drawn(n, 5)
    names = list(RK2.eta_names)
    own = np.zeros((n, len(names)))
    for column, name in enumerate(names):
        if name.startswith("estimate of "):
            own[:, column] = z[:, people.columns.index(name, Cause.UNKNOWN)]
    return correlated(own, names, RK2.correlations), names


def test_every_parameter_that_was_estimated_has_its_hypothesis_and_no_other_model_has_any():
    errors = [eta for eta in RK2.variability if eta.is_estimate]
    assert [eta.moves for eta in errors] == [(each.name,) for each in ESTIMATED]
    for model in CATALOGUE.models.values():
        assert any(eta.is_estimate for eta in model.variability) == (model is RK2)


def test_an_error_is_relative_on_the_log_scale_and_over_one_minus_the_fraction_on_the_logit_scale():
    errors = {eta.moves[0]: eta for eta in RK2.variability if eta.is_estimate}
    by_name = {each.name: each for each in ESTIMATED}
    assert errors["V1"].sd == by_name["V1"].rse
    assert errors["Fgut"].sd == pytest.approx(by_name["Fgut"].rse / (1.0 - by_name["Fgut"].value))


def test_a_hypothesis_is_unknown_and_no_difference_between_people():
    columns = population().columns.columns
    own = [one for one in columns if one.name.startswith("estimate of ")]
    assert len(own) == len(ESTIMATED) == 27
    assert {(one.cause, one.lane) for one in own} == {(Cause.UNKNOWN, Lane.UNKNOWN)}
    assert len(RK2.between_people) == len(RK2.variability) - 27


def test_hypotheses_go_together_as_the_fit_says():
    drawn, names = hypotheses()
    for one, other, expected in (("Qh", "CLint_S", -0.83), ("CLint_S", "Fgut", 0.77), ("V1", "Vh", -0.09)):
        columns = [names.index(f"estimate of {name}") for name in (one, other)]
        # The standard error of a correlation of 20,000 pairs is 0.007.
        assert np.corrcoef(drawn[:, columns].T)[0, 1] == pytest.approx(expected, abs=0.03), (one, other)


def test_the_typical_person_has_the_typical_values_and_a_crowd_strays_by_both_spreads():
    one = typical(population()).groups()[0].people
    crowd = draw(population(), n_subjects=4096, seed=2).groups()[0].people
    assert one["V1"][0] == RK2.value("V1")
    people = next(eta for eta in RK2.variability if eta.name == "eta_V1").sd_at(1.0)
    error = next(eta for eta in RK2.variability if eta.name == "estimate of V1").sd
    assert np.log(crowd["V1"]).std() == pytest.approx(np.hypot(people, error), rel=0.05)


def test_a_fraction_stays_one_whatever_is_drawn():
    crowd = draw(population(), n_subjects=4096, seed=2).groups()[0].people
    for name in ("Fgut", "device_f_mucosal", "solution_f_lost"):
        assert crowd[name].min() > 0.0
        assert crowd[name].max() < 1.0


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('    "V1",\n', "", "rk2.toml: estimates: names"),
        ('    "V1",\n    "V2",\n', '    "V2",\n    "V1",\n', "rk2.toml: estimates: names"),
        ("    [1.00],\n", "    [1.00],\n    [1.00],\n", "correlation of "),
        ("    [1.00],\n", "    [0.50],\n", "correlation of "),
        ("[estimates]\n", "[estimates]\nseed = 1\n", "rk2.toml: estimates: seed"),
    ],
)
def test_estimates_that_contradict_their_values_are_refused(old, new, field):
    assert old in TEXT
    with pytest.raises(RefusedError) as refused:
        parse_model(TEXT.replace(old, new, 1), name="rk2.toml")
    assert refused.value.problems[0].field.startswith(field)


def test_correlations_are_written_where_the_file_has_them_and_read_back():
    n = len(ESTIMATED)
    matrix = np.full((n, n), 0.25) + 0.75 * np.eye(n)
    (together,) = [
        one
        for one in parse_model(with_correlations(TEXT, matrix.tolist()), name="rk2.toml").correlations
        if len(one.etas) == n
    ]
    np.testing.assert_array_equal(together.matrix, matrix)


def test_a_file_without_a_place_for_correlations_is_refused():
    with pytest.raises(RefusedError, match="no correlations of its estimates"):
        with_correlations(model_text("rk1"), [[1.0]])
