"""Solves a compartment system exactly, at the times asked for, for a whole crowd."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numba
import numpy as np

from slackwater.pharma.arrays import Cube, Indices, Matrix, Vector
from slackwater.pharma.compartments import Input, Output, System
from slackwater.pharma.kernels.stepping import simulate_blocks
from slackwater.pharma.schedule import Schedule, inflow, schedule

_LANES = 32
# Fewer blocks than this are done before a second thread has started.
_BLOCKS_WORTH_A_THREAD = 4


def solve(
    system: System,
    inputs: Sequence[Input],
    outputs: Sequence[Output],
    time_h: Vector,
    *,
    n_threads: int | None = None,
) -> Cube:
    """Each output at each time for each patient, shape (n_outputs, n_times, n_subjects), mg/L.

    time_h:    rising, hours
    n_threads: None for all there are; the digits do not depend on it

    At the instant of a dose the value is the one just after it.
    """
    n_subjects = system.losses.shape[1]
    result = np.zeros((len(outputs), time_h.size, n_subjects))
    states = [inflow(each.state) if each.duration_h > 0 else each.state for each in inputs]
    live = system.keeping(states, [output.state for output in outputs])
    read = [number for number, output in enumerate(outputs) if output.state in live.states]
    plan = schedule(inputs, time_h, live.states)
    if not read or plan.state.size == 0:
        return result
    entries = _by_target(live)
    work = _Work(
        live,
        entries,
        plan,
        np.array([live.index(outputs[number].state) for number in read]),
        np.array([outputs[number].per_volume for number in read]),
    )
    found = result if len(read) == len(outputs) else np.zeros((len(read), *result.shape[1:]))
    _over_blocks(work, found, n_threads)
    if found is not result:
        result[read] = found
    return result


@dataclass(frozen=True, slots=True)
class _Work:
    system: System
    entries: "_Entries"
    plan: Schedule
    out_state: Indices
    out_factor: Matrix


@dataclass(frozen=True, slots=True)
class _Entries:
    """Entries in order of the state they feed, and the pattern of what is not zero in exp(A t)."""

    first: Indices
    sources: Indices
    rates: Matrix
    first_reach: Indices
    reach: Indices


def _by_target(system: System) -> _Entries:
    order = np.argsort(system.targets, kind="stable")
    places = np.arange(len(system.states) + 1)
    rows, columns = np.nonzero(system.reach())
    return _Entries(
        np.searchsorted(system.targets[order], places),
        system.sources[order],
        np.ascontiguousarray(system.rates[order]),
        np.searchsorted(rows, places),
        columns,
    )


def _over_blocks(work: _Work, found: Cube, n_threads: int | None) -> None:
    """Threads of our own, because Numba's may not be entered from two web requests at once."""
    n_blocks = -(-work.system.losses.shape[1] // _LANES)
    threads = min(n_threads or _processors(), n_blocks // _BLOCKS_WORTH_A_THREAD)
    if threads <= 1:
        _blocks(work, found, 0, n_blocks)
        return
    edges = np.linspace(0, n_blocks, threads + 1).astype(int).tolist()
    with ThreadPoolExecutor(threads) as pool:
        parts = [pool.submit(_blocks, work, found, *edge) for edge in pairwise(edges)]
    for part in parts:
        part.result()


def _processors() -> int:
    """As many as Numba was told of, which is all of them unless its environment says otherwise."""
    return int(numba.config.NUMBA_NUM_THREADS)  # type: ignore[attr-defined]  # numba sets it as it loads


def _blocks(work: _Work, found: Cube, first: int, last: int) -> None:
    entries, plan = work.entries, work.plan
    simulate_blocks(
        first,
        last,
        _LANES,
        entries.first,
        entries.sources,
        entries.rates,
        work.system.losses,
        entries.first_reach,
        entries.reach,
        plan.gaps,
        plan.kept_gap,
        plan.kept,
        plan.row,
        plan.first_event,
        plan.state,
        plan.is_rate,
        plan.value,
        work.out_state,
        work.out_factor,
        found,
    )
