"""What a simulation answers, as values that every output format is written from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from slackwater.units import UCUM, h_from_min

Vector: TypeAlias = NDArray[np.float64]
PERCENTILES = (5.0, 50.0, 95.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One quantity over time: the crowd's 5th, 50th and 95th percentile at each moment.

    analyte: ketamine, s-ketamine, ... or depth, systolic_rise, diastolic_rise
    site:    arterial, venous or effect; "effect" for depth and pressure, which follow the effect site
    unit:    ng/mL, 0-10 or mm[Hg]
    p05, p95: None where the model has no spread between people, so that no width is shown as certainty
    """

    analyte: str
    site: str
    unit: str
    p05: Vector | None
    p50: Vector
    p95: Vector | None

    @property
    def rows(self) -> Iterator[tuple[float | None, float, float | None]]:
        """The three percentiles at each moment, the outer ones None where there is no band."""
        none = [None] * self.p50.size
        low, high = (none if edge is None else edge.tolist() for edge in (self.p05, self.p95))
        return zip(low, self.p50.tolist(), high, strict=True)

    def without_band(self) -> "Series":
        """The median alone, where this is a concentration; an effect varies by itself."""
        return replace(self, p05=None, p95=None) if self.unit == UCUM.NANOGRAM_PER_MILLILITRE else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The 5th, 50th and 95th percentile of one number over the crowd; the 50th alone as in `Series`."""

    p05: float | None
    p50: float
    p95: float | None

    def without_band(self) -> "Spread":
        return replace(self, p05=None, p95=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Each person's highest value, when it came, and the area under their curve, as spreads over the crowd.

    auc_ng_h_ml: over the time simulated; None for depth and pressure, where an area means nothing
    """

    analyte: str
    site: str
    cmax: Spread
    tmax_min: Spread
    auc_ng_h_ml: Spread | None

    def without_band(self) -> "Exposure":
        """The medians alone, where this is a concentration; an effect varies by itself."""
        if self.auc_ng_h_ml is None:
            return self
        return replace(
            self,
            cmax=self.cmax.without_band(),
            tmax_min=self.tmax_min.without_band(),
            auc_ng_h_ml=self.auc_ng_h_ml.without_band(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What one band's width comes from.

    what:   depth, systolic_rise, diastolic_rise or recovered
    shares: of the variance over all times, 0 to 1, the largest first
    """

    what: str
    sentence: str
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """The answer to one `slackwater simulate`.

    asked:      the doses and the weight as they were written
    is_typical: one typical person, whose three percentiles are equal
    basis:      what the numbers rest on, one sentence each, for people
    causes:     what the bands come from, where that was asked
    """

    asked: str
    model: str
    drug: str
    seed: int
    subjects: int
    crowd_id: str
    is_typical: bool
    time_min: Vector
    series: tuple[Series, ...]
    summary: tuple[Exposure, ...]
    basis: tuple[str, ...]
    causes: tuple[Split, ...] = ()

    @property
    def hours(self) -> Vector:
        """The times, in hours."""
        return self.time_min * h_from_min(1.0)

    def without_bands(self) -> "Simulation":
        """Without the outer percentiles of concentrations, for a model that has no spread between people."""
        return replace(
            self,
            series=tuple(one.without_band() for one in self.series),
            summary=tuple(one.without_band() for one in self.summary),
        )

    def find(self, analyte: str, site: str) -> Series | None:
        """The series of that analyte at that site, or None where the model has none."""
        return next((one for one in self.series if (one.analyte, one.site) == (analyte, site)), None)
