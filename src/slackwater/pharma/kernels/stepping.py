"""Carries amounts from stop to stop, a block of virtual patients at a time."""

import numpy as np
from numba import njit

from slackwater.pharma.arrays import Cube
from slackwater.pharma.kernels.compiled import call_step, put_out
from slackwater.pharma.kernels.expm import advance, propagator
from slackwater.pharma.kernels.pattern import Block, Patients, Pattern, Places, Plan, Reading
from slackwater.pharma.kernels.vectors import FOUR, Lanes, Reals, fill, fma, load, settle, store


@njit(cache=True, nogil=True)
def simulate_blocks(
    first: int,
    last: int,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
    plan: Plan,
    patients: Patients,
    reading: Reading,
    step: int,
    none: Reals,
    out: Cube,
) -> None:
    """Fills out, shape (n_curves, n_times, n_subjects), for the subjects of blocks `first` to `last`.

    n_lanes: subjects in a block, a multiple of the group's
    group:   how many subjects a matrix exponential is worked out for at once
    step:    address of the compiled step for this pattern, or 0 for the one that reads the pattern
    none:    empty; its kind of number is that of the states
    """
    n_subjects = out.shape[2]
    flat = out.reshape(out.size)
    block = _made(n_lanes, pattern, plan, reading, none)
    x_at = (pattern.phi.size + pattern.moving.size) * n_lanes
    for number in range(first, last):
        low = number * n_lanes
        here = min(n_lanes, n_subjects - low)
        _begin(low, here, n_lanes, group, pattern, plan, patients, reading, block)
        in_use = -1
        for run in range(plan.gap.size):
            kept, n_steps = plan.kept_gap[run], plan.n_steps[run]
            if n_steps > 0 and kept < 0:
                _move(plan.gap[run], n_lanes, group, pattern, block, x_at)
            elif n_steps > 0:
                if kept != in_use:
                    _take_up(kept, n_lanes, pattern, block)
                    in_use = kept
                n_out = reading.state.size if plan.row[run] >= 0 else 0
                _aim(reading.place, out.shape, plan.row[run], low, block.reads)
                how = (n_out, n_steps, n_subjects, here, reading.is_streamed)
                if step == 0:
                    step_by_table(block.work, flat, block.reads, *how, n_lanes, group, pattern)
                else:
                    call_step(step, block.work, flat, block.reads, *how)
            for event in range(plan.first_event[run], plan.first_event[run + 1]):
                _happen(event, low, here, n_lanes, plan, patients.amounts, block, x_at)
                in_use = -1 if plan.is_rate[event] == 1 else in_use
            if plan.then_row[run] >= 0:
                _aim(reading.place, out.shape, plan.then_row[run], low, block.reads)
                put_out(block.work, flat, block.reads, reading.state.size, 0, here, 0, n_lanes)
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
    group: Lanes,
    pattern: Pattern,
) -> None:
    """Takes `n_steps` steps of any pattern, putting out after each; the same digits as the compiled steps.

    reads:  as in `Block`
    stride: from a value in `out` to that of the next time
    here:   how many lanes stand for somebody
    """
    gain_at = pattern.phi.size * n_lanes
    x_at = gain_at + pattern.moving.size * n_lanes
    after = np.empty(pattern.moving.size * n_lanes, dtype=work.dtype)
    rows = pattern.rows
    for step in range(n_steps):
        for i in range(pattern.moving.size):
            for lane in range(0, n_lanes, len(group)):
                total = load(group, work, gain_at + i * n_lanes + lane)
                for k in range(rows.first[i], rows.first[i + 1]):
                    x = load(group, work, x_at + rows.right[k] * n_lanes + lane)
                    total = fma(load(group, work, rows.left[k] * n_lanes + lane), x, total)
                store(after, i * n_lanes + lane, total)
        work[x_at : x_at + after.size] = after
        put_out(work, out, reads, n_out, step * stride, here, is_streamed, n_lanes)


@njit(cache=True, nogil=True)
def _made(n_lanes: int, pattern: Pattern, plan: Plan, reading: Reading, none: Reals) -> Block:
    n_phi, n_moving, n_out = pattern.phi.size, pattern.moving.size, reading.state.size
    return Block(
        np.zeros((pattern.rates.size + pattern.losses.size) * n_lanes),
        np.zeros(n_lanes),
        np.empty((plan.kept.size, n_phi * n_lanes)),
        np.empty((plan.kept.size, pattern.gain.left.size * n_lanes)),
        np.zeros(pattern.held.size * n_lanes),
        np.zeros((n_phi + 2 * n_moving + n_out) * n_lanes, dtype=none.dtype),
        np.zeros(3 * n_out, dtype=np.int64),
    )


