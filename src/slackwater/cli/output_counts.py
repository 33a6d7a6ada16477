"""What the sections of a calibration share: coverages, errors and lines of a table."""

import math
from collections.abc import Iterator

from slackwater.pharma.calibration.counts import Coverage, Errors


def held(half: Coverage, most: Coverage) -> Iterator[tuple[str, float]]:
    """Both bands as figures."""
    for name, coverage in (("50", half), ("90", most)):
        yield f"held_{name}", round(coverage.mean, 4)
        yield f"worst_{name}", round(coverage.worst, 4)
        yield f"worst_{name}_min", coverage.worst_min


def in_minutes(errors: Errors, name: str) -> Iterator[tuple[str, float]]:
    """Errors as figures."""
    yield from ((name, round(errors.mean, 3)), (f"median_{name}", round(errors.median, 3)))


def covered(half: Coverage, most: Coverage) -> tuple[str, str, str, str]:
    """Both bands as cells, each with its worst time."""
    return percent(half.mean), _worst(half), percent(most.mean), _worst(most)


def minutes(errors: Errors) -> str:
    """Mean and median as a cell."""
    return f"{errors.mean:.0f} ({errors.median:.0f})"


def percent(share: float) -> str:
    """A share as a cell."""
    return f"{100 * share:.1f} %"


def line(*cells: str) -> str:
    """One row of a table."""
    return f"| {' | '.join(cells)} |"


def standard_error(nominal: float, n: int) -> float:
    """Of a coverage, in points."""
    return 100.0 * math.sqrt(nominal * (1.0 - nominal) / n)


def _worst(coverage: Coverage) -> str:
    return f"{percent(coverage.worst)} at {coverage.worst_min:.0f} min"
