"""The calibration report in small: bands hold the truth as often as they say, and planted misfits are called.

The whole of it is docs/reference/calibration.md, made by `make calibration`.
"""

from dataclasses import replace

import numpy as np
import pytest

from slackwater.cli.calibration_cases import cases, courses
from slackwater.pharma.calibration.misfits import MISFITS
from slackwater.pharma.calibration.next_session import Following, following
from slackwater.pharma.calibration.sights import look
from slackwater.pharma.calibration.truths import Truths, truths
from slackwater.pharma.calibration.verdict import Asked, Verdict, judge
from slackwater.pharma.calibration.worth import only_weighed
from slackwater.pharma.crowd import draw
from slackwater.pharma.quantity import Quantity

pytestmark = pytest.mark.slow

CASE = cases()[0]
N_PATIENTS, N_FOLLOWED = 150, 120
ASKED = Asked.of(draw(CASE.crowd, n_subjects=4096, seed=1), CASE.regimen, CASE.crowd.response.in_use)


def said_of(patients: Truths, *, until_min: int, seed: int = 3, asked: Asked = ASKED) -> Verdict:
    sights = look(patients, CASE.truth.response, seed=seed)
    return judge(asked, patients, sights, until_min=until_min, tell=lambda: None)


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    patients = truths(CASE.truth, CASE.regimen, n_patients=N_PATIENTS, seed=2)
    return said_of(patients, until_min=45)


@pytest.mark.parametrize(("band", "nominal"), [(0, 0.5), (1, 0.9)])
def test_bands_after_the_third_rating_hold_as_often_as_they_say(verdict: Verdict, band: int, nominal: float):
    """A patient's times rise and fall together, so 150 patients are 150 trials: three SE allowed."""
    three_se = 3.0 * np.sqrt(nominal * (1.0 - nominal) / N_PATIENTS)
    assert verdict.held[band].mean() == pytest.approx(nominal, abs=three_se)


def test_the_error_of_recovery_falls_by_a_third_or_more(verdict: Verdict):
    error = np.abs(verdict.recovered_h - verdict.recovered_true_h)
    unseen = np.abs(verdict.recovered_drawn_h - verdict.recovered_true_h)
    assert error.mean() <= 2.0 / 3.0 * unseen.mean()


def test_the_crowds_own_people_are_seldom_called_outside(verdict: Verdict):
    """2 in 100 by design: 9 of 150 or more would come about once in five hundred times."""
    assert verdict.outside.sum() < 9


@pytest.mark.parametrize(
    ("what", "fewest"),
    [
        ("feels nothing for 75 minutes, then much", 0.9),
        ("goes up and down every quarter of an hour", 0.6),
        ("reads the scale upside down", 0.4),
    ],
)
def test_planted_misfits_are_called_outside(what: str, fewest: float):
    misfit = next(one for one in MISFITS if one.what == what)
    patients = misfit.truths(CASE.truth, CASE.regimen, 20, 7)
    # Who is outside is asked of the crowd as drawn, so that it need not be moved.
    large = draw(only_weighed(CASE.crowd), n_subjects=8192, seed=1)
    asked = Asked.of(large, CASE.regimen, CASE.crowd.response.in_use)
    assert said_of(patients, until_min=180, asked=asked).outside.mean() >= fewest


def test_patients_lie_evenly_over_what_they_differ_in():
    """The mean depth of 100 is as near to that of 4096 as one SE of a hundred drawn at random."""
    few = truths(CASE.truth, CASE.regimen, n_patients=100, seed=2).depth[60].mean()
    many = ASKED.crowd.simulate(CASE.regimen, np.array([1.0]), (Quantity.DEPTH,)).of(Quantity.DEPTH)
    assert few == pytest.approx(many.mean(), abs=many.std() / np.sqrt(100))


@pytest.fixture(scope="module")
def next_session() -> tuple[Following, Following]:
    """What a crowd says of 120 people's second session, first knowing the population alone, then taught."""
    fresh, taught = following(courses()[0], n_patients=N_FOLLOWED, n_subjects=512, seed=1, tell=lambda: None)
    return fresh, taught


@pytest.mark.parametrize(("band", "nominal"), [("half", 0.5), ("most", 0.9)])
def test_the_next_sessions_bands_hold_as_often_as_they_say(
    next_session: tuple[Following, Following], band: str, nominal: float
):
    """Three SE of 120 people. Moved by too few and too short steps, 90 % bands held 80 %."""
    three_se = 3.0 * np.sqrt(nominal * (1.0 - nominal) / N_FOLLOWED)
    assert getattr(next_session[1], band).mean == pytest.approx(nominal, abs=three_se)


def test_the_next_sessions_bands_are_narrower_and_its_recovery_is_known_better(
    next_session: tuple[Following, Following],
):
    fresh, taught = next_session
    assert fresh.width_share == pytest.approx(1.0)
    assert taught.width_share < 0.85
    assert taught.errors.mean < 0.85 * fresh.errors.mean


def test_the_same_seeds_give_the_same_report():
    again = [said_of(truths(CASE.truth, CASE.regimen, n_patients=3, seed=5), until_min=45) for _ in range(2)]
    np.testing.assert_array_equal(again[0].width, again[1].width)


def test_a_model_without_an_effect_site_is_lent_one():
    """Venous blood that rises to a level draws the effect site up to it, all through a long infusion."""
    otto = next(case for case in cases() if case.truth.model.id == "otto-2021")
    dose = replace(otto.regimen.doses[0], amount_mg=400.0, duration_h=8.0)
    patients = truths(otto.truth, type(otto.regimen)((dose,)), n_patients=5, seed=1)
    assert np.all(np.diff(patients.depth[:480], axis=0) >= 0.0)
    assert np.all(patients.depth[480] > 5.0)
