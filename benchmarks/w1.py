"""W1: a crowd's curves, beside public peers on the same people and beside what the machine can do at best."""

import ctypes
import ctypes.util
from contextlib import ExitStack

import numpy as np

from benchmarks import roofline
from benchmarks.clock import best_of
from benchmarks.peer import started
from benchmarks.result import Result, against, alone
from benchmarks.workload import N_POINTS, TIME, Array, Workload, drawn, inputs, outputs, system
from slackwater.pharma.solution import solve

N_SUBJECTS = 10_000
# Those that take one person at a time are given so many, and the time is scaled.
PEERS = {"jax": N_SUBJECTS, "scipy": 20, "roadrunner": 20}
ROUNDS = 5
# Of malloc.h: how many arrays may be mapped apart, and how much free memory is kept.
_M_MMAP_MAX, _M_TRIM_THRESHOLD = -4, -1
LEAST_OVER_JAX, MOST_OVER_ROOFLINE = 10.0, 6.0


def ours(people: Workload, time: Array = TIME, *, single: bool = False) -> Array:
    return solve(system(people), inputs(people), outputs(people), time, single=single)


def run() -> tuple[list[Result], list[str]]:
    """The comparisons, and in words what is below the gate."""
    people = drawn(N_SUBJECTS)
    with ExitStack() as stack:
        peers = {
            name: stack.enter_context(started(name, people.some(np.arange(n)))) for name, n in PEERS.items()
        }
        found = ours(people)
        for name, peer in peers.items():
            expected = np.moveaxis(peer.answer, (0, 1, 2), (2, 1, 0))
            error = np.abs(found[:, :, : peer.n_subjects] - expected).max() / expected.max()
            assert error < 1e-4, f"{name} solved another problem"
        del found
        theirs = dict.fromkeys(peers, np.inf)
        acts = {
            "ours": lambda: ours(people),
            "single": lambda: ours(people, single=True),
            **roofline.probes(),
        }
        best = dict.fromkeys(acts, np.inf)
        for _ in range(ROUNDS):
            best = {name: min(best[name], taken) for name, taken in best_of(acts, 2).items()}
            theirs = {name: min(theirs[name], peers[name].run()) for name in peers}
        touched = _touched(people)
    best["fresh"], best["ours"] = best["ours"], touched
    ns = {name: 1e9 * taken / (N_SUBJECTS * N_POINTS) for name, taken in best.items()}
    limit, words = (
        roofline.ns_per_point(best),
        f"W1: {N_SUBJECTS:,} people x {N_POINTS} points x 3 curves, stored",
    )
    results = _alone(ns, best, limit, words)
    for name, peer in peers.items():
        whole = theirs[name] * N_SUBJECTS / peer.n_subjects
        given = "" if peer.n_subjects == N_SUBJECTS else f" ({peer.n_subjects} people run, time scaled)"
        results.append(against("W1", words, best["ours"], peer.words + given, whole))
    over_jax = theirs["jax"] / best["ours"]
    missed = []
    if over_jax < LEAST_OVER_JAX:
        missed.append(f"W1 is {over_jax:.1f} times as quick as JAX, and {LEAST_OVER_JAX:g} is asked for")
    if ns["ours"] > MOST_OVER_ROOFLINE * limit:
        missed.append(
            f"W1 takes {ns['ours'] / limit:.1f} times the roofline, and {MOST_OVER_ROOFLINE:g} is the most"
        )
    return [*results, *_growth()], missed


def _alone(ns: dict[str, float], best: dict[str, float], limit: float, words: str) -> list[Result]:
    """Ours beside the machine's own limit, and in two other ways."""
    told = {
        "ours": f"W1, {ns['ours']:.2f} ns a point, {ns['ours'] / limit:.1f} x the roofline's {limit:.2f}",
        "fresh": f"W1 into memory fresh from the system, {ns['fresh']:.2f} ns a point",
        "single": f"W1 in float32, {ns['single']:.2f} ns a point",
    }
    return [alone(what, words, best[name]) for name, what in told.items()]


def _touched(people: Workload) -> float:
    """Best time into memory that the process already has, as the workload is defined (outputs pre-touched).

    The system would zero every page of a large array that is new to the process, and take it back after.
    """
    libc = ctypes.CDLL(ctypes.util.find_library("c"))
    assert libc.mallopt(_M_MMAP_MAX, 0)
    assert libc.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
    ours(people)
    return best_of({"ours": lambda: ours(people)}, 4 * ROUNDS)["ours"]


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
