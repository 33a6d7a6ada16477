"""What one booster would do from now on, on top of what is in the body: how soon, and how much at most.

The rules say whether a booster may be given at all. The crowd adds chances, and can only narrow what rules
allow.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from slackwater.pharma.arrays import Flags, Matrix
from slackwater.pharma.critical import critical
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves
from slackwater.pharma.estimates import Estimate, check_enough, effective_people, estimate
from slackwater.pharma.kernels.superposing import highest_products, share_over
from slackwater.pharma.plan_question import Asked, Kind, NotFit
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.superposition import minutes, rows, unit_curves
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_min


@dataclass(frozen=True, slots=True, kw_only=True)
class BoosterOffer:
    """The boosters that the order and the rules would allow.

    amounts_mg: rising, above 0, none above what may be given
    waits_min:  whole minutes from now, rising, 0 or more, all within the ordered window
    """

    route: Route
    amounts_mg: tuple[float, ...]
    waits_min: tuple[int, ...]
    duration_h: float = 0.0

    def __post_init__(self) -> None:
        if self.route is Route.NASAL_DEVICE or not self.amounts_mg or not self.waits_min:
            raise RefusedError.of(
                field="booster",
                code="none-allowed",
                message="No booster may be given.",
                mend="Give none.",
            )
        if not _is_rising_above_nothing(self.amounts_mg):
            raise _unusable("amounts", "mg, rising, each above 0")
        is_whole = all(type(wait) is int and wait >= 0 for wait in self.waits_min)
        if not is_whole or any(later <= wait for wait, later in pairwise(self.waits_min)):
            raise _unusable("waits", "whole minutes from now on, rising")
        if not 0.0 <= self.duration_h < math.inf:
            raise _unusable("duration", "hours, 0 or more")


def _is_rising_above_nothing(amounts_mg: Sequence[float]) -> bool:
    # Written so that NaN fails it.
    return all(0.0 < amount < math.inf for amount in amounts_mg) and all(
        amount < more for amount, more in pairwise(amounts_mg)
    )


def _unusable(field: str, wanted: str) -> RefusedError:
    return RefusedError.of(
        field=field,
        code="not-an-offer",
        message=f"The {field} of a booster are not {wanted}.",
        mend=f"Give {wanted}.",
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoosterPlan:
    """Chances of what each booster would bring about from now on.

    without: of each limit, with no booster at all
    chances: of each limit, (n_amounts, n_waits)
    """

    offer: BoosterOffer
    limits: tuple[Asked, ...]
    effective: float
    without: Mapping[Kind, float]
    chances: Mapping[Kind, Matrix]

    @property
    def keeps(self) -> Flags:
        """Which amounts, after which waits, keep every limit, (n_amounts, n_waits)."""
        kept = np.ones((len(self.offer.amounts_mg), len(self.offer.waits_min)), dtype=np.bool_)
        for one in self.limits:
            kept &= self.chances[one.kind] <= one.chance
        return kept

    @property
    def earliest_wait_min(self) -> int | None:
        """The first wait after which the smallest booster keeps every limit; None where none does."""
        places = np.flatnonzero(self.keeps[0])
        return self.offer.waits_min[places[0]] if places.size else None

    def largest_mg(self, wait: int = 0) -> float | None:
        """The largest amount that keeps every limit after a wait, by its place; None where none does."""
        n_kept = int(self.keeps[:, wait].sum())
        return self.offer.amounts_mg[n_kept - 1] if n_kept else None

    def chance(self, kind: Kind, amount: int, wait: int = 0) -> Estimate:
        """One chance with its interval, by places in the offer."""
        return estimate(float(self.chances[kind][amount, wait]), self.effective)

    def binding(self, amount: int, wait: int = 0) -> Kind:
        """The limit that this booster breaks most, or is nearest to breaking."""
        nearest = max(self.limits, key=lambda one: self.chances[one.kind][amount, wait] / one.chance)
        return nearest.kind


def plan_booster(
    crowd: Crowd,
    regimen: Regimen,
    limits: Sequence[Asked],
    offer: BoosterOffer,
    *,
    now_h: float,
    fewest: float,
) -> BoosterPlan:
    """Ask the crowd, as observed so far, about every booster of the offer.

    Ce(t) = base(t) + amount * U(t - wait), so that each person has an own largest booster

    regimen: what has been given, an infusion that runs included, on the crowd's clock
    now_h:   the present on the same clock, h
    Raises RefusedError where nothing limits the booster, for a crowd too thin for a limit, and for a route
    that its model lacks.
    """
    if not limits:
        raise RefusedError.of(
            field="limits",
            code="missing",
            message="Nothing limits the booster.",
            mend="Set at least one: too deep, the systolic ceiling, or closing time.",
        )
    effective = effective_people(crowd.weights)
    for one in limits:
        check_enough(effective, one.chance, fewest=fewest, field=one.kind.value)
    last_h = max(
        h_from_min(offer.waits_min[-1]) + offer.duration_h, *(one.from_h - now_h for one in limits), 0.0
    )
    ahead_h = minutes(last_h)
    base = crowd.simulate(regimen, now_h + ahead_h, (Quantity.S_KETAMINE_EFFECT,))
    unit = unit_curves(crowd, offer.route, 1.0, ahead_h, duration_h=offer.duration_h)
    found = {one.kind: _asked(one, base, unit, offer, now_h=now_h) for one in limits}
    return BoosterPlan(
        offer=offer,
        limits=tuple(limits),
        effective=effective,
        without=MappingProxyType({kind: alone for kind, (alone, _) in found.items()}),
        chances=MappingProxyType({kind: chances for kind, (_, chances) in found.items()}),
    )


def _asked(
    asked: Asked, base: Curves, unit: Curves, offer: BoosterOffer, *, now_h: float
) -> tuple[float, Matrix]:
    """The chance without a booster, and with each."""
    Ce = base.of(Quantity.S_KETAMINE_EFFECT)
    levels = critical(lambda row: asked.is_over(row, base), base.weights.size)
    from_row = rows(max(asked.from_h - now_h, 0.0))
    left = levels - Ce
    alone = float(base.weights[(left[from_row:] < 0.0).any(axis=0)].sum())
    per_mg = _per_mg(left, unit, offer, from_row)
    chances = share_over(np.array(offer.amounts_mg), per_mg, np.ones(base.weights.size), base.weights)
    if isinstance(asked, NotFit):
        for place, wait in enumerate(offer.waits_min):
            if not asked.is_observed(now_h + h_from_min(wait) + offer.duration_h):
                chances[:, place] = 1.0
    return min(alone, 1.0), chances


def _per_mg(left: Matrix, unit: Curves, offer: BoosterOffer, from_row: int) -> Matrix:
    """What share of what is left below a person's level one milligram uses up, (n_waits, n_subjects).

    Infinite for whom nothing is left already.
    """
    is_left = left > np.finfo(np.float64).tiny
    factor = np.divide(1.0, left, out=np.zeros_like(left), where=is_left)
    steps = np.array(offer.waits_min, dtype=np.int64)
    found = np.empty((steps.size, left.shape[1]))
    highest_products(unit.of(Quantity.S_KETAMINE_EFFECT), steps, factor, from_row, found)
    found[:, ~is_left[from_row:].all(axis=0)] = math.inf
    return found
