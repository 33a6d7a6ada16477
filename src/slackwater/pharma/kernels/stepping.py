"""Carries amounts from stop to stop, a block of virtual patients at a time.

A block's workspace is flat, row after row of its lanes: the matrix in use, what held states add in a step,
the moving states, and the outputs' factors.
"""

from typing import NamedTuple

import numpy as np

from slackwater.pharma.arrays import Cube
from slackwater.pharma.kernels.compiled import call_step, put_out
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.expm import advance, propagator
from slackwater.pharma.kernels.opening import opened
from slackwater.pharma.kernels.pattern import Numbers, Patients, Pattern, Places, Plan
from slackwater.pharma.kernels.vectors import FOUR, Lanes, Reals, entry, fill, fma, load, settle, store


class Prepared(NamedTuple):
    """What is worked out of a block before its first step, in rows of lanes.

    B, fastest: as in `expm.propagator`, group after group
    phi, gains: for each kept gap, its matrix between moving states and from held to moving ones
    """

    B: Numbers
    fastest: Numbers
    phi: Numbers
    gains: Numbers


@kernel
def simulate_blocks(
    first: int,
    last: int,
    n_lanes: int,
    group: Lanes,
    table: Places,
    plan: Plan,
    patients: Patients,
    reading: Places,
    is_streamed: int,
    step: int,
    none: Reals,
    out: Cube,
) -> None:
    """Fills out, shape (n_curves, n_times, n_subjects), for the subjects of blocks `first` to `last`.

    n_lanes:     subjects in a block, a multiple of the group's
    group:       how many subjects a matrix exponential is worked out for at once
    reading:     for each output, which moving state it reads and which of the curves it is
    is_streamed: whether to write past the caches
    step:        address of the compiled step for this pattern, or 0 for the one that reads the pattern
    none:        empty; its kind of number is that of the states
    """
    pattern, n_out, n_kept = opened(table), reading.size // 2, plan.kept.size
    made = Prepared(
        np.empty((pattern.n_rates + pattern.n_states) * n_lanes),
        np.empty(n_lanes),
        np.empty((n_kept, pattern.n_phi * n_lanes)),
        np.empty((n_kept, pattern.n_gain * n_lanes)),
    )
    n_rows = pattern.n_phi + 2 * pattern.n_moving + n_out
    work, held = np.empty(n_rows * n_lanes, dtype=none.dtype), np.empty(pattern.n_held * n_lanes)
    reads, flat = np.empty(3 * n_out, dtype=np.int64), out.reshape(out.size)
    for block in range(first, last):
        low = block * n_lanes
        here = min(n_lanes, out.shape[2] - low)
        _prepare(low, n_lanes, group, pattern, plan.kept, patients, made)
        held[:] = 0.0
        _begin(low, here, n_lanes, pattern, reading, patients.factors, work, reads)
        _run(
            low, here, n_lanes, group, pattern, plan, patients.amounts, made,
            reading, is_streamed, step, out.shape, held, work, reads, flat,
        )  # fmt: skip
    settle()


@kernel
def _prepare(
    low: int,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
    kept: Numbers,
    patients: Patients,
    made: Prepared,
) -> None:
    n_group, table = len(group), pattern.table
    n_B = (pattern.n_rates + pattern.n_states) * n_group
    _gather(low, n_group, pattern, patients, made.B, made.fastest)
    for at in range(0, n_lanes, n_group):
        g = at // n_group
        own, fastest = made.B[g * n_B : (g + 1) * n_B], made.fastest[at : at + n_group]
        for gap in range(kept.size):
            found = propagator(kept[gap], group, pattern, own, fastest)
            for e in range(pattern.n_phi):
                row = load(group, found, table[pattern.phi + e] * n_group)
                store(made.phi[gap], e * n_lanes + at, row)
            for e in range(pattern.n_gain):
                row = load(group, found, table[pattern.gain.left + e] * n_group)
                store(made.gains[gap], e * n_lanes + at, row)


