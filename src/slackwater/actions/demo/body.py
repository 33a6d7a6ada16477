"""A virtual patient's body: one member of the crowd's own population, whom the crowd does not know."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from slackwater.actions import crowds
from slackwater.pharma import crowd
from slackwater.pharma.columns import model_parts, response_parts
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What nobody in the room can see.

    seed:     draws the member; also how their ratings stray and their readings waver
    shifted:  deviates, in standard deviations, that are set instead of drawn
    late_min: how much later this body feels the drug than anyone in the crowd would
    """

    seed: int
    shifted: tuple[tuple[str, float], ...] = ()
    late_min: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """The truth at one moment: depth 0 to 10, and rises in pressure in mmHg."""

    depth: float
    systolic_rise: float
    diastolic_rise: float


def felt(hidden: Hidden, state: RoomState, *, at: datetime) -> Felt:
    """What the drug does to this body now, from the doses that the log holds."""
    at -= timedelta(minutes=hidden.late_min)
    if state.opened is None or state.first_dose_at is None or at < state.first_dose_at:
        return Felt(depth=0.0, systolic_rise=0.0, diastolic_rise=0.0)
    hours = np.array([(at - state.first_dose_at) / timedelta(hours=1)])
    curves = _body(hidden, state.opened).simulate(crowds.regimen_of(state), hours, EFFECTS)
    return Felt(
        depth=float(curves.of(Quantity.DEPTH)[0, 0]),
        systolic_rise=float(curves.of(Quantity.SYSTOLIC_RISE)[0, 0]),
        diastolic_rise=float(curves.of(Quantity.DIASTOLIC_RISE)[0, 0]),
    )


@lru_cache(maxsize=16)
def _body(hidden: Hidden, opened: Opened) -> Crowd:
    people = crowds.population_of(opened)
    drawn = crowd.draw(people, n_subjects=1, seed=hidden.seed)
    parts = {part.name: part for part in (*model_parts(people.model), *response_parts(people.response))}
    z = drawn.z
    for name, deviate in hidden.shifted:
        z = people.columns.setting(z, parts[name], deviate)
    return drawn.refreshed(z)
