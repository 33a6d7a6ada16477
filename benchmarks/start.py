"""The first answer of a new process: with every kernel in the cache, and with none."""

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.result import Result, alone

FIRST = """
import json, time
began = time.perf_counter()
from benchmarks.w1 import ours
from benchmarks.workload import drawn
people = drawn(128)
imported = time.perf_counter()
ours(people)
print(json.dumps([imported - began, time.perf_counter() - imported]))
"""


def first(**environment: str) -> tuple[float, float]:
    told = subprocess.run(
        [sys.executable, "-c", FIRST],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    imported, answered = json.loads(told)
    return imported, answered


def run() -> list[Result]:
    warm = min(first() for _ in range(2))
    with tempfile.TemporaryDirectory() as folder:
        cold = first(NUMBA_CACHE_DIR=folder)
    return [
        alone("import, then the first call from a warm cache: the import", "128 people of W1", warm[0]),
        alone("import, then the first call from a warm cache: the call", "128 people of W1", warm[1]),
        alone("the first call with nothing compiled", "128 people of W1, once after installing", sum(cold)),
    ]
