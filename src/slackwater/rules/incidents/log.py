"""A report is its log: what was told, who is named in it, what was kept, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Subject(StrEnum):
    """What a report is about, in the words that are tapped. None of them is a kind of care."""

    BOUNDARY = "boundary"
    SEXUAL = "sexual"
    PRESSURE = "pressure"
    HURT = "hurt"
    RECORD = "record"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _SUBJECTS[self]


_SUBJECTS = {
    Subject.BOUNDARY: (
        "I was touched, or somebody was, in a place or a way that was not agreed, or after a stop"
    ),
    Subject.SEXUAL: "Something sexual was done, said or shown",
    Subject.PRESSURE: "I was, or somebody was, pressed, threatened or talked into something",
    Subject.HURT: "Somebody was hurt, or left alone when it was not safe",
    Subject.RECORD: "What is written down is not what happened",
    Subject.OTHER: "Something else, or I cannot say yet",
}


class Outcome(StrEnum):
    """How a report ended. None of them weighs whether somebody is to be believed."""

    ACTED = "acted"
    PASSED_ON = "passed_on"
    WISHED = "wished"

    @property
    def label(self) -> str:
        return {
            Outcome.ACTED: "Looked into, and something was done",
            Outcome.PASSED_ON: "Passed on to somebody outside the clinic, who goes on with it",
            Outcome.WISHED: "Ended because whoever told it wished so",
        }[self]


class LineKind(StrEnum):
    """What one line of a report is."""

    OPENED = "opened"
    TOLD = "told"
    NAMED = "named"
    PLACED = "placed"
    HELD = "held"
    LOOKED_AT = "looked_at"
    WROTE = "wrote"
    DUTY_DONE = "duty_done"
    ENDED = "ended"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody tapped what went wrong. Nothing more is needed."""

    subject: Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """More of it, in the words of whoever told it; also their answer to the reviewer."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who is said to have done it: people who sign in here, by number, and anybody else in words."""

    people: tuple[int, ...] = ()
    others: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """During which visit it was."""

    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Where a log stood when this was reported: whatever is different at or before it was changed since.

    log:     which log, such as "session 7f.." or "agreements of 31.."
    entries: how many lines it had
    head:    the leaf of the last of them
    """

    log: str
    entries: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """A reviewer opened it for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """The reviewer writes to whoever told it, or a note of their own."""

    words: str
    is_to_teller: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDone:
    """One duty of the clinic's table was done, or was found not to apply; `words` says how."""

    duty: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The reviewer ended it; `words` are read by whoever told it."""

    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """Whoever told it, or a reviewer, opened it again; `words` says why, or nothing."""

    words: str = ""


Said: TypeAlias = Opened | Told | Named | Placed | Held | LookedAt | Wrote | DutyDone | Ended | Reopened

KIND_OF: dict[type[Said], LineKind] = {
    Opened: LineKind.OPENED,
    Told: LineKind.TOLD,
    Named: LineKind.NAMED,
    Placed: LineKind.PLACED,
    Held: LineKind.HELD,
    LookedAt: LineKind.LOOKED_AT,
    Wrote: LineKind.WROTE,
    DutyDone: LineKind.DUTY_DONE,
    Ended: LineKind.ENDED,
    Reopened: LineKind.REOPENED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One line; `by` is None where whoever told it is not known to us."""

    number: int
    at: datetime
    said: Said
    by: int | None = None
    by_name: str = ""
