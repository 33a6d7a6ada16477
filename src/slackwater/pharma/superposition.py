"""What one milligram does, and from it what every dose and booster does, because the models are linear."""

from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves
from slackwater.pharma.kernels.superposing import highest_sums
from slackwater.pharma.plan_grid import RouteGrid
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.route import Route
from slackwater.units import h_from_min, min_from_h

STEP_MIN = 1.0
# So long after closing, or after the last drug, a curve is followed; by then nothing rises any more.
_AFTERWARDS_H = 2.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peaks:
    """The highest effect-site concentrations of one milligram of first dose, with its booster.

    anytime: (n_boosters, n_subjects), mg/L for each mg; late: likewise, from a later time on
    curves:  whose responses they meet
    """

    anytime: Matrix
    late: Matrix
    curves: Curves


def minutes(last_h: float) -> Vector:
    """Every minute from 0 to so long after `last_h`, h."""
    count = int(np.ceil(min_from_h(last_h + _AFTERWARDS_H) / STEP_MIN))
    return np.array([h_from_min(minute * STEP_MIN) for minute in range(count + 1)])


def rows(hours: float) -> int:
    """The row of `minutes` at this time, or the last one before it."""
    return int(np.floor(round(min_from_h(hours) / STEP_MIN, 6)))


def peaks(crowd: Crowd, grid: RouteGrid, dose_mg: float, *, late_h: float) -> Peaks:
    """Peaks for each mg, taken from one simulation of `dose_mg`.

    Ce(t) = dose * (U(t) + share * U(t - after)), with U the response to one mg

    dose_mg: any dose by a linear route; for the nasal device the very dose that is asked about
    """
    last_h = max(late_h, *(grid.end_h(booster) for booster in grid.boosters))
    curves = unit_curves(crowd, grid.route, dose_mg, minutes(last_h), duration_h=grid.duration_h)
    unit = np.ascontiguousarray(curves.of(Quantity.S_KETAMINE_EFFECT) / dose_mg)
    steps: Indices = np.array([rows(one.after_h) if one else 0 for one in grid.boosters], dtype=np.int64)
    shares = np.array([one.share if one else 0.0 for one in grid.boosters])
    shape = (steps.size, crowd.n_subjects)
    anytime, late = np.empty(shape), np.empty(shape)
    highest_sums(unit, unit, steps, shares, rows(late_h), anytime, late)
    return Peaks(anytime=anytime, late=late, curves=curves)


def unit_curves(
    crowd: Crowd, route: Route, dose_mg: float, time_h: Vector, *, duration_h: float = 0.0
) -> Curves:
    """Curves of one dose at time 0, with the effect site alone."""
    dose = Dose(route=route, amount_mg=dose_mg, duration_h=duration_h)
    return crowd.simulate(Regimen((dose,)), time_h, (Quantity.S_KETAMINE_EFFECT,))
