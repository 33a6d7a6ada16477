"""A crowd that has learned from earlier sessions of the same person."""

from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import INFUSION, SPRAY_84, people

from slackwater.pharma.carry import MOST_EARLIER, EarlierSession, carried
from slackwater.pharma.causes import causes
from slackwater.pharma.columns import Cause, response_parts
from slackwater.pharma.crowd import Crowd, Population, draw, with_deviates
from slackwater.pharma.draws import Stream
from slackwater.pharma.observe import Rating, update
from slackwater.pharma.person import Person
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.refresh import refreshed
from slackwater.pharma.regimen import Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError

RATED_AT = np.array([15.0, 30.0, 45.0, 60.0, 90.0]) / 60.0
COLUMNS = people().columns
OCCASION = COLUMNS.of([Cause.OCCASION])
EC50 = next(part for part in response_parts(people().response) if part.name == "EC50")


def session_of(z: np.ndarray, rng: np.random.Generator, whom: Population | None = None) -> EarlierSession:
    """What a person with these deviates rates, each rating straying as the response record says."""
    whom = whom or people()
    truly = with_deviates(draw(whom, n_subjects=1), z[None, :])
    depth = truly.simulate(SPRAY_84, RATED_AT, (Quantity.DEPTH,)).of(Quantity.DEPTH)[:, 0]
    marks = np.clip(np.round(depth + rng.normal(0.0, 1.2, depth.size)), 0, 10).astype(int).tolist()
    ratings = tuple(Rating(at_h=at, depth=mark) for at, mark in zip(RATED_AT.tolist(), marks, strict=True))
    return EarlierSession(people=whom, regimen=SPRAY_84, observations=ratings)


def sessions_of(z: np.ndarray, rng: np.random.Generator, n_sessions: int) -> list[EarlierSession]:
    found = []
    for _ in range(n_sessions):
        today = z.copy()
        today[OCCASION] = rng.standard_normal(len(OCCASION))
        found.append(session_of(today, rng))
    return found


def own_sensitivity(z: np.ndarray) -> np.ndarray:
    """What of EC50 a person brings to every session, in SDs of the whole spread."""
    kept = [(cause, share) for cause, share in EC50.shares() if cause.is_kept]
    return sum(share**0.5 * z[:, COLUMNS.index("EC50", cause)] for cause, share in kept)


def person(rng: np.random.Generator, EC50_deviate: float) -> np.ndarray:
    z = rng.standard_normal(len(COLUMNS))
    return COLUMNS.setting(z[None, :], EC50, EC50_deviate)[0]


def test_without_earlier_sessions_it_is_the_populations_crowd_to_the_last_digit():
    fresh, drawn = carried(people(), (), n_subjects=50), draw(people(), n_subjects=50)
    np.testing.assert_array_equal(fresh.z, drawn.z)
    assert fresh.crowd_id == drawn.crowd_id
    assert fresh.learned is None


def test_three_sessions_bring_the_crowd_nearer_to_the_person_and_narrow_it():
    rng = np.random.default_rng(3)
    truth = person(rng, -1.5)
    sessions = sessions_of(truth, rng, 3)
    crowds = [carried(people(), sessions[:n], n_subjects=256) for n in range(4)]
    off = [abs(own_sensitivity(crowd.z).mean() - own_sensitivity(truth[None, :])[0]) for crowd in crowds]
    spread = [own_sensitivity(crowd.z).std() for crowd in crowds]
    assert off[3] < 0.5 * off[0]
    assert spread[3] < spread[1] < spread[0]


def test_what_belongs_to_an_occasion_is_new_and_standard_normal():
    rng = np.random.default_rng(4)
    crowd = carried(people(), sessions_of(person(rng, -1.5), rng, 1), n_subjects=1024)
    today = crowd.z[:, OCCASION]
    # A quarter of the crowd is taken as independent; four standard errors.
    assert np.abs(today.mean(axis=0)).max() < 4 / 256**0.5
    np.testing.assert_allclose(today.var(axis=0), 1.0, atol=4 * (2 / 256) ** 0.5)


def test_one_earlier_session_agrees_with_weighing_a_large_crowd_by_it():
    """Two ways to one posterior of what the person keeps: moving 4096, and weighing 40,000.

    A fifth of those moved is taken as independent; four standard errors.
    """
    rng = np.random.default_rng(5)
    (session,) = sessions_of(person(rng, -1.0), rng, 1)
    moved = carried(people(), [session], n_subjects=4096)
    never = replace(people().response, fit=replace(people().response.fit, refresh_below=0.0))
    large = draw(replace(people(), response=never), n_subjects=40_000, seed=2)
    weighed = update(large, session.regimen, session.observations).crowd
    mean = float(weighed.weights @ own_sensitivity(weighed.z))
    sd = float(weighed.weights @ (own_sensitivity(weighed.z) - mean) ** 2) ** 0.5
    assert own_sensitivity(moved.z).mean() == pytest.approx(mean, abs=4 * sd / 820**0.5)
    assert own_sensitivity(moved.z).std() == pytest.approx(sd, rel=4 / (2 * 820) ** 0.5)


