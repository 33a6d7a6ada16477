"""Coverage of one session as a section and as figures."""

from collections.abc import Iterator

from slackwater.cli.output_counts import covered, held, in_minutes, line, minutes, percent, standard_error
from slackwater.cli.output_json import Node
from slackwater.pharma.calibration.report import Report, Row

_HEAD = """## Coverage, and time to recovery

`slackwater calibrate --only coverage {options}`. Each virtual patient's truth is hidden
from the crowd, which is told what staff would see at the usual times (rating and MOAA/S every 15 min,
pressures and heart rate every 10 to 15), slips and artefacts included. Then its bands of depth are held
against the truth at every tenth minute from then to five hours.

The patients are drawn evenly over the population (Latin hypercube). By chance alone coverage strays by
about {half:.1f} points (50 %) and {most:.1f} points (90 %), one standard error, for {patients} patients,
and by {half_others:.1f} and {most_others:.1f} for {others}; the worst of many times strays further than one
of them. The crowd is as large as a room's ({subjects:,}), and moved as in a room where few fit.

*Worst* is the coverage at the time where it is furthest from nominal. *Width* is that of the 90 % band as a
share of the crowd's before anything was seen. *Error* is of the middle predicted time of recovery against
the true one, mean (median), beside that of the crowd before anything was seen. *Moved* is the share of
patients whose crowd was.

| patients | dose | asked | n | 50 % | worst | 90 % | worst | width | error, min | unseen | moved | outside |
| --- | --- | --: | --: | --: | --- | --: | --- | --: | --: | --: | --: | --: |
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
        subjects=size.subjects,
        half=standard_error(0.5, size.patients),
        most=standard_error(0.9, size.patients),
        half_others=standard_error(0.5, size.others),
        most_others=standard_error(0.9, size.others),
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
    yield from held(row.half, row.most)
    yield "width_share", round(row.width_share, 3)
    yield from in_minutes(row.errors, "error_min")
    yield from in_minutes(row.drawn, "drawn_error_min")
    yield from (("outside", row.outside), ("refreshed", row.refreshed), ("median_ess", round(row.ess, 1)))


def _row(row: Row) -> str:
    shifted = f", EC50 x {row.case.shifted:g}" if row.case.shifted != 1.0 else ""
    return line(
        f"{row.case.truth.model.id}{shifted}",
        row.case.dose,
        f"{row.until_min} min",
        f"{row.n_patients:,}",
        *covered(row.half, row.most),
        f"{100 * row.width_share:.0f} %",
        minutes(row.errors),
        minutes(row.drawn),
        f"{100 * row.refreshed:.0f} %",
        percent(row.outside),
    )
