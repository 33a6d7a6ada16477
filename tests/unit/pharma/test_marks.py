"""A forecast held against what was read next."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import norm
from tests.crowds import people

from slackwater.pharma import crowd
from slackwater.pharma.evidence import gather, without_artefacts
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.marks import Mark, Seen, before, marks, share_inside
from slackwater.pharma.observations import Rise
from slackwater.pharma.observe import Rating
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

INTO_MUSCLE = Regimen((Dose(route=Route.IM, amount_mg=35.0),))
PEOPLE = people(Drug.RACEMIC)
CROWD = crowd.draw(PEOPLE, n_subjects=200, seed=3)
ERROR = PEOPLE.response.rating
CUFF_SD = PEOPLE.response.likelihood(Sign.SYSTOLIC).sd
RATINGS = (Rating(at_h=0.2, depth=4), Rating(at_h=0.5, depth=6), Rating(at_h=1.0, depth=2))


def of_ratings(ratings: Iterable[Rating], *others: Seen) -> tuple[Mark, ...]:
    """A session whose crowd was told all its ratings."""
    told = list(ratings)
    return marks(CROWD, INTO_MUSCLE, before(told), [*map(Seen.of, told), *others])


def alone() -> crowd.Crowd:
    """A crowd of one, whose depth is therefore known."""
    return crowd.draw(PEOPLE, n_subjects=1, seed=5)


def value_of(quantity: Quantity, at_h: float) -> float:
    return float(alone().simulate(INTO_MUSCLE, np.array([at_h]), (quantity,)).of(quantity)[0, 0])


def expected_share(at: float, depth: float) -> float:
    """Ratings at or under `at`, by the catalogue's error: a normal curve, and slips over all marks."""
    anywhere = min(max((at + 0.5) / 11.0, 0.0), 1.0)
    return (1.0 - ERROR.slip) * norm.cdf((at - depth) / ERROR.sd) + ERROR.slip * anywhere


def one_mark(depth: int, *, factor: float = 1.0) -> Mark:
    rating = Rating(at_h=0.5, depth=depth)
    return marks(
        alone(), INTO_MUSCLE, before([rating]), [Seen.of(rating)], factors=[(Quantity.DEPTH, factor)]
    )[0]


def test_a_reading_inside_outside_and_across_an_edge_of_a_band():
    assert share_inside(0.30, 0.40, 0.9) == 1.0
    assert share_inside(0.96, 0.99, 0.9) == 0.0
    assert share_inside(0.0, 0.1, 0.9) == pytest.approx(0.5)
    assert share_inside(0.0, 1.0, 0.5) == pytest.approx(0.5)
    # A reading so far out that its cell has no width left is in or out.
    assert share_inside(0.95, 0.95, 0.9) == 1.0
    assert share_inside(1.0, 1.0, 0.9) == 0.0


@pytest.mark.parametrize("depth", [0, 1, 5, 9, 10])
def test_the_place_of_a_rating_holds_the_ratings_own_error_and_open_ends(depth: int):
    truth, mark = value_of(Quantity.DEPTH, 0.5), one_mark(depth)
    below = 0.0 if depth == 0 else expected_share(depth - 0.5, truth)
    above = 1.0 if depth == 10 else expected_share(depth + 0.5, truth)
    assert (mark.pit_low, mark.pit_high) == pytest.approx((below, above), abs=1e-12)
    assert (mark.own_pit_low, mark.own_pit_high) == (mark.pit_low, mark.pit_high)


def test_the_places_of_all_eleven_ratings_fill_the_whole():
    placed = [one_mark(depth) for depth in range(11)]
    assert placed[0].pit_low == 0.0
    assert placed[-1].pit_high == 1.0
    for one, other in pairwise(placed):
        assert one.pit_high == pytest.approx(other.pit_low, abs=1e-12)
    # So whatever the truth is, the 9-in-10 band holds 9 in 10 of what such a person says.
    held = sum((mark.pit_high - mark.pit_low) * mark.inside(0.9) for mark in placed)
    assert held == pytest.approx(0.9, abs=1e-9)


def test_the_band_is_of_what_will_be_read():
    mark, truth = one_mark(5), value_of(Quantity.DEPTH, 0.5)
    assert expected_share(mark.low, truth) == pytest.approx(0.05, abs=1e-6) or mark.low == 0.0
    assert expected_share(mark.middle, truth) == pytest.approx(0.5, abs=1e-6)
    assert expected_share(mark.high, truth) == pytest.approx(0.95, abs=1e-6) or mark.high == 10.0
    assert mark.error == pytest.approx(5 - mark.middle)


