"""From a plan's answers to a range of doses, what ends it, and how near a wish comes where there is none."""

from dataclasses import dataclass

import numpy as np

from slackwater.pharma.estimates import Estimate
from slackwater.pharma.plan import RoutePlan
from slackwater.pharma.plan_grid import Booster
from slackwater.pharma.plan_question import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRange:
    """The doses that keep and reach everything with one choice of booster; a range to choose from.

    lowest_mg:   None where no dose does, highest_mg likewise
    limit_mg:    the highest offered dose that keeps every limit, whatever it reaches; None where none does
    reached:     chance of the wish at limit_mg, or at the lowest offered dose where limit_mg is None
    ended_by:    the limit that the next dose would break; None where what may be given ends first
    beyond:      its chance at that next dose
    close:       limits so near, at the highest dose that keeps them, that another draw could break them
    """

    booster: Booster | None
    lowest_mg: float | None
    highest_mg: float | None
    limit_mg: float | None
    reached: Estimate
    ended_by: Kind | None
    beyond: Estimate | None
    close: tuple[Kind, ...]

    @property
    def is_empty(self) -> bool:
        return self.lowest_mg is None


def dose_ranges(plan: RoutePlan) -> tuple[DoseRange, ...]:
    """One range for each choice of booster of which any dose is offered, in the grid's order."""
    return tuple(
        _range(plan, place, booster)
        for place, booster in enumerate(plan.grid.boosters)
        if plan.offered[:, place].any()
    )


def _range(plan: RoutePlan, place: int, booster: Booster | None) -> DoseRange:
    doses = plan.grid.doses_mg
    n_offered = int(plan.offered[:, place].sum())
    # A higher dose never lowers a chance, so what keeps the limits is a beginning of the row.
    n_kept = int(plan.keeps_limits[:, place].sum())
    kept = np.flatnonzero(plan.keeps[:, place])
    ended_by = plan_limit(plan, n_kept, place) if n_kept < n_offered else None
    return DoseRange(
        booster=booster,
        lowest_mg=doses[kept[0]] if kept.size else None,
        highest_mg=doses[kept[-1]] if kept.size else None,
        limit_mg=doses[n_kept - 1] if n_kept else None,
        reached=plan.chance(Kind.WISH, max(n_kept - 1, 0), place),
        ended_by=ended_by,
        beyond=plan.chance(ended_by, n_kept, place) if ended_by else None,
        close=_close(plan, n_kept - 1, place) if n_kept else (),
    )


def plan_limit(plan: RoutePlan, dose: int, booster: int) -> Kind:
    """The limit that this regimen breaks most, or is nearest to breaking; the wish is none."""
    used = plan.used
    return max((one.kind for one in plan.question.limits), key=lambda kind: used[kind][dose, booster])


def _close(plan: RoutePlan, dose: int, booster: int) -> tuple[Kind, ...]:
    return tuple(
        one.kind for one in plan.question.limits if plan.chance(one.kind, dose, booster).holds(one.chance)
    )