def test_most_of_it_differ_from_each_other_and_it_is_the_same_each_time():
    rng = np.random.default_rng(6)
    sessions = sessions_of(person(rng, -2.0), rng, 2)
    first, again = (carried(people(), sessions, n_subjects=256, seed=9) for _ in range(2))
    np.testing.assert_array_equal(first.z, again.z)
    assert first.crowd_id == again.crowd_id != draw(people(), n_subjects=256, seed=9).crowd_id
    assert first.learned is not None
    assert first.learned.n_sessions == 2
    assert first.learned.n_distinct > 0.8 * 256


def test_weight_drug_medicines_and_model_may_differ_between_sessions():
    rng = np.random.default_rng(7)
    lighter = replace(people(), person=Person(weight_kg=62.0, age_years=34.0, medicines=("clarithromycin",)))
    nasal = people(model="perez-ruixo-2021")
    z = rng.standard_normal(len(nasal.columns))
    earlier = [session_of(person(rng, -1.5), rng, lighter), session_of(z, rng, nasal)]
    today = carried(people(Drug.RACEMIC), earlier, n_subjects=128)
    assert today.z.shape == (128, len(people(Drug.RACEMIC).columns))
    assert np.isfinite(today.simulate(INFUSION, RATED_AT, (Quantity.DEPTH,)).of(Quantity.DEPTH)).all()


def refreshing(crowd: Crowd) -> Crowd:
    response = crowd.population.response
    always = replace(response, fit=replace(response.fit, refresh_below=1.0))
    return replace(crowd, population=replace(crowd.population, response=always))


def test_moving_a_crowd_that_has_learned_forgets_nothing():
    """Moved on today's first rating, it keeps to what three sessions said, as weighing does.

    A fifth of those moved, and the effective size of those weighed, are taken as independent; four standard
    errors.
    """
    rng = np.random.default_rng(8)
    truth = person(rng, -2.0)
    crowd = carried(people(), sessions_of(truth, rng, 3), n_subjects=4096)
    ratings = [Rating(at_h=0.5, depth=9)]
    before = update(crowd, SPRAY_84, ratings)
    weighed = before.crowd
    assert not before.refreshed
    moved = update(refreshing(crowd), SPRAY_84, ratings)
    assert moved.refreshed
    mean = float(weighed.weights @ own_sensitivity(weighed.z))
    sd = float(weighed.weights @ (own_sensitivity(weighed.z) - mean) ** 2) ** 0.5
    assert own_sensitivity(moved.crowd.z).mean() == pytest.approx(
        mean, abs=4 * sd * (1 / 820 + 1 / before.ess) ** 0.5
    )
    assert own_sensitivity(moved.crowd.z).std() == pytest.approx(sd, rel=4 / (2 * 410) ** 0.5)


def test_what_is_known_already_stays_known_while_a_crowd_moves():
    """Conjugate: z | y = 1, SD 0.5 known, then y = 2, SD 0.5: mean 12/9, variance 1/9."""

    def said(y: float):
        return lambda z: -0.5 * ((y - z[:, 0]) / 0.5) ** 2

    start = refreshed(Stream(1).normals(4000, 6), said(1.0), Stream(1, lane=1), stale=0.05)
    z = refreshed(start, said(2.0), Stream(1, lane=2), known=said(1.0), stale=0.05)
    assert z[:, 0].mean() == pytest.approx(12 / 9, abs=4 * (1 / 9 / 2000) ** 0.5)
    assert z[:, 0].var() == pytest.approx(1 / 9, rel=4 * (2 / 2000) ** 0.5)


def test_a_crowd_that_has_learned_is_split_into_causes_and_less_of_its_band_is_the_person():
    rng = np.random.default_rng(10)
    taught = carried(people(), sessions_of(person(rng, 0.0), rng, 3), n_subjects=2048)
    plain = carried(people(), [], n_subjects=2048)
    shares = [dict(causes(crowd, SPRAY_84, RATED_AT).depth.overall()) for crowd in (plain, taught)]
    for found in shares:
        assert sum(found.values()) == pytest.approx(1.0)
    before, after = shares
    assert after[Cause.RESPONSE] < before[Cause.RESPONSE]
    assert after[Cause.OCCASION] > before[Cause.OCCASION]


def test_too_many_sessions_and_one_rated_before_its_dose_are_refused():
    rng = np.random.default_rng(11)
    session = session_of(person(rng, 0.0), rng)
    with pytest.raises(RefusedError, match="Give the latest 6"):
        carried(people(), [session] * (MOST_EARLIER + 1), n_subjects=4)
    with pytest.raises(RefusedError, match="nothing has been given"):
        carried(people(), [replace(session, regimen=Regimen())], n_subjects=4)
