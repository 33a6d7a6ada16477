"""What is counted of bands: how often they held the truth, over all times and at the worst of them."""

from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Flags, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often one band held the truth: over all later times, and at the worst of them, with its time."""

    nominal: float
    mean: float
    worst: float
    worst_min: float


def coverages(held: Flags, time_min: Vector) -> tuple[Coverage, Coverage]:
    """Of the 50 and the 90 % band.

    held:     (2, n_times, n_patients)
    time_min: (n_times,)
    """
    half, most = (
        _coverage(nominal, band.mean(axis=1), time_min)
        for nominal, band in zip((0.5, 0.9), held, strict=True)
    )
    return half, most


def _coverage(nominal: float, by_time: Vector, time_min: Vector) -> Coverage:
    worst = int(np.abs(by_time - nominal).argmax())
    return Coverage(
        nominal=nominal,
        mean=float(by_time.mean()),
        worst=float(by_time[worst]),
        worst_min=float(time_min[worst]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Of the middle predicted time of recovery: mean and median size, min."""

    mean: float
    median: float

    @classmethod
    def of(cls, foretold_h: Vector | float, true_h: Vector) -> "Errors":
        """foretold_h, true_h: (n_patients,), or one prediction for all."""
        error = 60.0 * np.abs(foretold_h - true_h)
        return cls(mean=float(error.mean()), median=float(np.median(error)))
