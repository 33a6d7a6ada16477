"""Plans against brute force on another crowd, and the short search against the full one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.plans import DRIP, FEWEST, HALF_AT_30, MOUTH, by_simulation, crowd, question

from slackwater.pharma.estimates import estimate, standard_error
from slackwater.pharma.kernels.superposing import highest_products, highest_sums
from slackwater.pharma.plan import plan_doses
from slackwater.pharma.plan_grid import RouteGrid
from slackwater.pharma.plan_range import dose_ranges

# The first call compiles, which a deadline would take for slowness.
compiled = settings(deadline=None, max_examples=60)
heights = st.floats(0.0, 1e3)


@pytest.mark.slow
@pytest.mark.parametrize("grid", [DRIP, MOUTH], ids=lambda grid: grid.route.value)
def test_a_fresh_crowd_simulated_regimen_by_regimen_agrees(grid: RouteGrid):
    asked = question(want=2.0, least=0.3)
    planned = plan_doses(crowd(2048, seed=1), asked, (grid,), fewest=FEWEST).routes[0]
    fresh = crowd(2048, seed=2)
    simulated = np.array(
        [
            [by_simulation(fresh, one, grid.regimen(mg, None), last_h=6.0) for one in asked.asked]
            for mg in grid.doses_mg
        ]
    )
    chances = np.stack([planned.chances[one.kind][:, 0] for one in asked.asked], axis=1)
    errors = np.vectorize(standard_error)(0.5 * (simulated + chances), 2048) * np.sqrt(2.0)
    # Four standard errors, for two dozen comparisons of which none may fail by chance.
    assert np.all(np.abs(simulated - chances) <= np.maximum(4.0 * errors, 4.0 / 2048))


@pytest.mark.slow
def test_the_feasible_ends_of_a_fresh_crowd_are_within_a_step_unless_the_limit_is_within_its_error():
    asked = question(want=2.0, least=0.3)
    grid = RouteGrid(
        route=DRIP.route, doses_mg=tuple(20.0 + 2.0 * n for n in range(11)), duration_h=DRIP.duration_h
    )
    planned = plan_doses(crowd(2048, seed=1), asked, (grid,), fewest=FEWEST).routes[0]
    fresh = crowd(2048, seed=2)
    kept = []
    for place, mg in enumerate(grid.doses_mg):
        chances = {
            one.kind: by_simulation(fresh, one, grid.regimen(mg, None), last_h=6.0) for one in asked.asked
        }
        keeps = chances[asked.wish.kind] >= asked.wish.chance and all(
            chances[one.kind] <= one.chance for one in asked.limits
        )
        near = any(
            abs(planned.chance(one.kind, place).share - one.chance) < 3.0 * standard_error(one.chance, 2048)
            for one in asked.asked
        )
        assert keeps == planned.keeps[place, 0] or near
        kept += [mg] if keeps else []
    only = dose_ranges(planned)[0]
    assert only.lowest_mg is not None
    assert abs(kept[0] - only.lowest_mg) <= 2.0
    assert abs(kept[-1] - only.highest_mg) <= 2.0


@compiled
@given(data=st.data(), n_rows=st.integers(2, 40), share=st.floats(0.0, 1.0))
def test_the_short_search_finds_what_a_full_one_finds_in_curves_of_any_shape(
    data: st.DataObject, n_rows: int, share: float
):
    first = data.draw(hnp.arrays(np.float64, (n_rows, 3), elements=heights))
    later = data.draw(hnp.arrays(np.float64, (n_rows, 3), elements=heights))
    step, late = data.draw(st.integers(0, n_rows - 1)), data.draw(st.integers(0, n_rows - 1))
    found, found_late = np.empty((1, 3)), np.empty((1, 3))
    highest_sums(first, later, np.array([step]), np.array([share]), late, found, found_late)
    total = first.copy()
    total[step:] += share * later[: n_rows - step]
    np.testing.assert_array_equal(found[0], total.max(axis=0))
    np.testing.assert_array_equal(found_late[0], total[late:].max(axis=0))
    highest_products(later, np.array([step]), first, late, found)
    product = np.zeros_like(first)
    product[step:] = later[: n_rows - step] * first[step:]
    np.testing.assert_array_equal(found[0], product[late:].max(axis=0))


@given(share=st.floats(0.0, 1.0), effective=st.floats(1.0, 1e6))
def test_an_interval_holds_its_chance_and_stays_a_chance(share: float, effective: float):
    found = estimate(share, effective)
    assert 0.0 <= found.low <= share + 1e-12
    assert share - 1e-12 <= found.high <= 1.0


def test_wilson_s_interval_is_that_of_its_printed_example():
    # Newcombe, Stat Med 1998;17:857-872, Table I: 81 of 263 gives 0.2553 to 0.3662.
    found = estimate(81 / 263, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_none_seen_is_not_never():
    assert estimate(0.0, 100.0).high == pytest.approx(0.0370, abs=5e-5)


def test_with_a_booster_a_fresh_crowd_agrees_too():
    asked = question(want=2.0, least=0.3)
    place = MOUTH.boosters.index(HALF_AT_30)
    planned = plan_doses(crowd(2048, seed=1), asked, (MOUTH,), fewest=FEWEST).routes[0]
    regimen = MOUTH.regimen(100.0, HALF_AT_30)
    for one in asked.asked:
        simulated = by_simulation(crowd(2048, seed=3), one, regimen, last_h=6.0)
        error = np.sqrt(2.0) * standard_error(max(simulated, 0.01), 2048)
        assert abs(planned.chances[one.kind][0, place] - simulated) <= 4.0 * error
