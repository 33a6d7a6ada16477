"""Carries amounts from stop to stop, a block of virtual patients at a time.

A block's workspace is flat, row after row of its lanes: the matrix in use, what held states add in a step,
the moving states, and the outputs' factors.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from slackwater.pharma.arrays import Cube
from slackwater.pharma.kernels.compiled import call_step, put_out
from slackwater.pharma.kernels.expm import advance, propagator
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


@njit(cache=True, nogil=True)
def prepare_blocks(
    first: int,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
    kept: Numbers,
    patients: Patients,
    made: Prepared,
) -> None:
    """Fills `made` for as many blocks as it holds, from the block `first` on.

    n_lanes: subjects in a block, a multiple of the group's
    group:   how many subjects a matrix exponential is worked out for at once
    """
    n_group, table = len(group), pattern.table
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


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def simulate_blocks(
    first: int,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
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
    n_subjects, n_out = out.shape[2], reading.size // 2
    gain_at = pattern.n_phi * n_lanes
    x_at = gain_at + pattern.n_moving * n_lanes
    flat = out.reshape(out.size)
    work = np.empty(x_at + (pattern.n_moving + n_out) * n_lanes, dtype=none.dtype)
    held = np.empty(pattern.n_held * n_lanes)
    reads = np.empty(3 * n_out, dtype=np.int64)
    for block in range(made.fastest.shape[0]):
        low = (first + block) * n_lanes
        here = min(n_lanes, n_subjects - low)
        work[:] = 0.0
        held[:] = 0.0
        for o in range(n_out):
            reads[3 * o] = x_at + reading[2 * o] * n_lanes
            reads[3 * o + 1] = x_at + (pattern.n_moving + o) * n_lanes
            for lane in range(here):
                work[reads[3 * o + 1] + lane] = patients.factors[o, low + lane]
        in_use = -1
        for run in range(plan.gaps.size):
            kept, n_steps, row, then_row = (
                plan.runs[run, 0],
                plan.runs[run, 1],
                plan.runs[run, 2],
                plan.runs[run, 3],
            )
            if n_steps > 0 and kept < 0:
                _move(
                    plan.gaps[run],
                    n_lanes,
                    group,
                    pattern,
                    made.B[block],
                    made.fastest[block],
                    held,
                    work[x_at:],
                )
            elif n_steps > 0:
                if kept != in_use:
                    work[:gain_at] = made.phi[block, kept]
                    _add_up(n_lanes, pattern, made.gains[block, kept], held, work[gain_at:x_at])
                    in_use = kept
                _aim(reading, out.shape, row, low, reads)
                n_now = n_out if row >= 0 else 0
                if step == 0:
                    step_by_table(
                        work, flat, reads, n_now, n_steps, n_subjects, here, is_streamed, n_lanes, pattern
                    )
                else:
                    call_step(step, work, flat, reads, n_now, n_steps, n_subjects, here, is_streamed)
            for event in range(plan.runs[run, 4], plan.runs[run, 5]):
                # A rate changes what a step adds.
                in_use = -1 if plan.events[event, 1] == 1 else in_use
                _happen(event, low, here, n_lanes, plan, patients.amounts, held, work[x_at:])
            if then_row >= 0:
                _aim(reading, out.shape, then_row, low, reads)
                put_out(work, flat, reads, n_out, 0, here, 0, n_lanes)
    settle()


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _add_up(n_lanes: int, pattern: Pattern, gains: Numbers, held: Numbers, added: Reals) -> None:
    """What the held states add to each moving one in a step."""
    table, gain, row = pattern.table, pattern.gain, np.empty(4)
    for i in range(pattern.n_moving):
        for low in range(0, n_lanes, 4):
            total = fill(FOUR, 0.0)
            for k in range(table[gain.first + i], table[gain.first + i + 1]):
                rate = load(FOUR, held, table[gain.right + k] * n_lanes + low)
                total = fma(load(FOUR, gains, k * n_lanes + low), rate, total)
            store(row, 0, total)
            for lane in range(4):
                added[i * n_lanes + low + lane] = row[lane]


@njit(cache=True, nogil=True)
def _move(
    gap: float,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
    B: Numbers,
    fastest: Numbers,
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
        g = low // n_group
        advance(gap, group, pattern, B[g * n_B : (g + 1) * n_B], fastest[low : low + n_group], x)
        for lane in range(n_group):
            for i in range(pattern.n_moving):
                moving[i * n_lanes + low + lane] = x[table[pattern.moving + i] * n_group + lane]


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _aim(reading: Places, shape: tuple[int, int, int], row: int, low: int, reads: Places) -> None:
    for o in range(reading.size // 2):
        reads[3 * o + 2] = (reading[2 * o + 1] * shape[1] + row) * shape[2] + low
