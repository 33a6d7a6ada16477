"""Asking one crowd about many patients, and counting how often its bands hold the truth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Flags, Matrix, Vector
from slackwater.pharma.calibration.sights import Sights
from slackwater.pharma.calibration.truths import LAST_MIN, Truths
from slackwater.pharma.compared import compared
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves, weighted_percentiles
from slackwater.pharma.evidence import gather
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observe import Posterior, informed
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.recovered import recovered_at
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.threads import share_out
from slackwater.units import h_from_min

PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)
# Recovery is read to two minutes; the last hours hold nothing that moves faster.
STEP_MIN = 2
_PATIENTS_AT_A_TIME = 10
GRID_MIN = np.arange(0, LAST_MIN + 1, STEP_MIN)
# The band changes slowly, so that it is looked at every ten minutes.
BAND_MIN = np.arange(10, 301, 10)
BAND_H: Vector = np.array([h_from_min(minute) for minute in BAND_MIN.tolist()])
GRID_H: Vector = np.array([h_from_min(minute) for minute in GRID_MIN.tolist()])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verdict:
    """What the crowd said of each patient at one moment, beside the truth.

    until_min:   when it was asked
    time_min:    (n_times,) the times from then on
    held:        (2, n_times, n_patients), whether the 50 and the 90 % band hold the true depth
    width:       (n_times, n_patients), of the 90 % band; width_drawn: (n_times,), of the crowd's as drawn
    recovered_h: (n_patients,), the middle of the crowd's times; recovered_true_h, recovered_drawn_h likewise
    outside:     (n_patients,), whether it said that nobody in it fits
    refreshed:   (n_patients,)
    ess:         (n_patients,)
    """

    until_min: int
    time_min: Vector
    held: Flags
    width: Matrix
    width_drawn: Vector
    recovered_h: Vector
    recovered_true_h: Vector
    recovered_drawn_h: float
    outside: Flags
    refreshed: Flags
    ess: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One crowd under one regimen, its curves worked out once for all patients."""

    crowd: Crowd
    regimen: Regimen
    curves: Curves
    recovered_h: Vector
    using: frozenset[Sign]

    @classmethod
    def of(cls, crowd: Crowd, regimen: Regimen, using: frozenset[Sign]) -> "Asked":
        """The crowd, ready to be asked."""
        fine = crowd.simulate(regimen, GRID_H, (Quantity.DEPTH, Quantity.ALERTNESS))
        return cls(
            crowd=crowd,
            regimen=regimen,
            curves=crowd.simulate(regimen, BAND_H, (Quantity.DEPTH,)),
            recovered_h=_known(recovered_at(fine)),
            using=using,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Said:
    """What was said of one patient: the band at BAND_MIN, the middle time of recovery, and how sure."""

    band: Matrix
    recovered_h: float
    outside: bool
    refreshed: bool
    ess: float


def judge(
    asked: Asked, truths: Truths, sights: Sights, *, until_min: int, tell: Callable[[], None]
) -> Verdict:
    """What the crowd says of each patient, given all that was seen of them up to a minute.

    tell: called after each patient, for a bar that moves; from several threads
    """
    found: dict[int, _Said] = {}

    def ask(first: int, last: int) -> None:
        drawn: Curves | None = None
        for patient in range(first, last):
            seen = sights.of(patient, until_min=until_min, using=asked.using)
            evidence = gather(asked.crowd, asked.regimen, seen, asked.using)
            if drawn is None or not np.array_equal(drawn.time_h, evidence.time_h):
                drawn = compared(asked.crowd, asked.regimen, evidence)
            found[patient] = _said(asked, informed(asked.crowd, asked.regimen, evidence, drawn))
            tell()

    share_out(ask, truths.n_patients, _PATIENTS_AT_A_TIME)
    return _verdict(asked, truths, [found[patient] for patient in range(truths.n_patients)], until_min)


def _verdict(asked: Asked, truths: Truths, said: list[_Said], until_min: int) -> Verdict:
    later = until_min <= BAND_MIN
    band, of_truth = np.stack([one.band[:, later] for one in said], axis=-1), truths.depth[BAND_MIN[later]]
    drawn = asked.curves.band(Quantity.DEPTH, PERCENTILES)[:, later]
    return Verdict(
        until_min=until_min,
        time_min=BAND_MIN[later].astype(np.float64),
        held=held_by(band, of_truth),
        width=band[4] - band[0],
        width_drawn=drawn[4] - drawn[0],
        recovered_h=np.array([one.recovered_h for one in said]),
        recovered_true_h=recovered_true_h(truths),
        recovered_drawn_h=_middle(asked.recovered_h, asked.crowd.weights),
        outside=np.array([one.outside for one in said]),
        refreshed=np.array([one.refreshed for one in said]),
        ess=np.array([one.ess for one in said]),
    )


def _said(asked: Asked, posterior: Posterior) -> _Said:
    weights = posterior.crowd.weights
    if posterior.refreshed:
        band, middle = foretold(posterior.crowd, asked.regimen)
    else:
        band = asked.curves.reweighted(weights).band(Quantity.DEPTH, PERCENTILES)
        middle = _middle(asked.recovered_h, weights)
    return _Said(
        band=band,
        recovered_h=middle,
        outside=posterior.outside,
        refreshed=posterior.refreshed,
        ess=posterior.ess,
    )


def foretold(crowd: Crowd, regimen: Regimen) -> tuple[Matrix, float]:
    """A crowd's PERCENTILES of depth at BAND_MIN, (n_percentiles, n_times), and middle recovery, h."""
    times = np.union1d(BAND_H, GRID_H)
    curves = crowd.simulate(regimen, times, (Quantity.DEPTH, Quantity.ALERTNESS))
    band = curves.at(np.searchsorted(times, BAND_H)).band(Quantity.DEPTH, PERCENTILES)
    return band, _middle(_known(recovered_at(curves)), crowd.weights)


def held_by(band: Matrix, of_truth: Matrix) -> Flags:
    """Whether the middle 50 and 90 % hold the truth, (2, n_times, n_patients).

    band:     (n_percentiles, n_times, n_patients), at PERCENTILES
    of_truth: (n_times, n_patients)
    """
    return np.stack([_within(band[1], of_truth, band[3]), _within(band[0], of_truth, band[4])])


def recovered_true_h(truths: Truths) -> Vector:
    """When each patient was impaired for the last time, (n_patients,), h; the grid's end at most."""
    impaired = truths.impaired[GRID_MIN]
    last = np.where(impaired.any(axis=0), len(impaired) - 1 - impaired[::-1].argmax(axis=0), -1)
    found: Vector = np.append(GRID_H, GRID_H[-1])[last + 1]
    return found


def _known(recovered_h: Vector) -> Vector:
    """With what lies beyond the grid at its end."""
    known: Vector = np.minimum(recovered_h, GRID_H[-1])
    return known


def _middle(recovered_h: Vector, weights: Vector) -> float:
    return weighted_percentiles(recovered_h, weights, (50.0,))[0]


def _within(low: Matrix, truth: Matrix, high: Matrix) -> Flags:
    held: Flags = (low <= truth) & (truth <= high)
    return held
