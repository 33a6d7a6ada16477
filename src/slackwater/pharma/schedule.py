"""When the solution must stop: output times, and the instants at which something starts or stops going in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from slackwater.pharma.arrays import Flags, Indices, Vector
from slackwater.pharma.kernels.pattern import Places, Plan

# Times closer than this are one instant: the rounding of minutes to hours, never a real difference.
_SAME_INSTANT_H = 1e-12
# A gap met this often is worth a matrix of its own, kept; others are stepped on the vector.
_WORTH_KEEPING = 3
_MOST_KEPT = 4
# Above this the vector needs so many small steps that a matrix is cheaper, even for one use.
_LONG_GAP_H = 0.25


@dataclass(frozen=True, slots=True)
class Entry:
    """When an input goes in, and where; how much is another matter, which the schedule does not ask."""

    state: str
    at_h: float
    duration_h: float
    is_at_once: bool


@dataclass(frozen=True, slots=True)
class _Event:
    """parts: the inputs whose sum is the value"""

    at_h: float
    state: str
    is_rate: bool
    parts: tuple[int, ...]


def inflow(state: str) -> str:
    """The name of the state that holds the rate at which drug enters `state`."""
    return f"inflow of {state}"


def schedule(
    entries: Sequence[Entry], time_h: Vector, moving: Sequence[str], held: Sequence[str]
) -> tuple[Plan, int]:
    """Everything the kernel must do, in order, and how many output times come before it all.

    Starts at the first event, because nothing is in the body before it.
    """
    events = [event for event in _events(entries, time_h) if event.state in (*moving, *held)]
    first = events[0].at_h if events else time_h[-1]
    stops = np.union1d([event.at_h for event in events], time_h[time_h >= first])
    stops = stops[stops <= max(time_h[-1], first)]
    events = [event for event in events if event.at_h <= stops[-1]]
    gaps = np.diff(stops)
    kept, kept_gap = _keep(gaps, stops[-1])
    first_event = np.searchsorted([event.at_h for event in events], stops, side="left")
    happens = list(pairwise([*first_event.tolist(), len(events)]))
    runs = _runs(kept_gap, _rows(stops, time_h), np.array([first < last for first, last in happens]))
    place = {state: number for states in (moving, held) for number, state in enumerate(states)}
    parts = [part for event in events for part in event.parts]
    ends = np.cumsum([0, *(len(event.parts) for event in events)])
    plan = Plan(
        kept=kept,
        gaps=np.array([0.0 if run.stop == 0 else gaps[run.stop - 1] for run in runs]),
        part_h=np.array([1.0 if entries[part].is_at_once else entries[part].duration_h for part in parts]),
        runs=_places([(run.kept, run.n_steps, run.row, run.then_row, *happens[run.last]) for run in runs], 6),
        events=_places(
            [
                (place[event.state], event.is_rate, first, last)
                for event, (first, last) in zip(events, pairwise(ends.tolist()), strict=True)
            ],
            4,
        ),
        parts=_places(parts, 1).ravel(),
    )
    return plan, int(np.searchsorted(time_h, first))


@dataclass(frozen=True, slots=True)
class _Run:
    """Steps to `stop` and the stops after it, with whatever happens at the last one."""

    stop: int
    kept: int
    n_steps: int
    row: int
    then_row: int

    @property
    def last(self) -> int:
        return self.stop + max(self.n_steps, 1) - 1


def _runs(kept_gap: Indices, rows: Indices, is_event: Flags) -> list[_Run]:
    """As few as there can be: stops in a row that are alike, and at which nothing happens, are one run."""
    runs = [_Run(stop=0, kept=-1, n_steps=0, row=-1, then_row=int(rows[0]))]
    stop = 1
    while stop < rows.size:
        last, kept = stop, int(kept_gap[stop - 1])
        if kept < 0 or is_event[stop]:
            runs.append(_Run(stop=stop, kept=kept, n_steps=1, row=-1, then_row=int(rows[stop])))
        else:
            while last + 1 < rows.size and kept_gap[last] == kept and not is_event[last + 1]:
                last += 1
            runs.append(_Run(stop=stop, kept=kept, n_steps=last - stop + 1, row=int(rows[stop]), then_row=-1))
        stop = last + 1
    return runs


def _events(entries: Sequence[Entry], time_h: Vector) -> list[_Event]:
    """In order of time, on the output times where they are the same instant."""
    at_once = [
        _Event(_snapped(each.at_h, time_h), each.state, is_rate=False, parts=(number,))
        for number, each in enumerate(entries)
        if each.is_at_once
    ]
    return sorted([*at_once, *_rate_events(entries, time_h)], key=lambda event: event.at_h)


def _rate_events(entries: Sequence[Entry], time_h: Vector) -> list[_Event]:
    """Each state's rate at every start and stop, as the sum of what runs then.

    Summed afresh each time: adding and taking away again would leave a rounding remainder running for ever.
    """
    running = [
        (each.state, _snapped(each.at_h, time_h), _snapped(each.at_h + each.duration_h, time_h), number)
        for number, each in enumerate(entries)
        if not each.is_at_once
    ]
    events = []
    for state in dict.fromkeys(state for state, *_ in running):
        own = [(start, stop, number) for name, start, stop, number in running if name == state]
        for at_h in sorted({time for start, stop, _ in own for time in (start, stop)}):
            parts = tuple(number for start, stop, number in own if start <= at_h < stop)
            events.append(_Event(at_h, inflow(state), is_rate=True, parts=parts))
    return events


def _snapped(at_h: float, time_h: Vector) -> float:
    place = int(np.searchsorted(time_h, at_h))
    neighbours = time_h[max(place - 1, 0) : place + 1].tolist()
    return next((time for time in neighbours if abs(time - at_h) < _SAME_INSTANT_H), at_h)


def _rows(stops: Vector, time_h: Vector) -> Indices:
    places = np.minimum(np.searchsorted(time_h, stops), time_h.size - 1)
    return np.where(time_h[places] == stops, places, -1)


def _keep(gaps: Vector, latest_h: float) -> tuple[Vector, Indices]:
    """The gaps worth a matrix, and for each gap which one; gaps that differ by rounding only are one gap."""
    kept_gap = np.full(gaps.size, -1)
    if gaps.size == 0:
        return np.zeros(0), kept_gap
    order = np.argsort(gaps, kind="stable")
    rounding = 8 * np.spacing(latest_h)
    groups = np.split(order, np.flatnonzero(np.diff(gaps[order]) > rounding) + 1)
    groups.sort(key=len, reverse=True)
    kept = [
        group
        for rank, group in enumerate(groups)
        if (rank < _MOST_KEPT and group.size >= _WORTH_KEEPING) or gaps[group[0]] > _LONG_GAP_H
    ]
    for number, group in enumerate(kept):
        kept_gap[group] = number
    return np.array([gaps[group].mean() for group in kept]), kept_gap


def _places(rows: Sequence[object], width: int) -> Places:
    return np.array(rows, dtype=np.int64).reshape(-1, width)
