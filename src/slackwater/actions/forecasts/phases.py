"""The words under the time axis: which stretch of the session is onset, which is peak."""

from dataclasses import dataclass

import numpy as np

from slackwater.actions.forecasts.forecast import PERCENTILES, Forecast
from slackwater.rules.room.phases import DepthNow, Phase, phase

_MIDDLE = PERCENTILES.index(50.0)
# Rising or easing is read over this many minutes, so that a step of the grid does not decide it.
_LOOK_BACK_MIN = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One phase, from a minute after the first dose to another."""

    phase: Phase
    from_min: float
    to_min: float


def stretches(forecast: Forecast) -> list[Stretch]:
    """The phases of the crowd's middle, in order and without gaps; none where nobody in it fits."""
    if forecast.posterior.outside:
        return []
    minutes, depth = forecast.time_min, forecast.now.depth[_MIDDLE]
    peak = float(depth.max())
    earlier = np.interp(minutes - _LOOK_BACK_MIN, minutes, depth)
    found: list[Stretch] = []
    for index in range(minutes.size - 1):
        now = DepthNow(now=float(depth[index]), earlier=float(earlier[index]), peak=peak)
        word = phase(now, is_dosed=True)
        start, end = float(minutes[index]), float(minutes[index + 1])
        if found and found[-1].phase is word:
            start = found.pop().from_min
        found.append(Stretch(phase=word, from_min=start, to_min=end))
    return found


def depth_at(forecast: Forecast, minute: float) -> DepthNow | None:
    """Where the crowd's middle stands at a minute after the first dose.

    None outside the forecast, and where nobody in the crowd fits: its middle is then no word on this patient.
    """
    if forecast.posterior.outside:
        return None
    minutes, depth = forecast.time_min, forecast.now.depth[_MIDDLE]
    if not minutes[0] <= minute <= minutes[-1]:
        return None
    now, earlier = np.interp([minute, minute - _LOOK_BACK_MIN], minutes, depth)
    return DepthNow(now=float(now), earlier=float(earlier), peak=float(depth.max()))
