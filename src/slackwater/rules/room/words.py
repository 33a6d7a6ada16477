"""How the room says times and ages in plain words."""

from datetime import timedelta

from slackwater.terms.spans import show_span

_MINUTE = timedelta(minutes=1)


def minutes(span: timedelta) -> str:
    """A span in whole minutes, rounded down: `1 min`, `25 min`, `1 h 40 min`."""
    return show_span(max(span, timedelta(0)) // _MINUTE)


def minutes_left(span: timedelta) -> str:
    """A span still to wait, rounded up, so that nothing is said to be due before it is."""
    return minutes(-(-span // _MINUTE) * _MINUTE)


def ago(age: timedelta) -> str:
    """How old something is: `now` within the first minute, then `4 min ago`."""
    return "now" if age < _MINUTE else f"{minutes(age)} ago"
