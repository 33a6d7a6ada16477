"""Which doses, by which route and with which booster, keep every chance limit and reach what is wished for.

A plan is a range to choose from. It never names a dose to give: whoever prescribes does that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from slackwater.pharma.arrays import Flags, Matrix, Vector
from slackwater.pharma.critical import critical
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.estimates import Estimate, check_enough, effective_people, estimate
from slackwater.pharma.kernels.superposing import share_over
from slackwater.pharma.plan_grid import Booster, RouteGrid
from slackwater.pharma.plan_question import Asked, Kind, NotFit, Question
from slackwater.pharma.superposition import Peaks, peaks
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoutePlan:
    """The answers for every regimen by one route.

    offered: whether dose and booster together stay within what may be given, (n_doses, n_boosters)
    chances: of each question, the share of the crowd to whom it happens, (n_doses, n_boosters)
    """

    grid: RouteGrid
    question: Question
    effective: float
    offered: Flags
    chances: Mapping[Kind, Matrix]

    def chance(self, kind: Kind, dose: int, booster: int = 0) -> Estimate:
        """One chance with its interval, by places in the grid."""
        return estimate(float(self.chances[kind][dose, booster]), self.effective)

    @property
    def used(self) -> Mapping[Kind, Matrix]:
        """How much of what is allowed each regimen uses up; above 1 a limit is broken, or a wish missed.

        limit: chance / most;  wish: (1 - chance) / (1 - least)
        """
        return MappingProxyType({one.kind: _used(one, self.chances[one.kind]) for one in self.question.asked})

    @property
    def keeps_limits(self) -> Flags:
        """Which regimens are offered and keep every limit, whatever they reach."""
        return self._within(self.question.limits)

    @property
    def keeps(self) -> Flags:
        """Which regimens are offered, keep every limit and reach the wish."""
        return self._within(self.question.asked)

    def binding(self, dose: int, booster: int = 0) -> Kind:
        """What this regimen breaks most, or is nearest to breaking."""
        used = self.used
        return max((one.kind for one in self.question.asked), key=lambda kind: used[kind][dose, booster])

    def _within(self, asked: Sequence[Asked]) -> Flags:
        kept: Flags = self.offered.copy()
        for one in asked:
            chance = self.chances[one.kind]
            kept &= chance >= one.chance if one.kind is Kind.WISH else chance <= one.chance
        return kept


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """The crowd's answer to one question, route by route."""

    question: Question
    crowd_id: str
    n_subjects: int
    effective: float
    routes: tuple[RoutePlan, ...]

    @property
    def n_regimens(self) -> int:
        return sum(one.grid.n_regimens for one in self.routes)

    def of(self, route: Route) -> RoutePlan | None:
        return next((one for one in self.routes if one.grid.route is route), None)


def plan_doses(crowd: Crowd, question: Question, grids: Sequence[RouteGrid], *, fewest: float) -> Plan:
    """Ask the crowd about every regimen of the grids.

    fewest: people who must be expected in the rarer part of each chance; below that the crowd cannot answer
    Raises RefusedError for no grid at all, for a crowd too thin for the question, and for a drug or route
    that the crowd's model lacks.
    """
    if not grids:
        raise RefusedError.of(
            field="routes",
            code="missing",
            message="No route has a cited range that could be compared.",
            mend="Choose another drug or model.",
        )
    effective = effective_people(crowd.weights)
    for one in question.asked:
        check_enough(effective, one.chance, fewest=fewest, field=one.kind.value)
    return Plan(
        question=question,
        crowd_id=crowd.crowd_id,
        n_subjects=crowd.n_subjects,
        effective=effective,
        routes=tuple(_route(crowd, question, grid, effective) for grid in grids),
    )


def _route(crowd: Crowd, question: Question, grid: RouteGrid, effective: float) -> RoutePlan:
    doses = np.array(grid.doses_mg)
    totals = np.array([1.0 + (one.share if one else 0.0) for one in grid.boosters])
    return RoutePlan(
        grid=grid,
        question=question,
        effective=effective,
        offered=doses[:, None] * totals <= grid.most_mg,
        chances=MappingProxyType(_chances(crowd, question, grid)),
    )


def _chances(crowd: Crowd, question: Question, grid: RouteGrid) -> dict[Kind, Matrix]:
    late_h = max((one.from_h for one in question.asked), default=0.0)
    if grid.route is not Route.NASAL_DEVICE:
        # Any dose shows what one milligram does.
        found = peaks(crowd, grid, grid.doses_mg[-1], late_h=late_h)
        return {one.kind: _chance(one, found, grid, np.array(grid.doses_mg)) for one in question.asked}
    rows: dict[Kind, list[Matrix]] = {one.kind: [] for one in question.asked}
    for dose_mg in grid.doses_mg:
        found = peaks(crowd, grid, dose_mg, late_h=late_h)
        for one in question.asked:
            rows[one.kind].append(_chance(one, found, grid, np.array([dose_mg])))
    return {kind: np.concatenate(parts) for kind, parts in rows.items()}


def _chance(asked: Asked, found: Peaks, grid: RouteGrid, doses_mg: Vector) -> Matrix:
    curves = found.curves
    levels = critical(lambda Ce: asked.is_over(Ce, curves), curves.weights.size)
    per_mg = found.late if asked.from_h > 0.0 else found.anytime
    share = share_over(doses_mg, per_mg, levels, curves.weights)
    if isinstance(asked, NotFit):
        share[:, _not_observed(asked, grid.boosters, grid)] = 1.0
    return share


def _not_observed(asked: NotFit, boosters: Sequence[Booster | None], grid: RouteGrid) -> list[int]:
    """Boosters after which the observation is not over by closing, so that nobody is fit to leave."""
    return [place for place, one in enumerate(boosters) if not asked.is_observed(grid.end_h(one))]


def _used(asked: Asked, chance: Matrix) -> Matrix:
    if asked.kind is Kind.WISH:
        missed: Matrix = (1.0 - chance) / (1.0 - asked.chance)
        return missed
    return chance / asked.chance
