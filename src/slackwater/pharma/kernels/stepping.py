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
from slackwater.pharma.kernels.vectors import FOUR, Lanes, Reals, fill, fma, load, settle, store


class Prepared(NamedTuple):
    """What is worked out of some blocks before their first step; every array (n_blocks, ...), rows of lanes.

    B, fastest: as in `expm.propagator`, group after group
    phi, gains: for each kept gap, its matrix between moving states and from held to moving ones
    """

    B: Numbers
    fastest: Numbers
    phi: Numbers
    gains: Numbers


@kernel
def prepare_blocks(
    first: int,
    n_lanes: int,
    group: Lanes,
    table: Places,
    kept: Numbers,
    patients: Patients,
    made: Prepared,
) -> None:
    """Fills `made` for as many blocks as it holds, from the block `first` on.

    n_lanes: subjects in a block, a multiple of the group's
    group:   how many subjects a matrix exponential is worked out for at once
    """
    n_group, pattern = len(group), opened(table)
    n_B = (pattern.n_rates + pattern.n_states) * n_group
    for block in range(made.fastest.shape[0]):
        _gather((first + block) * n_lanes, n_group, pattern, patients, made.B[block], made.fastest[block])
        for low in range(0, n_lanes, n_group):
            g = low // n_group
            own, fastest = made.B[block, g * n_B : (g + 1) * n_B], made.fastest[block, low : low + n_group]
            for gap in range(kept.size):
                found = propagator(kept[gap], group, pattern, own, fastest)
                for e in range(pattern.n_phi):
                    row = load(group, found, table[pattern.phi + e] * n_group)
                    store(made.phi[block, gap], e * n_lanes + low, row)
                for e in range(pattern.n_gain):
                    row = load(group, found, table[pattern.gain.left + e] * n_group)
                    store(made.gains[block, gap], e * n_lanes + low, row)


@kernel
def _gather(
    low: int, n_group: int, pattern: Pattern, patients: Patients, B: Numbers, fastest: Numbers
) -> None:
    """B and q of a block; lanes that stand for nobody have none."""
    table, n_rates = pattern.table, pattern.n_rates
    n_entries = n_rates + pattern.n_states
    B[:] = 0.0
    fastest[:] = 0.0
    for lane in range(min(fastest.size, patients.losses.shape[1] - low)):
        at = (lane // n_group) * n_entries * n_group + lane % n_group
        q = 0.0
        for k in range(pattern.n_fed):
            q = max(q, patients.losses[table[pattern.fed + k], low + lane])
        fastest[lane] = q
        for e in range(n_rates):
            B[at + e * n_group] = patients.rates[table[pattern.rates + e], low + lane]
        for e in range(pattern.n_states):
            loss = patients.losses[table[pattern.losses + e], low + lane]
            B[at + (n_rates + e) * n_group] = q - loss


@kernel
def simulate_blocks(
    first: int,
    n_lanes: int,
    group: Lanes,
    table: Places,
    plan: Plan,
    patients: Patients,
    made: Prepared,
    reading: Places,
    is_streamed: int,
    step: int,
    none: Reals,
    out: Cube,
) -> None:
    """Fills out, shape (n_curves, n_times, n_subjects), for the subjects of the blocks in `made`.

    reading:     for each output, which moving state it reads and which of the curves it is
    is_streamed: whether to write past the caches
    step:        address of the compiled step for this pattern, or 0 for the one that reads the pattern
    none:        empty; its kind of number is that of the states
    """
    pattern, n_out = opened(table), reading.size // 2
    n_rows = pattern.n_phi + 2 * pattern.n_moving + n_out
    work, held = np.empty(n_rows * n_lanes, dtype=none.dtype), np.empty(pattern.n_held * n_lanes)
    reads, flat = np.empty(3 * n_out, dtype=np.int64), out.reshape(out.size)
    for block in range(made.fastest.shape[0]):
        low = (first + block) * n_lanes
        here = min(n_lanes, out.shape[2] - low)
        x_at = (pattern.n_phi + pattern.n_moving) * n_lanes
        held[:] = 0.0
        _begin(low, here, n_lanes, x_at, reading, patients.factors, work, reads)
        in_use = -1
        for run in range(plan.gaps.size):
            kept, row, then_row = plan.runs[run, 0], plan.runs[run, 2], plan.runs[run, 3]
            if plan.runs[run, 1] > 0 and kept < 0:
                _move(plan.gaps[run], n_lanes, group, pattern, made, block, held, work[x_at:])
            elif plan.runs[run, 1] > 0:
                if kept != in_use:
                    _take_up(n_lanes, pattern, made.phi[block, kept], made.gains[block, kept], held, work)
                    in_use = kept
                _aim(reading, out.shape, row, low, reads)
                how = (n_out if row >= 0 else 0, plan.runs[run, 1], out.shape[2], here, is_streamed)
                if step == 0:
                    step_by_table(
                        work, flat, reads, how[0], how[1], how[2], here, is_streamed, n_lanes, pattern
                    )
                else:
                    call_step(step, work, flat, reads, how[0], how[1], how[2], here, is_streamed)
            for event in range(plan.runs[run, 4], plan.runs[run, 5]):
                # A rate changes what a step adds.
                in_use = -1 if plan.events[event, 1] == 1 else in_use
                _happen(event, low, here, n_lanes, plan, patients.amounts, held, work[x_at:])
            if then_row >= 0:
                _aim(reading, out.shape, then_row, low, reads)
                put_out(work, flat, reads, n_out, 0, here, 0, n_lanes)
    settle()


@kernel
def _begin(
    low: int,
    here: int,
    n_lanes: int,
    x_at: int,
    reading: Places,
    factors: Numbers,
    work: Reals,
    reads: Places,
) -> None:
    """Nobody has taken anything yet; every output knows its state and its factor, which come last."""
    work[:] = 0.0
    n_out = reading.size // 2
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
            first, last = table[rows.first + i], table[rows.first + i + 1]
            for lane in range(0, n_lanes, 4):
                total = load(FOUR, work, gain_at + i * n_lanes + lane)
                for k in range(first, last):
                    x = load(FOUR, work, x_at + table[rows.right + k] * n_lanes + lane)
                    total = fma(load(FOUR, work, table[rows.left + k] * n_lanes + lane), x, total)
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
                work[phi.size + i * n_lanes + low + lane] = row[lane]


@kernel
def _move(
    gap: float,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
    made: Prepared,
    block: int,
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
        own = made.B[block, at : at + n_B]
        advance(gap, group, pattern, own, made.fastest[block, low : low + n_group], x)
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
