"""The key under the chart, holding only what this chart uses."""

from slackwater.reports.chart.frame import LEFT
from slackwater.reports.chart.svg import GREY, INK, PAPER, TIDE, element, line, shape, text
from slackwater.reports.session import SessionReport
from slackwater.terms.vitals import Quality

_COLUMN = 121.0
_COLUMNS = 4
_ROW = 11.0


def legend(report: SessionReport, top: float) -> str:
    """Each sign beside its meaning, in columns."""
    parts = []
    for index, (sign, words) in enumerate(_items(report)):
        x, y = LEFT + _COLUMN * (index % _COLUMNS), top + 6 + _ROW * (index // _COLUMNS)
        parts.append(element("g", sign, transform=f"translate({x:g} {y:g})"))
        parts.append(text(words, x=x + 19, y=y + 2.4, size=7.2, fill=INK))
    return "".join(parts)


def height(report: SessionReport) -> float:
    """How much room the key takes."""
    rows = -(-len(_items(report)) // _COLUMNS)
    return rows * _ROW + 2


def _items(report: SessionReport) -> list[tuple[str, str]]:
    """Signs drawn in a box 14 wide and 6 high around its own zero."""
    items: list[tuple[str, str]] = []
    if report.ratings:
        items.append((element("circle", cx=7.0, cy=0.0, r=3.0, fill=INK), "patient’s own rating"))
    if any(rating.is_struck for rating in report.ratings):
        ring = element("circle", cx=7.0, cy=0.0, r=2.8, fill=PAPER, stroke=INK, stroke_width=0.6)
        items.append((ring + line(3, 4, 11, -4, stroke_width=0.6), "rating struck out"))
    if report.forecast:
        items += _forecast_items(report)
    qualities = {taken.reading.quality for taken in report.vitals}
    if Quality.ARTEFACT in qualities:
        diamond = [(7.0, -2.6), (9.6, 0.0), (7.0, 2.6), (4.4, 0.0)]
        items.append(
            (shape(diamond, fill=PAPER, stroke=GREY, stroke_width=0.6), "artefact, kept but not used")
        )
    if Quality.DISCONNECTED in qualities:
        items.append(
            (line(0, 0, 14, 0, stroke_width=1.6, stroke_dasharray="0.8 1.2"), "monitor not connected")
        )
    if any(entry.is_event for entry in report.log):
        ring = element("circle", cx=7.0, cy=0.0, r=3.6, fill=PAPER, stroke=GREY, stroke_width=0.5)
        nine = text("9", x=7, y=2, size=6, text_anchor="middle")
        items.append((ring + nine, "entry of that number"))
    return items


def _forecast_items(report: SessionReport) -> list[tuple[str, str]]:
    wide = element("rect", x=0.0, y=-3.5, width=14.0, height=7.0, fill=TIDE, fill_opacity=0.17)
    middle = element("rect", x=0.0, y=-1.8, width=14.0, height=3.6, fill=TIDE, fill_opacity=0.33)
    items = [
        (line(0, 0, 14, 0, stroke=TIDE, stroke_width=1.5), "crowd’s median"),
        (wide + middle, "5 and 9 of 10 of the crowd"),
    ]
    forecast = report.forecast
    if forecast and forecast.prior:
        dashes = line(0, -2.5, 14, -2.5, stroke_width=0.7, stroke_dasharray="3.5 2")
        dashes += line(0, 2.5, 14, 2.5, stroke_width=0.7, stroke_dasharray="3.5 2")
        items.append((dashes, "9 of 10, before observing"))
    return items
