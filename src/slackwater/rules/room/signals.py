"""What is said in a room of its alarms: that one was seen, and afterwards whether it was of use."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from slackwater.rules.fields import Fields


class Condition(StrEnum):
    """What an alarm is about. Values are what the log carries."""

    SATURATION = "saturation"
    PRESSURE = "pressure"
    HEART_RATE = "heart_rate"
    ALERTNESS = "alertness"
    NO_SATURATION = "no_saturation"
    NO_PRESSURE = "no_pressure"
    NO_HEART_RATE = "no_heart_rate"
    ALONE = "alone"
    NO_SECOND = "no_second"
    OWED = "owed"

    @property
    def label(self) -> str:
        """As a line of the log names it."""
        return _LABELS[self]


class Priority(IntEnum):
    """The three ranks of a monitor; a higher one is more."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        """As screens choose colour and shape by it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSeen:
    """Somebody has seen the alarm about this. It stops no condition, and covers nothing that comes later."""

    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmScored:
    """Whether the alarm that was raised at that moment was of use, said afterwards."""

    condition: Condition
    raised_at: datetime
    useful: bool


def read_seen(given: Fields) -> AlarmSeen:
    """From the wire."""
    return AlarmSeen(condition=given.choice("condition", Condition))


def read_scored(given: Fields) -> AlarmScored:
    """From the wire."""
    return AlarmScored(
        condition=given.choice("condition", Condition),
        raised_at=given.moment("raised_at"),
        useful=bool(given.integer("useful", low=0, high=1)),
    )


_LABELS = {
    Condition.SATURATION: "oxygen saturation",
    Condition.PRESSURE: "blood pressure",
    Condition.HEART_RATE: "heart rate",
    Condition.ALERTNESS: "alertness",
    Condition.NO_SATURATION: "no true saturation",
    Condition.NO_PRESSURE: "no true pressure",
    Condition.NO_HEART_RATE: "no true heart rate",
    Condition.ALONE: "nobody signed in with the patient",
    Condition.NO_SECOND: "no second person within earshot",
    Condition.OWED: "the pressure that can't be skipped",
}
