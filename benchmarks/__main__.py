"""`make bench`: every comparison, printed, and written to results.json and the page of the docs."""

from datetime import UTC, datetime
from pathlib import Path

from benchmarks import engine, live, plan, start, streaming, target, w1, w2, w3
from benchmarks.result import Result, as_table, machine, write

PARTS = (w1.run, w2.run, w3.run, streaming.run, start.run, engine.run, plan.run, live.run)
PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
WORDS = """# Performance

Printed by `make bench` on {date}, on {machine}. Each ratio is the peer's time over ours, medians of
interleaved runs in one process. Single figures move by tens of percent between runs of a shared
machine; ratios of three or more are to be believed.

What was asked for, beside what this run found:

{targets}

{table}

What is compared: the same patients, doses and times. The peers give curves only, without bands or
summaries, and are given eight patients whose time is scaled, because they take one at a time. The
stepping peer uses instants on the grid, as these doses are; ours would take the same time for any
instant. The way from a tap to a second screen is measured on a real server and a real database,
each entry committed before it is sent; no public peer offers it.

W1, W2 and W3 are the performance protocol's workloads: eight states, three curves, 481 minutes, an
infusion and boluses. JAX is given all of them at once and is compiled beforehand; SciPy and libroadrunner
take one person at a time, are given twenty, and their time is scaled. All start and end with numbers in
memory that the process already had, theirs too, and everybody has a turn in each round; of W1, W2 and W3 the
best is printed, because other work on the machine can only add. The roofline is the larger of two probes of
the same run: 39 products for each point, and three numbers written. The build asks for ten times JAX and at
most six times the roofline.

Tools of R cannot be installed here; see [](performance-anchors.md).
"""


def main() -> None:
    print(f"On {machine()}.\n")
    results = [result for part in PARTS for result in part()]
    asked = [one for result in results for one in result.targets]
    print(as_table(results), target.as_table(asked), sep="\n\n")
    page(results, asked)
    print(f"\nWritten to {write(results).name} and {PAGE.name}.")
    if missed := [one.words for one in asked if one.is_gate and not one.is_met]:
        raise SystemExit("\n".join(missed))


def page(results: list[Result], asked: list[target.Target]) -> None:
    date = f"{datetime.now(UTC):%-d %B %Y}"
    told = {"table": as_table(results), "targets": target.as_table(asked)}
    PAGE.write_text(WORDS.format(date=date, machine=machine(), **told), encoding="utf-8")


if __name__ == "__main__":
    main()
