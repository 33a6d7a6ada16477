"""Curves drawn in the terminal's own characters."""

import math
from itertools import count, cycle, takewhile

import numpy as np
import plotext
from rich.text import Text

from slackwater.cli.curves import Curve, Panel
from slackwater.cli.simulation import Vector

_NARROWEST, _WIDEST = 50, 100
_HEIGHT = 15
_MOST_TICKS = 12
_TICKS = (0.25, 0.5, 1.0, 2.0, 4.0, 12.0, 24.0, 50.0, 100.0)
_BAND = (90, 110, 122)
# How each curve is drawn, and the sign for it beneath.
_MARKS = (("braille", "⠒⠒"), ("•", "••"), ("+", "++"), ("x", "xx"))
_ROUND = (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0)


def draw(panel: Panel, *, width: int) -> Text:
    """The panel as text, which Rich prints with or without colour; `width` is in characters."""
    width = max(_NARROWEST, min(width, _WIDEST))
    # A plot is as wide as asked, in a pipe or a file too.
    plotext.terminal.limit(width=False, height=False)
    figure = plotext.figure
    figure.clear()
    figure.theme("simple")
    figure.plot_size(width, _HEIGHT)
    top = panel.top or _round_up(max(_highest(curve) for curve in panel.curves))
    for curve in panel.curves:
        figure.draw(_shade(panel.hours, curve, top, width))
    for curve, (code, _) in zip(panel.curves, cycle(_MARKS), strict=False):
        marker = plotext.marker(code, curve.colour.value)
        figure.draw(figure.signal(panel.hours.tolist(), curve.y.tolist(), marker=marker).lines())
    figure.title(f"{panel.title}, {panel.unit}")
    figure.label(panel.x_label, "x")
    figure.ruler("x", "lower").ticks(_ticks(float(panel.hours[0]), float(panel.hours[-1])))
    figure.ruler("x", "lower").lim(float(panel.hours[0]), float(panel.hours[-1]))
    figure.ruler("y", "left").lim(0.0, top)
    return Text.from_ansi(figure.build().string().rstrip()).append("\n").append(_legend(panel))


def _legend(panel: Panel) -> Text:
    """Which curve is which, by shape as well as by colour."""
    named = Text("     ")
    for curve, (_, sign) in zip(panel.curves, cycle(_MARKS), strict=False):
        red, green, blue = curve.colour.value
        named.append(f"{sign} {curve.label}   ", style=f"rgb({red},{green},{blue})")
    return named.append("░ 5-95 %" if any(curve.low is not None for curve in panel.curves) else "")


def _highest(curve: Curve) -> float:
    return float((curve.y if curve.high is None else curve.high).max())


def _round_up(highest: float) -> float:
    """The next number whose quarters, where the scale is marked, are short to write."""
    if highest <= 0.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return power * next(step for step in _ROUND if step * power >= highest)


def _shade(hours: Vector, curve: Curve, top: float, width: int) -> object:
    """A point in every character cell between the band's edges."""
    if curve.low is None or curve.high is None:
        return plotext.figure.signal([], [])
    columns = np.linspace(hours[0], hours[-1], width)
    low, high = np.interp(columns, hours, curve.low), np.interp(columns, hours, curve.high)
    rows = np.linspace(0.0, top, _HEIGHT * 2)
    row, column = np.nonzero((rows[:, None] >= low) & (rows[:, None] <= high))
    return plotext.figure.signal(
        columns[column].tolist(), rows[row].tolist(), marker=plotext.marker("░", _BAND)
    )


def _ticks(first: float, last: float) -> list[float]:
    step = next((step for step in _TICKS if (last - first) / step <= _MOST_TICKS), _TICKS[-1])
    start = math.ceil(first / step)
    return list(takewhile(lambda tick: tick <= last, (step * n for n in count(start))))
