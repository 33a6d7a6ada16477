"""The vital-sign lanes. A dropout is a gap and an artefact an open mark; neither is ever a reading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from slackwater.reports.chart.frame import RIGHT, WIDTH, Clock, Scale, grid, title
from slackwater.reports.chart.svg import GREY, INK, PAPER, element, line, path, shape, text
from slackwater.reports.session import SessionReport, VitalTaken
from slackwater.reports.words import show_clock
from slackwater.terms.vitals import Quality, VitalCode

# Readings nearer than this are a monitor's stream: a line alone, as marks would run together.
_CLOSEST_MARKS = 4.5
# Longer without a reading and the line stops, as nothing was seen between.
_LONGEST_JOIN_MIN = 35.0

Mark = Callable[[float, float], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One panel: what it shows, how tall it is, and the range it always holds."""

    name: str
    codes: tuple[VitalCode, ...]
    height: float
    low: float
    high: float
    step: float


LANES = (
    Lane(
        name="Blood pressure, mmHg · systolic above, diastolic below",
        codes=(VitalCode.SBP, VitalCode.DBP), height=70, low=60, high=160, step=20,
    ),
    Lane(name="Heart rate, per minute", codes=(VitalCode.HR,), height=36, low=40, high=120, step=40),
    Lane(name="Oxygen saturation, %", codes=(VitalCode.SPO2,), height=28, low=90, high=100, step=5),
)  # fmt: skip
# No axis grows beyond this; a reading outside stands at the edge, and the log has its value.
_FLOOR = {VitalCode.SBP: 20.0, VitalCode.DBP: 20.0, VitalCode.HR: 20.0, VitalCode.SPO2: 60.0}
_CEILING = {VitalCode.SBP: 260.0, VitalCode.DBP: 260.0, VitalCode.HR: 220.0, VitalCode.SPO2: 100.0}


def lanes_with_readings(report: SessionReport) -> tuple[Lane, ...]:
    """The panels to draw: those in which anything was entered, good or not."""
    entered = {taken.reading.code for taken in report.vitals}
    return tuple(lane for lane in LANES if entered & set(lane.codes))


def lane(report: SessionReport, lane: Lane, clock: Clock, top: float) -> str:
    """One panel from its title down."""
    low, high = _range(report, lane)
    scale = Scale(low=low, high=high, top=top + 12, bottom=top + 12 + lane.height)
    ticks = _ticks(low, high, lane.step)
    parts = [title(lane.name, y=top + 7.5), grid(clock, scale, ticks)]
    if len(lane.codes) == 2:
        parts.append(_stems(report, clock, scale))
    for code in lane.codes:
        taken = [one for one in report.vitals if one.reading.code is code]
        parts.append(_trace(report, taken, clock, scale))
    parts.append(_last(report, lane, scale))
    return "".join(parts)


def _range(report: SessionReport, lane: Lane) -> tuple[float, float]:
    values = [one.reading.tenths / 10 for code in lane.codes for one in report.good_readings(code)]
    low = floor(min([lane.low, *values]) / lane.step) * lane.step
    high = ceil(max([lane.high, *values]) / lane.step) * lane.step
    return max(low, _FLOOR[lane.codes[0]]), min(high, _CEILING[lane.codes[0]])


def _ticks(low: float, high: float, step: float) -> tuple[float, ...]:
    """Every step, or every second one where there are many."""
    stride = step if (high - low) / step <= 6 else 2 * step
    first = ceil(low / stride)
    return tuple(index * stride for index in range(first, floor(high / stride) + 1))


def _trace(report: SessionReport, taken: Sequence[VitalTaken], clock: Clock, scale: Scale) -> str:
    ordered = sorted(taken, key=lambda one: one.at)
    runs = _runs(report, ordered)
    placed = [[(clock.x(minute), scale.y(value)) for minute, value in run] for run in runs]
    parts = [path(run, stroke=INK, stroke_width=0.6) for run in placed if len(run) > 1]
    points = [point for run in placed for point in run]
    if ordered and not _is_stream(points):
        mark = _MARKS[ordered[0].reading.code]
        parts += [mark(x, y) for x, y in points]
    else:
        # A lone reading in a stream has no line to show it.
        parts += [_dot(*run[0], radius=0.8) for run in placed if len(run) == 1]
    return (
        "".join(parts) + _artefacts(report, ordered, clock, scale) + _dropouts(report, ordered, clock, scale)
    )


