"""A rescue as it was done: begun, step by step, ended, each with its time (RES-01).

Steps are kept whatever the network does, and in whatever order they arrive: one that comes after the end of
its run still belongs to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from slackwater.rules.basis import house
from slackwater.rules.fields import Fields

STEPS = house("RES-01", "a rescue is kept from its beginning to its end, each step with its time and by whom")
BEGUN, ENDED = "begun", "ended"
_LONGEST = 40


class Outcome(StrEnum):
    """How a rescue ended."""

    WELL = "well"
    HANDED_OVER = "handed_over"
    NO_EMERGENCY = "no_emergency"

    @property
    def label(self) -> str:
        """As it stands on the screen."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.WELL: "It is over, and they are well",
    Outcome.HANDED_OVER: "Handed over to the emergency service",
    Outcome.NO_EMERGENCY: "It was no emergency",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RescueStep:
    """One step of one run of a checklist; `begun` and `ended` are steps, and only the end has an outcome."""

    run: str
    checklist: str
    step: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step that was done; the first time counts."""

    step: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a checklist."""

    run: str
    checklist: str
    begun_at: datetime
    done: tuple[Done, ...]
    ended_at: datetime | None = None
    outcome: Outcome | None = None


class Kept(Protocol):
    """A step as the log has it."""

    @property
    def at(self) -> datetime:
        """When it was done."""

    @property
    def by_name(self) -> str:
        """By whom."""

    @property
    def said(self) -> RescueStep:
        """What was done."""


def runs(steps: Sequence[Kept]) -> tuple[Run, ...]:
    """Every run, the oldest first, from its steps in the order in which they happened."""
    of: dict[str, list[Kept]] = {}
    for one in steps:
        of.setdefault(one.said.run, []).append(one)
    return tuple(_run(each) for each in of.values())


def _run(steps: Sequence[Kept]) -> Run:
    done: dict[str, Done] = {}
    for one in steps:
        if one.said.step not in (BEGUN, ENDED):
            done.setdefault(one.said.step, Done(step=one.said.step, at=one.at, by_name=one.by_name))
    end = next((one for one in steps if one.said.step == ENDED), None)
    return Run(
        run=steps[0].said.run,
        checklist=steps[0].said.checklist,
        begun_at=steps[0].at,
        done=tuple(done.values()),
        ended_at=end.at if end else None,
        outcome=end.said.outcome if end else None,
    )


def read(given: Fields) -> RescueStep:
    """From the wire. The end says how it ended, and nothing else does."""
    step = given.text("step", longest=_LONGEST)
    if (step == ENDED) is not given.has("outcome"):
        given.refuse("outcome", "missing", "Only the end has an outcome.", "Say how it ended, at the end.")
    return RescueStep(
        run=given.text("run", longest=_LONGEST),
        checklist=given.text("checklist", longest=_LONGEST),
        step=step,
        outcome=given.choice("outcome", Outcome) if given.has("outcome") else None,
    )
