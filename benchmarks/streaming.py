"""A million people of W1 with bands, nothing kept: time and memory of a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.result import Result, alone
from benchmarks.target import Target
from benchmarks.w1 import ours
from benchmarks.workload import N_POINTS, OMEGA, SEED, Array, people_of
from slackwater.pharma.streaming import PIECE, count

N_SUBJECTS = 1_000_000


def pieces(n_subjects: int) -> Iterator[Callable[[], Array]]:
    """The crowd of `workload.drawn`, piece by piece."""
    generator = np.random.default_rng(SEED)
    for first in range(0, n_subjects, PIECE):
        z = generator.standard_normal((min(PIECE, n_subjects - first), len(OMEGA)))
        yield lambda z=z: ours(people_of(z))


def measure() -> None:
    count(pieces(2 * PIECE), 3, N_POINTS).band()
    began = time.perf_counter()
    band = count(pieces(N_SUBJECTS), 3, N_POINTS).band()
    taken = time.perf_counter() - began
    assert band.shape == (3, 3, N_POINTS)
    print(json.dumps([taken, _most_memory_mib()]))


def _most_memory_mib() -> float:
    """Of this process alone: the figure that getrusage gives begins with that of whoever started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def run() -> list[Result]:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.streaming"], check=True, capture_output=True, text=True
    ).stdout
    taken, memory = json.loads(told)
    ns = 1e9 * taken / (N_SUBJECTS * N_POINTS)
    asked = (
        Target(what="a million people with bands", found=ns, limit=10.0, unit="ns a point", stretch=6.0),
        Target(what="its memory", found=memory * 2**20 / 1e6, limit=300.0, unit="MB"),
    )
    told = f"streaming, {ns:.1f} ns a point, {memory:.0f} MiB at most"
    return [alone(told, f"{N_SUBJECTS:,} people of W1, bands", taken, *asked)]


if __name__ == "__main__":
    measure()
