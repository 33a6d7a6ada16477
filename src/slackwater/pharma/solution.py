"""Solves a compartment system exactly, at the times asked for, for a whole crowd."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from slackwater.pharma.arrays import Cube, Vector
from slackwater.pharma.compartments import Input, Output, System
from slackwater.pharma.kernels.pattern import Patients, Places, Plan
from slackwater.pharma.kernels.stepping import simulate_blocks
from slackwater.pharma.kernels.vectors import FOUR, SIXTEEN
from slackwater.pharma.layout import Graph, Layout, layout
from slackwater.pharma.schedule import Entry, inflow, schedule
from slackwater.pharma.steps import Kind, address_of
from slackwater.pharma.threads import share_out

# A block's matrix and states fit the nearest cache, and a row of it is a whole number of cache lines.
_LANES: Final = 64
_BLOCKS_AT_A_TIME: Final = 4
# Beyond this, writing rows of so few bytes through the caches takes twice as long as past them.
_WORTH_STREAMING_BYTES: Final = 2**20
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
    course = _course(
        (system.states, system.sources.tobytes(), system.targets.tobytes()),
        tuple([(each.state, each.at_h, each.duration_h, each.is_at_once) for each in inputs]),
        tuple([output.state for output in outputs]),
        time_h.tobytes(),
    )
    result = _room((len(outputs), time_h.size, system.n_subjects), "f4" if single else "f8")
    if course is None:
        result[:] = 0.0
        return result
    result[:, : course.n_before] = 0.0
    for place in course.empty:
        result[place] = 0.0
    patients = Patients(
        system.rates,
        system.losses,
        np.array([each.amount for each in inputs]),
        np.array([outputs[place].per_volume for place in course.read]),
    )
    _simulate(course, patients, result, n_threads)
    return result


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """All that does not depend on who takes what, and how much.

    read, empty: the outputs that are ever anything, and those that never are
    reading:     as `simulate_blocks` has it
    n_before:    output times that come before everything
    """

    layout: Layout
    plan: Plan
    n_before: int
    read: list[int]
    empty: list[int]
    reading: Places


@lru_cache(_MOST_KEPT)
def _course(
    graph: tuple[tuple[str, ...], bytes, bytes],
    entered: tuple[tuple[str, float, float, bool], ...],
    read: tuple[str, ...],
    time_h: bytes,
) -> _Course | None:
    """None where nothing that is read is ever there. Kept, because the same question keeps coming back.

    Asked in bytes and plain tuples, because a person's curves take little longer than making records of them.
    """
    states, sources, targets = graph
    entries = tuple(Entry(*each) for each in entered)
    rates = {inflow(each.state) for each in entries if not each.is_at_once}
    amounts = {each.state for each in entries if each.is_at_once}
    made = layout(
        Graph(states=states, sources=_numbers(sources), targets=_numbers(targets)),
        amounts | rates,
        rates,
        read,
    )
    if made is None:
        return None
    plan, n_before = schedule(entries, np.frombuffer(time_h), made.moving, made.held)
    places = [place for place, state in enumerate(read) if state in made.moving]
    reading = [(made.moving.index(read[place]), place) for place in places]
    empty = [place for place in range(len(read)) if place not in places]
    return _Course(made, plan, n_before, places, empty, np.array(reading, dtype=np.int64).ravel())


def _numbers(places: bytes) -> tuple[int, ...]:
    return tuple(np.frombuffer(places, dtype=np.int64).tolist())


def _room(shape: tuple[int, int, int], number: str) -> Cube:
    """Uninitialised; if large, starting on a cache line, which `np.empty` does not promise."""
    size = shape[0] * shape[1] * shape[2]
    if size * np.dtype(number).itemsize <= _WORTH_STREAMING_BYTES:
        return np.empty(shape, dtype=number)
    room: Cube = np.empty(size + _CACHE_LINE_BYTES, dtype=number)
    first = -room.ctypes.data % _CACHE_LINE_BYTES // room.itemsize
    return room[first : first + size].reshape(shape)


def _is_worth_streaming(result: Cube) -> bool:
    row_bytes = result.shape[2] * result.itemsize
    return result.nbytes > _WORTH_STREAMING_BYTES and row_bytes % _CACHE_LINE_BYTES == 0


def _simulate(course: _Course, patients: Patients, result: Cube, n_threads: int | None) -> None:
    """A person or two alone, without filling a block or starting a thread; a crowd in blocks."""
    made, plan, none = course.layout, course.plan, np.empty(0, dtype=result.dtype)
    is_few = result.shape[2] <= len(FOUR) and result.dtype == np.float64
    n_lanes = len(SIXTEEN) if is_few else _LANES
    many = Kind.WIDE if result.dtype == np.float64 else Kind.WIDE_SINGLE
    step = address_of(made.rows, Kind.NARROW if is_few else many)
    table, is_streamed = made.pattern.table, int(_is_worth_streaming(result))

    def blocks(first: int, last: int) -> None:
        simulate_blocks(
            first,
            last,
            n_lanes,
            SIXTEEN,
            table,
            plan,
            patients,
            course.reading,
            is_streamed,
            step,
            none,
            result,
        )

    share_out(blocks, -(-result.shape[2] // n_lanes), _BLOCKS_AT_A_TIME, n_threads)
