"""Setting a finding aside: who did, why, and whether it still counts for what is found now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slackwater.rules.eligibility.dates import elapsed
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRecord:
    """One finding that was set aside, as it stood then.

    prescriber, second: identifiers of two different people; whoever writes this down has checked that the
                        first may prescribe, that both are clinicians here and that each signed in person
    at:                 when it was written, with a time zone
    Raises RefusedError naming everything that is wrong with it.
    """

    finding: Finding
    reason: str
    prescriber: str
    at: datetime
    second: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an override needs its time zone")
        if problems := list(_problems(self)):
            raise RefusedError(*problems)


def standing(
    findings: Iterable[Finding], overrides: Sequence[OverrideRecord], *, at: datetime
) -> tuple[Finding, ...]:
    """What still stands in the way: all that bars or wants a word in writing, and has none that counts.

    An override counts for the very finding it was written for: the same identifier, weight and sentence, with
    its facts and numbers, and who may set it aside. Once any of these changes it has lapsed.
    """
    return tuple(
        finding
        for finding in findings
        if needs_word(finding) and not any(_counts(one, finding, at) for one in overrides)
    )


def needs_word(finding: Finding) -> bool:
    """Whether nothing goes ahead before this is settled or set aside; a caution waits for its word too."""
    is_caution = finding.severity is Severity.WARN and finding.override is not Override.NONE
    return finding.severity.bars or is_caution


def lapsed(
    findings: Iterable[Finding], overrides: Sequence[OverrideRecord], *, at: datetime
) -> tuple[OverrideRecord, ...]:
    """The overrides that count for nothing that is found now, so that somebody looks at them again."""
    found = tuple(findings)
    return tuple(one for one in overrides if not any(_counts(one, finding, at) for finding in found))


def _counts(record: OverrideRecord, finding: Finding, at: datetime) -> bool:
    return elapsed(record.at, at).total_seconds() >= 0 and _text(record.finding) == _text(finding)


def _text(finding: Finding) -> tuple[str, Severity, str, Override]:
    """What a clinician read; a source that is worded anew changes nothing that was decided on."""
    return finding.id, finding.severity, finding.sentence, finding.override


def _problems(record: OverrideRecord) -> Iterable[Problem]:
    override = record.finding.override
    if override is Override.NONE:
        yield Problem(
            field="finding",
            code="no-override",
            message=f"Nobody may set {record.finding.id} aside.",
            mend="Settle what it says, or do not go ahead.",
        )
    if not record.reason.strip():
        yield Problem(
            field="reason", code="missing", message="No reason was given.", mend="Write the reason."
        )
    if not record.prescriber.strip():
        yield Problem(
            field="prescriber", code="missing", message="No prescriber is named.", mend="Name the prescriber."
        )
    second = (record.second or "").strip()
    if override is Override.PRESCRIBER_AND_SECOND and not second:
        yield Problem(
            field="second",
            code="missing",
            message=f"{record.finding.id} takes a second clinician, and none is named.",
            mend="Ask a second clinician to sign as well.",
        )
    if second and second.casefold() == record.prescriber.strip().casefold():
        yield Problem(
            field="second",
            code="same-person",
            message="The second clinician is the prescriber.",
            mend="Ask somebody else.",
        )
