"""Spans of time in plain words, the same on every page and on paper."""

from slackwater.units import h_and_min


def show_span(minutes: float) -> str:
    """`40 min`, `2 h`, `1 h 35 min`; to the nearest minute, for whoever has not rounded to the safe side."""
    hours, rest = h_and_min(round(minutes))
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
