"""The curves of a weighted crowd, and what they answer: bands, chances, summaries."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from slackwater.pharma.arrays import Flags, Indices, Matrix, Order, Vector
from slackwater.pharma.disposition import Concentrations, Measurement
from slackwater.pharma.kernels.quantiles import weighted_quantiles, weighted_share, whole_weights
from slackwater.pharma.kernels.sorting import sort_rows
from slackwater.pharma.mixture import Pooled
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.response import Responders, Response
from slackwater.pharma.threads import share_out
from slackwater.pharma.weights import normalised
from slackwater.terms.refusal import RefusedError

BAND = (5.0, 50.0, 95.0)

# Fewer are done before a second thread has started.
_VALUES_WORTH_A_THREAD = 2**17
_MOST_IN_TWO_BYTES = 2**16

# The terminal slope is read over this last part of the time between the peak and the end of the grid.
_TERMINAL_PART = 1.0 / 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Percentiles, over the crowd, of each virtual patient's own figures; each as long as `percentiles`.

    Cmax:   the largest value on the grid, in the quantity's unit
    tmax_h: the first time it is reached, h
    AUC:    area under the curve from 0 to the end of the grid, unit times h; exact for a concentration, by
            the trapezoid rule over the grid for an effect
    t_half: terminal half-life seen on the grid, h; None for effects, and where the grid ends before enough
            of the crowd has begun to decline
    """

    percentiles: tuple[float, ...]
    Cmax: tuple[float, ...]
    tmax_h: tuple[float, ...]
    AUC: tuple[float, ...]
    t_half_h: tuple[float, ...] | None


@dataclass(slots=True)
class _Kept:
    """What was worked out once and does not depend on weights."""

    values: dict[Quantity, Matrix] = field(default_factory=dict)
    orders: dict[Quantity, Order] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curves:
    """Every virtual patient's curves on one grid of times, with the crowd's weights.

    time_h:  (n_times,), ascending
    weights: (n_subjects,), sum 1
    area_of: the exact area under one concentration from 0 to the end of the grid, (n_subjects,), mg*h/L
    """

    time_h: Vector
    weights: Vector
    concentrations: Concentrations | Pooled
    area_of: Callable[[Measurement], Vector]
    response: Response
    responders: Responders
    _kept: _Kept = field(default_factory=_Kept, repr=False)

    def of(self, quantity: Quantity) -> Matrix:
        """Values of one quantity, (n_times, n_subjects), mg/L or the effect's unit; not to be written to.

        Raises RefusedError if the model does not have the quantity.
        """
        if quantity not in self._kept.values:
            values = self._work_out(quantity)
            values.setflags(write=False)
            self._kept.values[quantity] = values
        return self._kept.values[quantity]

    def some(self, quantity: Quantity, rows: Indices) -> Matrix:
        """The values of one quantity at some of the times only, (n_rows, n_subjects).

        Raises RefusedError if the model does not have the quantity.
        """
        if quantity in self._kept.values:
            return self._kept.values[quantity][rows]
        return self.at(rows).of(quantity)

    def band(self, quantity: Quantity, percentiles: Sequence[float] = BAND) -> Matrix:
        """Weighted percentiles at each time, (n_percentiles, n_times).

        A percentile p is the smallest value that, with all smaller ones, holds p % of the weight. With equal
        weights that is numpy's "inverted_cdf": always the value of some virtual patient, never between two.
        Raises RefusedError for a percentile that is not within 0 to 100.
        """
        return _percentiles(self.of(quantity), self._order(quantity), self.weights, percentiles)

    def chance(self, holds: Flags) -> Vector:
        """Share of the crowd, by weight, for which a condition holds at each time, (n_times,)."""
        if holds.shape != (self.time_h.size, self.weights.size):
            raise ValueError(f"a condition has the shape of the curves, not {holds.shape}")
        return weighted_share(np.ascontiguousarray(holds), self.weights)

    def summary(self, quantity: Quantity, percentiles: Sequence[float] = BAND) -> Summary:
        """Percentiles of peak, time of peak, area and terminal half-life over the weighted crowd.

        percentiles: each 0 to 100
        Raises RefusedError for a quantity that the model does not give, and for a percentile out of range.
        """
        values = self.of(quantity)
        tmax_h = self.time_h[values.argmax(axis=0)]

        def across(figures: Vector) -> tuple[float, ...]:
            return weighted_percentiles(figures, self.weights, percentiles)

        half_lives = across(_terminal_half_life(self.time_h, values, tmax_h))
        is_seen = quantity.is_concentration and all(math.isfinite(t_half) for t_half in half_lives)
        return Summary(
            percentiles=tuple(percentiles),
            Cmax=across(values.max(axis=0)),
            tmax_h=across(tmax_h),
            AUC=across(self._areas(quantity)),
            t_half_h=half_lives if is_seen else None,
        )

    def reweighted(self, weights: Vector) -> "Curves":
        """The same curves under other weights, without simulating or sorting again.

        weights: (n_subjects,), 0 or more; brought to sum 1
        Raises RefusedError for weights that are not finite, negative or all zero.
        """
        if weights.shape != self.weights.shape:
            raise ValueError(f"{self.weights.size} virtual patients cannot have {weights.size} weights")
        return replace(self, weights=normalised(weights))

    def at(self, rows: Indices) -> "Curves":
        """The same curves at some of their times.

        rows: (n_rows,), rising, the last time among them, because areas reach to the end
        """
        return Curves(
            time_h=self.time_h[rows],
            weights=self.weights,
            concentrations=self.concentrations.at(rows),
            area_of=self.area_of,
            response=self.response,
            responders=self.responders,
        )

    def _areas(self, quantity: Quantity) -> Vector:
        if quantity.is_concentration:
            return self.area_of(quantity.measurement)
        return np.asarray(np.trapezoid(self.of(quantity), self.time_h, axis=0))

    def _work_out(self, quantity: Quantity) -> Matrix:
        if quantity.is_concentration:
            return self.concentrations.of(*quantity.measurement)
        Ce = self.of(Quantity.S_KETAMINE_EFFECT)
        effect = {
            Quantity.DEPTH: self.response.depth_at,
            Quantity.SYSTOLIC_RISE: self.response.systolic_rise_at,
            Quantity.DIASTOLIC_RISE: self.response.diastolic_rise_at,
            Quantity.ALERTNESS: self.response.alertness_at,
            Quantity.HEART_RATE_RISE: self.response.heart_rate_rise_at,
        }[quantity]
        return effect(Ce, self.responders)

    def _order(self, quantity: Quantity) -> Order:
        if quantity not in self._kept.orders:
            self._kept.orders[quantity] = _sorted_order(self.of(quantity))
        return self._kept.orders[quantity]


