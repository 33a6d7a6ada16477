"""Cases about doses that went in without the check: opened with the dose, closed by two, never edited."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from slackwater.actions import audit
from slackwater.actions.policy import Permission, may, require
from slackwater.records.models import DoseCaseLine, Session, User
from slackwater.records.models.doses import WORDS_LENGTH
from slackwater.terms.refusal import RefusedError

LONGEST_WORDS = 1000


def begin(session: Session, key: UUID, words: str, *, by: User, at: datetime) -> None:
    """Open the case of a dose that is being written down."""
    DoseCaseLine.objects.create(
        case=key,
        session=session,
        kind="opened",
        words=words[:WORDS_LENGTH],
        at=at,
        by=by,
        by_name=by.shown_name,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: the line that opened it, and the one that closed it, if any."""

    opened: DoseCaseLine
    closed: DoseCaseLine | None


def one(case: UUID) -> Case | None:
    """The case of this dose's entry; None where it has none."""
    lines = DoseCaseLine.objects.filter(case=case).select_related("session__patient")
    by_kind = {line.kind: line for line in lines}
    return Case(opened=by_kind["opened"], closed=by_kind.get("closed")) if by_kind else None


def open_for(user: User) -> list[DoseCaseLine]:
    """Those that this person may close, on the first page; none for whoever may close none."""
    return list(still_open()) if may(user, Permission.CLOSE_DOSE_CASE) else []


def still_open() -> QuerySet[DoseCaseLine]:
    """The first lines of the cases that nobody has closed, the oldest first."""
    closed = DoseCaseLine.objects.filter(kind="closed").values("case")
    lines = DoseCaseLine.objects.filter(kind="opened").exclude(case__in=closed)
    return lines.select_related("session__patient").order_by("pk")


@transaction.atomic
def close(case: UUID, words: str, *, by: User, second: User, at: datetime) -> None:
    """Close a case with what was found. Raises RefusedError without words, and where there is none open.

    second: given back by `second_person.confirm`, and by nothing else
    """
    require(by, Permission.CLOSE_DOSE_CASE)
    require(second, Permission.CHECK_DOSE)
    opened = DoseCaseLine.objects.filter(case=case, kind="opened").select_related("session").first()
    if opened is None:
        raise _NONE
    if second.pk == by.pk:
        raise _SAME
    words = words.strip()
    if not words or len(words) > LONGEST_WORDS:
        raise _WORDS
    try:
        with transaction.atomic():
            DoseCaseLine.objects.create(
                case=case,
                session=opened.session,
                kind="closed",
                words=words,
                at=at,
                by=by,
                by_name=by.shown_name,
                second=second,
                second_name=second.shown_name,
            )
    except IntegrityError:
        raise _NONE from None
    audit.keep(audit.Act.DOSE_CASE_CLOSED, by=by, at=at, subject=case, second=second.pk)


_NONE = RefusedError.of(
    field="case", code="unknown", message="There is no such open case.", mend="Go back to the list."
)
_WORDS = RefusedError.of(
    field="words",
    code="missing",
    message="It is not said what was found.",
    mend=f"Write what was looked at and what it showed, in at most {LONGEST_WORDS} characters.",
)
_SAME = RefusedError.of(
    field="second_username",
    code="same-person",
    message="The second person is the first: this takes two.",
    mend="Somebody else who has looked at it writes their own name and password.",
)
