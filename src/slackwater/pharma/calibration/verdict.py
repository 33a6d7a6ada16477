"""Asking one crowd about many patients, and counting how often its bands hold the truth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Flags, Matrix, Vector
from slackwater.pharma.calibration.sights import Sights
from slackwater.pharma.calibration.truths import LAST_MIN, Truths
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves, weighted_percentiles
from slackwater.pharma.evidence import gather
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observe import Posterior, informed
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.recovered import recovered_at
from slackwater.pharma.regimen import Regimen
from slackwater.units import h_from_min

PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)
# Recovery is read to two minutes; the last hours hold nothing that moves faster.
STEP_MIN = 2
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


def judge(
    asked: Asked, truths: Truths, sights: Sights, *, until_min: int, tell: Callable[[], None]
) -> Verdict:
    """What the crowd says of each patient, given all that was seen of them up to a minute.

    tell: called after each patient, for a bar that moves
    """
    later = until_min <= BAND_MIN
    drawn_at: Curves | None = None
    bands, middles, said = [], [], []
    for patient in range(truths.n_patients):
        seen = sights.of(patient, until_min=until_min, using=asked.using)
        evidence = gather(asked.crowd, asked.regimen, seen, asked.using)
        if drawn_at is None or not np.array_equal(drawn_at.time_h, evidence.time_h):
            drawn_at = asked.crowd.simulate(asked.regimen, evidence.time_h, evidence.wanted)
        posterior = informed(asked.crowd, asked.regimen, evidence, drawn_at)
        band, middle = _after(asked, posterior)
        bands.append(band[:, later])
        middles.append(middle)
        said.append(posterior)
        tell()
    band, of_truth = np.stack(bands, axis=-1), truths.depth[BAND_MIN[later]]
    drawn = asked.curves.band(Quantity.DEPTH, PERCENTILES)[:, later]
    return Verdict(
        until_min=until_min,
        time_min=BAND_MIN[later].astype(np.float64),
        held=np.stack([_within(band[1], of_truth, band[3]), _within(band[0], of_truth, band[4])]),
        width=band[4] - band[0],
        width_drawn=drawn[4] - drawn[0],
        recovered_h=np.array(middles),
        recovered_true_h=_recovered_h(truths.impaired[GRID_MIN]),
        recovered_drawn_h=_middle(asked.recovered_h, asked.crowd.weights),
        outside=np.array([one.outside for one in said]),
        refreshed=np.array([one.refreshed for one in said]),
        ess=np.array([one.ess for one in said]),
    )


def _after(asked: Asked, posterior: Posterior) -> tuple[Matrix, float]:
    """The band, and the middle of the times of recovery."""
    weights = posterior.crowd.weights
    if not posterior.refreshed:
        band = asked.curves.reweighted(weights).band(Quantity.DEPTH, PERCENTILES)
        return band, _middle(asked.recovered_h, weights)
    times = np.union1d(BAND_H, GRID_H)
    curves = posterior.crowd.simulate(asked.regimen, times, (Quantity.DEPTH, Quantity.ALERTNESS))
    band = curves.band(Quantity.DEPTH, PERCENTILES)[:, np.searchsorted(times, BAND_H)]
    return band, _middle(_known(recovered_at(curves)), weights)


def _known(recovered_h: Vector) -> Vector:
    """With what lies beyond the grid at its end."""
    known: Vector = np.minimum(recovered_h, GRID_H[-1])
    return known


def _middle(recovered_h: Vector, weights: Vector) -> float:
    return weighted_percentiles(recovered_h, weights, (50.0,))[0]


def _recovered_h(impaired: Flags) -> Vector:
    """The first time after which each patient is never impaired again; the end where there is none."""
    last = np.where(impaired.any(axis=0), len(impaired) - 1 - impaired[::-1].argmax(axis=0), -1)
    found: Vector = np.append(GRID_H, GRID_H[-1])[last + 1]
    return found


def _within(low: Matrix, truth: Matrix, high: Matrix) -> Flags:
    held: Flags = (low <= truth) & (truth <= high)
    return held