def weighted_percentiles(
    figures: Vector, weights: Vector, percentiles: Sequence[float] = BAND
) -> tuple[float, ...]:
    """Percentiles of one figure per virtual patient, defined as in `Curves.band`.

    figures, weights: shape (n_subjects,); percentiles: each 0 to 100
    """
    row = figures.reshape(1, -1)
    return tuple(_percentiles(row, _sorted_order(row), weights, percentiles)[:, 0].tolist())


def _percentiles(values: Matrix, order: Order, weights: Vector, percentiles: Sequence[float]) -> Matrix:
    wanted = np.asarray(percentiles, dtype=np.float64)
    if wanted.size == 0 or not np.all((wanted >= 0.0) & (wanted <= 100.0)):
        raise RefusedError.of(
            field="percentiles",
            code="out-of-range",
            message=f"{tuple(percentiles)} are not all between 0 and 100.",
            mend="Ask for percentiles such as 5, 50 and 95.",
        )
    ascending = np.argsort(wanted, kind="stable")
    # Equal weights become exactly 1, whose running sum has no rounding.
    whole = whole_weights(weights / weights.max())
    found = np.empty((wanted.size, values.shape[0]))

    def some(first: int, last: int) -> None:
        weighted_quantiles(first, last, values, order, whole, wanted[ascending] / 100.0, found)

    share_out(some, values.shape[0], _rows_at_a_time(values))
    result = np.empty_like(found)
    result[ascending] = found
    return result


def _sorted_order(values: Matrix) -> Order:
    """Which subject comes first, second, ... in each row; in as few bytes as will hold it."""
    n_subjects = values.shape[1]
    order: Order = np.empty(values.shape, dtype=np.uint16 if n_subjects <= _MOST_IN_TWO_BYTES else np.int32)
    bits = np.ascontiguousarray(values).view(np.uint64)

    def some(first: int, last: int) -> None:
        sort_rows(first, last, bits, order)

    share_out(some, values.shape[0], _rows_at_a_time(values))
    return order


def _rows_at_a_time(values: Matrix) -> int:
    return max(1, _VALUES_WORTH_A_THREAD // int(values.shape[1]))


def _terminal_half_life(time_h: Vector, values: Matrix, tmax_h: Vector) -> Vector:
    """Half-life between two points of the terminal part, infinite where there is no decline.

    Two points are enough: a simulated curve holds no noise.
    """
    start_h = time_h[-1] - (time_h[-1] - tmax_h) * _TERMINAL_PART
    row = np.minimum(np.searchsorted(time_h, start_h), time_h.size - 1)
    early, late = values[row, np.arange(values.shape[1])], values[-1]
    declines = (late > 0.0) & (early > late)
    log_ratio = np.log(np.where(declines, early, math.e) / np.where(declines, late, 1.0))
    t_half: Vector = np.where(declines, (time_h[-1] - time_h[row]) * math.log(2.0) / log_ratio, math.inf)
    return t_half
