"""What an order was planned for: the wish and the limits that its prescriber wrote. What was not is None.

Common to signing an order and to the room that follows it, and never filled in by anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One figure with its chance.

    value:    in tenths of a mark for depths, mmHg for a pressure, seconds after the first dose for closing
    permille: at least so many in 1000 for a wish, at most so many for a limit
    """

    value: int
    permille: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFor:
    """The terms of a plan that stay with the order.

    wish:     a depth to be reached
    too_deep: a depth not to be passed
    ceiling:  a systolic pressure not to be reached
    closing:  when the patient should be fit to leave, counted from the start of the first dose
    """

    wish: Part | None = None
    too_deep: Part | None = None
    ceiling: Part | None = None
    closing: Part | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return self == PlannedFor()

    def sentences(self) -> Iterator[str]:
        """Each term in words, the wish first, then closing, then the other limits."""
        if self.wish:
            yield f"depth {_tenths(self.wish.value)} of 10 reached in at least {_percent(self.wish)}"
        if self.closing:
            span = _span(self.closing.value)
            yield f"not fit to leave {span} after the first dose began in at most {_percent(self.closing)}"
        if self.too_deep:
            yield f"deeper than {_tenths(self.too_deep.value)} of 10 in at most {_percent(self.too_deep)}"
        if self.ceiling:
            yield f"systolic at {self.ceiling.value} mmHg or over in at most {_percent(self.ceiling)}"


NOTHING_PLANNED = PlannedFor()


def _tenths(value: int) -> str:
    return f"{value / 10:g}"


def _percent(part: Part) -> str:
    return f"{part.permille / 10:g} %"


def _span(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60} min" if rest else ""
    return " ".join(word for word in (f"{hours} h" if hours else "", minutes) if word)
