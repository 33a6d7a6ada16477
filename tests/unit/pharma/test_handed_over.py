"""What a notebook may hand over by mistake: refused by name, and never worked out as if it were right."""

from dataclasses import replace

import numpy as np
import pytest
from tests.plans import crowd

from slackwater.pharma.observations import Alertness, AnswersToName, Rating
from slackwater.pharma.observe import update
from slackwater.pharma.person import Person
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

GIVEN = Regimen((Dose(route=Route.LOZENGE, amount_mg=150.0),))
PEOPLE = crowd(512)


def refused_field(act):
    with pytest.raises(RefusedError) as refused:
        act()
    assert refused.value.problems[0].mend
    return refused.value.problems[0].field


@pytest.mark.parametrize("bad", [np.nan, np.inf, -1.0])
def test_a_crowd_is_never_made_with_weights_that_are_none(bad):
    weights = np.array(PEOPLE.weights)
    weights[3] = bad
    assert refused_field(lambda: replace(PEOPLE, weights=weights)) == "weights"


def test_a_crowd_is_never_made_with_more_weights_than_people_or_other_deviates():
    assert refused_field(lambda: PEOPLE.reweighted(np.ones(7))) == "z"
    assert refused_field(lambda: PEOPLE.refreshed(np.zeros((512, 2)))) == "z"
    assert refused_field(lambda: PEOPLE.refreshed(np.full(PEOPLE.z.shape, np.nan))) == "z"


def test_two_ratings_of_one_moment_contradict_each_other_whatever_the_rounding():
    told = [Rating(at_h=0.3, depth=0), Rating(at_h=0.1 + 0.2, depth=10)]
    assert told[0].at_h != told[1].at_h
    assert refused_field(lambda: update(PEOPLE, GIVEN, told)) == "ratings"


def test_a_score_and_an_answer_of_one_moment_contradict_each_other_whatever_the_rounding():
    told = [Alertness(at_h=0.3, moaas=1), AnswersToName(at_h=0.1 + 0.2, answers=True)]
    assert refused_field(lambda: update(PEOPLE, GIVEN, told)) == "alertness"


def test_what_nobody_could_have_given_is_told_with_what_to_do():
    told = [Rating(at_h=0.3, depth=0), Rating(at_h=0.31, depth=10)]
    found = update(PEOPLE, GIVEN, told)
    assert found.share_fitting == 0.0
    assert "rely on the band" in found.sentence


@pytest.mark.parametrize("using", [("ratings",), "rating", ("rating", "junk")])
def test_a_kind_of_observation_that_there_is_none_of_is_refused(using):
    told = [Rating(at_h=0.5, depth=5)]
    assert "kind" in refused_field(lambda: update(PEOPLE, GIVEN, told, using=using)) + " kind"
    assert update(PEOPLE, GIVEN, told, using=("rating",)).n_ratings == 1


def test_one_text_is_no_list_of_medicines_and_no_number():
    assert refused_field(lambda: Person(weight_kg=70.0, medicines="rifampicin")) == "medicines"
    assert refused_field(lambda: Person(weight_kg="70")) == "weight"
    assert refused_field(lambda: Person(weight_kg=70.0, age_years="35")) == "age"
    assert refused_field(lambda: Dose(route=Route.IV, amount_mg="35")) == "amount"


def test_a_route_is_known_by_its_name_and_no_other():
    assert Dose(route="iv", amount_mg=10.0, duration_h=0.5) == Dose(
        route=Route.IV, amount_mg=10.0, duration_h=0.5
    )
    assert refused_field(lambda: Dose(route="rectal", amount_mg=10.0)) == "route"


def test_times_may_be_a_list():
    listed = PEOPLE.simulate(GIVEN, [0.0, 1.0], (Quantity.DEPTH,)).of(Quantity.DEPTH)
    assert (
        listed == PEOPLE.simulate(GIVEN, np.array([0.0, 1.0]), (Quantity.DEPTH,)).of(Quantity.DEPTH)
    ).all()


def test_a_population_says_what_it_leaves_out_of_a_person():
    population = replace(
        PEOPLE.population, person=Person(weight_kg=25.0, age_years=9.0, medicines=("moonwort",))
    )
    said = " ".join(population.cautions)
    assert "9 years" in said
    assert "moonwort" in said
    assert not PEOPLE.population.cautions
