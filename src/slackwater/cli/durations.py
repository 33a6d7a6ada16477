"""Durations on the command line: a number and its unit, such as 8h, 90min or 30s."""

import re
from decimal import Decimal

from slackwater.terms.amounts import read_decimal
from slackwater.terms.refusal import RefusedError
from slackwater.units import h_from_min, min_from_h, min_from_s

_SHAPE = re.compile(r"(?P<number>.*?) ?(?P<unit>h|min|s)")
_PLACES = 3
_MOST = 10_000


def read_minutes(text: str, *, field: str, low_min: float, high_min: float) -> float:
    """The duration in minutes, between low_min and high_min, both included.

    Raises RefusedError for a missing unit, another unit, or a number outside the range.
    """
    match = _SHAPE.fullmatch(text.strip())
    if not match:
        raise RefusedError.of(
            field=field,
            code="no-unit",
            message=f"“{text[:24]}” has no unit of time.",
            mend="Write a number and h, min or s, for example 8h or 90min.",
        )
    number = read_decimal(match["number"], field=field, places=_PLACES, low=0, high=_MOST)
    minutes = _in_minutes(number, match["unit"])
    if not low_min <= minutes <= high_min:
        raise RefusedError.of(
            field=field,
            code="out-of-range",
            message=f"{text.strip()} is outside the range.",
            mend=f"It must be between {show_minutes(low_min)} and {show_minutes(high_min)}.",
        )
    return minutes


def show_minutes(minutes: float) -> str:
    """Minutes as a person would write them: 8 h, 90 min, 1 s."""
    if minutes >= min_from_h(1.0) and h_from_min(minutes).is_integer():
        return f"{h_from_min(minutes):.0f} h"
    return f"{minutes:g} min"


def _in_minutes(number: Decimal, unit: str) -> float:
    if unit == "h":
        return min_from_h(float(number))
    return float(number) if unit == "min" else min_from_s(float(number))
