"""Every effect of concentrations at the effect site, by the name that it is asked for."""

from slackwater.pharma.arrays import Matrix
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.response import Responders, Response


def effects(response: Response, Ce: Matrix, responders: Responders) -> dict[Quantity, Matrix]:
    """Every effect of these concentrations.

    Ce: (n_times, n_subjects), mg/L, finite, 0 or more
    Returns the same shape for each, in the quantity's unit.
    """
    found = {
        Quantity.DEPTH: response.depth_at(Ce, responders),
        Quantity.ALERTNESS: response.alertness_at(Ce, responders),
        Quantity.SYSTOLIC_RISE: response.systolic_rise_at(Ce, responders),
        Quantity.DIASTOLIC_RISE: response.diastolic_rise_at(Ce, responders),
        Quantity.HEART_RATE_RISE: response.heart_rate_rise_at(Ce, responders),
    }
    if found.keys() != EFFECTS:
        raise ValueError("an effect has no curve")
    return found
