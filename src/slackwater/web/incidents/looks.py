"""What the pages on reports show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from slackwater.actions.incidents import evidence, lines, reviewing, telling
from slackwater.records.models import Report, User
from slackwater.rules.incidents.duties import Duty
from slackwater.rules.incidents.fold import Standing
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
    Told,
    Wrote,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line in words; `who` is whose it is: theirs who told it, the reviewer's, or nobody's."""

    at: datetime
    who: str
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirDuty:
    """One duty, by when, and whether it was seen to."""

    duty: Duty
    due_at: datetime | None
    is_done: bool


def outside() -> dict[str, Any]:
    """Whom one can tell outside the clinic; every page on this has it."""
    return {"outside_help": settings.OUTSIDE_HELP, "emergency": settings.EMERGENCY_NUMBER}


def begun(new: telling.Begun) -> dict[str, Any]:
    """A report that was told without signing in, with its code, shown once."""
    state = lines.now(new.report)
    return {
        "code": telling.shown(new.code),
        "subject": state.subject.label,
        "has_reader": telling.has_reader(state),
        **outside(),
    }


def told(report: Report) -> dict[str, Any]:
    """A report for whoever told it: their own words, and what was written to them."""
    found = lines.lines(report)
    state = lines.now(report)
    return {
        "id": report.public_id,
        "subject": state.subject.label,
        "opened_at": report.opened_at,
        "word": _word(state),
        "is_ended": state.ended is not None,
        "lines": [one for one in (_told_line(line, _names()) for line in found) if one],
        "head": lines.rows(report)[-1].leaf[:12],
    }


def listed(one: reviewing.Listed) -> dict[str, Any]:
    """A report in the reviewer's list. It names nobody: a list may be seen over a shoulder."""
    return {
        "id": one.report.public_id,
        "subject": one.now.subject.label,
        "opened_at": one.report.opened_at,
        "word": _word(one.now),
        "is_ended": one.now.ended is not None,
    }


def reviewed(report: Report, *, by: User) -> dict[str, Any]:
    """All of a report, for a reviewer."""
    found, state, names = lines.lines(report), lines.now(report), _names()
    return {
        "report": report,
        "subject": state.subject.label,
        "word": _word(state),
        "is_ended": state.ended is not None,
        "teller": report.teller,
        "lines": [_line(line, names) for line in found if not isinstance(line.said, Held)],
        "named": [names.get(one, "somebody who is no longer here") for one in sorted(state.named)],
        "others": state.others,
        "patients": evidence.concerned(report, state),
        "kept": evidence.kept(state),
        "is_whole": lines.check(report).holds,
        "duties": list(_duties(state)),
        "jurisdiction": settings.JURISDICTION,
        "not_yet": reviewing.not_yet(state, by=by) if state.ended is None else (),
    }


def _duties(state: Standing) -> Iterable[TheirDuty]:
    for one in reviewing.duties(state):
        yield TheirDuty(duty=one, due_at=reviewing.due_at(one, state), is_done=one.name in state.duties)


def _word(state: Standing) -> str:
    if state.ended is not None:
        return state.ended.outcome.label
    return "A reviewer is looking into it" if state.is_looked_at else "Not read yet"


def _told_line(line: ReportLine, names: dict[int, str]) -> Line | None:
    """What whoever told it sees of one line; a reviewer's own notes are not for them."""
    if isinstance(line.said, Held | DutyDone) or (
        isinstance(line.said, Wrote) and not line.said.is_to_teller
    ):
        return None
    return _line(line, names)


def _line(line: ReportLine, names: dict[int, str]) -> Line:
    title, words = _words(line, names)
    return Line(at=line.at, who=line.by_name, title=title, words=words)


def _words(line: ReportLine, names: dict[int, str]) -> tuple[str, str]:  # noqa: C901, PLR0911  one case a kind
    match line.said:
        case Opened(subject=subject):
            return "Told", subject.label
        case Told(words=words):
            return "Written", words
        case Named(people=people, others=others):
            known = [names.get(one, "somebody who is no longer here") for one in people]
            return "Named", ", ".join([*known, *([others] if others else [])])
        case Placed():
            return "About a visit", ""
        case LookedAt():
            return "Read by a reviewer", ""
        case Wrote(words=words, is_to_teller=is_to_teller):
            return ("From the reviewer" if is_to_teller else "The reviewer's note"), words
        case DutyDone(duty=duty, words=words):
            return f"Duty seen to: {duty}", words
        case Ended(outcome=outcome, words=words):
            return outcome.label, words
        case Reopened(words=words):
            return "Opened again", words
        case Held(log=log):
            return "Kept as it stood", log


def _names() -> dict[int, str]:
    return {one.pk: one.shown_name for one in telling.people()}
