"""Plans: superposition against simulation, limits on both sides and at the line, refusals."""

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import people
from tests.plans import DRIP, FEWEST, GRIDS, HALF_AT_30, MOUTH, MUSCLE, by_simulation, crowd, question

from slackwater.pharma.critical import critical
from slackwater.pharma.crowd import draw
from slackwater.pharma.plan import RoutePlan, plan_doses
from slackwater.pharma.plan_grid import MOST_REGIMENS, Booster, RouteGrid
from slackwater.pharma.plan_question import Kind, NotFit, Question, Systolic, TooDeep, Wish
from slackwater.pharma.plan_range import dose_ranges
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_min

DEVICES = RouteGrid(route=Route.NASAL_DEVICE, doses_mg=(28.0, 56.0, 84.0))


@pytest.fixture(scope="module")
def asked() -> Question:
    return question()


def refusal_of(code: str, field: str, act: object) -> None:
    with pytest.raises(RefusedError) as refused:
        act()  # type: ignore[operator]
    assert (code, field) in [(one.code, one.field) for one in refused.value.problems]
    assert all(one.mend for one in refused.value.problems)


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.route.value)
def test_every_chance_is_what_simulating_the_regimen_gives(grid: RouteGrid, asked: Question):
    drawn = crowd(256)
    found = plan_doses(drawn, asked, (grid,), fewest=1.0).routes[0]
    for place, booster in enumerate(grid.boosters):
        for dose in (0, len(grid.doses_mg) - 1):
            regimen = grid.regimen(grid.doses_mg[dose], booster)
            for one in asked.asked:
                expected = by_simulation(drawn, one, regimen, last_h=6.0)
                assert found.chances[one.kind][dose, place] == pytest.approx(expected, abs=1e-12)


def test_each_number_of_nasal_devices_is_simulated_for_itself(asked: Question):
    drawn = crowd(256, drug=Drug.ESKETAMINE)
    found = plan_doses(drawn, asked, (DEVICES,), fewest=1.0).routes[0]
    for dose, mg in enumerate(DEVICES.doses_mg):
        for one in asked.asked:
            expected = by_simulation(drawn, one, DEVICES.regimen(mg, None), last_h=6.0)
            assert found.chances[one.kind][dose, 0] == pytest.approx(expected, abs=1e-12)


def test_weights_count_and_not_heads(asked: Question):
    drawn = crowd(512)
    weights = np.linspace(1.0, 3.0, 512)
    found = plan_doses(drawn.reweighted(weights), asked, (DRIP,), fewest=1.0).routes[0]
    regimen = DRIP.regimen(42.0, None)
    expected = by_simulation(drawn.reweighted(weights), asked.too_deep, regimen, last_h=6.0)
    assert found.chances[Kind.TOO_DEEP][-1, 0] == pytest.approx(expected, abs=1e-12)
    assert found.effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


def chances_of(found: RoutePlan, kind: Kind) -> np.ndarray:
    return found.chances[kind]


@pytest.mark.parametrize("kind", tuple(Kind))
def test_a_higher_dose_never_lowers_a_chance(kind: Kind, asked: Question):
    for found in plan_doses(crowd(), asked, GRIDS, fewest=FEWEST).routes:
        assert np.all(np.diff(chances_of(found, kind), axis=0) >= 0.0)


@pytest.mark.parametrize("most", [0.3, 0.2, 0.1, 0.05])
def test_a_tighter_limit_never_allows_what_a_looser_one_did_not(most: float):
    drawn = crowd()
    loose = plan_doses(drawn, question(deep_most=0.4), GRIDS, fewest=FEWEST)
    tight = plan_doses(drawn, question(deep_most=most), GRIDS, fewest=FEWEST)
    for wide, narrow in zip(loose.routes, tight.routes, strict=True):
        assert np.all(wide.keeps[narrow.keeps])


def test_a_chance_at_the_limit_keeps_it_and_one_above_does_not():
    drawn = crowd()
    first = plan_doses(drawn, question(), (DRIP,), fewest=1.0).routes[0]
    at = float(first.chances[Kind.TOO_DEEP][-1, 0])
    assert 0.005 < at < 0.99
    for most, is_kept in ((at, True), (np.nextafter(at, 0.0), False), (np.nextafter(at, 1.0), True)):
        found = plan_doses(drawn, question(deep_most=float(most)), (DRIP,), fewest=1.0).routes[0]
        assert bool(found.keeps_limits[-1, 0]) is is_kept


