"""The first answer of a new process: with every kernel in the cache, and with none."""

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.result import Result, alone
from benchmarks.target import Target

RUNS = 5
ANSWER = """
import json, time
began = time.perf_counter()
from benchmarks.workload import TIME, drawn, inputs, outputs, system
from slackwater.pharma.solution import solve
people = drawn(128)
imported = time.perf_counter()
solve(system(people), inputs(people), outputs(people), TIME)
print(json.dumps([imported - began, time.perf_counter() - imported]))
"""
IMPORT = """
import json, time
began = time.perf_counter()
from slackwater.pharma import *
print(json.dumps([time.perf_counter() - began]))
"""


def told(script: str, **environment: str) -> list[float]:
    said = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    seconds: list[float] = json.loads(said)
    return seconds


def run() -> list[Result]:
    told(ANSWER)
    imported, answered = min((told(ANSWER) for _ in range(RUNS)), key=sum)
    (names,) = min(told(IMPORT) for _ in range(RUNS))
    with tempfile.TemporaryDirectory() as folder:
        cold = sum(told(ANSWER, NUMBA_CACHE_DIR=folder))
    whole = imported + answered
    asked = {
        "warm": Target(what="first call of a process, import and all", found=whole, limit=2.0, unit="s"),
        "names": Target(what="import of every name of the engine", found=names, limit=1.0, unit="s"),
        "cold": Target(what="first call with nothing compiled", found=cold, limit=60.0, unit="s"),
    }
    people = "128 people of W1"
    return [
        alone("import, then the first call from a warm cache: the import", people, imported),
        alone("import, then the first call from a warm cache: the call", people, answered, asked["warm"]),
        alone("import of every name of the engine", "a new process", names, asked["names"]),
        alone(
            "the first call with nothing compiled", f"{people}, once after installing", cold, asked["cold"]
        ),
    ]
