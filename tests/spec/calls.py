"""Calls after a visit."""

from collections.abc import Iterable
from datetime import timedelta

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.recovery.calls import (
    CallKind,
    Outcome,
    Question,
    Tried,
    answered,
    asked,
    calls,
)

LIMITS = load_limits().calls
LEFT_AT = minute(0)
DAY = 24 * 60.0
WEEK = 7 * DAY
ONE_SECOND = 1 / 60
_RULES = {CallKind.AT_ONCE: "CALL-01", CallKind.NEXT_DAY: "CALL-02", CallKind.WEEK: "CALL-03"}


def due(when: str, *says: str, at: float, tried: tuple[Tried, ...] = (), against: bool = False) -> Case:
    def asks() -> Iterable[Said]:
        found = calls(LEFT_AT, tried, is_against_advice=against, limits=LIMITS)
        for one in found:
            if one.is_due(minute(at)):
                vain = f", tried in vain {one.tries} times" if one.tries else ""
                yield Said(rule=_RULES[one.kind], word="due", sentence=f"{one.kind.label}{vain}.")

    return Case(when=when, asks=asks, says=says)


def tried(kind: CallKind, outcome: Outcome, at: float) -> Tried:
    return Tried(kind=kind, at=LEFT_AT + timedelta(minutes=at), outcome=outcome)


def said(when: str, *says: str, kind: CallKind = CallKind.NEXT_DAY, **changes: bool | None) -> Case:
    """A call in which all is well, with one answer changed; None where it was not asked."""
    well = {one: one in {Question.SAFE, Question.SLEPT, Question.CLEAR} for one in asked(kind)}
    given = well | {Question(name): value for name, value in changes.items()}
    answers = {question: yes for question, yes in given.items() if yes is not None}

    def asks() -> Iterable[Said]:
        return from_findings(answered(kind, answers, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


DUE = (
    due("a second before a day has passed", at=DAY - ONE_SECOND),
    due("a day after leaving", "CALL-02 due", at=DAY),
    due("a day after leaving, tried in vain", "CALL-02 due", at=DAY + 60,
        tried=(tried(CallKind.NEXT_DAY, Outcome.NOT_REACHED, DAY),)),
    due("a day after leaving, reached at the second try", at=DAY + 120,
        tried=(tried(CallKind.NEXT_DAY, Outcome.NOT_REACHED, DAY),
               tried(CallKind.NEXT_DAY, Outcome.REACHED, DAY + 60))),
    due("they asked not to be called", at=DAY + 60, tried=(tried(CallKind.NEXT_DAY, Outcome.DECLINED, DAY),)),
    due("a second before a week, the first call made", at=WEEK - ONE_SECOND,
        tried=(tried(CallKind.NEXT_DAY, Outcome.REACHED, DAY),)),
    due("a week after leaving, the first call made", "CALL-03 due", at=WEEK,
        tried=(tried(CallKind.NEXT_DAY, Outcome.REACHED, DAY),)),
    due("a week after leaving, nobody ever called", "CALL-02 due", "CALL-03 due", at=WEEK),
    due("a month after, nobody ever called (a call stays due)", "CALL-02 due", "CALL-03 due", at=30 * DAY),
    due("the moment they went against advice", "CALL-01 due", at=0, against=True),
    due("a minute after they went as advised", at=1),
)  # fmt: skip

SAID = (
    said("all is well"),
    said("not slept yet", "CALL-04 note", slept=False),
    said("head not clear", "CALL-04 warn", clear=False),
    said("thoughts of death", "CALL-04 warn", dark=True),
    said("that was not asked", "CALL-04 note", dark=None),
    said("still sees things", "CALL-04 warn", perception=True),
    said("chest pain", "CALL-04 warn", sick=True),
    said(
        "nothing was asked",
        *["CALL-04 note"] * 5,
        slept=None,
        clear=None,
        dark=None,
        perception=None,
        sick=None,
    ),
    said("not somewhere safe, called at once", "CALL-04 warn", kind=CallKind.AT_ONCE, safe=False),
    said("a week on, passing water hurts", "CALL-04 warn", kind=CallKind.WEEK, bladder=True),
    said("a week on, wants more of it", "CALL-04 warn", kind=CallKind.WEEK, craving=True),
)

PAGE = Page(
    slug="calls",
    title="Calls after a visit",
    intro=(
        "Which calls are due after somebody left at minute 0, and what an answer asks somebody to do. A call"
        " is done once they were reached, or have asked not to be called; until then it stays due. What was"
        " not asked is named. Whether somebody here crossed a line is not asked in a call, because the answer"
        " would lie where that person reads: whoever calls says how one can tell somebody outside the team."
    ),
    sections=(
        Section(title="When", cases=DUE, content="No call is due."),
        Section(title="What an answer asks for", cases=SAID, content="Nothing more is asked for."),
    ),
    rows=rows_of(LIMITS),
)
