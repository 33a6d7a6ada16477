"""A forecast as screens and programs read it."""

from datetime import datetime
from typing import Any, TypeAlias

import numpy as np

from slackwater.actions import earlier, widened
from slackwater.actions.forecasts.forecast import Forecast
from slackwater.actions.forecasts.phases import stretches
from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.crowd import Crowd
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.wire import moment_json
from slackwater.units import UCUM, min_from_h

ForecastJson: TypeAlias = dict[str, Any]
_NAMES = ("p05", "p25", "p50", "p75", "p95")


def forecast_json(forecast: Forecast, state: RoomState, *, not_before: datetime | None) -> ForecastJson:
    """The forecast, with pressures in mmHg where a baseline is known and as a rise where it is not.

    not_before: when the observation after the last dose is over, whatever the crowd says
    """
    posterior, crowd = forecast.posterior, forecast.crowd
    return {
        "version": forecast.version,
        "planned": forecast.is_planned,
        "crowd_id": crowd.crowd_id,
        "model": crowd.population.model.id,
        "model_title": crowd.population.model.title,
        "drug": crowd.population.drug.value,
        "seed": crowd.seed,
        "subjects": crowd.n_subjects,
        "learned": _learned(crowd, state),
        "lesson": forecast.lesson.sentence if forecast.lesson else "",
        "ratings": posterior.n_ratings,
        "counted": posterior.counted_text,
        "likelihoods": [
            {
                "sign": one.sign.value,
                "word": one.sign.word,
                "words": one.sign.words,
                "in_use": one.sign in posterior.in_use,
            }
            for one in crowd.population.response.likelihoods
        ],
        "ess": round(posterior.ess, 1),
        "ess_share": round(posterior.ess_share, 4),
        "share_fitting": round(posterior.share_fitting, 4),
        "refreshed": posterior.refreshed,
        "outside": posterior.outside,
        "sentence": posterior.sentence,
        "on_screen": crowd.population.response.on_screen,
        "widened": [
            {"quantity": one.quantity.value, "factor": one.factor_permille / 1000, "sentence": said}
            for one, said in zip(forecast.widened, widened.sentences(forecast.widened), strict=True)
        ],
        "basis": [{"what": one.what, "source": one.source, "grade": one.grade} for one in forecast.basis],
        "zero_at": _moment(forecast.zero_at),
        "time_min": _rounded(forecast.time_min, 3),
        "quantities": _quantities(forecast, state),
        "recovered": _recovered(forecast),
        "phases": [
            {"word": one.phase.label, "from_min": one.from_min, "to_min": one.to_min}
            for one in stretches(forecast)
        ],
        "earliest_leave": {"not_before": _moment(not_before)}
        | {name: _moment(forecast.moment(hours)) for name, hours in _recovered_h(forecast).items()},
    }


def _learned(crowd: Crowd, state: RoomState) -> str:
    n_sessions = crowd.learned.n_sessions if crowd.learned else 0
    return earlier.said_of(state.opened, n_learned=n_sessions) if state.opened else ""


def _quantities(forecast: Forecast, state: RoomState) -> ForecastJson:
    baseline = state.baseline
    above = {"systolic": baseline.sbp / 10, "diastolic": baseline.dbp / 10} if baseline else {}
    prior, now = forecast.prior, forecast.now
    return {
        "depth": {"unit": "0-10", "prior": _fan(prior.depth, 3), "now": _fan(now.depth, 3)},
        "systolic": _pressure(prior.systolic_rise, now.systolic_rise, above.get("systolic")),
        "diastolic": _pressure(prior.diastolic_rise, now.diastolic_rise, above.get("diastolic")),
    }


def _pressure(prior: Matrix, now: Matrix, baseline: float | None) -> ForecastJson:
    start = baseline or 0.0
    return {
        "unit": UCUM.MILLIMETRE_OF_MERCURY.value,
        "absolute": baseline is not None,
        "prior": _fan(prior + start, 1),
        "now": _fan(now + start, 1),
    }


def _recovered(forecast: Forecast) -> ForecastJson:
    found = forecast.recovered
    return {
        "chance": _rounded(found.chance, 4),
        "times": {
            name: None if h is None else round(min_from_h(h), 1) for name, h in _recovered_h(forecast).items()
        },
    }


def _recovered_h(forecast: Forecast) -> dict[str, float | None]:
    """Hours by which so much of the crowd has recovered; not known where nobody in it fits."""
    found, is_outside = forecast.recovered, forecast.posterior.outside
    hours = {"p10": found.p10_h, "p50": found.p50_h, "p90": found.p90_h}
    return dict.fromkeys(hours) if is_outside else hours


def _fan(rows: Matrix, places: int) -> ForecastJson:
    return {name: _rounded(row, places) for name, row in zip(_NAMES, rows, strict=True)}


def _rounded(row: Vector, places: int) -> list[float]:
    return [float(value) for value in np.round(row, places)]


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment_json(moment)
