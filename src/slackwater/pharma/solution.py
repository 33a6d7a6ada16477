"""Solves a compartment system exactly, at the times asked for, for a whole crowd."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from slackwater.pharma.arrays import Cube, Vector
from slackwater.pharma.compartments import Input, Output, System
from slackwater.pharma.kernels.pattern import Patients, Pattern, Places, Plan
from slackwater.pharma.kernels.stepping import Prepared, prepare_blocks, simulate_blocks
from slackwater.pharma.kernels.vectors import FOUR, SIXTEEN
from slackwater.pharma.layout import Graph, Layout, layout
from slackwater.pharma.schedule import Entry, inflow, schedule
from slackwater.pharma.steps import Kind, address_of
from slackwater.pharma.threads import share_out

# A block's matrix and states fit the nearest cache, and a row of it is a whole number of cache lines.
_LANES: Final = 64
_BLOCKS_AT_A_TIME: Final = 4
# A larger result is out of the caches before anybody reads it.
_WORTH_STREAMING_BYTES: Final = 2**24
_CACHE_LINE_BYTES: Final = 64
_MOST_KEPT: Final = 256


def solve(
    system: System,
    inputs: Sequence[Input],
    outputs: Sequence[Output],
    time_h: Vector,
    *,
    n_threads: int | None = None,
    single: bool = False,
) -> Cube:
    """Each output at each time for each patient, shape (n_outputs, n_times, n_subjects), mg/L.

    time_h:    rising, hours
    n_threads: None for all there are; the digits do not depend on it
    single:    carry the states in float32, and answer in it: faster, and right to 1e-4 only. What a step
               multiplies by is still worked out in float64, and rounded once

    At the instant of a dose the value is the one just after it.
    """
    result = _room((len(outputs), time_h.size, system.n_subjects), "f4" if single else "f8")
    made = _layout(
        Graph(states=system.states, sources=tuple(system.sources), targets=tuple(system.targets)),
        tuple((each.state, each.is_at_once) for each in inputs),
        tuple(output.state for output in outputs),
    )
    if made is None:
        result[:] = 0.0
        return result
    read = [place for place, output in enumerate(outputs) if output.state in made.moving]
    entries = tuple(Entry(each.state, each.at_h, each.duration_h, each.is_at_once) for each in inputs)
    plan, n_before = _schedule(entries, time_h.tobytes(), made.moving, made.held)
    result[:, :n_before] = 0.0
    result[[place for place in range(len(outputs)) if place not in read]] = 0.0
    patients = Patients(
        system.rates,
        system.losses,
        np.array([each.amount for each in inputs]),
        np.array([outputs[place].per_volume for place in read]),
    )
    reading = np.array([(made.moving.index(outputs[place].state), place) for place in read]).ravel()
    _simulate(made, plan, patients, reading, result, n_threads)
    return result


@lru_cache(_MOST_KEPT)
def _layout(graph: Graph, entered: tuple[tuple[str, bool], ...], read: tuple[str, ...]) -> Layout | None:
    rates = {inflow(state) for state, is_at_once in entered if not is_at_once}
    amounts = {state for state, is_at_once in entered if is_at_once}
    return layout(graph, amounts | rates, rates, read)


@lru_cache(_MOST_KEPT)
def _schedule(
    entries: tuple[Entry, ...], time_h: bytes, moving: tuple[str, ...], held: tuple[str, ...]
) -> tuple[Plan, int]:
    return schedule(entries, np.frombuffer(time_h), moving, held)


def _room(shape: tuple[int, int, int], number: str) -> Cube:
    """Uninitialised, and starting on a cache line, which `np.empty` does not promise."""
    size = int(np.prod(shape))
    room: Cube = np.empty(size + _CACHE_LINE_BYTES, dtype=number)
    first = -room.ctypes.data % _CACHE_LINE_BYTES // room.itemsize
    return room[first : first + size].reshape(shape)


def _is_worth_streaming(result: Cube) -> bool:
    row_bytes = result.shape[2] * result.itemsize
    return result.nbytes > _WORTH_STREAMING_BYTES and row_bytes % _CACHE_LINE_BYTES == 0


def _simulate(
    made: Layout, plan: Plan, patients: Patients, reading: Places, result: Cube, n_threads: int | None
) -> None:
    """A person or two alone, without filling a block or starting a thread; a crowd in blocks."""
    n_subjects, none = result.shape[2], np.empty(0, dtype=result.dtype)
    is_few = n_subjects <= len(FOUR) and result.dtype == np.float64
    n_lanes = len(SIXTEEN) if is_few else _LANES
    many = Kind.WIDE if result.dtype == np.float64 else Kind.WIDE_SINGLE
    step = address_of(made.rows, Kind.NARROW if is_few else many)
    pattern, is_streamed = made.pattern, int(_is_worth_streaming(result))

    def blocks(first: int, last: int) -> None:
        prepared = _room_for(last - first, n_lanes, pattern, plan)
        prepare_blocks(first, n_lanes, SIXTEEN, pattern, plan.kept, patients, prepared)
        simulate_blocks(
            first,
            n_lanes,
            SIXTEEN,
            pattern,
            plan,
            patients,
            prepared,
            reading,
            is_streamed,
            step,
            none,
            result,
        )

    share_out(blocks, -(-n_subjects // n_lanes), _BLOCKS_AT_A_TIME, n_threads)


def _room_for(n_blocks: int, n_lanes: int, pattern: Pattern, plan: Plan) -> Prepared:
    n_B = pattern.n_rates + pattern.n_states
    return Prepared(
        np.empty((n_blocks, n_B * n_lanes)),
        np.empty((n_blocks, n_lanes)),
        np.empty((n_blocks, plan.kept.size, pattern.n_phi * n_lanes)),
        np.empty((n_blocks, plan.kept.size, pattern.n_gain * n_lanes)),
    )
