"""How the room says times and ages in plain words."""

from datetime import timedelta

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


def minutes(span: timedelta) -> str:
    """A span in whole minutes, rounded down: `1 min`, `25 min`, `1 h 40 min`."""
    hours, rest = divmod(max(span, timedelta(0)), _HOUR)
    left = rest // _MINUTE
    if not hours:
        return f"{left} min"
    return f"{hours} h {left} min" if left else f"{hours} h"


def minutes_left(span: timedelta) -> str:
    """A span still to wait, rounded up, so that nothing is said to be due before it is."""
    return minutes(-(-span // _MINUTE) * _MINUTE)


def ago(age: timedelta) -> str:
    """How old something is: `now` within the first minute, then `4 min ago`."""
    return "now" if age < _MINUTE else f"{minutes(age)} ago"