@njit(cache=True, nogil=True)
def _begin(
    low: int,
    here: int,
    n_lanes: int,
    group: Lanes,
    pattern: Pattern,
    plan: Plan,
    patients: Patients,
    reading: Reading,
    block: Block,
) -> None:
    """Nobody has taken anything yet; every matrix is worked out."""
    block.held[:] = 0.0
    block.work[:] = 0.0
    x_at = (pattern.phi.size + pattern.moving.size) * n_lanes
    for o in range(reading.state.size):
        factor_at = x_at + (pattern.moving.size + o) * n_lanes
        block.reads[3 * o] = x_at + reading.state[o] * n_lanes
        block.reads[3 * o + 1] = factor_at
        for lane in range(here):
            block.work[factor_at + lane] = patients.factors[o, low + lane]
    _gather(low, here, len(group), pattern, patients, block)
    n_group = len(group)
    n_B = block.B.size // n_lanes * n_group
    for g in range(n_lanes // n_group):
        own, fastest = block.B[g * n_B : (g + 1) * n_B], block.fastest[g * n_group : (g + 1) * n_group]
        for kept in range(plan.kept.size):
            found = propagator(plan.kept[kept], group, pattern, own, fastest)
            for e in range(pattern.phi.size):
                at = e * n_lanes + g * n_group
                store(block.phi[kept], at, load(group, found, pattern.phi[e] * n_group))
            for e in range(pattern.gain.left.size):
                at = e * n_lanes + g * n_group
                store(block.gains[kept], at, load(group, found, pattern.gain.left[e] * n_group))


@njit(cache=True, nogil=True)
def _gather(low: int, here: int, n_group: int, pattern: Pattern, patients: Patients, block: Block) -> None:
    """B and q of a block; lanes that stand for nobody have none."""
    n_rates, n_entries = pattern.rates.size, pattern.rates.size + pattern.losses.size
    block.B[:] = 0.0
    block.fastest[:] = 0.0
    for lane in range(here):
        at = (lane // n_group) * n_entries * n_group + lane % n_group
        fastest = 0.0
        for state in pattern.fed:
            fastest = max(fastest, patients.losses[state, low + lane])
        block.fastest[lane] = fastest
        for e in range(n_rates):
            block.B[at + e * n_group] = patients.rates[pattern.rates[e], low + lane]
        for e in range(pattern.losses.size):
            loss = patients.losses[pattern.losses[e], low + lane]
            block.B[at + (n_rates + e) * n_group] = fastest - loss


@njit(cache=True, nogil=True)
def _take_up(kept: int, n_lanes: int, pattern: Pattern, block: Block) -> None:
    """Puts one gap's matrix to work, and what the held states add in each step of it."""
    at = block.phi.shape[1]
    block.work[:at] = block.phi[kept]
    gain, added = pattern.gain, np.empty(4)
    for i in range(pattern.moving.size):
        for low in range(0, n_lanes, 4):
            total = fill(FOUR, 0.0)
            for k in range(gain.first[i], gain.first[i + 1]):
                rate = load(FOUR, block.held, gain.right[k] * n_lanes + low)
                total = fma(load(FOUR, block.gains[kept], k * n_lanes + low), rate, total)
            store(added, 0, total)
            for lane in range(4):
                block.work[at + i * n_lanes + low + lane] = added[lane]


@njit(cache=True, nogil=True)
def _move(gap: float, n_lanes: int, group: Lanes, pattern: Pattern, block: Block, x_at: int) -> None:
    """One step that has no matrix of its own."""
    n_group = len(group)
    n_B = block.B.size // n_lanes * n_group
    x = np.empty(pattern.losses.size * n_group)
    for g in range(n_lanes // n_group):
        low = g * n_group
        for i in range(pattern.moving.size):
            for lane in range(n_group):
                at = x_at + i * n_lanes + low + lane
                x[pattern.moving[i] * n_group + lane] = block.work[at]
        for i in range(pattern.held.size):
            for lane in range(n_group):
                x[pattern.held[i] * n_group + lane] = block.held[i * n_lanes + low + lane]
        own, fastest = block.B[g * n_B : (g + 1) * n_B], block.fastest[low : low + n_group]
        advance(gap, group, pattern, own, fastest, x)
        for i in range(pattern.moving.size):
            for lane in range(n_group):
                at = x_at + i * n_lanes + low + lane
                block.work[at] = x[pattern.moving[i] * n_group + lane]


@njit(cache=True, nogil=True)
def _happen(
    event: int, low: int, here: int, n_lanes: int, plan: Plan, amounts: Reals, block: Block, x_at: int
) -> None:
    at = plan.state[event] * n_lanes
    for lane in range(here):
        value = 0.0
        for k in range(plan.first_part[event], plan.first_part[event + 1]):
            value += amounts[plan.part[k], low + lane] / plan.part_h[k]
        if plan.is_rate[event] == 1:
            block.held[at + lane] = value
        else:
            block.work[x_at + at + lane] += value


@njit(cache=True, nogil=True)
def _aim(place: Places, shape: tuple[int, int, int], row: int, low: int, reads: Places) -> None:
    for o in range(place.size):
        reads[3 * o + 2] = (place[o] * shape[1] + row) * shape[2] + low
