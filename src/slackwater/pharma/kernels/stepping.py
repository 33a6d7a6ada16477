"""Carries amounts from stop to stop, a block of virtual patients at a time."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from slackwater.pharma.kernels.expm import advance, propagator


@njit(cache=True, nogil=True)
def simulate_blocks(
    first_block: int,
    last_block: int,
    lanes: int,
    first_entry: NDArray[np.int64],
    sources: NDArray[np.int64],
    rates: NDArray[np.float64],
    losses: NDArray[np.float64],
    first_reach: NDArray[np.int64],
    reach: NDArray[np.int64],
    gaps: NDArray[np.float64],
    kept_gap: NDArray[np.int64],
    kept: NDArray[np.float64],
    row: NDArray[np.int64],
    first_event: NDArray[np.int64],
    event_state: NDArray[np.int64],
    event_is_rate: NDArray[np.int64],
    event_value: NDArray[np.float64],
    out_state: NDArray[np.int64],
    out_factor: NDArray[np.float64],
    out: NDArray[np.float64],
) -> None:
    """Fills out, shape (n_outputs, n_times, n_subjects), for the patients of these blocks.

    The arrays from gaps to event_value are those of `schedule.Schedule`; the rest as in `expm.propagator`.
    """
    n, n_subjects = losses.shape
    for block in range(first_block, last_block):
        low = block * lanes
        high = min(low + lanes, n_subjects)
        width = high - low
        own_rates = rates[:, low:high].copy()
        own_losses = losses[:, low:high].copy()
        phi = np.empty((kept.size, n, n, width))
        term = np.empty((n, n, width))
        other = np.empty((n, n, width))
        for g in range(kept.size):
            propagator(
                kept[g], first_entry, sources, own_rates, own_losses, first_reach, reach, phi[g], term, other
            )
        x = np.zeros((n, width))
        y = np.zeros((n, width))
        spare = np.zeros((n, width))
        for stop in range(row.size):
            if stop > 0:
                g = kept_gap[stop - 1]
                if g >= 0:
                    _apply(phi[g], first_reach, reach, x, y)
                    x, y = y, x
                else:
                    advance(gaps[stop - 1], first_entry, sources, own_rates, own_losses, x, y, spare)
            for e in range(first_event[stop], first_event[stop + 1]):
                s = event_state[e]
                for lane in range(width):
                    if event_is_rate[e]:
                        x[s, lane] = event_value[e, low + lane]
                    else:
                        x[s, lane] += event_value[e, low + lane]
            if row[stop] >= 0:
                for o in range(out_state.size):
                    for lane in range(width):
                        out[o, row[stop], low + lane] = x[out_state[o], lane] * out_factor[o, low + lane]


@njit(cache=True, nogil=True)
def _apply(
    phi: NDArray[np.float64],
    first_reach: NDArray[np.int64],
    reach: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> None:
    """Y = phi x in every lane."""
    n_lanes = x.shape[1]
    for i in range(x.shape[0]):
        for lane in range(n_lanes):
            y[i, lane] = 0.0
        for r in range(first_reach[i], first_reach[i + 1]):
            j = reach[r]
            for lane in range(n_lanes):
                y[i, lane] += phi[i, j, lane] * x[j, lane]
