"""Whether anybody in the crowd is like the patient."""

from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import INFUSION, SPRAY_84, people

from slackwater.pharma.calibration.sights import look
from slackwater.pharma.calibration.truths import truths
from slackwater.pharma.crowd import Crowd, draw, typical
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observations import Alertness, AnswersToName, Observation, Rise
from slackwater.pharma.observe import Posterior, Rating, update
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.rivals import RIVALS
from slackwater.terms.drug import Drug

CROWD = draw(people(), n_subjects=1024)
LATE = ((0.25, 0), (0.5, 0), (0.75, 0), (1.0, 2), (1.25, 7), (1.5, 9), (1.75, 6), (2.0, 2), (2.5, 0))


def rated(*marks: tuple[float, int]) -> Posterior:
    return update(CROWD, SPRAY_84, [Rating(at_h=at_h, depth=depth) for at_h, depth in marks])


def test_ratings_that_come_late_are_outside_and_said_to_look_late():
    """Somebody is as deep at every mark, but nobody rises and falls like this."""
    posterior = rated(*LATE)
    assert posterior.outside
    assert posterior.surprise.looks == "everything came late"
    assert posterior.sentence.startswith("Outside my crowd: ")
    assert "It looks as if everything came late. Do not rely on the band." in posterior.sentence


def test_ratings_that_have_nothing_to_do_with_the_drug_are_outside():
    posterior = rated((0.25, 9), (0.5, 0), (0.75, 9), (1.0, 0), (1.25, 9), (1.5, 0), (1.75, 9), (2.0, 0))
    assert posterior.outside
    assert posterior.surprise.looks == "the ratings had nothing to do with the drug"
    assert " in 1,000 of its own people would be seen so odd" in posterior.sentence


def nothing_seen(at_h: tuple[float, ...]) -> list[Observation]:
    return [
        *(Rating(at_h=one, depth=0) for one in at_h),
        *(Alertness(at_h=one, moaas=5) for one in at_h),
        *(Rise(at_h=one, sign=sign, amount=0.0) for one in at_h for sign in (Sign.SYSTOLIC, Sign.DIASTOLIC)),
    ]


def alike() -> Crowd:
    """A crowd in which everybody needs much the same of the drug, so that hardly anybody feels nothing."""
    usual = people(Drug.RACEMIC)
    response = replace(usual.response, depth=replace(usual.response.depth, EC50_cv=0.1, EC50=0.06))
    return draw(replace(usual, response=response), n_subjects=1024)


def test_who_was_given_nothing_is_outside_a_crowd_of_whom_nearly_all_would_feel_it():
    found = update(alike(), INFUSION, nothing_seen((0.25, 0.5, 0.75, 1.0)))
    assert found.outside
    assert found.surprise.looks == "nothing had reached the patient"


def test_who_feels_nothing_is_not_outside_a_crowd_of_whom_many_feel_nothing():
    usual = people()
    response = replace(usual.response, depth=replace(usual.response.depth, EC50=0.3))
    crowd = draw(replace(usual, response=response), n_subjects=1024)
    assert not update(crowd, SPRAY_84, nothing_seen((0.25, 0.5, 0.75, 1.0))).outside


def test_of_the_crowds_own_people_so_many_are_as_odd_as_it_says():
    """Chances of people drawn afresh are even from 0 to 1, within three standard errors; 300 patients."""
    n, usual = 300, people(Drug.RACEMIC)
    crowd = draw(usual, n_subjects=1024, seed=3)
    sights = look(truths(usual, INFUSION, n_patients=n, seed=4), usual.response, seed=5)
    chances = np.array([
        update(crowd, INFUSION, sights.of(one, until_min=60, using=usual.response.in_use)).surprise.chance
        for one in range(n)
    ])  # fmt: skip
    for share in (0.1, 0.3, 0.7):
        three_se = 3.0 * np.sqrt(share * (1.0 - share) / n)
        assert (chances <= share).mean() == pytest.approx(share, abs=three_se)


def test_taps_on_one_mark_are_no_odder_than_the_mark():
    once = rated((0.25, 2), (0.5, 9), (1.0, 4))
    tapped = rated((0.25, 2), *((0.5 + k / 3600, 9) for k in range(10)), (1.0, 4))
    assert tapped.surprise.chance == pytest.approx(once.surprise.chance, abs=0.1)
    assert not tapped.outside


def test_the_same_record_is_as_odd_again_in_whatever_order_it_came():
    assert rated(*LATE).surprise == rated(*reversed(LATE)).surprise


def test_answers_to_the_name_count_too():
    """Nobody after a spray is beyond call for three hours, and wide awake as often."""
    seen = [AnswersToName(at_h=0.25 * k, answers=k % 2 == 0) for k in range(1, 13)]
    found = update(CROWD, SPRAY_84, [Rating(at_h=0.5, depth=5), *seen])
    assert found.surprise.chance < rated((0.5, 5)).surprise.chance


def test_readings_alone_call_nobody_outside():
    wild = [Rise(at_h=0.1 * k, sign=Sign.SYSTOLIC, amount=150.0) for k in range(1, 20)]
    assert not update(CROWD, SPRAY_84, wild).outside


def test_a_crowd_of_one_calls_nobody_outside():
    found = update(typical(people()), SPRAY_84, [Rating(at_h=at_h, depth=depth) for at_h, depth in LATE])
    assert not found.outside
    assert found.surprise.chance == 1.0


def test_more_ratings_than_are_compared_are_taken_evenly():
    """Hundreds of ratings cost no more than forty, and what is odd stays odd."""
    ratings = [Rating(at_h=0.05 * k, depth=9 if k % 2 else 0) for k in range(1, 200)]
    assert update(CROWD, SPRAY_84, ratings).outside


def test_the_rivals_weights_are_one_in_all():
    assert sum(one.share for one in RIVALS) == pytest.approx(1.0)


def test_each_rival_follows_its_own_clock():
    late = next(one for one in RIVALS if one.late_h == 0.5)
    slow = next(one for one in RIVALS if one.pace == 2.0)
    np.testing.assert_allclose(late.own_time(np.array([0.25, 0.75])), [0.0, 0.25])
    np.testing.assert_allclose(slow.own_time(np.array([0.25, 0.75])), [0.125, 0.375])


def test_an_empty_regimen_needs_no_yardstick():
    assert not update(CROWD, Regimen(), []).outside
