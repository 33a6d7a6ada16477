"""When the solution must stop: output times, and the instants at which something starts or stops going in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Indices, Vector
from slackwater.pharma.compartments import Input
from slackwater.pharma.kernels.pattern import Plan

# Times closer than this are one instant: the rounding of minutes to hours, never a real difference.
_SAME_INSTANT_H = 1e-12
# A gap met this often is worth a matrix of its own, kept; others are stepped on the vector.
_WORTH_KEEPING = 3
_MOST_KEPT = 4
# Above this the vector needs so many small steps that a matrix is cheaper, even for one use.
_LONG_GAP_H = 0.25


@dataclass(frozen=True, slots=True)
class _Event:
    at_h: float
    state: str
    is_rate: bool
    value: Vector


def inflow(state: str) -> str:
    """The name of the state that holds the rate at which drug enters `state`."""
    return f"inflow of {state}"


def schedule(inputs: Sequence[Input], time_h: Vector, states: Sequence[str]) -> Plan:
    """Everything the kernel must do, in order, for these inputs and output times.

    Starts at the first event, because nothing is in the body before it.

    Of the plan: gaps are the hours from each stop to the next, kept_gap says which of `kept` each is (or -1),
    row which output time a stop is (or -1). Events of stop s are first_event[s] to first_event[s + 1], each
    with the place of its state, whether it sets a rate (or adds an amount), and its value in mg/h (or mg),
    shape (n_events, n_subjects).
    """
    events = [event for event in _events(inputs, time_h) if event.state in states]
    first = events[0].at_h if events else time_h[-1]
    stops = np.union1d([event.at_h for event in events], time_h[time_h >= first])
    stops = stops[stops <= max(time_h[-1], first)]
    events = [event for event in events if event.at_h <= stops[-1]]
    places = np.searchsorted(stops, [event.at_h for event in events])
    gaps = np.diff(stops)
    kept, kept_gap = _keep(gaps, stops[-1])
    return Plan(
        gaps,
        kept_gap,
        kept,
        _rows(stops, time_h),
        np.searchsorted(places, np.arange(stops.size + 1)),
        np.array([list(states).index(event.state) for event in events], dtype=np.int64),
        np.array([event.is_rate for event in events], dtype=np.int64),
        np.array([event.value for event in events]).reshape(-1, inputs[0].amount.size),
    )


def _events(inputs: Sequence[Input], time_h: Vector) -> list[_Event]:
    """In order of time, on the output times where they are the same instant."""
    at_once = [
        _Event(_snapped(each.at_h, time_h), each.state, is_rate=False, value=each.amount)
        for each in inputs
        if each.is_at_once
    ]
    return sorted([*at_once, *_rate_events(inputs, time_h)], key=lambda event: event.at_h)


def _rate_events(inputs: Sequence[Input], time_h: Vector) -> list[_Event]:
    """Each state's rate at every start and stop, as the sum of what runs then.

    Summed afresh each time: adding and taking away again would leave a rounding remainder running for ever.
    """
    running = [
        (each.state, _snapped(each.at_h, time_h), _snapped(each.at_h + each.duration_h, time_h), each)
        for each in inputs
        if not each.is_at_once
    ]
    events = []
    for state in dict.fromkeys(state for state, *_ in running):
        own = [(start, stop, each) for name, start, stop, each in running if name == state]
        for at_h in sorted({time for start, stop, _ in own for time in (start, stop)}):
            rates = [each.amount / each.duration_h for start, stop, each in own if start <= at_h < stop]
            value = np.sum(rates, axis=0) if rates else np.zeros_like(own[0][2].amount)
            events.append(_Event(at_h, inflow(state), is_rate=True, value=value))
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
