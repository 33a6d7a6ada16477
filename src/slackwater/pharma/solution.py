"""Solves a compartment system exactly, at the times asked for, for a whole crowd."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise

import numba
import numpy as np

from slackwater.pharma.arrays import Cube, Matrix, Vector
from slackwater.pharma.compartments import Input, Output, System
from slackwater.pharma.kernels.pattern import Pattern
from slackwater.pharma.kernels.stepping import simulate_block
from slackwater.pharma.schedule import inflow, schedule

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
    result = np.zeros((len(outputs), time_h.size, system.n_subjects))
    entered = [each.state if each.is_at_once else inflow(each.state) for each in inputs]
    fed = system.fed_by(entered)
    live = fed.read_by(output.state for output in outputs if output.state in fed.states)
    read = [number for number, output in enumerate(outputs) if output.state in live.states]
    if not live.states:
        return result
    plan = schedule(inputs, time_h, live.states)
    found = result if len(read) == len(outputs) else np.zeros((len(read), *result.shape[1:]))
    states = np.array([live.index(outputs[number].state) for number in read])
    factors = np.array([outputs[number].per_volume for number in read])
    pattern, rates = _by_target(live, fed.depth())
    simulate = partial(
        simulate_block,
        pattern=pattern,
        rates=rates,
        losses=live.losses,
        # Of all that is fed, so that asking for less changes no digit of what is asked for.
        fastest=fed.losses.max(axis=0, initial=0.0),
        plan=plan,
        out_state=states,
        out_factor=factors,
        out=found,
    )
    _in_blocks(simulate, system.n_subjects, n_threads)
    if found is not result:
        result[read] = found
    return result


def _by_target(system: System, depth: int) -> tuple[Pattern, Matrix]:
    """What feeds what, in order of the state fed, and the rates in that order."""
    order = np.argsort(system.targets, kind="stable")
    places = np.arange(len(system.states) + 1)
    rows, columns = np.nonzero(system.reach())
    pattern = Pattern(
        first_entry=np.searchsorted(system.targets[order], places),
        sources=system.sources[order],
        first_reach=np.searchsorted(rows, places),
        reach=columns,
        depth=depth,
    )
    return pattern, np.ascontiguousarray(system.rates[order])


def _in_blocks(simulate: Callable[[int, int], None], n_subjects: int, n_threads: int | None) -> None:
    """Threads of our own, because Numba's may not be entered from two web requests at once."""
    n_blocks = -(-n_subjects // _LANES)
    threads = min(n_threads or _processors(), n_blocks // _BLOCKS_WORTH_A_THREAD)

    def some(first: int, last: int) -> None:
        for block in range(first, last):
            simulate(block * _LANES, min((block + 1) * _LANES, n_subjects))

    if threads <= 1:
        some(0, n_blocks)
        return
    edges = np.linspace(0, n_blocks, threads + 1).astype(int).tolist()
    with ThreadPoolExecutor(threads) as pool:
        parts = [pool.submit(some, first, last) for first, last in pairwise(edges)]
    for part in parts:
        part.result()


def _processors() -> int:
    """As many as Numba was told of, which is all of them unless its environment says otherwise."""
    return int(numba.config.NUMBA_NUM_THREADS)  # type: ignore[attr-defined]  # numba sets it as it loads
