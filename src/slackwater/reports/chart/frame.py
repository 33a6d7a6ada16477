"""The chart's clock and scales: which minute stands where, and which value how high."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor

from slackwater.reports.chart.svg import FAINT, GREY, GRID, INK, line, text
from slackwater.reports.session import SessionReport
from slackwater.reports.words import show_clock, show_elapsed

WIDTH = 510.0
LEFT = 26.0
RIGHT = 58.0

_SHORTEST_MIN = 120.0
_MARGIN_MIN = 10.0
_LONGEST_WAIT_MIN = 60.0
_FURTHEST_AHEAD_MIN = 120.0
# (longest span it serves, fine step, labelled step), minutes. Five minutes is the anaesthesia chart's grid.
_GRIDS = ((330.0, 5, 30), (720.0, 15, 60), (1440.0, 30, 120), (float("inf"), 60, 360))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time axis shared by every lane, in minutes from the report's minute 0."""

    start_min: float
    end_min: float

    def x(self, minute: float) -> float:
        """Where that minute stands; outside the axis, at its nearer end."""
        inside = min(max(minute, self.start_min), self.end_min)
        share = (inside - self.start_min) / (self.end_min - self.start_min)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def holds(self, minute: float) -> bool:
        return self.start_min <= minute <= self.end_min

    @property
    def steps(self) -> tuple[int, int]:
        """The fine and the labelled step, minutes."""
        span = self.end_min - self.start_min
        return next((fine, coarse) for longest, fine, coarse in _GRIDS if span <= longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A lane's vertical axis, from `low` at the bottom to `high` at the top."""

    low: float
    high: float
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """How high that value stands; beyond the axis, at its edge."""
        inside = min(max(value, self.low), self.high)
        return self.bottom - (inside - self.low) / (self.high - self.low) * (self.bottom - self.top)


def clock_of(report: SessionReport) -> Clock:
    """An axis that holds everything observed and the crowd's recovery, in whole labelled steps."""
    minutes = [report.minute(moment) for moment in _moments(report)]
    start = min([0.0, *minutes])
    seen_until = max([_SHORTEST_MIN, *minutes])
    if report.is_in_progress:
        # A room that nobody closed would otherwise squeeze the visit into a corner.
        seen_until = max(seen_until, min(report.minute(report.generated_at), seen_until + _LONGEST_WAIT_MIN))
    end = max(seen_until, min(_recovered_min(report), seen_until + _FURTHEST_AHEAD_MIN)) + _MARGIN_MIN
    rough = Clock(start_min=start, end_min=end)
    fine, coarse = rough.steps
    return Clock(start_min=floor(start / fine) * fine, end_min=ceil(end / (coarse / 2)) * coarse / 2)


def _recovered_min(report: SessionReport) -> float:
    recovery = report.forecast.recovery if report.forecast else None
    return recovery.p90_min if recovery and recovery.p90_min is not None else 0.0


def _moments(report: SessionReport) -> list[datetime]:
    seen = [
        report.opened_at,
        *(taken.at for taken in report.vitals),
        *(dose.ended_at for dose in report.doses),
    ]
    seen += [entry.happened_at for entry in report.log]
    seen += [rating.at for rating in report.ratings]
    seen += [report.leaving.left_at] if report.leaving.left_at else []
    return seen


def grid(clock: Clock, scale: Scale, ticks: tuple[float, ...]) -> str:
    """A lane's ground: fine and labelled time lines, its values at the left."""
    fine, coarse = clock.steps
    strokes = [
        line(clock.x(minute), scale.top, clock.x(minute), scale.bottom, **_weight(minute % coarse == 0))
        for minute in _every(fine, clock)
    ]
    right = WIDTH - RIGHT
    for tick in ticks:
        strokes.append(line(LEFT, scale.y(tick), right, scale.y(tick), **_weight(tick == scale.low)))
        strokes.append(
            text(f"{tick:g}", x=LEFT - 4, y=scale.y(tick) + 2.4, size=7, text_anchor="end", fill=GREY)
        )
    return "".join(strokes)


def time_axis(report: SessionReport, clock: Clock, top: float) -> str:
    """Elapsed time and, under it, the clock on the wall."""
    _, coarse = clock.steps
    words = []
    for minute in _every(coarse, clock):
        x = clock.x(minute)
        words.append(line(x, top, x, top + 3, stroke_width=0.6))
        words.append(text(show_elapsed(minute), x=x, y=top + 11, size=7.5, text_anchor="middle"))
        wall = show_clock(report.moment(minute), report.zone)
        words.append(text(wall, x=x, y=top + 20, size=7, text_anchor="middle", fill=GREY))
    after = WIDTH - RIGHT + 15
    words.append(text("h:min", x=after, y=top + 11, size=7))
    words.append(text("clock", x=after, y=top + 20, size=7, fill=GREY))
    return "".join(words)


def title(words: str, *, y: float) -> str:
    """A lane's name, over its left end."""
    return text(words, x=LEFT, y=y, size=7.5, fill=INK, font_weight="600")


def _every(step: int, clock: Clock) -> range:
    return range(ceil(clock.start_min / step) * step, floor(clock.end_min) + 1, step)


def _weight(is_strong: bool) -> dict[str, str | float]:  # noqa: FBT001 - a private two-way choice of stroke
    return {"stroke": GRID, "stroke_width": 0.5} if is_strong else {"stroke": FAINT, "stroke_width": 0.3}
