"""Which part of a system must be solved for some inputs and outputs, as the kernels want it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from slackwater.pharma.arrays import Flags, Indices
from slackwater.pharma.kernels.pattern import N_HEADER, Pattern, Places, Products

Rows: TypeAlias = tuple[tuple[int, ...], ...]
_Pairs: TypeAlias = Sequence[Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A system's states and what feeds what, without any rate; equal graphs are one key of a cache."""

    states: tuple[str, ...]
    sources: tuple[int, ...]
    targets: tuple[int, ...]

    def reach(self) -> Flags:
        """True at [i, j] where state i is fed by state j, directly or not, and on the diagonal."""
        reach = np.eye(len(self.states), dtype=bool)
        reach[list(self.targets), list(self.sources)] = True
        for middle in range(len(self.states)):
            reach |= np.outer(reach[:, middle], reach[middle, :])
        return reach


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """The live part of a graph: what is entered, directly or not, and read.

    moving, held: names of live states; a held one is the rate of an infusion, which nothing feeds
    rows:         which moving states feed each moving one, directly or not, itself included
    """

    pattern: Pattern
    moving: tuple[str, ...]
    held: tuple[str, ...]
    rows: Rows


def layout(
    graph: Graph, entered: Collection[str], rates: Collection[str], read: Collection[str]
) -> Layout | None:
    """What to solve when drug enters some states and some are read; None when none of it is ever there.

    rates: of those entered, the states that hold the rate of an infusion
    """
    reach = graph.reach()
    fed = np.asarray(reach[:, _places(graph, entered)].any(axis=1))
    wanted = [place for place in _places(graph, read) if fed[place]]
    live = np.flatnonzero(fed & reach[wanted].any(axis=0))
    if live.size == 0:
        return None
    held = np.array([graph.states[state] in rates for state in live])
    inner = reach[np.ix_(live, live)]
    moving = np.flatnonzero(~held)
    rows = tuple(tuple(np.flatnonzero(row).tolist()) for row in inner[np.ix_(moving, moving)])
    return Layout(
        pattern=_pattern(graph, np.flatnonzero(fed), live, held, inner),
        moving=tuple(graph.states[live[state]] for state in moving),
        held=tuple(graph.states[live[state]] for state in np.flatnonzero(held)),
        rows=rows,
    )


def _places(graph: Graph, states: Iterable[str]) -> list[int]:
    return [graph.states.index(state) for state in states]


def _pattern(graph: Graph, fed: Indices, live: Indices, held: Flags, reach: Flags) -> Pattern:
    """`reach` is that of the live states alone; every number of a state below counts these."""
    place = {int(state): number for number, state in enumerate(live)}
    entries = [
        number
        for number, ends in enumerate(zip(graph.sources, graph.targets, strict=True))
        if place.keys() >= set(ends)
    ]
    entries.sort(key=lambda number: graph.targets[number])
    B = {
        (place[graph.targets[number]], place[graph.sources[number]]): k for k, number in enumerate(entries)
    } | {(state, state): len(entries) + state for state in range(live.size)}
    exponential = {(int(i), int(j)): e for e, (i, j) in enumerate(zip(*np.nonzero(reach), strict=True))}
    moving = np.flatnonzero(~held).tolist()
    rates = np.flatnonzero(held).tolist()
    phi = {
        pair: number for number, pair in enumerate(pair for pair in exponential if not held[[*pair]].any())
    }
    table = _Table()
    rows = [[(phi[i, j], moving.index(j)) for j in moving if reach[i, j]] for i in moving]
    gain = [[(exponential[i, j], rates.index(j)) for j in rates if reach[i, j]] for i in moving]
    vector = _products([(i, 0) for i in range(live.size)], B, {(i, 0): i for i in range(live.size)})
    found = Pattern(
        rates=table.add(entries),
        losses=table.add(live),
        fed=table.add(fed),
        diagonal=table.add([exponential[state, state] for state in range(live.size)]),
        phi=table.add([exponential[pair] for pair in phi]),
        moving=table.add(moving),
        held=table.add(rates),
        series=table.add_products(_products(list(exponential), B, exponential)),
        square=table.add_products(_products(list(exponential), exponential, exponential)),
        vector=table.add_products(vector),
        rows=table.add_products(rows),
        gain=table.add_products(gain),
        n_rates=len(entries),
        n_states=live.size,
        n_fed=fed.size,
        n_phi=len(phi),
        n_gain=sum(map(len, gain)),
        n_moving=len(moving),
        n_held=len(rates),
        depth=_depth(graph, fed),
        table=table.whole(),
    )
    found.table[:N_HEADER] = np.hstack(found[1:])
    return found


@dataclass(slots=True)
class _Table:
    """A pattern's table while it is being filled; each part answers with the place where it begins."""

    # The header is written once everything else has its place.
    _numbers: list[int] = field(default_factory=lambda: [0] * N_HEADER)

    def add(self, numbers: Iterable[int] | Indices) -> int:
        first = len(self._numbers)
        self._numbers += map(int, numbers)
        return first

    def add_products(self, pairs: _Pairs) -> Products:
        flat = [pair for each in pairs for pair in each]
        return Products(
            n=len(pairs),
            first=self.add(np.cumsum([0, *(len(each) for each in pairs)])),
            left=self.add([left for left, _ in flat]),
            right=self.add([right for _, right in flat]),
        )

    def whole(self) -> Places:
        return np.array(self._numbers, dtype=np.int64)


def _products(
    wanted: Sequence[tuple[int, int]],
    left: dict[tuple[int, int], int],
    right: dict[tuple[int, int], int],
) -> _Pairs:
    """For each entry [i, j] wanted: every m with an entry [i, m] on the left and [m, j] on the right."""
    return [
        [(left[i, m], right[m, j]) for one, m in sorted(left) if one == i and (m, j) in right]
        for i, j in wanted
    ]


def _depth(graph: Graph, fed: Indices) -> int:
    """The most steps that the shortest way from one fed state to another takes.

    Of all that is fed, so that asking for less changes no digit of what is asked for.
    """
    is_fed = np.isin(np.arange(len(graph.states)), fed)
    pairs = [(i, j) for i, j in zip(graph.targets, graph.sources, strict=True) if is_fed[i] and is_fed[j]]
    reached, steps = np.eye(len(graph.states), dtype=bool), 0
    while True:
        further = reached.copy()
        for target, source in pairs:
            further[target] |= reached[source]
        if (further == reached).all():
            return steps
        reached, steps = further, steps + 1
