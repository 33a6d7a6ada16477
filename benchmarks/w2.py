"""W2: one person's three curves at 481 points, once everything is compiled."""

from benchmarks.clock import best_of
from benchmarks.result import Result, alone
from benchmarks.workload import TIME, drawn, inputs, outputs, system
from slackwater.pharma.solution import solve

ROUNDS = 2_000


def run() -> list[Result]:
    one = drawn(1)
    given = system(one), inputs(one), outputs(one), TIME
    best = best_of({"W2": lambda: solve(*given)}, ROUNDS)["W2"]
    return [alone(f"W2, {best * 1e6:.0f} microseconds", "W2: one person x 481 points x 3 curves", best)]
