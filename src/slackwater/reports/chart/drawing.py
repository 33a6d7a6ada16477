"""The whole chart, lane under lane, and the same in words for whoever can't see it."""

from dataclasses import dataclass

from slackwater.reports.chart import lanes, legend, vitals
from slackwater.reports.chart.depth import depth, hatch
from slackwater.reports.chart.frame import WIDTH, clock_of, time_axis
from slackwater.reports.chart.svg import drawing
from slackwater.reports.session import SessionReport

_DEPTH_HEIGHT = 150.0
_GAP = 4.0
_AXIS_HEIGHT = 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing as SVG text, one unit to the point."""

    svg: str
    width_pt: float
    height_pt: float


def chart(report: SessionReport) -> Chart:
    """The visit on one clock: doses, depth, events, vital signs, time, key."""
    clock = clock_of(report)
    y = 0.0
    parts = [hatch(), lanes.doses(report, clock, y)]
    y += lanes.doses_height(report) + _GAP
    first = y + 12
    parts.append(depth(report, clock, y, y + _DEPTH_HEIGHT))
    y += _DEPTH_HEIGHT + _GAP
    rail = lanes.rail(report, clock, y)
    y += lanes.RAIL_ROW * lanes.rail_rows(report)
    for panel in vitals.lanes_with_readings(report):
        parts.append(vitals.lane(report, panel, clock, y))
        y += panel.height + 12 + _GAP
    # The rail goes over the line, so that a number on it stays readable.
    parts += [lanes.departure(report, clock, first, y - _GAP), rail, time_axis(report, clock, y - _GAP)]
    y += _AXIS_HEIGHT
    parts.append(legend.legend(report, y))
    height = y + legend.height(report)
    return Chart(svg=drawing(*parts, width=WIDTH, height=height), width_pt=WIDTH, height_pt=height)
