"""Questions and grids that tests of plans share, and the slow way to the same answers."""

import numpy as np
from tests.crowds import people

from slackwater.pharma.crowd import Crowd, draw
from slackwater.pharma.plan_grid import Booster, RouteGrid
from slackwater.pharma.plan_question import Asked, Kind, NotFit, Question, Systolic, TooDeep, Wish
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.recovered import recovered
from slackwater.pharma.regimen import Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import h_from_min

FEWEST = 20.0
HALF_AT_30 = Booster(after_h=0.5, share=0.5)
DRIP = RouteGrid(route=Route.IV, doses_mg=(7.0, 14.0, 21.0, 28.0, 35.0, 42.0), duration_h=h_from_min(40))
MUSCLE = RouteGrid(
    route=Route.IM,
    doses_mg=(35.0, 40.0, 45.0, 50.0),
    boosters=(None, Booster(after_h=h_from_min(10), share=0.25), HALF_AT_30),
    most_mg=60.0,
)
MOUTH = RouteGrid(
    route=Route.LOZENGE, doses_mg=(100.0, 150.0, 200.0, 300.0, 400.0), boosters=(None, HALF_AT_30)
)
GRIDS = (DRIP, MUSCLE, MOUTH)


def question(
    *, want: float = 3.0, least: float = 0.4, deep: float = 9.0, deep_most: float = 0.1, by_h: float = 4.0
) -> Question:
    return Question(
        wish=Wish(depth=want, chance=least),
        too_deep=TooDeep(depth=deep, chance=deep_most),
        systolic=Systolic(ceiling_mmhg=150.0, baseline_mmhg=125.0, chance=0.05),
        not_fit=NotFit(by_h=by_h, observation_h=2.0, chance=0.1),
    )


def crowd(n_subjects: int = 1024, seed: int = 1, drug: Drug = Drug.RACEMIC) -> Crowd:
    return draw(people(drug), n_subjects=n_subjects, seed=seed)


def by_simulation(crowd: Crowd, asked: Asked, regimen: Regimen, *, last_h: float) -> float:
    """The share of the crowd to whom it happens, from a simulation of the very regimen, minute by minute."""
    time_h = np.array([h_from_min(minute) for minute in range(round(last_h * 60) + 1)])
    curves = crowd.simulate(regimen, time_h, EFFECTS)
    match asked.kind:
        case Kind.WISH:
            happens = curves.of(Quantity.DEPTH).max(axis=0) >= asked.depth
        case Kind.TOO_DEEP:
            happens = curves.of(Quantity.DEPTH).max(axis=0) > asked.depth
        case Kind.SYSTOLIC:
            rise = curves.of(Quantity.SYSTOLIC_RISE).max(axis=0)
            happens = asked.baseline_mmhg + rise >= asked.ceiling_mmhg
        case Kind.NOT_FIT:
            if regimen.end_h + asked.observation_h > asked.by_h:
                return 1.0
            return 1.0 - float(recovered(curves).chance_at(asked.by_h))
    return float(crowd.weights[happens].sum())
