"""When a patient's ratings were back at the depth that counts as recovered, and when that was expected.

Only the part of recovery that ratings tell: alertness and thinking may take longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.crowd import Crowd
from slackwater.pharma.expected import Known
from slackwater.pharma.observe import Rating, update
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.recovered import Part, recovered
from slackwater.pharma.regimen import Regimen
from slackwater.units import h_from_min

# The marks of an expectation that has begun to know the person are made after so many ratings.
N_RATINGS = 3
_STEP_MIN, _HORIZON_MIN = 2, 720
_FELT = (Quantity.S_KETAMINE_EFFECT, Quantity.DEPTH, Quantity.ALERTNESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Hours from the first dose by which 10, 50 and 90 % of a crowd are back; None beyond twelve hours."""

    p10_h: float | None
    p50_h: float | None
    p90_h: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Hours from the first dose: still deeper at the one, back for good by the other."""

    after_h: float
    by_h: float


def expected_back(crowd: Crowd, regimen: Regimen, told: Known) -> Back:
    """When the crowd, told this much, expects depth to be back for good.

    crowd: as drawn
    Raises RefusedError for observations that `update` refuses.
    """
    posterior = update(crowd, regimen, told.observations, using=told.using)
    time_h = np.array([h_from_min(minute) for minute in range(0, _HORIZON_MIN + 1, _STEP_MIN)])
    chance = recovered(posterior.crowd.simulate(regimen, time_h, _FELT)).parts[Part.DEPTH]

    def by(share: float) -> float | None:
        return float(time_h[(chance >= share).argmax()]) if chance[-1] >= share else None

    return Back(p10_h=by(0.1), p50_h=by(0.5), p90_h=by(0.9))


def seen_back(ratings: Sequence[Rating], *, recovered_depth: float) -> Between | None:
    """Between which ratings the patient came back for good.

    None where no rating was deeper than that, and where the last one still was: the log does not tell then.
    """
    told = sorted(ratings)
    deep = [index for index, rating in enumerate(told) if rating.depth > recovered_depth]
    if not deep or deep[-1] == len(told) - 1:
        return None
    return Between(after_h=told[deep[-1]].at_h, by_h=told[deep[-1] + 1].at_h)
