"""Other medicines that the patient takes: what is not known of them is said, never passed over."""

from collections.abc import Iterator, Sequence

from slackwater.rules.basis import house
from slackwater.rules.findings import Finding, Override, Severity

NOT_CHECKED = house("ORD-14", "every medicine the patient takes is one whose effect on exposure is known")

ROWS = (NOT_CHECKED,)


def medicine_findings(not_checked: Sequence[str]) -> Iterator[Finding]:
    """One mark that names every medicine whose effect on exposure nothing here knows.

    Not known is never safe, so it needs a prescriber's word that somebody looked it up.
    """
    if not_checked:
        verb = "was" if len(not_checked) == 1 else "were"
        yield NOT_CHECKED.finding(
            Severity.UNKNOWN,
            f"{', '.join(not_checked)} {verb} not checked: what that does to this drug is not known here, and"
            " the crowd leaves it out. Say how it was checked.",
            override=Override.PRESCRIBER,
        )
