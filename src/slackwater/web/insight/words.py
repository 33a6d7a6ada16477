"""Shares, intervals and verdicts in plain words: a number of sessions is always beside a percentage."""

from slackwater.actions.insight import Return
from slackwater.pharma.coverage import SLIP, Held, Sharpness
from slackwater.pharma.quantity import Quantity

NAMES = {
    Quantity.DEPTH: "Depth",
    Quantity.SYSTOLIC_RISE: "Systolic pressure",
    Quantity.DIASTOLIC_RISE: "Diastolic pressure",
}
_UNITS = {Quantity.DEPTH: "of 10", Quantity.SYSTOLIC_RISE: "mmHg", Quantity.DIASTOLIC_RISE: "mmHg"}


def headline(held: Held | None, quantity: Quantity) -> str:
    """The one sentence that the page is about."""
    if held is None:
        return "No forecast has been held against a reading yet."
    read, sessions = readings(held, quantity), counted(held.n_sessions, "session")
    if held.low is None or held.high is None:
        return f"{sessions}: too few to say whether {promise(held)} bands hold."
    return f"{promise(held)} bands held {percent(held.share)} of {read} in {sessions} ({interval(held)})."


def verdict(held: Held | None) -> str:
    """What the interval lets one say."""
    if held is None or held.low is None or held.high is None:
        return ""
    if held.is_surely_under:
        return f"Too narrow: even the upper end of that interval lies under {promise(held)}."
    if held.has_slipped:
        return f"Under {promise(held)} by more than {100 * SLIP:.0f} points, though chance could explain it."
    if held.low > held.promised:
        return f"Wider than they promise: even the lower end of that interval lies over {promise(held)}."
    return f"In line with what they promise: {promise(held)} lies within that interval."


def share(held: Held) -> str:
    """A share with its interval; a count where there are too few sessions for one."""
    if held.low is None:
        return f"{held.share * held.n_readings:.1f} of {held.n_readings}"
    return f"{percent(held.share)} ({interval(held)})"


def interval(held: Held) -> str:
    """As "82 to 93 %"."""
    low, high = held.low or 0.0, held.high or 0.0
    return f"{100 * low:.0f} to {percent(high)}"


def percent(part: float) -> str:
    return f"{100 * part:.0f} %"


def promise(held: Held) -> str:
    return percent(held.promised)


def readings(held: Held, quantity: Quantity) -> str:
    return counted(held.n_readings, "rating" if quantity is Quantity.DEPTH else "reading")


def error(sharpness: Sharpness, quantity: Quantity) -> str:
    """How far off the middle was."""
    unit, more = _UNITS[quantity], "more" if sharpness.bias >= 0 else "less"
    return (
        f"{sharpness.absolute:.1f} {unit} off on average;"
        f" {abs(sharpness.bias):.1f} {more} was read than expected"
    )


def width(sharpness: Sharpness, quantity: Quantity) -> str:
    return f"{sharpness.width:.1f} {_UNITS[quantity]}"


def back(found: Return) -> str:
    """How well the time of being back was foreseen."""
    sessions = counted(found.n_sessions, "session")
    if found.prior_min is None or found.third_min is None:
        return f"{sessions} whose ratings tell when the patient was back: too few to say."
    return (
        f"In {sessions} the ratings tell between which two of them the patient was back at a depth of"
        f" {found.depth:g} or less. Before any rating the middle of the crowd was {found.prior_min:.0f} min"
        f" off that on average, after the third {found.third_min:.0f} min."
    )


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
