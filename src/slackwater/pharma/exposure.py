"""What a curve comes to: its highest value, when that was, the area under it, and how fast it ends."""

import math
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.terms.refusal import RefusedError

# The half-life is read from this last part of the time simulated.
_TAIL_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Exposure:
    """Each of shape (n_subjects,).

    Cmax:   the highest of the values given, mg/L; none is sought between them
    tmax:   the first time it is reached, h
    AUC:    by the linear trapezoid rule between the times given, mg*h/L; `disposition.areas` is exact
    t_half: apparent half-life over the last third of the time given, h; infinite where it does not fall
    """

    Cmax: Vector
    tmax: Vector
    AUC: Vector
    t_half: Vector


def exposure(time_h: Vector, conc: Matrix) -> Exposure:
    """The exposure of each curve.

    time_h: shape (n_times,), rising
    conc:   shape (n_times, n_subjects), mg/L, not negative
    Raises RefusedError for fewer than two times.
    """
    if time_h.size < 2:
        raise RefusedError.of(
            field="time",
            code="too-few",
            message="One time makes no curve.",
            mend="Give at least two times.",
        )
    area = np.asarray(np.trapezoid(conc, time_h, axis=0))
    highest = conc.argmax(axis=0)
    return Exposure(conc.max(axis=0), time_h[highest], area, half_life(time_h, conc))


def half_life(time_h: Vector, conc: Matrix) -> Vector:
    """Apparent half-life over the last third of the time, from its first and last value.

    t_half = ln 2 * (t2 - t1) / ln(C1 / C2)

    Shape (n_subjects,), h. Infinite where the curve does not fall or there is nothing to measure.
    """
    last = time_h.size - 1
    first = int(np.searchsorted(time_h, time_h[-1] - _TAIL_SHARE * (time_h[-1] - time_h[0])))
    first = min(first, last - 1)
    falls = (conc[last] > 0) & (conc[first] > conc[last])
    result: Vector = np.full(conc.shape[1], math.inf)
    folds = np.log(conc[first, falls] / conc[last, falls])
    result[falls] = math.log(2) * (time_h[last] - time_h[first]) / folds
    return result