@kernel
def _gather(
    low: int, n_group: int, pattern: Pattern, patients: Patients, B: Numbers, fastest: Numbers
) -> None:
    """B and q of a block; lanes that stand for nobody have none."""
    table, n_rates = pattern.table, pattern.n_rates
    n_entries = n_rates + pattern.n_states
    B[:] = 0.0
    fastest[:] = 0.0
    here = min(fastest.size, patients.losses.shape[1] - low)
    for k in range(pattern.n_fed):
        for lane in range(here):
            fastest[lane] = max(fastest[lane], patients.losses[table[pattern.fed + k], low + lane])
    for first in range(0, here, n_group):
        at, some = first * n_entries, min(n_group, here - first)
        for e in range(n_rates):
            for lane in range(some):
                B[at + e * n_group + lane] = patients.rates[table[pattern.rates + e], low + first + lane]
        for e in range(pattern.n_states):
            row = at + (n_rates + e) * n_group
            for lane in range(some):
                loss = patients.losses[table[pattern.losses + e], low + first + lane]
                B[row + lane] = fastest[first + lane] - loss


@kernel
def _run(
    low: int,
    here: int,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
    plan: Plan,
    amounts: Numbers,
    made: Prepared,
    reading: Places,
    is_streamed: int,
    step: int,
    shape: tuple[int, int, int],
    held: Numbers,
    work: Reals,
    reads: Places,
    flat: Reals,
) -> None:
    """One block, from the first stop to the last."""
    n_out, x = reading.size // 2, work[(pattern.n_phi + pattern.n_moving) * n_lanes :]
    in_use = -1
    for run in range(plan.gaps.size):
        kept, n_steps = plan.runs[run, 0], plan.runs[run, 1]
        row, then_row = plan.runs[run, 2], plan.runs[run, 3]
        if n_steps > 0 and kept < 0:
            _move(plan.gaps[run], n_lanes, group, pattern, made, held, x)
        elif n_steps > 0:
            if kept != in_use:
                _take_up(n_lanes, pattern, made.phi[kept], made.gains[kept], held, work)
                in_use = kept
            _aim(reading, shape, row, low, reads)
            n_read = n_out if row >= 0 else 0
            if step == 0:
                step_by_table(
                    work, flat, reads, n_read, n_steps, shape[2], here, is_streamed, n_lanes, pattern
                )
            else:
                call_step(step, work, flat, reads, n_read, n_steps, shape[2], here, is_streamed)
        for event in range(plan.runs[run, 4], plan.runs[run, 5]):
            # A rate changes what a step adds.
            in_use = -1 if plan.events[event, 1] == 1 else in_use
            _happen(event, low, here, n_lanes, plan, amounts, held, x)
        if then_row >= 0:
            _aim(reading, shape, then_row, low, reads)
            put_out(work, flat, reads, n_out, 0, here, 0, n_lanes)


@kernel
def _begin(
    low: int,
    here: int,
    n_lanes: int,
    pattern: Pattern,
    reading: Places,
    factors: Numbers,
    work: Reals,
    reads: Places,
) -> None:
    """Nobody has taken anything yet; every output knows its state and its factor, which come last."""
    n_out, x_at = reading.size // 2, (pattern.n_phi + pattern.n_moving) * n_lanes
    work[:] = 0.0
    for o in range(n_out):
        reads[3 * o] = x_at + reading[2 * o] * n_lanes
        reads[3 * o + 1] = work.size - (n_out - o) * n_lanes
        for lane in range(here):
            work[reads[3 * o + 1] + lane] = factors[o, low + lane]


