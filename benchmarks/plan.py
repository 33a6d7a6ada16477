"""10,000 regimens on 4096 people: planned at once, beside simulating them one after another."""

import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.engine import N_SUBJECTS, population
from benchmarks.result import Result, against, alone
from benchmarks.target import Target
from slackwater.pharma import crowd
from slackwater.pharma.booster_plan import BoosterOffer, plan_booster
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.plan import plan_doses
from slackwater.pharma.plan_grid import Booster, RouteGrid
from slackwater.pharma.plan_question import NotFit, Question, Systolic, TooDeep, Wish
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.recovered import recovered
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.route import Route

ROUNDS = 5
FEWEST = 20.0
# The slow way is asked about so many regimens, and its time is scaled.
SIMULATED = 4
QUESTION = Question(
    wish=Wish(depth=3.0, chance=0.4),
    too_deep=TooDeep(depth=9.0, chance=0.1),
    systolic=Systolic(ceiling_mmhg=160.0, baseline_mmhg=125.0, chance=0.05),
    not_fit=NotFit(by_h=4.0, observation_h=2.0, chance=0.1),
)
BOOSTERS = tuple(
    Booster(after_h=minute / 60, share=share / 20) for minute in range(30, 50) for share in range(1, 11)
)
GRID = RouteGrid(route=Route.LOZENGE, doses_mg=tuple(100.0 + 6.0 * n for n in range(50)), boosters=BOOSTERS)
TIME_H = np.arange(361) / 60.0
OFFER = BoosterOffer(
    route=Route.LOZENGE, amounts_mg=tuple(2.5 * n for n in range(1, 21)), waits_min=tuple(range(60))
)


def one_by_one(people: Crowd) -> None:
    """What a plan answers, of a few regimens, each simulated for itself."""
    for dose_mg, booster in zip(GRID.doses_mg, BOOSTERS[:SIMULATED], strict=False):
        curves = people.simulate(GRID.regimen(dose_mg, booster), TIME_H, EFFECTS)
        assert QUESTION.systolic is not None
        (curves.of(Quantity.DEPTH).max(axis=0) >= QUESTION.wish.depth).mean()
        (curves.of(Quantity.SYSTOLIC_RISE).max(axis=0) >= 35.0).mean()
        recovered(curves)


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def run() -> list[Result]:
    people = crowd.draw(population(), n_subjects=N_SUBJECTS, seed=1)
    given = Regimen((Dose(route=Route.LOZENGE, amount_mg=150.0),))

    def live() -> object:
        return plan_booster(people, given, QUESTION.limits, OFFER, now_h=0.5, fewest=FEWEST)

    def at_once() -> object:
        return plan_doses(people, QUESTION, (GRID,), fewest=FEWEST)

    for warm in (at_once, live, lambda: one_by_one(people)):
        warm()
    taken: dict[str, list[float]] = {"plan": [], "busy": [], "simulate": [], "live": []}
    for _ in range(ROUNDS):
        began = time.process_time()
        taken["plan"].append(timed(at_once))
        taken["busy"].append(time.process_time() - began)
        taken["simulate"].append(timed(lambda: one_by_one(people)) * GRID.n_regimens / SIMULATED)
        taken["live"].append(timed(live))
    middle = {name: statistics.median(times) for name, times in taken.items()}
    workload = f"{GRID.n_regimens:,} regimens on {N_SUBJECTS} people, one wish and three limits"
    slow = f"our own simulation, regimen by regimen ({SIMULATED} run, time scaled)"
    asked = Target(what="10,000 regimens planned", found=middle["plan"], limit=1.0, unit="s")
    boosters = f"{len(OFFER.amounts_mg) * len(OFFER.waits_min):,} boosters from now on, three limits"
    return [
        against("plan", workload, middle["plan"], slow, middle["simulate"], asked),
        alone("plan, processor time", f"{workload}; what it takes of all cores together", middle["busy"]),
        alone("booster now", f"{boosters}, {N_SUBJECTS} people", middle["live"]),
    ]
