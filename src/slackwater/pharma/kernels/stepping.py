"""Carries amounts from stop to stop, a block of virtual patients at a time."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from slackwater.pharma.kernels.expm import advance, propagator
from slackwater.pharma.kernels.pattern import Pattern, Plan


@njit(cache=True, nogil=True)
def simulate_block(
    low: int,
    high: int,
    pattern: Pattern,
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    fastest: NDArray[np.float64],
    plan: Plan,
    out_state: NDArray[np.int64],
    out_factor: NDArray[np.float64],
    out: NDArray[np.float64],
) -> None:
    """Fills out, shape (n_outputs, n_times, n_subjects), for the subjects from low to high.

    fastest:               as in `expm.propagator`
    out_state, out_factor: what each output reads, and what multiplies it
    """
    n = losses.shape[0]
    own_rates = rates[:, low:high].copy()
    own_losses = losses[:, low:high].copy()
    own_fastest = fastest[low:high].copy()
    phi = np.empty((plan.kept.size, n, n, high - low))
    for g in range(plan.kept.size):
        propagator(plan.kept[g], pattern, own_rates, own_losses, own_fastest, phi[g])
    x = np.zeros((n, high - low))
    y = np.zeros((n, high - low))
    first_live = np.zeros(n + 1, dtype=np.int64)
    live = np.zeros(pattern.reach.size, dtype=np.int64)
    for stop in range(plan.row.size):
        if stop > 0 and plan.kept_gap[stop - 1] >= 0:
            _apply(phi[plan.kept_gap[stop - 1]], first_live, live, x, y)
            x, y = y, x
        elif stop > 0:
            advance(plan.gaps[stop - 1], pattern, own_rates, own_losses, own_fastest, x)
        if plan.first_event[stop] < plan.first_event[stop + 1]:
            _happen(stop, plan, low, x)
            _find_live(pattern, x, first_live, live)
        if plan.row[stop] >= 0:
            for o in range(out_state.size):
                for lane in range(high - low):
                    out[o, plan.row[stop], low + lane] = x[out_state[o], lane] * out_factor[o, low + lane]


@njit(cache=True, nogil=True)
def _happen(stop: int, plan: Plan, low: int, x: NDArray[np.float64]) -> None:
    for e in range(plan.first_event[stop], plan.first_event[stop + 1]):
        s = plan.state[e]
        for lane in range(x.shape[1]):
            if plan.is_rate[e]:
                x[s, lane] = plan.value[e, low + lane]
            else:
                x[s, lane] += plan.value[e, low + lane]


@njit(cache=True, nogil=True)
def _find_live(
    pattern: Pattern, x: NDArray[np.float64], first_live: NDArray[np.int64], live: NDArray[np.int64]
) -> None:
    """Leaves out of each row the states that hold nothing and are fed by nothing until the next event."""
    n = x.shape[0]
    holds = np.zeros(n, dtype=np.bool_)
    for i in range(n):
        holds[i] = x[i].max() > 0.0
    fed = np.zeros(n, dtype=np.bool_)
    for i in range(n):
        for r in range(pattern.first_reach[i], pattern.first_reach[i + 1]):
            fed[i] = fed[i] or holds[pattern.reach[r]]
    found = 0
    for i in range(n):
        for r in range(pattern.first_reach[i], pattern.first_reach[i + 1]):
            if fed[pattern.reach[r]]:
                live[found] = pattern.reach[r]
                found += 1
        first_live[i + 1] = found


@njit(cache=True, nogil=True)
def _apply(
    phi: NDArray[np.float64],
    first_live: NDArray[np.int64],
    live: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> None:
    """Sets y to phi x in every lane."""
    n_lanes = x.shape[1]
    for i in range(x.shape[0]):
        for lane in range(n_lanes):
            y[i, lane] = 0.0
        for r in range(first_live[i], first_live[i + 1]):
            j = live[r]
            for lane in range(n_lanes):
                y[i, lane] += phi[i, j, lane] * x[j, lane]
