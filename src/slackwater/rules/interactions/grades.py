"""How much an interaction weighs. Not known is a grade of its own, and never the lowest."""

from collections.abc import Iterable
from enum import StrEnum

from slackwater.rules.findings import Severity


class Grade(StrEnum):
    """From the heaviest down. UNKNOWN comes right after what nobody may set aside: it could be anything."""

    CONTRAINDICATED = "contraindicated"
    UNKNOWN = "unknown"
    MAJOR = "major"
    MODERATE = "moderate"
    MINOR = "minor"
    NONE = "none"

    @property
    def label(self) -> str:
        """The word on a screen; it stands beside a shape and is never told by colour alone."""
        return _LABELS[self]

    @property
    def severity(self) -> Severity:
        """How a finding of this grade weighs."""
        return _SEVERITIES[self]

    @property
    def is_weighty(self) -> bool:
        """Whether somebody must settle it before anything is given."""
        return self not in (Grade.MINOR, Grade.NONE)


_LABELS = {
    Grade.CONTRAINDICATED: "Never together",
    Grade.UNKNOWN: "Not known",
    Grade.MAJOR: "Major",
    Grade.MODERATE: "Moderate",
    Grade.MINOR: "Minor",
    Grade.NONE: "None shown",
}
_SEVERITIES = {
    Grade.CONTRAINDICATED: Severity.STOP,
    Grade.UNKNOWN: Severity.UNKNOWN,
    Grade.MAJOR: Severity.STOP,
    Grade.MODERATE: Severity.WARN,
    Grade.MINOR: Severity.NOTE,
    Grade.NONE: Severity.NOTE,
}
_ORDER = {grade: place for place, grade in enumerate(Grade)}


def weight(grade: Grade) -> int:
    """For sorting: the heaviest first."""
    return _ORDER[grade]


def worst(grades: Iterable[Grade]) -> Grade:
    """The heaviest of these, whichever comes first. Of nothing it is UNKNOWN: nobody has looked."""
    return min(grades, key=weight, default=Grade.UNKNOWN)
