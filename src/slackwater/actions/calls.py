"""Calls after a visit: which are due, and what was said in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from slackwater.actions import boards
from slackwater.actions.policy import Permission, may, require
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import CallLine, Entry, Session, User
from slackwater.records.models.sessions import PAST
from slackwater.rules.findings import Finding
from slackwater.rules.recovery.calls import Call, CallKind, Outcome, Question, Tried, answered, asked, calls
from slackwater.rules.room.log import EntryKind, Left
from slackwater.rules.room.wire import parse_payload
from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One call that is to be made now."""

    session: Session
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What became of one try.

    answers:      of what was asked; what is not among them was not asked
    is_recovered: having spoken with them, whoever calls says that they have recovered (R07.staff)
    """

    kind: CallKind
    outcome: Outcome
    answers: Mapping[Question, bool]
    is_recovered: bool = False
    note: str = ""


def due(user: User, *, at: datetime) -> list[Due]:
    """Every call that is to be made now, the oldest first, for those who may make it.

    Read from the leavings alone: this list stands on the first page, which waits for no log.
    """
    if not may(user, Permission.CALL_AFTERWARDS):
        return []
    left = _departures(boards.sessions_seen_by(user).exclude(script__startswith=PAST))
    left = left.exclude(_is_done(CallKind.NEXT_DAY) & _is_done(CallKind.WEEK))
    found = [
        Due(session=row.session, call=one)
        for row in left.select_related("session__patient").prefetch_related("session__calls")
        for one in _calls(row)
        if one.is_due(at)
    ]
    return sorted(found, key=lambda one: one.call.due_at)


def of_visit(session: Session) -> tuple[Call, ...]:
    """Every call that this visit asks for; none where nothing was given or nobody has left."""
    row = _departures(Session.objects.filter(pk=session.pk)).first()
    return () if row is None else _calls(row)


def _departures(sessions: QuerySet[Session]) -> QuerySet[Entry]:
    """Of each of these sessions in which something was given, that the patient left."""
    dosed = Entry.objects.filter(session=OuterRef("session"), kind=EntryKind.DOSE.value)
    return Entry.objects.filter(Exists(dosed), kind=EntryKind.LEFT.value, session__in=sessions)


def _is_done(kind: CallKind) -> Exists:
    tried = CallLine.objects.filter(session=OuterRef("session"), kind=kind.value)
    return Exists(tried.exclude(outcome=Outcome.NOT_REACHED.value))


def _calls(row: Entry) -> tuple[Call, ...]:
    """By the wall's clock: a demonstration's rooms run faster than anybody telephones."""
    left = parse_payload(EntryKind.LEFT, row.payload)
    tried = [
        Tried(kind=CallKind(line.kind), at=line.happened_at, outcome=Outcome(line.outcome))
        for line in row.session.calls.all()
    ]
    return calls(
        min(row.happened_at, row.written_at),
        tried,
        is_against_advice=isinstance(left, Left) and left.against is not None,
        limits=load_limits().calls,
    )


def recovered_at(session: Session) -> datetime | None:
    """When somebody who spoke with the patient last said that they have recovered."""
    said = session.calls.filter(is_recovered=True).order_by("-happened_at").first()
    return said.happened_at if said else None


@transaction.atomic
def keep(session_id: UUID, said: Said, *, by: User, at: datetime, key: UUID) -> tuple[Finding, ...]:
    """Keep what became of a try at a call, and say what the answers ask somebody to do now.

    at: the wall's time
    Raises RefusedError where there is no such call, where it was made already, or where what is said of
    recovery does not fit the answers.
    """
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("patient").get(public_id=session_id)
    )
    require(by, Permission.CALL_AFTERWARDS, session)
    answers = {question: yes for question, yes in said.answers.items() if question in asked(said.kind)}
    found = tuple(answered(said.kind, answers, limits=load_limits().calls)) if _is_reached(said) else ()
    if CallLine.objects.filter(session=session, key=key).exists():
        return found
    _refuse([*_no_such(of_visit(session), said, at), *_misfit(said, answers)])
    if said.is_recovered:
        require(by, Permission.SAY_RECOVERED, session)
    CallLine.objects.create(
        session=session,
        key=key,
        kind=said.kind.value,
        outcome=said.outcome.value,
        answers={question.value: int(yes) for question, yes in answers.items()},
        is_recovered=said.is_recovered,
        note=said.note,
        happened_at=at,
        by=by,
        by_name=by.shown_name,
    )
    return found


def _is_reached(said: Said) -> bool:
    return said.outcome is Outcome.REACHED


def _no_such(found: Sequence[Call], said: Said, at: datetime) -> list[Problem]:
    call = next((one for one in found if one.kind is said.kind), None)
    if call is None:
        return [_problem("kind", "no-call", "This visit asks for no such call.", "Look at the list again.")]
    if call.done is not None:
        return [
            _problem("kind", "done", "This call has been made.", "Write a note, if there is more to say.")
        ]
    if at < call.due_at and _is_reached(said):
        return [
            _problem(
                "kind", "early", "This call is not due yet.", "Speak with them by all means; call again then."
            )
        ]
    return []


def _misfit(said: Said, answers: Mapping[Question, bool]) -> list[Problem]:
    """Nobody has recovered whose head is not clear, or of whom that was not asked."""
    if not said.is_recovered:
        return []
    if not _is_reached(said):
        return [
            _problem(
                "is_recovered",
                "not-reached",
                "Nobody spoke with them, so nobody knows.",
                "Leave it unticked.",
            )
        ]
    if Question.CLEAR in asked(said.kind) and answers.get(Question.CLEAR) is True:
        return []
    return [
        _problem(
            "is_recovered",
            "not-clear",
            "It was not asked, or it is not so, that their head is clear and they are steady.",
            "Ask it; tick recovered only if they say yes.",
        )
    ]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise RefusedError(*problems)


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)