def _runs(report: SessionReport, ordered: Sequence[VitalTaken]) -> list[list[tuple[float, float]]]:
    """Good readings as unbroken stretches: a dropout or a long silence ends one, an artefact does not."""
    runs: list[list[tuple[float, float]]] = []
    is_open = False
    for one in ordered:
        minute = report.minute(one.at)
        if one.reading.quality is Quality.DISCONNECTED:
            is_open = False
        elif one.reading.is_good:
            if not (is_open and runs and minute - runs[-1][-1][0] <= _LONGEST_JOIN_MIN):
                runs.append([])
            runs[-1].append((minute, one.reading.tenths / 10))
            is_open = True
    return runs


def _is_stream(points: Sequence[tuple[float, float]]) -> bool:
    gaps = sorted(late[0] - early[0] for early, late in pairwise(points))
    return bool(gaps) and gaps[len(gaps) // 2] < _CLOSEST_MARKS


def _artefacts(report: SessionReport, ordered: Sequence[VitalTaken], clock: Clock, scale: Scale) -> str:
    """An open diamond where the number stood, or at the edge where it stood beyond."""
    parts = []
    for one in ordered:
        if one.reading.quality is Quality.ARTEFACT:
            x, y = clock.x(report.minute(one.at)), scale.y(one.reading.tenths / 10)
            diamond = [(x, y - 2.6), (x + 2.6, y), (x, y + 2.6), (x - 2.6, y)]
            parts.append(shape(diamond, fill=PAPER, stroke=GREY, stroke_width=0.6))
    return "".join(parts)


def _dropouts(report: SessionReport, ordered: Sequence[VitalTaken], clock: Clock, scale: Scale) -> str:
    """A dotted foot under the time in which nothing was connected, up to the next thing the monitor said."""
    parts = []
    for one, after in pairwise([*ordered, None]):
        if one is None or one.reading.quality is not Quality.DISCONNECTED:
            continue
        start = report.minute(one.at)
        end = min(report.minute(after.at), start + _LONGEST_JOIN_MIN) if after else start + 1
        parts.append(
            line(clock.x(start), scale.bottom - 1.5, clock.x(end), scale.bottom - 1.5, stroke=INK,
                 stroke_width=1.6, stroke_dasharray="0.8 1.2")
        )  # fmt: skip
    return "".join(parts)


def _stems(report: SessionReport, clock: Clock, scale: Scale) -> str:
    """The stroke that joins the two pressures of one reading."""
    diastolic = {one.at: one.reading.tenths / 10 for one in report.good_readings(VitalCode.DBP)}
    systolic = report.good_readings(VitalCode.SBP)
    if _is_stream([(clock.x(report.minute(one.at)), 0.0) for one in systolic]):
        return ""
    return "".join(
        line(
            clock.x(report.minute(one.at)), scale.y(one.reading.tenths / 10),
            clock.x(report.minute(one.at)), scale.y(diastolic[one.at]), stroke=GREY, stroke_width=0.5,
        )
        for one in systolic
        if one.at in diastolic
    )  # fmt: skip


def _last(report: SessionReport, lane: Lane, scale: Scale) -> str:
    """The last good value at the right edge, with its time."""
    lasts = [readings[-1] for code in lane.codes if (readings := report.good_readings(code))]
    x, middle = WIDTH - RIGHT + 6, (scale.top + scale.bottom) / 2
    if not lasts:
        return text("no good reading", x=x, y=middle + 3, size=6.5, fill=GREY)
    value = "/".join(one.reading.text for one in lasts)
    when = show_clock(max(one.at for one in lasts), report.zone)
    return text(value, x=x, y=middle + 1, size=9) + text(
        f"last, {when}", x=x, y=middle + 9, size=6.8, fill=GREY
    )


def _down(x: float, y: float) -> str:
    return shape([(x - 2.4, y - 3.6), (x + 2.4, y - 3.6), (x, y)], fill=INK)


def _up(x: float, y: float) -> str:
    return shape([(x - 2.4, y + 3.6), (x + 2.4, y + 3.6), (x, y)], fill=PAPER, stroke=INK, stroke_width=0.7)


def _dot(x: float, y: float, *, radius: float = 1.7) -> str:
    return element("circle", cx=x, cy=y, r=radius, fill=INK)


def _square(x: float, y: float) -> str:
    return element("rect", x=x - 1.6, y=y - 1.6, width=3.2, height=3.2, fill=INK)


_MARKS: dict[VitalCode, Mark] = {
    VitalCode.SBP: _down,
    VitalCode.DBP: _up,
    VitalCode.HR: _dot,
    VitalCode.SPO2: _square,
    VitalCode.RR: _dot,
}
