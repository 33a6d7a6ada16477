"""What a rule says: a finding, with its weight, its source and who may set it aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs. UNKNOWN is never safe: it stops whatever a STOP would stop."""

    STOP = "stop"
    WARN = "warn"
    UNKNOWN = "unknown"
    NOTE = "note"

    @property
    def bars(self) -> bool:
        """Whether an act is barred while this finding stands."""
        return self in (Severity.STOP, Severity.UNKNOWN)


class Override(StrEnum):
    """Who may set a finding aside, always in writing."""

    NONE = "none"
    PRESCRIBER = "prescriber"
    PRESCRIBER_AND_SECOND = "prescriber-and-second"

    @property
    def label(self) -> str:
        """Plain words for a screen."""
        return _LABELS[self]


_LABELS = {
    Override.NONE: "nobody may set this aside",
    Override.PRESCRIBER: "a prescriber may, with a reason",
    Override.PRESCRIBER_AND_SECOND: "a prescriber and a second clinician may together, with a reason",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a rule found.

    id:       stable identifier, such as M11 or D13; never reused for another meaning
    sentence: what a clinician would say, with the numbers in it
    source:   where the threshold comes from
    verified: how sure we are of the source; has the word "design" where something was chosen here
    override: who may set it aside with a reason
    """

    id: str
    severity: Severity
    sentence: str
    source: str
    verified: str
    override: Override = Override.NONE

    @property
    def is_design(self) -> bool:
        """Whether this, or a part of it, was chosen here and has no published source."""
        return "design" in self.verified

    @property
    def is_from_memory(self) -> bool:
        """Whether this, or a part of it, must still be looked up in its source."""
        return "memory" in self.verified


def barring(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that bar the act: stops and unknowns, in their order."""
    return tuple(finding for finding in findings if finding.severity.bars)


def beyond_override(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The barring findings that nobody may set aside."""
    return tuple(finding for finding in barring(findings) if finding.override is Override.NONE)
