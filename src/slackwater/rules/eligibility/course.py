"""An order stands within a course, and what is asked counts once a clinician has gone through it."""

from collections.abc import Iterator

from slackwater.rules.basis import house
from slackwater.rules.findings import Finding

COURSE = house("CRS-01", "a dose is ordered within a course that was opened and has not ended")
GONE_THROUGH = house(
    "CRS-02", "an answer counts once a clinician has gone through it; a later word of the patient opens it"
)


def course_findings(*, is_open: bool) -> Iterator[Finding]:
    """Why no order is signed: no course goes on."""
    if not is_open:
        yield COURSE.stop("No course is open for this patient. A prescriber opens one from the screening.")
