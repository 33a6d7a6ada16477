"""W1: a crowd's curves, beside public peers on the same people and beside what the machine can do at best."""

import statistics
from contextlib import ExitStack

import numpy as np

from benchmarks import roofline
from benchmarks.clock import Act, best_of, timed
from benchmarks.peer import Peer, started
from benchmarks.peers.memory import keep_memory
from benchmarks.result import Result, against, alone
from benchmarks.target import Target
from benchmarks.workload import N_POINTS, TIME, Array, Workload, drawn, inputs, outputs, system
from slackwater.pharma.solution import solve

N_SUBJECTS = 10_000
# Those that take one person at a time are given so many, and the time is scaled.
PEERS = {"jax": N_SUBJECTS, "scipy": 20, "roadrunner": 20}
ROUNDS = 20
WORDS = f"W1: {N_SUBJECTS:,} people x {N_POINTS} points x 3 curves, stored"


def ours(people: Workload, time: Array = TIME, *, single: bool = False) -> Array:
    return solve(system(people), inputs(people), outputs(people), time, single=single)


def run() -> list[Result]:
    people = drawn(N_SUBJECTS)
    fresh = best_of({"fresh": lambda: ours(people)}, ROUNDS)["fresh"]
    keep_memory()
    with ExitStack() as stack:
        peers = {
            name: stack.enter_context(started(name, people.some(np.arange(n)))) for name, n in PEERS.items()
        }
        _check(ours(people), peers)
        acts: dict[str, Act] = {"ours": lambda: ours(people), "single": lambda: ours(people, single=True)}
        taken = _interleaved(acts | roofline.probes(), peers)
    best = {"fresh": fresh} | {name: min(times) for name, times in taken.items()}
    results = _alone(best)
    for name, peer in peers.items():
        whole = best[name] * N_SUBJECTS / peer.n_subjects
        given = "" if peer.n_subjects == N_SUBJECTS else f" ({peer.n_subjects} people run, time scaled)"
        asked = _over_jax(taken) if name == "jax" else ()
        results.append(against("W1", WORDS, best["ours"], peer.words + given, whole, *asked))
    return [*results, *_growth()]


def _check(found: Array, peers: dict[str, Peer]) -> None:
    for name, peer in peers.items():
        expected = np.moveaxis(peer.answer, (0, 1, 2), (2, 1, 0))
        error = np.abs(found[:, :, : peer.n_subjects] - expected).max() / expected.max()
        assert error < 1e-4, f"{name} solved another problem"


def _interleaved(acts: dict[str, Act], peers: dict[str, Peer]) -> dict[str, list[float]]:
    """Seconds of each in turn, round after round; the better of everybody's two tries a round.

    Whoever has waited for the others begins on a core that has to be woken.
    """
    for act in acts.values():
        act()
    taken: dict[str, list[float]] = {name: [] for name in (*acts, *peers)}
    for _ in range(ROUNDS):
        for name, act in acts.items():
            taken[name].append(min(timed(act), timed(act)))
        for name, peer in peers.items():
            taken[name].append(min(peer.run(), peer.run()))
    return taken


def _over_jax(taken: dict[str, list[float]]) -> tuple[Target, ...]:
    """Best over best; and, where noise falls on one of them, the middle of the rounds' own ratios."""
    best = min(taken["jax"]) / min(taken["ours"])
    middle = statistics.median(np.array(taken["jax"]) / np.array(taken["ours"]))
    return (
        Target(what="W1 over JAX", found=best, limit=20.0, unit="x", is_least=True, stretch=40.0),
        Target(
            what="W1 over JAX, the build's", found=best, limit=10.0, unit="x", is_least=True, is_gate=True
        ),
        Target(what="W1 over JAX, median of rounds", found=middle, limit=20.0, unit="x", is_least=True),
    )


def _alone(best: dict[str, float]) -> list[Result]:
    """Ours beside the machine's own limit, and in two other ways."""
    limit = roofline.ns_per_point(best)
    ns = {name: 1e9 * best[name] / (N_SUBJECTS * N_POINTS) for name in ("ours", "fresh", "single")}
    asked = (
        Target(what="W1, curves stored", found=ns["ours"], limit=6.0, unit="ns a point", stretch=3.0),
        Target(what="W1 over the roofline", found=ns["ours"] / limit, limit=6.0, unit="x", is_gate=True),
    )
    told = f"W1, {ns['ours']:.2f} ns a point, {ns['ours'] / limit:.1f} x the roofline's {limit:.2f}"
    return [
        alone(told, WORDS, best["ours"], *asked),
        alone(f"W1 into memory fresh from the system, {ns['fresh']:.2f} ns a point", WORDS, best["fresh"]),
        alone(f"W1 in float32, {ns['single']:.2f} ns a point", WORDS, best["single"]),
    ]


def _growth() -> list[Result]:
    """That cost is linear in people and in points."""
    sizes = {f"{n:,} people": (drawn(n), TIME) for n in (1_000, 100_000)}
    sizes |= {f"{n} points": (drawn(N_SUBJECTS), TIME[:n]) for n in (121, 241)}
    best = best_of({name: (lambda given=given: ours(*given)) for name, given in sizes.items()}, 3)
    return [
        alone(
            f"W1, {name}: {1e9 * taken / (given[0].n_subjects * given[1].size):.2f} ns a point",
            "as W1",
            taken,
        )
        for (name, taken), given in zip(best.items(), sizes.values(), strict=True)
    ]
