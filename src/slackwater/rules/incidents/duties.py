"""What the law or a board asks of a clinic after a report: the clinic's own table, never ours."""

from collections.abc import Iterable
from dataclasses import dataclass

from slackwater.rules.incidents.log import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One row of the table.

    jurisdiction: where it holds, as the clinic writes it
    within_days:  by when, None where the table names no time
    asks_patient: whether it holds only if the patient agrees
    checked_by:   who in this clinic checked the row, and when; empty until somebody has
    """

    name: str
    jurisdiction: str
    subject: Subject
    duty: str
    within_days: int | None
    asks_patient: bool
    source: str
    verified: str
    checked_by: str = ""

    @property
    def is_checked(self) -> bool:
        return bool(self.checked_by)


def applying(duties: Iterable[Duty], *, jurisdiction: str, subject: Subject) -> tuple[Duty, ...]:
    """The rows for this place and subject, checked or not: an unchecked one still wants an answer."""
    return tuple(one for one in duties if one.jurisdiction == jurisdiction and one.subject is subject)
