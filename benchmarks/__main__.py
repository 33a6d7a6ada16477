"""`make bench`: every comparison, printed, and written to benchmarks/results.json."""

from benchmarks import engine, live
from benchmarks.result import as_table, machine, write


def main() -> None:
    print(f"On {machine()}.\n")
    results = [*engine.run(), *live.run()]
    print(as_table(results))
    print(f"\nWritten to {write(results).name}.")


if __name__ == "__main__":
    main()
