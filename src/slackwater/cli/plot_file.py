"""Charts as PNG or SVG files, the same bytes for the same numbers."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, cast

from slackwater.cli.curves import Colour, Panel
from slackwater.cli.files import naming
from slackwater.terms.refusal import RefusedError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SUFFIXES = (".png", ".svg")
_INK, _FAINT = "#16242c", "#d5dde0"
_DOTS_PER_INCH = 144
_WIDTH_IN, _PANEL_HEIGHT_IN, _TITLE_HEIGHT_IN, _LINE_HEIGHT_IN = 8.0, 2.6, 0.22, 0.13
_MARGIN = 0.015
_TITLE_CHARACTERS, _FOOTER_CHARACTERS = 95, 150
_STYLE: dict[str, object] = {
    # Names inside an SVG are hashed; a fixed salt keeps them from changing between runs.
    "svg.hashsalt": "slackwater",
    "svg.fonttype": "none",
    "font.size": 9.0,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def picture_path(text: str, *, field: str) -> Path:
    """The path of a chart, refused before anything is simulated when it is neither PNG nor SVG."""
    path = Path(text)
    if path.suffix.lower() not in _SUFFIXES:
        raise RefusedError.of(
            field=field,
            code="unknown-picture",
            message=f"{path.name or 'The name'} ends neither in .png nor in .svg.",
            mend="Name a file that ends in .png or .svg.",
        )
    return path


def write_picture(panels: Sequence[Panel], path: Path, *, title: str, basis: Sequence[str]) -> None:
    """Draw the panels under one another, over one axis where all show hours, and their basis beneath."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    footer = [line for sentence in basis for line in wrap(sentence, _FOOTER_CHARACTERS)]
    heading = wrap(title, _TITLE_CHARACTERS)
    heading_in = _TITLE_HEIGHT_IN * len(heading)
    footer_in = _LINE_HEIGHT_IN * (len(footer) + 1)
    height_in = _PANEL_HEIGHT_IN * len(panels) + heading_in + footer_in
    with rc_context(cast("dict[Any, Any]", _STYLE)):
        figure = Figure(figsize=(_WIDTH_IN, height_in))
        is_one_clock = all(panel.x_label == "hours" for panel in panels)
        axes = figure.subplots(len(panels), 1, sharex=is_one_clock, squeeze=False)[:, 0]
        for axis, panel in zip(axes, panels, strict=True):
            _draw(axis, panel)
            if not is_one_clock or axis is axes[-1]:
                axis.set_xlabel(panel.x_label)
        figure.tight_layout(rect=(0.0, footer_in / height_in, 1.0, 1.0 - heading_in / height_in))
        figure.text(
            _MARGIN, 1.0 - 0.08 / height_in, "\n".join(heading), fontsize=10.0, va="top", weight="bold"
        )
        figure.text(_MARGIN, 0.08 / height_in, "\n".join(footer), fontsize=6.5, va="bottom")
        metadata = {"Date": None} if path.suffix.lower() == ".svg" else {"Software": None}
        with naming("plot", path):
            figure.savefig(path, dpi=_DOTS_PER_INCH, metadata=metadata)


def _draw(axis: "Axes", panel: Panel) -> None:
    for curve in panel.curves:
        colour = _hex(curve.colour)
        if curve.low is not None and curve.high is not None:
            axis.fill_between(panel.hours, curve.low, curve.high, color=colour, alpha=0.18, linewidth=0.0)
        axis.plot(panel.hours, curve.y, color=colour, linewidth=1.6, label=curve.label)
    for level in panel.levels:
        axis.axhline(level.at, color=_hex(level.colour), linewidth=0.9, linestyle=(0, (5, 4)))
    if panel.marked is not None:
        axis.axvspan(*panel.marked, color=_hex(Colour.TIDE), alpha=0.12, linewidth=0.0)
    axis.set_title(panel.title, loc="left", fontsize=9.0)
    axis.set_ylabel(panel.unit)
    axis.set_ylim(0.0, panel.top)
    axis.set_xlim(float(panel.hours[0]), float(panel.hours[-1]))
    axis.grid(color=_FAINT, linewidth=0.6)
    axis.legend(frameon=False, loc="upper right")


def _hex(colour: Colour) -> str:
    red, green, blue = colour.value
    return f"#{red:02x}{green:02x}{blue:02x}"
