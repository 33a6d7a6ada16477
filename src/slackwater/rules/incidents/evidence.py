"""What may still be written into the log of a visit that is over, and whether it is as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from slackwater.rules.findings import Finding
from slackwater.rules.incidents.limits import IncidentLimits
from slackwater.rules.incidents.log import Held


class Change(StrEnum):
    """What may be added to a log after the visit."""

    STRIKE = "strike"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Somebody adds to the log of a visit that the patient has left.

    since_left:  how long ago they left
    is_named:    whether whoever writes is named in a report about this visit or this patient
    """

    change: Change
    since_left: timedelta
    is_named: bool


def closed(writing: Writing, *, limits: IncidentLimits) -> Iterator[Finding]:
    """Why the log of a visit takes this no more (INC-03, INC-04).

    One sentence for both reasons: it must not tell anybody that somebody reported them.
    """
    row = limits.visit_strikes_close if writing.change is Change.STRIKE else limits.visit_notes_close
    if writing.is_named or writing.since_left >= row.minutes:
        yield row.stop(_SENTENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A log as it is now: the leaf at the place asked about, None where there is none."""

    log: str
    leaf_there: str | None
    is_whole: bool


def is_as_held(held: Held, found: Found) -> bool:
    """Whether everything that was there when it was reported is there still, and nothing else before it."""
    return found.is_whole and (held.entries == 0 or found.leaf_there == held.head)


_SENTENCE = (
    "The log of this visit is closed. What is missing in it can be told under Something went wrong, which"
    " stands on every page."
)
