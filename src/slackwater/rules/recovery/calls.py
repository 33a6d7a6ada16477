"""Calls after a visit: when each is due, and what an answer asks for.

A call is done once the patient was reached, or has asked not to be called. Not reached, it stays due.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.findings import Finding, Severity


class CallKind(StrEnum):
    """Which call of a visit."""

    AT_ONCE = "at_once"
    NEXT_DAY = "next_day"
    WEEK = "week"

    @property
    def label(self) -> str:
        """As it stands on the screen; it says nothing of what the visit was for."""
        return _KINDS[self]


_KINDS = {
    CallKind.AT_ONCE: "Call now: they went early",
    CallKind.NEXT_DAY: "Call the day after",
    CallKind.WEEK: "Call after a week",
}


class Outcome(StrEnum):
    """What became of one try."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """As it stands on the screen."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.REACHED: "Spoke with them",
    Outcome.NOT_REACHED: "Not reached",
    Outcome.DECLINED: "They asked not to be called about this visit",
}


class Question(StrEnum):
    """What is asked, each with yes, no, or not asked.

    Whether somebody here crossed a line is not asked: the answer would lie where that person reads. Whoever
    calls says instead how one can tell somebody outside the team.
    """

    SAFE = "safe"
    SLEPT = "slept"
    CLEAR = "clear"
    DARK = "dark"
    PERCEPTION = "perception"
    SICK = "sick"
    BLADDER = "bladder"
    CRAVING = "craving"

    @property
    def words(self) -> str:
        """The question, as it is read out."""
        return _QUESTIONS[self]


_QUESTIONS = {
    Question.SAFE: "Are you somewhere safe, and is anybody with you if you want that?",
    Question.SLEPT: "Have you slept a night since the visit?",
    Question.CLEAR: "Is your head clear, and are you steady on your feet?",
    Question.DARK: "Have you had thoughts of ending your life, or of hurting yourself?",
    Question.PERCEPTION: "Do you still see or hear things that others do not?",
    Question.SICK: "Have you been sick, had a bad headache, pain in the chest, or trouble breathing?",
    Question.BLADDER: "Has passing water hurt, come more often, or had blood in it?",
    Question.CRAVING: "Have you wanted more of the medicine, or taken any?",
}

# Which answer is the one that worries.
_WORRIES = {
    Question.SAFE: False,
    Question.CLEAR: False,
    Question.DARK: True,
    Question.PERCEPTION: True,
    Question.SICK: True,
    Question.BLADDER: True,
    Question.CRAVING: True,
}
_ASKED = {
    CallKind.AT_ONCE: (Question.SAFE, Question.CLEAR, Question.DARK, Question.SICK),
    CallKind.NEXT_DAY: (
        Question.SLEPT, Question.CLEAR, Question.DARK, Question.PERCEPTION, Question.SICK,
    ),
    CallKind.WEEK: (Question.DARK, Question.BLADDER, Question.CRAVING),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLimits:
    """When calls are due and what an answer rests on. A field is the name of its row."""

    call_at_once: Basis
    call_next_day: Threshold
    call_week: Threshold
    call_answer: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One try: of which call, when, and what became of it."""

    kind: CallKind
    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a visit.

    tries: how often somebody has tried in vain
    done:  the try that ended it; None while it is still to be made
    """

    kind: CallKind
    due_at: datetime
    tries: int
    done: Tried | None

    def is_due(self, at: datetime) -> bool:
        """Whether it is to be made now."""
        return self.done is None and at >= self.due_at


def calls(
    left_at: datetime, tried: Sequence[Tried], *, is_against_advice: bool, limits: CallLimits
) -> tuple[Call, ...]:
    """Every call that a visit asks for, in order of time, each with how it stands."""
    due = {
        CallKind.NEXT_DAY: left_at + limits.call_next_day.minutes,
        CallKind.WEEK: left_at + limits.call_week.minutes,
    }
    if is_against_advice:
        due = {CallKind.AT_ONCE: left_at, **due}
    return tuple(
        _call(kind, due_at, [one for one in tried if one.kind is kind]) for kind, due_at in due.items()
    )


def asked(kind: CallKind) -> tuple[Question, ...]:
    """What is asked in this call, in the order in which it is asked."""
    return _ASKED[kind]


def answered(kind: CallKind, answers: dict[Question, bool], *, limits: CallLimits) -> Iterator[Finding]:
    """What the answers ask somebody to do now. What was not asked is named too: unknown is never safe."""
    for question in asked(kind):
        if question not in answers:
            yield limits.call_answer.finding(Severity.NOTE, f"Not asked: {question.words}")
        elif answers[question] is _WORRIES.get(question):
            yield limits.call_answer.finding(Severity.WARN, _DEEDS[question])
    if answers.get(Question.SLEPT) is False:
        yield limits.call_answer.finding(
            Severity.NOTE, "Not slept yet: no driving and no machinery until they have. Call again tomorrow."
        )


_DEEDS = {
    Question.SAFE: "Not somewhere safe: stay on the line, ask what would help, and tell the prescriber now.",
    Question.CLEAR: "Not clear or not steady yet: somebody stays with them; tell the prescriber today.",
    Question.DARK: "Thoughts of death or self-harm: stay on the line and bring the prescriber in now. If"
    " there is a plan, or you lose the line, call the emergency number.",
    Question.PERCEPTION: "Still sees or hears things: tell the prescriber today.",
    Question.SICK: "Chest pain or trouble breathing: the emergency number, now. Anything else: tell the"
    " prescriber today.",
    Question.BLADDER: "Trouble passing water: tell the prescriber before anything more is given.",
    Question.CRAVING: "Wanting more, or having had some: tell the prescriber before anything more is given.",
}


def _call(kind: CallKind, due_at: datetime, tried: Sequence[Tried]) -> Call:
    done = next((one for one in tried if one.outcome is not Outcome.NOT_REACHED), None)
    in_vain = sum(one.outcome is Outcome.NOT_REACHED for one in tried)
    return Call(kind=kind, due_at=due_at, tries=in_vain, done=done)
