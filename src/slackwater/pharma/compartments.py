"""A linear compartment system: amounts, what moves between them, and what goes in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from slackwater.pharma.arrays import Indices, Matrix, Vector

# Four microseconds: a shorter infusion would start and stop at one rounded instant, and be lost.
_NO_TIME_H = 1e-9


@dataclass(frozen=True, slots=True)
class Input:
    """Drug that enters a state, all at once or at a constant rate.

    amount:     mg for each patient, shape (n_subjects,)
    duration_h: 0 for all at once
    """

    state: str
    amount: Vector
    at_h: float
    duration_h: float = 0.0

    @property
    def is_at_once(self) -> bool:
        return self.duration_h < _NO_TIME_H


@dataclass(frozen=True, slots=True)
class Output:
    """A state read as a concentration: its amount over a volume, in mg/L.

    per_volume: 1 / L for each patient
    """

    state: str
    per_volume: Vector


@dataclass(frozen=True, slots=True)
class System:
    """dx/dt = A x for each patient, with A's entries off the diagonal never negative.

    states:  names, the order of x
    sources, targets: for each entry off the diagonal, which state it reads and which it feeds
    rates:   shape (n_entries, n_subjects), per hour
    losses:  shape (n_states, n_subjects), per hour; minus the diagonal of A
    """

    states: tuple[str, ...]
    sources: Indices
    targets: Indices
    rates: Matrix
    losses: Matrix

    @property
    def n_subjects(self) -> int:
        return int(self.losses.shape[1])

    def index(self, state: str) -> int:
        return self.states.index(state)

    def reach(self) -> Matrix:
        """1.0 at [i, j] where state i is fed, directly or through others, by state j; and on the diagonal."""
        n = len(self.states)
        reach = np.eye(n)
        reach[self.targets, self.sources] = 1.0
        for middle in range(n):
            reach = np.maximum(reach, np.outer(reach[:, middle], reach[middle, :]))
        return reach

    def fed_by(self, states: Iterable[str]) -> "System":
        """Without the states that nothing entering these can reach."""
        return self._keeping(
            self.reach()[:, [self.index(state) for state in states]].max(axis=1, initial=0.0)
        )

    def read_by(self, states: Iterable[str]) -> "System":
        """Without the states on which none of these depends."""
        return self._keeping(
            self.reach()[[self.index(state) for state in states], :].max(axis=0, initial=0.0)
        )

    def integrating(self, states: Sequence[str]) -> "System":
        """With a further state for each of these, which holds the area under it so far."""
        n, n_subjects = self.losses.shape
        read = [self.index(state) for state in states]
        return System(
            (*self.states, *(area_of(state) for state in states)),
            np.concatenate([self.sources, np.array(read, dtype=np.int64)]),
            np.concatenate([self.targets, np.arange(n, n + len(states))]),
            np.concatenate([self.rates, np.ones((len(states), n_subjects))]),
            np.concatenate([self.losses, np.zeros((len(states), n_subjects))]),
        )

    def _keeping(self, chosen: Vector) -> "System":
        kept = np.flatnonzero(chosen)
        place = np.full(len(self.states), -1)
        place[kept] = np.arange(kept.size)
        entries = np.flatnonzero((place[self.sources] >= 0) & (place[self.targets] >= 0))
        return System(
            tuple(self.states[i] for i in kept),
            place[self.sources[entries]],
            place[self.targets[entries]],
            np.ascontiguousarray(self.rates[entries]),
            np.ascontiguousarray(self.losses[kept]),
        )


def area_of(state: str) -> str:
    """The name of the state that holds the area under `state`."""
    return f"area of {state}"


@dataclass(slots=True)
class Sketch:
    """A system while it is being drawn up; `system` finishes it."""

    n_subjects: int
    _states: list[str] = field(default_factory=list)
    _entries: dict[tuple[str, str], Vector] = field(default_factory=dict)
    _losses: dict[str, Vector] = field(default_factory=dict)

    def flow(self, source: str, target: str, rate: Vector) -> None:
        """Drug moves from source to target, `rate` of it per hour."""
        self.link(source, target, rate)
        self.loss(source, rate)

    def exchange(self, one: str, other: str, flow: Vector, volumes: tuple[Vector, Vector]) -> None:
        """Drug moves both ways with one flow (L/h) between two volumes (L)."""
        self.flow(one, other, flow / volumes[0])
        self.flow(other, one, flow / volumes[1])

    def follow(self, leader: str, follower: str, rate: Vector) -> None:
        """The follower nears the leader and takes nothing from it: dx_f/dt = rate * (x_l - x_f)."""
        self.link(leader, follower, rate)
        self.loss(follower, rate)

    def link(self, source: str, target: str, rate: Vector) -> None:
        """The target gains; the source does not lose."""
        self._know(source, target)
        before = self._entries.get((source, target))
        self._entries[source, target] = rate if before is None else before + rate

    def loss(self, source: str, rate: Vector) -> None:
        self._know(source)
        before = self._losses.get(source)
        self._losses[source] = rate if before is None else before + rate

    def system(self) -> System:
        none = np.zeros(self.n_subjects)
        place = {state: i for i, state in enumerate(self._states)}
        return System(
            tuple(self._states),
            np.array([place[source] for source, _ in self._entries], dtype=np.int64),
            np.array([place[target] for _, target in self._entries], dtype=np.int64),
            np.array(list(self._entries.values())).reshape(-1, self.n_subjects),
            np.array([self._losses.get(state, none) for state in self._states]),
        )

    def _know(self, *states: str) -> None:
        self._states.extend(state for state in dict.fromkeys(states) if state not in self._states)
