"""Where a report stands, folded from its lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from slackwater.rules.incidents.log import (
    DutyDone,
    Ended,
    Held,
    LookedAt,
    Named,
    Opened,
    Placed,
    Reopened,
    ReportLine,
    Subject,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is so now.

    named:   everybody who was ever named; naming is never taken back, only looked into
    teller:  whoever told it, where they are known
    ended:   the last ending, if nothing was opened again since
    """

    subject: Subject
    opened_at: datetime
    teller: int | None
    named: frozenset[int]
    others: tuple[str, ...]
    sessions: frozenset[str]
    held: tuple[Held, ...]
    is_looked_at: bool
    duties: frozenset[str]
    ended: Ended | None


def standing(lines: Iterable[ReportLine]) -> Standing:
    """Where it stands. ValueError for a log that does not begin by being opened."""
    told = sorted(lines, key=lambda line: line.number)
    if not told or not isinstance(told[0].said, Opened):
        raise ValueError("a report begins by being opened")
    named = [line.said for line in told if isinstance(line.said, Named)]
    ended = next((line.said for line in reversed(told) if isinstance(line.said, Ended | Reopened)), None)
    return Standing(
        subject=told[0].said.subject,
        opened_at=told[0].at,
        teller=told[0].by,
        named=frozenset(person for one in named for person in one.people),
        others=tuple(one.others for one in named if one.others),
        sessions=frozenset(line.said.session for line in told if isinstance(line.said, Placed)),
        held=tuple(line.said for line in told if isinstance(line.said, Held)),
        is_looked_at=any(isinstance(line.said, LookedAt) for line in told),
        duties=frozenset(line.said.duty for line in told if isinstance(line.said, DutyDone)),
        ended=ended if isinstance(ended, Ended) else None,
    )
