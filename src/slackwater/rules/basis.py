"""What a rule rests on: a row of the catalogue, with or without a number, and where it comes from."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from slackwater.rules.findings import Finding, Override, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One rule's footing.

    rule:     identifier of the rule, such as M04, or of a part of it that stands alone, such as R06.advice
    verified: how sure we are of the source; has the word "design" where something was chosen here
    """

    name: str
    rule: str
    what: str
    source: str
    verified: str

    @property
    def is_design(self) -> bool:
        """Whether this, or a part of it, was chosen here and has no published source."""
        return "design" in self.verified

    def finding(self, severity: Severity, sentence: str, *, override: Override = Override.NONE) -> Finding:
        """A finding that rests on this row and so carries its source."""
        return Finding(
            id=self.rule,
            severity=severity,
            sentence=sentence,
            source=self.source,
            verified=self.verified,
            override=override,
        )

    def stop(self, sentence: str) -> Finding:
        """A hard stop that rests on this row."""
        return self.finding(Severity.STOP, sentence)

    def unknown(self, sentence: str) -> Finding:
        """Something that must be known and is not: it stops as a stop does."""
        return self.finding(Severity.UNKNOWN, sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Basis):
    """A basis with a number: a whole number of `unit`, so that every comparison is exact."""

    value: int
    unit: str

    @property
    def tenths(self) -> int:
        """The number in tenths of its unit, as readings are kept."""
        return self.value * 10

    @property
    def minutes(self) -> timedelta:
        """The number as a length of time; ValueError unless its unit is minutes."""
        if self.unit != "min":
            raise ValueError(f"{self.name} is in {self.unit}, not in minutes")
        return timedelta(minutes=self.value)


def check_rising(*rows: Threshold) -> None:
    """Raise ValueError unless each number is above the one before: limits that cross silence each other."""
    for lower, upper in pairwise(rows):
        if lower.unit != upper.unit or lower.value >= upper.value:
            raise ValueError(f"{lower.name} ({lower.value}) must be below {upper.name} ({upper.value})")


def house(rule: str, what: str) -> Basis:
    """A rule of this system's own that compares no number, such as "no dose without an order"."""
    return Basis(name=rule, rule=rule, what=what, source="house rule", verified="design")
