"""Chances as unsure as bands that have been widened, and never a smaller chance of harm.

A band is stretched about its middle by a factor f, so that what lies at m + d is taken to lie at m + f * d.
The chance of passing a limit L is then that of passing m + (L - m) / f in the crowd. Where what is asked
about is normal on some scale of its own, that is

    chance' = Phi(Phi^-1(chance) / f),

which is taken for every chance. It moves each towards 1 in 2. Of a limit the larger of the two counts, and of
a wish the smaller, so that no widening makes harm look rarer or a wish likelier. Nobody in the crowd is not
never: a chance is first brought half a person away from 0 and 1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from slackwater.pharma.arrays import Matrix
from slackwater.pharma.booster_plan import BoosterPlan
from slackwater.pharma.kernels.stretching import stretched_chances
from slackwater.pharma.plan import Plan, RoutePlan
from slackwater.pharma.plan_question import Kind
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.widening import factor_of
from slackwater.terms.route import Route

# By how much the bands of each quantity are stretched.
Factors: TypeAlias = Sequence[tuple[Quantity, float]]


def less_sure(kind: Kind, chance: Matrix, factors: Factors, *, effective: float) -> Matrix:
    """Chances of one kind where bands are widened.

    chance:    any shape, 0 to 1
    effective: how many people it was counted in
    Returns the shape of `chance`, each nearer to 1 in 2 where that is the unwished side, and otherwise as it
    is; all as they are where the quantity's bands are not widened.
    """
    quantity = Quantity.SYSTOLIC_RISE if kind is Kind.SYSTOLIC else Quantity.DEPTH
    factor = factor_of(factors, quantity)
    if factor == 1.0:
        return chance
    half = 0.5 / max(effective, 1.0)
    flat = np.clip(chance, half, 1.0 - half).ravel()
    stretched: Matrix = stretched_chances(flat, factor).reshape(chance.shape)
    return np.minimum(stretched, chance) if kind is Kind.WISH else np.maximum(stretched, chance)


def plan_less_sure(plan: Plan, factors_by: Callable[[Route], Factors]) -> Plan:
    """A plan whose chances are as unsure as the bands of each route."""
    return replace(plan, routes=tuple(_route(one, factors_by(one.grid.route)) for one in plan.routes))


def booster_less_sure(plan: BoosterPlan, factors: Factors) -> BoosterPlan:
    """A booster's chances likewise, with and without it."""
    alone = {kind: np.array([chance]) for kind, chance in plan.without.items()}
    without = _all(alone, factors, plan.effective)
    return replace(
        plan,
        without=MappingProxyType({kind: float(chance[0]) for kind, chance in without.items()}),
        chances=MappingProxyType(_all(plan.chances, factors, plan.effective)),
    )


def _route(plan: RoutePlan, factors: Factors) -> RoutePlan:
    return replace(plan, chances=MappingProxyType(_all(plan.chances, factors, plan.effective)))


def _all(chances: Mapping[Kind, Matrix], factors: Factors, effective: float) -> dict[Kind, Matrix]:
    return {kind: less_sure(kind, chance, factors, effective=effective) for kind, chance in chances.items()}
