"""What an order would do, asked of the crowd before anybody signs it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from slackwater.actions import basis, crowds, earlier, widened
from slackwater.actions.basis import Footing
from slackwater.actions.lessons import Lesson, lesson
from slackwater.actions.marks import widening
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.loader import load
from slackwater.pharma import crowd, exposure_changes
from slackwater.pharma.arrays import Vector
from slackwater.pharma.causes import causes, sentence
from slackwater.pharma.columns import Cause
from slackwater.pharma.curves import Curves
from slackwater.pharma.person import Person
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.recovered import Recovered, recovered
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.widening import factor_of, later
from slackwater.pharma.widening import widened as stretched
from slackwater.records.models import User
from slackwater.rules.room.log import EarlierLog, Widened
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import h_from_min, h_from_s, mg_from_ug, min_from_h

# Every two minutes for eight hours: after that an unknown time of recovery is said to be unknown.
STEP_MIN, HORIZON_MIN = 2, 480
PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)
_MIDDLE = PERCENTILES.index(50.0)
_KEPT = 64
_SPLIT_SUBJECTS, _SPLIT_STEP_MIN = 1024, 15

Factors: TypeAlias = tuple[tuple[Quantity, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One order for one person, signed or not, as the crowd is asked about it.

    booster_after_s: when the booster is taken to be given, counted from the start of the first dose
    earlier:         the sessions that the crowd has learned from
    """

    person: Person
    model: str
    drug: Drug
    route: Route
    dose_ug: int
    duration_s: int
    booster_ug: int | None = None
    booster_after_s: int | None = None
    seed: int = 1
    subjects: int = 4096
    earlier: tuple[EarlierLog, ...] = ()

    @property
    def regimen(self) -> Regimen:
        """The doses as the engine takes them."""
        first = Dose(
            route=self.route, amount_mg=mg_from_ug(self.dose_ug), duration_h=h_from_s(self.duration_s)
        )
        if self.booster_ug is None or self.booster_after_s is None:
            return Regimen((first,))
        booster = replace(first, amount_mg=mg_from_ug(self.booster_ug), at_h=h_from_s(self.booster_after_s))
        return Regimen((first, booster))

    @property
    def without_booster(self) -> "Plan":
        return replace(self, booster_ug=None, booster_after_s=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """Percentiles over the crowd at each time."""

    p05: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """The middle of one figure over the crowd, with its 5th and 95th percentile."""

    p05: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What one regimen does. Times are minutes after the first dose began; None is later than the horizon."""

    depth: Fan
    systolic: Fan
    diastolic: Fan
    recovered: tuple[float, ...]
    peak_depth: Middle
    peak_at_min: Middle
    peak_systolic: Middle
    peak_diastolic: Middle
    recovered_p10_min: float | None
    recovered_p50_min: float | None
    recovered_p90_min: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What one band's width comes from.

    what:   depth, systolic_rise or recovered
    shares: of the variance over all times, 0 to 1, the largest first
    """

    what: str
    sentence: str
    shares: tuple[tuple[Cause, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The crowd's answer: the first dose alone and, where one is ordered, with the booster.

    widened: why its bands are wider than the crowd's own, in words; empty where they are not
    learned: the days of the earlier sessions that the crowd has learned from
    lesson:  what they changed for the first dose; None where the crowd has learned nothing
    causes:  what the first dose's bands come from
    """

    time_min: tuple[int, ...]
    first: Course
    boosted: Course | None
    crowd_id: str
    model_title: str
    subjects: int
    seed: int
    caveat: str
    widened: tuple[str, ...]
    basis: tuple[Footing, ...]
    learned: tuple[date, ...]
    lesson: Lesson | None
    causes: tuple[Split, ...]


def preview(plan: Plan, *, by: User) -> Preview:
    """Ask the crowd. Raises RefusedError where the model lacks the drug or route, or the dose is no dose."""
    require(by, Permission.PREVIEW_ORDER)
    return _answer(plan, widening.in_force(plan.model, plan.route.value))


def crowd_of(plan: Plan) -> crowd.Crowd:
    """The crowd that is asked, having learned from the plan's earlier sessions."""
    catalogue = load()
    people = crowd.Population(
        model=catalogue.model(plan.model),
        response=catalogue.response,
        person=plan.person,
        drug=plan.drug,
        changes=exposure_changes.taken(catalogue.exposure_changes, plan.person.medicines),
    )
    return crowds.informed_by(plan.earlier, people, n_subjects=plan.subjects, seed=plan.seed)


@lru_cache(maxsize=_KEPT)
def _answer(plan: Plan, wide: tuple[Widened, ...]) -> Preview:
    catalogue = load()
    model = catalogue.model(plan.model)
    model.check_can_give(plan.drug, plan.route)
    drawn = crowd_of(plan)
    minutes = tuple(range(0, HORIZON_MIN + 1, STEP_MIN))
    time_h = np.array([h_from_min(minute) for minute in minutes])
    with_booster = plan.booster_ug is not None
    factors = widened.factors(wide)
    return Preview(
        time_min=minutes,
        first=_course(drawn.simulate(plan.without_booster.regimen, time_h, EFFECTS), factors),
        boosted=_course(drawn.simulate(plan.regimen, time_h, EFFECTS), factors) if with_booster else None,
        crowd_id=drawn.crowd_id,
        model_title=model.title,
        subjects=plan.subjects,
        seed=plan.seed,
        caveat=catalogue.response.on_screen,
        widened=tuple(widened.sentences(wide)),
        basis=(*widened.footings(wide), *basis.of(drawn.population)),
        learned=earlier.dates_of(plan.earlier) if drawn.learned else (),
        lesson=lesson(drawn, plan.without_booster.regimen),
        causes=tuple(_causes(drawn, plan)),
    )


def _causes(drawn: crowd.Crowd, plan: Plan) -> Iterator[Split]:
    """Split over the first dose on a coarser grid, which is enough for whole per cents.

    So is a smaller crowd, but for one that has learned: its members hang together, and all of them are asked.
    """
    fewer = min(plan.subjects, _SPLIT_SUBJECTS)
    some = drawn if drawn.learned else crowd.draw(drawn.population, n_subjects=fewer, seed=plan.seed)
    if some.n_subjects < 2:
        return
    time_h = np.array([h_from_min(minute) for minute in range(0, HORIZON_MIN + 1, _SPLIT_STEP_MIN)])
    found = causes(some, plan.without_booster.regimen, time_h)
    for one in (found.depth, found.systolic, found.recovered):
        yield Split(what=one.what, sentence=sentence(one), shares=one.overall())


def _course(curves: Curves, factors: Factors) -> Course:
    depth = curves.summary(Quantity.DEPTH, (5.0, 50.0, 95.0))
    back = later(recovered(curves), factor_of(factors, Quantity.DEPTH))
    return Course(
        depth=_fan(curves, Quantity.DEPTH, factors),
        systolic=_fan(curves, Quantity.SYSTOLIC_RISE, factors),
        diastolic=_fan(curves, Quantity.DIASTOLIC_RISE, factors),
        recovered=_rounded(back.chance, 4),
        peak_depth=_peak(depth.Cmax, Quantity.DEPTH, factors),
        peak_at_min=Middle(**_minutes(depth.tmax_h)),
        peak_systolic=_peak(_highest(curves, Quantity.SYSTOLIC_RISE), Quantity.SYSTOLIC_RISE, factors),
        peak_diastolic=_peak(_highest(curves, Quantity.DIASTOLIC_RISE), Quantity.DIASTOLIC_RISE, factors),
        **_times(back),
    )


def _fan(curves: Curves, quantity: Quantity, factors: Factors) -> Fan:
    band = curves.band(quantity, PERCENTILES)
    wide = stretched(band, band[_MIDDLE], factor_of(factors, quantity), quantity=quantity)
    rows = [_rounded(row, 2) for row in wide]
    return Fan(p05=rows[0], p25=rows[1], p50=rows[2], p75=rows[3], p95=rows[4])


def _highest(curves: Curves, quantity: Quantity) -> tuple[float, ...]:
    return curves.summary(quantity, (5.0, 50.0, 95.0)).Cmax


def _peak(highest: tuple[float, ...], quantity: Quantity, factors: Factors) -> Middle:
    band = np.array(highest).reshape(-1, 1)
    low, middle, high = stretched(band, band[1], factor_of(factors, quantity), quantity=quantity)[
        :, 0
    ].tolist()
    return Middle(p05=low, p50=middle, p95=high)


def _minutes(hours: tuple[float, ...]) -> dict[str, float]:
    return dict(zip(("p05", "p50", "p95"), (min_from_h(h) for h in hours), strict=True))


def _times(back: Recovered) -> dict[str, float | None]:
    found = {"p10": back.p10_h, "p50": back.p50_h, "p90": back.p90_h}
    return {f"recovered_{name}_min": None if h is None else min_from_h(h) for name, h in found.items()}


def _rounded(row: Vector, places: int) -> tuple[float, ...]:
    return tuple(np.round(row, places).tolist())
