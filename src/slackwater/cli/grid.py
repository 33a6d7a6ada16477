"""The moments at which a question is simulated, and those among them that are shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slackwater.cli.simulation import Vector
from slackwater.pharma.regimen import Regimen
from slackwater.units import h_from_min

# Peaks are read on steps at least this fine, whatever is shown.
_FINEST_NEEDED_MIN = 1.0
# Times nearer than this to the start or end of a dose are meant to be it.
_SAME_MOMENT_H = 1e-9
# Decimals of a minute kept: far below a second, and 0.3 stays 0.3.
_PLACES_MIN = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """time_h: every moment simulated, rising; shown_min: those reported; rows: where they stand in time_h."""

    time_h: Vector
    shown_min: Vector
    rows: NDArray[np.intp]


def grid(regimen: Regimen, *, until_min: float, step_min: float) -> Grid:
    """Steps from 0 to `until_min`, both included, with the starts and ends of doses in between."""
    moments = np.array([hour for dose in regimen.doses for hour in (dose.at_h, dose.end_h)])
    shown_min = _steps(until_min, step_min)
    shown_h = _snapped(_hours(shown_min), moments)
    fine_h = _snapped(_hours(_steps(until_min, min(step_min, _FINEST_NEEDED_MIN))), moments)
    everything = np.concatenate([shown_h, fine_h, moments])
    time_h = np.unique(everything[everything <= shown_h[-1]])
    return Grid(time_h=time_h, shown_min=shown_min, rows=np.searchsorted(time_h, shown_h))


def _steps(until_min: float, step_min: float) -> Vector:
    """Whole steps, and the end itself when it is none."""
    count = int(until_min / step_min + _SAME_MOMENT_H)
    steps = np.round(np.arange(count + 1) * step_min, _PLACES_MIN)
    return (
        steps
        if np.isclose(steps[-1], until_min, rtol=0.0, atol=_SAME_MOMENT_H)
        else np.append(steps, until_min)
    )


def _hours(minutes: Vector) -> Vector:
    return np.array([h_from_min(minute) for minute in minutes.tolist()])


def _snapped(hours: Vector, moments: Vector) -> Vector:
    """Hours with those that mean a moment made equal to it, so that none falls a rounding before a dose."""
    result = hours.copy()
    for moment in moments:
        result[np.abs(result - moment) < _SAME_MOMENT_H] = moment
    return result
