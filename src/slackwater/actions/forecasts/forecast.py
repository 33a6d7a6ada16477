"""Asking the crowd of one session, given what its log says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from slackwater.actions import basis, crowds, listening, widened
from slackwater.actions.basis import Footing
from slackwater.actions.forecasts.seen import seen
from slackwater.actions.lessons import Lesson, lesson
from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves
from slackwater.pharma.observe import Posterior, update
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.recovered import Part, Recovered, recovered
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.widening import factor_of, later
from slackwater.pharma.widening import widened as stretched
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import Widened
from slackwater.rules.room.order import OrderTerms
from slackwater.units import h_from_min, h_from_s, mg_from_ug, min_from_h

PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)
_MIDDLE = PERCENTILES.index(50.0)

# Up to so many minutes after the last dose is in, in steps of so many: fine while the effect moves fast.
_STEPS = ((60, 1), (180, 2), (480, 5), (1440, 30))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bands:
    """PERCENTILES over the crowd, (n_percentiles, n_times), of depth and of both rises in pressure."""

    depth: Matrix
    systolic_rise: Matrix
    diastolic_rise: Matrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """The crowd's answer for one state of a log.

    version:    the last entry that it rests on
    is_planned: nothing was given yet, so this is the ordered dose as if given now
    zero_at:    minute 0, when the first dose began; None while planned
    prior:      as the crowd was drawn, under the same doses; the same as `now` before anything was seen
    widened:    by how much both, and the later half of the recovery, are stretched
    lesson:     what earlier sessions changed for the ordered dose; None where the crowd has learned nothing
    """

    version: int
    is_planned: bool
    zero_at: datetime | None
    crowd: Crowd
    posterior: Posterior
    time_min: Vector
    prior: Bands
    now: Bands
    recovered: Recovered
    widened: tuple[Widened, ...]
    basis: tuple[Footing, ...]
    lesson: Lesson | None

    def chance_recovered(self, at: datetime) -> float | None:
        """Share of the crowd that has recovered for good by this moment; None where nobody knows."""
        if self.zero_at is None:
            return None
        return self.recovered.chance_at((at - self.zero_at) / timedelta(hours=1))

    def parts_recovered(self, at: datetime) -> dict[Part, float]:
        """The same for each part of having recovered; empty where nobody knows."""
        if self.zero_at is None or self.posterior.outside:
            return {}
        return self.recovered.parts_at((at - self.zero_at) / timedelta(hours=1))

    def moment(self, hours: float | None) -> datetime | None:
        """The moment so many hours after the first dose."""
        return None if hours is None or self.zero_at is None else self.zero_at + timedelta(hours=hours)


def forecast(state: RoomState, terms: OrderTerms, *, version: int) -> Forecast:
    """Ask the crowd what the doses given do, or before them what the ordered dose would.

    Raises RefusedError where the order's model lacks its drug or route.
    """
    if state.opened is None:
        raise ValueError("a session without its opening names no crowd")
    drawn = crowds.crowd_of(state.opened)
    is_planned = not state.doses
    regimen = _planned(terms) if is_planned else crowds.regimen_of(state)
    posterior = update(
        drawn, regimen, () if is_planned else seen(state, version=version), using=listening.signs(state)
    )
    time_h = _grid(regimen)
    before = drawn.simulate(regimen, time_h, EFFECTS)
    after = _after(before, posterior, regimen)
    wide = widened.factors(state.opened.widened)
    prior = _bands(before, wide)
    return Forecast(
        version=version,
        is_planned=is_planned,
        zero_at=state.first_dose_at,
        crowd=drawn,
        posterior=posterior,
        time_min=np.array([min_from_h(hours) for hours in time_h]),
        prior=prior,
        now=_bands(after, wide) if posterior.n_seen else prior,
        recovered=later(recovered(after), factor_of(wide, Quantity.DEPTH)),
        widened=state.opened.widened,
        basis=(*widened.footings(state.opened.widened), *basis.of(drawn.population)),
        lesson=lesson(drawn, _planned(terms)),
    )


def _after(before: Curves, posterior: Posterior, regimen: Regimen) -> Curves:
    """The curves once what was seen is in; only a crowd that was drawn anew needs simulating again."""
    if posterior.refreshed:
        return posterior.crowd.simulate(regimen, before.time_h, EFFECTS)
    return before.reweighted(posterior.crowd.weights)


def _bands(curves: Curves, wide: Sequence[tuple[Quantity, float]]) -> Bands:
    def band(quantity: Quantity) -> Matrix:
        rows = curves.band(quantity, PERCENTILES)
        return stretched(rows, rows[_MIDDLE], factor_of(wide, quantity), quantity=quantity)

    return Bands(
        depth=band(Quantity.DEPTH),
        systolic_rise=band(Quantity.SYSTOLIC_RISE),
        diastolic_rise=band(Quantity.DIASTOLIC_RISE),
    )


def _planned(terms: OrderTerms) -> Regimen:
    dose = Dose(route=terms.route, amount_mg=mg_from_ug(terms.dose_ug), duration_h=h_from_s(terms.duration_s))
    return Regimen((dose,))


def _grid(regimen: Regimen) -> Vector:
    """Hours from the first dose to a day after the last one is in."""
    end_min = round(min_from_h(regimen.end_h))
    minutes = list(range(end_min))
    last = end_min
    for until, step in _STEPS:
        minutes += range(last, end_min + until, step)
        last = end_min + until
    return np.array([h_from_min(minute) for minute in (*minutes, last)])
