"""How long things take on a machine that other work shares.

Rounds are interleaved, so that a slow minute falls on everybody; the best of each is kept, because whatever
else runs can only add to it.
"""

import time
from collections.abc import Callable, Mapping

Act = Callable[[], object]


def best_of(acts: Mapping[str, Act], rounds: int) -> dict[str, float]:
    """The shortest wall time of each, in seconds; every act is run once before it counts."""
    for act in acts.values():
        act()
    best = dict.fromkeys(acts, float("inf"))
    for _ in range(rounds):
        for name, act in acts.items():
            best[name] = min(best[name], timed(act))
    return best


def timed(act: Act) -> float:
    """Its wall time, in seconds."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