def test_a_pressure_strays_by_two_cuff_readings_the_baseline_being_one():
    seen = Seen(quantity=Quantity.SYSTOLIC_RISE, at_h=0.5, value=12.0)
    mark = marks(alone(), INTO_MUSCLE, before([]), [seen])[0]
    rise, sd = value_of(Quantity.SYSTOLIC_RISE, 0.5), CUFF_SD * np.sqrt(2)
    assert mark.pit_low == pytest.approx(norm.cdf((11.5 - rise) / sd), abs=1e-12)
    assert mark.pit_high == pytest.approx(norm.cdf((12.5 - rise) / sd), abs=1e-12)
    assert mark.middle == pytest.approx(rise, abs=1e-6)
    assert mark.width == pytest.approx(2 * norm.ppf(0.95) * sd, abs=1e-5)


def test_earlier_pressures_tell_of_the_baseline_that_they_share():
    """Of one known person: a normal mean with prior SD and three readings of it, by SciPy's regression."""
    earlier = [Rise(at_h=0.1 * (k + 1), sign=Sign.SYSTOLIC, amount=20.0 + k) for k in range(3)]
    seen = Seen(quantity=Quantity.SYSTOLIC_RISE, at_h=0.6, value=22.0)
    mark = marks(alone(), INTO_MUSCLE, before(earlier), [seen])[0]
    at_h = np.array([*(one.at_h for one in earlier), 0.6])
    rise = alone().simulate(INTO_MUSCLE, at_h, (Quantity.SYSTOLIC_RISE,)).of(Quantity.SYSTOLIC_RISE)[:, 0]
    # Readings about a known curve less one baseline, voices by how unlike an artefact each is.
    evidence = without_artefacts(
        gather(alone(), INTO_MUSCLE, earlier),
        alone().simulate(INTO_MUSCLE, at_h[:3], (Quantity.SYSTOLIC_RISE,)),
    )
    [strand] = evidence.strands
    covariance = CUFF_SD**2 * (1.0 + np.diag([*(1.0 / strand.voices), 1.0]))
    known, own = covariance[:3, :3], covariance[3, :3]
    weights = np.linalg.solve(known, own)
    middle = rise[3] + weights @ (strand.values - rise[:3])
    sd = np.sqrt(covariance[3, 3] - weights @ own)
    assert mark.middle == pytest.approx(middle, abs=1e-6)
    assert mark.width == pytest.approx(2 * norm.ppf(0.95) * sd, abs=1e-5)


def test_each_forecast_knows_only_what_came_before():
    known = of_ratings(RATINGS)
    other_end = of_ratings((*RATINGS[:2], replace(RATINGS[2], depth=9)))
    assert known[:2] == other_end[:2]
    assert known[2].middle == other_end[2].middle
    assert known[2].pit_low != other_end[2].pit_low
    assert [mark.n_before for mark in known] == [0, 1, 2]
    assert [mark.is_prior for mark in known] == [True, False, False]
    assert [mark.lead_h for mark in known] == pytest.approx([0.2, 0.3, 0.5])


def test_readings_of_one_moment_do_not_know_each_other():
    pressures = [Seen(quantity=quantity, at_h=0.5, value=8.0) for quantity in
                 (Quantity.SYSTOLIC_RISE, Quantity.DIASTOLIC_RISE)]  # fmt: skip
    found = of_ratings(RATINGS, *pressures)
    assert [mark.n_before for mark in found] == [0, 1, 1, 1, 2]
    assert [mark.seen.at_h for mark in found] == [0.2, 0.5, 0.5, 0.5, 1.0]


def test_the_same_session_gives_the_same_marks():
    assert of_ratings(RATINGS) == of_ratings(reversed(RATINGS))


@pytest.mark.parametrize("depth", range(1, 10))
def test_a_widened_band_holds_whatever_the_engines_own_held(depth: int):
    """Between the ends of the scale, whose open cells have a share of the scale's own tails in them."""
    own, wide = one_mark(depth), one_mark(depth, factor=1.4)
    assert wide.low <= own.low <= own.middle == wide.middle <= own.high <= wide.high
    assert wide.inside(0.9) >= own.inside(0.9) - 1e-12
    assert wide.inside_own(0.9) == own.inside(0.9)
    assert wide.own_factor == own.own_factor


@pytest.mark.parametrize("depth", range(11))
def test_the_factor_that_a_rating_needed_says_whether_it_was_inside(depth: int):
    mark = one_mark(depth)
    if mark.inside(0.9) == 1.0:
        assert mark.own_factor <= 1.0 + 1e-9
    if mark.inside(0.9) == 0.0:
        assert mark.own_factor >= 1.0 - 1e-9


def test_a_rating_outside_is_inside_once_the_band_is_stretched_as_far_as_it_needed():
    needed = max(one_mark(depth).own_factor for depth in range(11))
    assert needed > 1.0
    assert all(one_mark(depth, factor=needed).inside(0.9) > 0.0 for depth in range(11))


def test_what_the_crowd_had_disowned_is_not_claimed():
    contradicting = [Rating(at_h=0.1 + 0.1 * step, depth=0 if step < 5 else 10) for step in range(12)]
    found = of_ratings(contradicting)
    assert found[0].is_claimed
    assert not found[-1].is_claimed


def test_a_session_without_readings_has_no_marks():
    assert of_ratings([]) == ()
