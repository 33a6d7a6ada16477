"""SVG as text. Every attribute and word goes through the escape here, and tags are written nowhere else."""

from collections.abc import Iterable
from html import escape

from slackwater.reports.glyphs import SERIF

INK = "#16222b"
GREY = "#56656f"
FAINT = "#d9e0e3"
GRID = "#b9c4c9"
TIDE = "#17605b"
PAPER = "#ffffff"
# ISO 26825 gives the labels of induction drugs, ketamine among them, this colour: an edge, never a trace.
LABEL_EDGE = "#ffd800"


def element(tag: str, *children: str, **attributes: str | float) -> str:
    """One element. An underscore in an attribute's name stands for a hyphen; numbers keep two decimals."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_plain(value), quote=True)}"'
        for name, value in attributes.items()
    )
    inside = "".join(children)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def text(words: str, *, x: float, y: float, size: float = 7.5, **attributes: str | float) -> str:
    """Words at their baseline, escaped."""
    return element("text", escape(words), **{"x": x, "y": y, "font_size": size, "fill": INK, **attributes})


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float) -> str:
    """A straight stroke."""
    return element("line", **{"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": INK, **attributes})


def path(points: Iterable[tuple[float, float]], **attributes: str | float) -> str:
    """A stroke through the points."""
    return element("path", **{"d": f"M{_walk(points)}", "fill": "none", **attributes})


def shape(points: Iterable[tuple[float, float]], **attributes: str | float) -> str:
    """The area that the points enclose."""
    return element("path", **{"d": f"M{_walk(points)}Z", **attributes})


def drawing(*children: str, width: float, height: float) -> str:
    """A whole picture, one unit to the point."""
    return element(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{_plain(width)}pt",
        height=f"{_plain(height)}pt",
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        font_family=SERIF,
        stroke_linejoin="round",
    )


def _walk(points: Iterable[tuple[float, float]]) -> str:
    return " L".join(f"{_plain(x)},{_plain(y)}" for x, y in points)


def _plain(value: str | float) -> str:
    if isinstance(value, str):
        return value
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
