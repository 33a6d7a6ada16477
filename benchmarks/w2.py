"""W2: one person's three curves at 481 points, once everything is compiled."""

from benchmarks.clock import best_of
from benchmarks.result import Result, alone
from benchmarks.target import Target
from benchmarks.workload import TIME, drawn, inputs, outputs, system
from slackwater.pharma.solution import solve

# Long enough for a quiet moment to fall into it.
ROUNDS = 20_000


def run() -> list[Result]:
    one = drawn(1)
    given = system(one), inputs(one), outputs(one), TIME
    best = best_of({"W2": lambda: solve(*given)}, ROUNDS)["W2"]
    asked = Target(what="W2, one person", found=best * 1e6, limit=50.0, unit="µs", stretch=15.0)
    told = f"W2, {best * 1e6:.0f} microseconds"
    return [alone(told, "W2: one person x 481 points x 3 curves", best, asked)]