@kernel
def step_by_table(
    work: Reals,
    out: Reals,
    reads: Places,
    n_out: int,
    n_steps: int,
    stride: int,
    here: int,
    is_streamed: int,
    n_lanes: int,
    pattern: Pattern,
) -> None:
    """Takes `n_steps` steps of any pattern, putting out after each; the same digits as the compiled steps.

    reads:  for each output where its state and its factor are in `work`, and where in `out` its values go
    stride: from a value in `out` to that of the next time
    here:   how many lanes stand for somebody
    """
    table, rows = pattern.table, pattern.rows
    gain_at = pattern.n_phi * n_lanes
    x_at = gain_at + pattern.n_moving * n_lanes
    after = np.empty(pattern.n_moving * n_lanes, dtype=work.dtype)
    for step in range(n_steps):
        for i in range(pattern.n_moving):
            first, last = entry(table, rows.first + i), entry(table, rows.first + i + 1)
            for lane in range(0, n_lanes, 4):
                total = load(FOUR, work, gain_at + i * n_lanes + lane)
                for k in range(first, last):
                    x = load(FOUR, work, x_at + entry(table, rows.right + k) * n_lanes + lane)
                    of = entry(table, rows.left + k) * n_lanes + lane
                    total = fma(load(FOUR, work, of), x, total)
                store(after, i * n_lanes + lane, total)
        work[x_at : x_at + after.size] = after
        put_out(work, out, reads, n_out, step * stride, here, is_streamed, n_lanes)


@kernel
def _take_up(
    n_lanes: int, pattern: Pattern, phi: Numbers, gains: Numbers, held: Numbers, work: Reals
) -> None:
    """Puts one gap's matrix to work, and what the held states add in each step of it."""
    table, gain, row = pattern.table, pattern.gain, np.empty(4)
    work[: phi.size] = phi
    for i in range(pattern.n_moving):
        for low in range(0, n_lanes, 4):
            total = fill(FOUR, 0.0)
            for k in range(table[gain.first + i], table[gain.first + i + 1]):
                rate = load(FOUR, held, table[gain.right + k] * n_lanes + low)
                total = fma(load(FOUR, gains, k * n_lanes + low), rate, total)
            store(row, 0, total)
            for lane in range(4):
                work[(pattern.n_phi + i) * n_lanes + low + lane] = row[lane]


@kernel
def _move(
    gap: float,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
    made: Prepared,
    held: Numbers,
    moving: Reals,
) -> None:
    """One step that has no matrix of its own."""
    table, n_group = pattern.table, len(group)
    n_B = (pattern.n_rates + pattern.n_states) * n_group
    x = np.empty(pattern.n_states * n_group)
    for low in range(0, n_lanes, n_group):
        for lane in range(n_group):
            for i in range(pattern.n_moving):
                x[table[pattern.moving + i] * n_group + lane] = moving[i * n_lanes + low + lane]
            for i in range(pattern.n_held):
                x[table[pattern.held + i] * n_group + lane] = held[i * n_lanes + low + lane]
        at = low // n_group * n_B
        own = made.B[at : at + n_B]
        advance(gap, group, pattern, own, made.fastest[low : low + n_group], x)
        for lane in range(n_group):
            for i in range(pattern.n_moving):
                moving[i * n_lanes + low + lane] = x[table[pattern.moving + i] * n_group + lane]


@kernel
def _happen(
    event: int,
    low: int,
    here: int,
    n_lanes: int,
    plan: Plan,
    amounts: Numbers,
    held: Numbers,
    moving: Reals,
) -> None:
    at = plan.events[event, 0] * n_lanes
    for lane in range(here):
        value = 0.0
        for k in range(plan.events[event, 2], plan.events[event, 3]):
            value += amounts[plan.parts[k], low + lane] / plan.part_h[k]
        if plan.events[event, 1] == 1:
            held[at + lane] = value
        else:
            moving[at + lane] += value


@kernel
def _aim(reading: Places, shape: tuple[int, int, int], row: int, low: int, reads: Places) -> None:
    for o in range(reading.size // 2):
        reads[3 * o + 2] = (reading[2 * o + 1] * shape[1] + row) * shape[2] + low