def test_a_wish_at_its_chance_is_reached_and_one_below_is_not():
    drawn = crowd()
    at = float(plan_doses(drawn, question(), (DRIP,), fewest=1.0).routes[0].chances[Kind.WISH][3, 0])
    for least, is_reached in ((at, True), (np.nextafter(at, 1.0), False)):
        found = plan_doses(drawn, question(least=float(least), deep_most=0.9), (DRIP,), fewest=1.0).routes[0]
        assert bool(found.keeps[3, 0]) is is_reached


def test_nobody_is_fit_at_closing_before_the_observation_is_over(asked: Question):
    late = replace(
        MOUTH, boosters=(None, Booster(after_h=2.0, share=0.5), Booster(after_h=121 / 60, share=0.5))
    )
    found = plan_doses(crowd(), asked, (late,), fewest=FEWEST).routes[0]
    assert np.all(found.chances[Kind.NOT_FIT][:, :2] < 1.0)
    assert np.all(found.chances[Kind.NOT_FIT][:, 2] == 1.0)
    assert found.binding(0, 2) is Kind.NOT_FIT


def test_what_is_over_the_most_that_may_be_given_is_not_offered(asked: Question):
    found = plan_doses(crowd(), asked, (MUSCLE,), fewest=FEWEST).routes[0]
    # 40 mg and half of it are 60 mg; 45 mg and half of it are 67.5.
    assert found.offered[:, 2].tolist() == [True, True, False, False]
    assert not found.keeps[2:, 2].any()
    assert max(one.limit_mg or 0.0 for one in dose_ranges(found) if one.booster == HALF_AT_30) <= 40.0


def test_the_range_runs_from_the_first_dose_that_reaches_to_the_last_that_keeps():
    found = plan_doses(crowd(), question(want=2.0, least=0.2, deep_most=0.1), (DRIP,), fewest=FEWEST).routes[
        0
    ]
    only = dose_ranges(found)[0]
    kept = [dose for dose, keeps in zip(DRIP.doses_mg, found.keeps[:, 0], strict=True) if keeps]
    assert (only.lowest_mg, only.highest_mg) == (kept[0], kept[-1])
    assert only.ended_by is Kind.TOO_DEEP
    assert only.beyond is not None
    assert only.beyond.share > 0.1


def test_where_nothing_keeps_all_it_says_how_near_the_wish_comes_and_what_ends_it():
    found = plan_doses(crowd(), question(want=8.0, least=0.9), (DRIP,), fewest=FEWEST).routes[0]
    only = dose_ranges(found)[0]
    assert only.is_empty
    assert only.limit_mg is not None
    place = DRIP.doses_mg.index(only.limit_mg)
    assert only.reached.share == found.chances[Kind.WISH][place, 0] < 0.9
    assert only.ended_by is Kind.TOO_DEEP


def test_where_what_may_be_given_ends_first_no_limit_is_named():
    short = replace(DRIP, doses_mg=(7.0, 14.0))
    only = dose_ranges(plan_doses(crowd(), question(want=8.0, least=0.9), (short,), fewest=FEWEST).routes[0])[
        0
    ]
    assert (only.limit_mg, only.ended_by, only.beyond) == (14.0, None, None)


def test_a_dose_near_its_limit_is_marked_as_close():
    drawn = crowd()
    at = float(plan_doses(drawn, question(), (DRIP,), fewest=1.0).routes[0].chances[Kind.TOO_DEEP][-1, 0])
    near = plan_doses(drawn, question(deep_most=at + 1e-4), (DRIP,), fewest=1.0).routes[0]
    assert dose_ranges(near)[0].close == (Kind.TOO_DEEP,)


def test_a_crowd_too_thin_for_the_tail_is_refused_with_how_many_it_takes(asked: Question):
    # 5 % of 400 people are 20; of 399 they are not.
    assert plan_doses(crowd(400), asked, (DRIP,), fewest=20.0)
    with pytest.raises(RefusedError, match="needs 400") as refused:
        plan_doses(crowd(399), asked, (DRIP,), fewest=20.0)
    assert refused.value.problems[0].field == "systolic"


