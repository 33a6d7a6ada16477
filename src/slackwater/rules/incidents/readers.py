"""Who may read a report and who may end it: nobody who is named in it, and nobody of the team."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from slackwater.rules.findings import Finding
from slackwater.rules.incidents.fold import Standing
from slackwater.rules.incidents.limits import IncidentLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Whoever asks.

    is_reviewer: the clinic set them as an independent reviewer
    added_by, added_at: who gave them that sign-in, and when; None where nobody here did
    """

    person: int
    is_reviewer: bool
    added_by: int | None = None
    added_at: datetime | None = None


def may_read(report: Standing, asker: Asker) -> bool:
    """Whether they see that there is a report at all (INC-01).

    Whoever told it reads what they told and what was written to them, whatever else they are.
    """
    return report.teller == asker.person or may_review(report, asker)


def may_review(report: Standing, asker: Asker) -> bool:
    """Whether they look into it: an independent reviewer who is neither named in it nor told it.

    Nor one whom somebody who is named brought in after it was told.
    """
    if not asker.is_reviewer or asker.person in report.named or report.teller == asker.person:
        return False
    is_later = asker.added_at is None or asker.added_at > report.opened_at
    return not (asker.added_by in report.named and is_later)


def readers(report: Standing, reviewers: Iterable[Asker]) -> tuple[Asker, ...]:
    """The reviewers who can look into it; none means that nobody can, which is said to whoever told it."""
    return tuple(one for one in reviewers if may_review(report, one))


def endings(
    report: Standing, asker: Asker, *, duties: Collection[str], limits: IncidentLimits
) -> Iterator[Finding]:
    """Every reason why this person may not end this report now (INC-02).

    duties: names of what the clinic's table asks for; each is done, or said not to apply, before the end
    """
    row = limits.report_ending
    if not may_review(report, asker):
        yield row.stop("Only an independent reviewer who is not named in a report ends it.")
        return
    if report.ended is not None:
        yield row.stop("It is ended already.")
    for duty in duties:
        if duty not in report.duties:
            yield row.unknown(f"Nobody has said what became of this duty: {duty}.")
