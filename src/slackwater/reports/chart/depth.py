"""The depth lane: the crowd's band, what it was before anything was seen, and the patient's own ratings."""

from collections.abc import Sequence

from slackwater.reports.chart.frame import RIGHT, WIDTH, Clock, Scale, grid, title
from slackwater.reports.chart.svg import GREY, INK, PAPER, TIDE, element, line, path, shape, text
from slackwater.reports.forecast import Band, RecoveryTimes
from slackwater.reports.session import RatingGiven, SessionReport
from slackwater.reports.words import show_elapsed

HATCH = "zone-hatch"

# A digit over a line stays readable with paper around it.
_HALO: dict[str, str | float] = {"stroke": PAPER, "stroke_width": 2.4, "paint_order": "stroke"}
_TICKS = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)


def depth(report: SessionReport, clock: Clock, top: float, bottom: float) -> str:
    """The lane from its title down. `bottom` is where depth 0 stands."""
    scale = Scale(low=0, high=10, top=top + 12, bottom=bottom)
    parts = [
        title("Depth of effect, 0 to 10 · estimate, not monitoring", y=top + 7),
        grid(clock, scale, _TICKS),
    ]
    if report.forecast is None:
        given = "No prediction could be made for this visit."
        note = given if report.doses else "Nothing was given, so nothing is predicted."
        parts.append(text(note, x=(clock.x(clock.start_min) + WIDTH - RIGHT) / 2, y=scale.y(5), size=9,
                          text_anchor="middle", fill=GREY))  # fmt: skip
    else:
        seen_until = report.minute(report.leaving.left_at or report.generated_at)
        parts.append(_zone(report.forecast.recovery, clock, scale))
        parts.append(_band(report.forecast.now, clock, scale))
        parts.append(_outline(report.forecast.prior, clock, scale))
        parts.append(_median(report.forecast.now, seen_until, clock, scale))
    parts += [_rating(report, rating, clock, scale) for rating in report.ratings]
    return "".join(parts)


def hatch() -> str:
    """The pattern of the recovered zone: it must read without colour."""
    stroke = line(0, 0, 0, 5, stroke=GREY, stroke_width=0.5, stroke_opacity=0.8)
    return element(
        "defs",
        element(
            "pattern", stroke, id=HATCH, width=5.0, height=5.0, patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )  # fmt: skip


def _zone(recovery: RecoveryTimes | None, clock: Clock, scale: Scale) -> str:
    """From when 9 of 10 of the crowd have recovered, or that it lies beyond this chart."""
    if recovery is None:
        return ""
    right = WIDTH - RIGHT
    if recovery.p90_min is None:
        return _on_paper("9 of 10 recovered: later than predicted here", right, scale)
    words = f"9 of 10 recovered from {show_elapsed(recovery.p90_min)}"
    if not clock.holds(recovery.p90_min):
        return _on_paper(words, right, scale)
    x = clock.x(recovery.p90_min)
    hatched = element(
        "rect", x=x, y=scale.top, width=right - x, height=scale.bottom - scale.top, fill=f"url(#{HATCH})"
    )
    edge = line(x, scale.top, x, scale.bottom, stroke=GREY, stroke_width=0.6, stroke_dasharray="1 2")
    fits = right - x > _width(words)
    return hatched + edge + _on_paper(words, x + _width(words) if fits else x, scale)


def _on_paper(words: str, right: float, scale: Scale) -> str:
    """Words that end at `right`, on paper of their own so that the hatching does not run through them."""
    width = _width(words)
    paper = element("rect", x=right - width, y=scale.top + 2, width=width - 1, height=9.5, fill=PAPER)
    return paper + text(words, x=right - 4, y=scale.top + 9, text_anchor="end")


def _width(words: str) -> float:
    return 3.5 * len(words) + 8


def _band(band: Band, clock: Clock, scale: Scale) -> str:
    wide = _area(band.time_min, band.p05, band.p95, clock, scale)
    middle = _area(band.time_min, band.p25, band.p75, clock, scale)
    return shape(wide, fill=TIDE, fill_opacity=0.17) + shape(middle, fill=TIDE, fill_opacity=0.27)


def _outline(prior: Band | None, clock: Clock, scale: Scale) -> str:
    if prior is None:
        return ""
    dashes: dict[str, str | float] = {"stroke": INK, "stroke_width": 0.7, "stroke_dasharray": "3.5 2"}
    return "".join(
        path(_curve(prior.time_min, row, clock, scale), **dashes) for row in (prior.p05, prior.p95)
    )


def _median(band: Band, seen_until: float, clock: Clock, scale: Scale) -> str:
    """Solid as far as the visit went, dashed beyond."""
    past = [
        (minute, value) for minute, value in zip(band.time_min, band.p50, strict=True) if minute <= seen_until
    ]
    to_come = [point for point in zip(band.time_min, band.p50, strict=True) if point[0] >= seen_until]
    drawn = ""
    for points, dashes in ((past, "none"), (past[-1:] + to_come, "2 2.4")):
        if len(points) > 1:
            times, values = zip(*points, strict=True)
            walk = _curve(times, values, clock, scale)
            drawn += path(walk, stroke=TIDE, stroke_width=1.5, stroke_dasharray=dashes)
    return drawn


def _rating(report: SessionReport, rating: RatingGiven, clock: Clock, scale: Scale) -> str:
    x, y = clock.x(report.minute(rating.at)), scale.y(rating.depth)
    if rating.is_struck:
        ring = element("circle", cx=x, cy=y, r=2.8, fill=PAPER, stroke=INK, stroke_width=0.6)
        return ring + line(x - 4, y + 4, x + 4, y - 4, stroke_width=0.6)
    beside = y + 10.5 if _is_under_median(report, rating) else y - 5.5
    number = text(
        str(rating.depth), x=x, y=beside, size=7.5, text_anchor="middle", font_weight="600", **_HALO
    )
    return number + element("circle", cx=x, cy=y, r=3.1, fill=INK, stroke=PAPER, stroke_width=0.9)


def _is_under_median(report: SessionReport, rating: RatingGiven) -> bool:
    """Whether the number stands better below its dot: clear of the line, and inside the lane."""
    if rating.depth == 0 or report.forecast is None:
        return False
    band, minute = report.forecast.now, report.minute(rating.at)
    nearest = min(range(len(band.time_min)), key=lambda index: abs(band.time_min[index] - minute))
    return rating.depth == 10 or rating.depth < band.p50[nearest]


def _area(
    times: Sequence[float], low: Sequence[float], high: Sequence[float], clock: Clock, scale: Scale
) -> list[tuple[float, float]]:
    return _curve(times, high, clock, scale) + _curve(times, low, clock, scale)[::-1]


def _curve(
    times: Sequence[float], values: Sequence[float], clock: Clock, scale: Scale
) -> list[tuple[float, float]]:
    pairs = zip(times, values, strict=True)
    return [(clock.x(minute), scale.y(value)) for minute, value in pairs if clock.holds(minute)] or [
        (clock.x(times[0]), scale.y(values[0]))
    ]
