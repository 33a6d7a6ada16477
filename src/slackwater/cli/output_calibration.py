"""The calibration report as a page and as JSON."""

import math
from collections.abc import Iterator

from slackwater.cli.output_json import Node
from slackwater.pharma.calibration.report import Coverage, Report, Row

_HEAD = """## Coverage, and time to recovery

`slackwater calibrate --only coverage {options}`. Each virtual patient's truth is hidden
from the crowd, which is told what staff would see at the usual times (rating and MOAA/S every 15 min,
pressures and heart rate every 10 to 15), slips and artefacts included. Then its bands of depth are held
against the truth at every tenth minute from then to five hours.

The patients are drawn evenly over the population (Latin hypercube). By chance alone coverage strays by
about {half:.1f} points (50 %) and {most:.1f} points (90 %), one standard error, for {patients} patients,
and by {half_others:.1f} and {most_others:.1f} for {others}; the worst of many times strays further than one
of them. The crowd here is large and only reweighted; in a room it is smaller, and drawn again where few
fit.

*Worst* is the coverage at the time where it is furthest from nominal. *Width* is that of the 90 % band as a
share of the crowd's before anything was seen. *Error* is of the middle predicted time of recovery against
the true one, mean (median), beside that of the crowd before anything was seen.

| patients | dose | asked at | n | 50 % | worst | 90 % | worst | width | error, min | unseen, min | outside |
| --- | --- | --: | --: | --: | --- | --: | --- | --: | --: | --: | --: |
"""


def page(report: Report) -> str:
    """The report as Markdown."""
    size = report.size
    head = _HEAD.format(
        options=(
            f"--patients {size.patients} --others {size.others} --subjects {size.subjects} --seed {size.seed}"
        ),
        patients=size.patients,
        others=size.others,
        half=_error(0.5, size.patients),
        most=_error(0.9, size.patients),
        half_others=_error(0.5, size.others),
        most_others=_error(0.9, size.others),
    )
    return head + "\n".join(map(_row, report.rows)) + "\n"


def figures(report: Report) -> Node:
    """The same figures for a program."""
    size = report.size
    return {
        "patients": size.patients,
        "others": size.others,
        "subjects": size.subjects,
        "seed": size.seed,
        "rows": [dict(_figures(row)) for row in report.rows],
    }


def _figures(row: Row) -> Iterator[tuple[str, Node]]:
    yield from (
        ("truth", row.case.truth.model.id),
        ("EC50_factor", row.case.shifted),
        ("dose", row.case.dose),
    )
    yield from (("asked_at_min", row.until_min), ("n", row.n_patients))
    for name, coverage in (("50", row.half), ("90", row.most)):
        yield f"held_{name}", round(coverage.mean, 4)
        yield f"worst_{name}", round(coverage.worst, 4)
        yield f"worst_{name}_min", coverage.worst_min
    for name in ("width_share", "error_min", "drawn_error_min", "median_error_min", "median_drawn_error_min"):
        yield name, round(getattr(row, name), 3)
    yield from (("outside", row.outside), ("refreshed", row.refreshed), ("median_ess", round(row.ess, 1)))


def _row(row: Row) -> str:
    shifted = f", EC50 x {row.case.shifted:g}" if row.case.shifted != 1.0 else ""
    cells = (
        f"{row.case.truth.model.id}{shifted}",
        row.case.dose,
        f"{row.until_min} min",
        f"{row.n_patients:,}",
        f"{_percent(row.half.mean)}",
        _worst(row.half),
        f"{_percent(row.most.mean)}",
        _worst(row.most),
        f"{100 * row.width_share:.0f} %",
        f"{row.error_min:.0f} ({row.median_error_min:.0f})",
        f"{row.drawn_error_min:.0f} ({row.median_drawn_error_min:.0f})",
        _percent(row.outside),
    )
    return f"| {' | '.join(cells)} |"


def _worst(coverage: Coverage) -> str:
    return f"{_percent(coverage.worst)} at {coverage.worst_min:.0f} min"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _error(nominal: float, n: int) -> float:
    """Standard error of a coverage, in points."""
    return 100.0 * math.sqrt(nominal * (1.0 - nominal) / n)
