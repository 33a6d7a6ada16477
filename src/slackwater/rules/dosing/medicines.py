"""Other medicines that the patient takes: what is not known of them is said, never passed over."""

from collections.abc import Iterator, Sequence

from slackwater.rules.basis import house
from slackwater.rules.findings import Finding, Override, Severity

NOT_CHECKED = house("ORD-14", "every medicine the patient takes is one whose effect on exposure is known")

ROWS = (NOT_CHECKED,)


def medicine_findings(not_checked: Sequence[str]) -> Iterator[Finding]:
    """One mark for each medicine whose effect on exposure nothing here knows.

    Not known is never safe, so it needs a prescriber's word that somebody looked it up.
    """
    for name in not_checked:
        yield NOT_CHECKED.finding(
            Severity.UNKNOWN,
            f"{name} was not checked: nothing here knows what it does to this drug, and the crowd leaves it"
            " out. Say how it was checked.",
            override=Override.PRESCRIBER,
        )