def test_weights_that_few_carry_are_too_thin_too(asked: Question):
    weights = np.where(np.arange(4096) < 300, 1.0, 1e-9)
    refusal_of(
        "crowd-too-thin",
        "systolic",
        lambda: plan_doses(crowd(4096).reweighted(weights), asked, (DRIP,), fewest=FEWEST),
    )


def test_no_grid_is_refused(asked: Question):
    refusal_of("missing", "routes", lambda: plan_doses(crowd(64), asked, (), fewest=1.0))


def test_a_route_the_model_lacks_is_refused(asked: Question):
    nasal_only = draw(people(Drug.ESKETAMINE, model="perez-ruixo-2021"), n_subjects=64)
    refusal_of("route-not-in-model", "route", lambda: plan_doses(nasal_only, asked, (MUSCLE,), fewest=1.0))


@pytest.mark.parametrize(
    ("field", "code", "act"),
    [
        ("want", "out-of-range", lambda: Wish(depth=0.0, chance=0.5)),
        ("want", "out-of-range", lambda: Wish(depth=10.0, chance=0.5)),
        ("want", "out-of-range", lambda: Wish(depth=math.nan, chance=0.5)),
        ("want-chance", "out-of-range", lambda: Wish(depth=5.0, chance=1.0)),
        ("want-chance", "out-of-range", lambda: Wish(depth=5.0, chance=math.nan)),
        ("too-deep-chance", "out-of-range", lambda: TooDeep(depth=9.0, chance=0.0)),
        ("baseline", "unknown", lambda: Systolic(ceiling_mmhg=160.0, baseline_mmhg=None, chance=0.05)),
        ("baseline", "over-the-ceiling", lambda: Systolic(ceiling_mmhg=160, baseline_mmhg=160, chance=0.05)),
        ("ceiling", "out-of-range", lambda: Systolic(ceiling_mmhg=40, baseline_mmhg=120, chance=0.05)),
        ("closing", "out-of-range", lambda: NotFit(by_h=0.0, observation_h=2.0, chance=0.1)),
        ("closing", "out-of-range", lambda: NotFit(by_h=24.1, observation_h=2.0, chance=0.1)),
        ("too-deep", "contradiction", lambda: question(want=9.5)),
        ("limits", "missing", lambda: Question(wish=Wish(depth=5.0, chance=0.5))),
        ("booster", "time", lambda: Booster(after_h=0.0, share=0.5)),
        ("booster", "time", lambda: Booster(after_h=10.5 / 60, share=0.5)),
        ("booster", "share", lambda: Booster(after_h=0.5, share=0.0)),
        ("booster", "share", lambda: Booster(after_h=0.5, share=1.01)),
        ("booster", "nasal-device", lambda: replace(DEVICES, boosters=(None, HALF_AT_30))),
        ("doses", "order", lambda: replace(DRIP, doses_mg=(7.0, 7.0))),
        ("doses", "order", lambda: replace(DRIP, doses_mg=(0.0, 7.0))),
        ("doses", "order", lambda: replace(DRIP, doses_mg=())),
        (
            "doses",
            "too-many",
            lambda: replace(DRIP, doses_mg=tuple(1.0 + mg for mg in range(MOST_REGIMENS + 1))),
        ),
    ],
)
def test_nonsense_is_refused_with_its_field(field: str, code: str, act: object):
    refusal_of(code, field, act)


def test_the_ends_of_what_can_be_asked_are_taken():
    assert Wish(depth=1e-6, chance=0.005)
    assert Wish(depth=9.999, chance=0.99)
    assert Systolic(ceiling_mmhg=160, baseline_mmhg=159.9, chance=0.05)
    assert NotFit(by_h=24.0, observation_h=0.0, chance=0.1)
    assert Booster(after_h=h_from_min(7), share=1.0)


def test_a_person_s_level_is_the_last_concentration_before_it_happens():
    half, always, never = 0.121, 0.0, math.inf
    found = critical(lambda Ce: Ce >= np.array([[half, always, never]]), 3)
    assert half * (1.0 - 1e-15) < found[0] < half
    assert found[1:].tolist() == [-1.0, math.inf]
