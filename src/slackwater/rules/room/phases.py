"""The word for where the effect stands, from the predicted middle of the crowd. A word, never a gate."""

import math
from dataclasses import dataclass
from enum import StrEnum

# Where the words change (design). Depth is the patient's own 0 to 10: under 1 one would say 0 or 1.
HARDLY_FELT = 1.0
HOLDING_SHARE = 0.9


class Phase(StrEnum):
    """A stretch of the session, in the order in which they follow."""

    BEFORE = "before"
    ONSET = "onset"
    RISING = "rising"
    PEAK = "peak"
    EASING = "easing"
    CLEAR = "clear"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthNow:
    """Depth, 0 to 10, at three moments.

    now:      at this moment
    earlier:  a few minutes before, to tell rising from easing
    peak:     the highest still to come or already passed since the last dose
    """

    now: float
    earlier: float
    peak: float


def phase(depth: DepthNow | None, *, is_dosed: bool) -> Phase:
    """Where the effect stands; UNKNOWN when there is no estimate, whatever the numbers say."""
    if not is_dosed:
        return Phase.BEFORE
    if depth is None or not all(math.isfinite(value) for value in (depth.now, depth.earlier, depth.peak)):
        return Phase.UNKNOWN
    is_rising = depth.now >= depth.earlier and depth.now < depth.peak
    if depth.now < HARDLY_FELT:
        return Phase.ONSET if is_rising and depth.peak >= HARDLY_FELT else Phase.CLEAR
    if depth.now >= HOLDING_SHARE * depth.peak:
        return Phase.PEAK
    return Phase.RISING if is_rising else Phase.EASING


def sentence(depth: DepthNow | None, *, is_dosed: bool) -> str:
    """What the room says under the word."""
    stands = phase(depth, is_dosed=is_dosed)
    if depth is None or stands in (Phase.BEFORE, Phase.UNKNOWN):
        return _PLAIN[stands]
    return _TOLD[stands].format(now=round(depth.now), peak=round(depth.peak))


_LABELS = {
    Phase.BEFORE: "Before the first dose",
    Phase.ONSET: "Onset",
    Phase.RISING: "Rising",
    Phase.PEAK: "Holding",
    Phase.EASING: "Easing",
    Phase.CLEAR: "Clear",
    Phase.UNKNOWN: "No estimate",
}
_PLAIN = {
    Phase.BEFORE: "Nothing has been given yet.",
    Phase.UNKNOWN: "There is no estimate now. Go by what you see.",
}
_TOLD = {
    Phase.ONSET: "Hardly felt yet; about {peak} of 10 at its height.",
    Phase.RISING: "About {now} of 10 and rising towards {peak}.",
    Phase.PEAK: "About {now} of 10, near its height.",
    Phase.EASING: "About {now} of 10 and easing, from {peak} at its height.",
    Phase.CLEAR: "Hardly felt now. Observation goes on until every barrier to leaving is gone.",
}
