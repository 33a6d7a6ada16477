"""The narrow lanes: doses on top, numbered events under the depth."""

from slackwater.reports.chart.frame import LEFT, RIGHT, WIDTH, Clock
from slackwater.reports.chart.svg import GREY, INK, LABEL_EDGE, PAPER, element, line, shape, text
from slackwater.reports.given import dose_words, show_given
from slackwater.reports.session import DoseGiven, SessionReport
from slackwater.reports.words import show_elapsed

RAIL_ROW = 11.0

_AT_ONCE_ROW = 14.0
_INFUSION_ROW = 19.0
_TITLE_WIDTH = 190.0
_BADGE = 5.0
_BADGE_APART = 2 * _BADGE + 1.5


def doses(report: SessionReport, clock: Clock, top: float) -> str:
    """One row a dose: a bar for an infusion, a wedge for a dose given at once, and the sum at the right."""
    if not report.doses:
        return text("No dose was given.", x=LEFT, y=top + 9, size=8, fill=GREY)
    x = WIDTH - RIGHT + 6
    parts = [text("in all", x=x, y=top + 5, size=7, fill=GREY)]
    parts.append(text(show_given(report.doses), x=x, y=top + 14, size=9))
    for dose in report.doses:
        draw = _infusion if dose.duration_min else _at_once
        parts.append(draw(dose, report.minute(dose.given_at), clock, top))
        top += _row_height(dose)
    return "".join(parts)


def doses_height(report: SessionReport) -> float:
    """How much room the lane takes."""
    return max(sum(_row_height(dose) for dose in report.doses), _AT_ONCE_ROW)


def _row_height(dose: DoseGiven) -> float:
    return _INFUSION_ROW if dose.duration_min else _AT_ONCE_ROW


def _at_once(dose: DoseGiven, minute: float, clock: Clock, top: float) -> str:
    """A wedge with its words beside it, on the side where they fit."""
    x, middle = clock.x(minute), top + 6
    wedge = shape([(x - 3.5, middle - 3.5), (x + 3.5, middle - 3.5), (x, middle + 3.5)], fill=INK)
    words = _numbered(dose)
    fits = x + 8 + _width(words) < WIDTH - RIGHT
    return wedge + _label(words, x + 8 if fits else x - 8 - _width(words), middle + 2.6)


def _infusion(dose: DoseGiven, start_min: float, clock: Clock, top: float) -> str:
    """Words over a bar as long as it ran; what was stopped before it ran is an empty bar."""
    x, end = clock.x(start_min), clock.x(start_min + dose.ran_min)
    foot, words = top + 11.0, _numbered(dose)
    bar = element("rect", x=x, y=foot, width=max(end - x, 1.0), height=4.5, fill=INK)
    if dose.was_cut_short:
        rest = clock.x(start_min + dose.duration_min) - end
        bar += element(
            "rect", x=end, y=foot, width=rest, height=4.5, fill="none", stroke=INK, stroke_width=0.5
        )
    return bar + _label(words, min(x, WIDTH - RIGHT - _width(words)), top + 8)


def _label(words: str, x: float, y: float) -> str:
    edge = element(
        "rect", x=x, y=y - 6.5, width=2.6, height=8.0, fill=LABEL_EDGE, stroke=INK, stroke_width=0.3
    )
    return edge + text(words, x=x + 5.5, y=y, size=8)


def _numbered(dose: DoseGiven) -> str:
    return f"{dose.number}: {dose_words(dose)}"


def _width(words: str) -> float:
    """About how wide a label is set; generous, as only its side depends on it."""
    return 8 + 3.9 * len(words)


def rail(report: SessionReport, clock: Clock, top: float) -> str:
    """Each event as its number in the log, in two rows; bare ticks where most numbers would touch."""
    free_from = [LEFT - _BADGE, LEFT - _BADGE]
    badges, ticks = [], []
    events = sorted((entry for entry in report.log if entry.is_event), key=lambda entry: entry.happened_at)
    for entry in events:
        x = clock.x(report.minute(entry.happened_at))
        ticks.append(line(x, top + 2, x, top + 2 * RAIL_ROW - 4, stroke=GREY, stroke_width=0.6))
        row = next((row for row, free in enumerate(free_from) if x - _BADGE >= free), None)
        if row is not None:
            free_from[row] = x - _BADGE + _BADGE_APART
            badges.append(_badge(str(entry.sequence), x, top + RAIL_ROW * row + RAIL_ROW / 2))
    if len(badges) < len(events) / 2:
        return "".join(ticks)
    # Under the badges, a tick shows only where a number found no room.
    return "".join(ticks if len(badges) < len(events) else []) + "".join(badges)


def rail_rows(report: SessionReport) -> int:
    """How high the rail must be: two rows, or none."""
    return 2 if any(entry.is_event for entry in report.log) else 0


def _badge(number: str, x: float, y: float) -> str:
    ring = element("circle", cx=x, cy=y, r=_BADGE - 0.3, fill=PAPER, stroke=GREY, stroke_width=0.5)
    return ring + text(number, x=x, y=y + 2, size=6 if len(number) < 3 else 5, text_anchor="middle")


def departure(report: SessionReport, clock: Clock, top: float, bottom: float) -> str:
    """The line where observation ends, when the patient left or this was drawn up. `top` is the lane's."""
    left_at = report.leaving.left_at
    minute = report.minute(left_at or report.generated_at)
    if not clock.holds(minute):
        return ""
    x = clock.x(minute)
    word = f"{'left' if left_at else 'now'} {show_elapsed(minute)}"
    stroke = line(x, top - 5, x, bottom, stroke_width=0.8)
    if x < LEFT + _TITLE_WIDTH:
        # Over the lane stands its title, so the word goes inside.
        return stroke + text(word, x=x + 3, y=top + 8)
    return stroke + text(word, x=x, y=top - 7, text_anchor="middle")
