"""Ratios of simulated to observed, each row on a line from a quarter to four."""

import math
from collections.abc import Iterable, Sequence
from statistics import median

from rich.text import Text

from slackwater.pharma.scoring import RowScore

_WIDTH = 61
_LOWEST = 0.25
_TICKS = (0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0)
_NEAR = (0.8, 1.25)


def ratio_plot(rows: Sequence[RowScore]) -> Text:
    """A line of marks for each row; what lies beyond the scale is < or > at its end."""
    label = max((len(row.row_id) for row in rows), default=0)
    lines = [_axis(label), *(_line(row, label) for row in rows)]
    legend = "C Cmax, t tmax, A AUC, p median of points, + two at one place; shaded: 0.8-1.25, on a log scale"
    return Text("\n").join([*lines, Text(legend, style="dim")])


def _axis(label: int) -> Text:
    line = [" "] * (_WIDTH + 4)
    for tick in _TICKS:
        start = _column(tick)
        for offset, character in enumerate(f"{tick:g}"):
            line[start + offset] = character
    return Text(" " * (label + 2) + "".join(line).rstrip(), style="dim")


def _line(row: RowScore, label: int) -> Text:
    near = range(_column(_NEAR[0]), _column(_NEAR[1]) + 1)
    cells = ["░" if column in near else "·" for column in range(_WIDTH)]
    for mark, ratio in _marks(row):
        column = _column(ratio)
        cells[column] = _beyond(ratio) or ("+" if cells[column] not in "░·" else mark)
    return Text(f"{row.row_id:<{label}}  {''.join(cells)}")


def _marks(row: RowScore) -> Iterable[tuple[str, float]]:
    points = median(row.points) if row.points else None
    marks = (("C", row.Cmax), ("t", row.tmax), ("A", row.AUC), ("p", points))
    return ((mark, ratio) for mark, ratio in marks if ratio is not None)


def _beyond(ratio: float) -> str:
    if ratio < _LOWEST:
        return "<"
    return ">" if ratio > 1 / _LOWEST else ""


def _column(ratio: float) -> int:
    """Where a ratio falls on the log scale; what is beyond falls on the edge."""
    bounded = min(max(ratio, _LOWEST), 1 / _LOWEST)
    return round((math.log(bounded / _LOWEST) / math.log(_LOWEST**-2)) * (_WIDTH - 1))
