"""The impaired window: from the first dose until a person can agree to something again.

No study of the capacity to decide by time after ketamine was found, so the strictest line is taken
(clinical.md 6.3): the later of 24 hours and one night's sleep, never before the crowd and the staff say that
the person has recovered, and then a teach-back. A prediction can lengthen the window and never shorten it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLimits:
    """What must hold before the window closes. A field is the name of its row."""

    window_hours: Threshold
    window_sleep: Basis
    window_crowd: Basis
    window_staff: Basis
    window_teach_back: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFacts:
    """What is known of a window; None where nobody knows, which never closes it.

    first_dose_at, last_dose_ended_at: when the drug began to go in, and when the last of it was in
    recovered_by:   when enough of the crowd has recovered, by whoever asked it; None where it cannot tell
    confirmed_at:   when staff confirmed that the person had recovered and could leave
    slept_at:       when the person said that they have slept a night since
    taught_back_at: when the teach-back was passed
    """

    first_dose_at: datetime | None
    last_dose_ended_at: datetime | None
    recovered_by: datetime | None = None
    confirmed_at: datetime | None = None
    slept_at: datetime | None = None
    taught_back_at: datetime | None = None


def is_open(facts: WindowFacts, *, at: datetime, limits: WindowLimits) -> bool:
    """Whether the person counts as impaired at `at`, so that nothing new or wider may be agreed."""
    return facts.first_dose_at is not None and at >= facts.first_dose_at and any(holding(facts, at, limits))


def holding(facts: WindowFacts, at: datetime, limits: WindowLimits) -> Iterator[Finding]:
    """Everything that keeps the window open at `at`; nobody may set any of it aside.

    Nothing where no drug was given.
    """
    if facts.first_dose_at is None:
        return
    ends = _hours_end(facts, limits)
    if ends is None:
        yield limits.window_hours.unknown("A dose is still going in, so the day after it has not begun.")
    elif at < ends:
        yield limits.window_hours.stop(f"{limits.window_hours.value // _HOUR} hours have not passed yet.")
    yield from _crowd(facts, at, limits)
    if not _has_happened(facts.confirmed_at, at, facts):
        yield limits.window_staff.unknown("Staff have not confirmed that the person has recovered.")
    if not _has_happened(facts.slept_at, at, facts):
        yield limits.window_sleep.unknown("Nobody knows yet whether the person has slept a night since.")
    if not _is_sober_teach_back(facts, at, limits):
        yield limits.window_teach_back.unknown("The teach-back has not been passed since.")


def earliest_end(facts: WindowFacts, *, limits: WindowLimits) -> datetime | None:
    """The first moment at which the window can close; sleep and the teach-back come on top.

    None where no drug was given, while a dose goes in, and where the crowd cannot tell.
    """
    hours = _hours_end(facts, limits)
    if hours is None or facts.recovered_by is None:
        return None
    return max(hours, facts.recovered_by)


def _hours_end(facts: WindowFacts, limits: WindowLimits) -> datetime | None:
    """Counted from when the last drug was in, which is never earlier than from the first."""
    ended = facts.last_dose_ended_at
    return None if ended is None else ended + limits.window_hours.minutes


def _crowd(facts: WindowFacts, at: datetime, limits: WindowLimits) -> Iterator[Finding]:
    if facts.recovered_by is None:
        yield limits.window_crowd.unknown("There is no estimate of when people like this have recovered.")
    elif at < facts.recovered_by:
        yield limits.window_crowd.stop("Too few people like this have recovered by now.")


def _is_sober_teach_back(facts: WindowFacts, at: datetime, limits: WindowLimits) -> bool:
    """A teach-back passed before the rest of the window was over proves nothing, so it does not count."""
    passed, ends = facts.taught_back_at, earliest_end(facts, limits=limits)
    if passed is None or ends is None or passed > at or passed < ends:
        return False
    return all(seen is not None and seen <= passed for seen in (facts.confirmed_at, facts.slept_at))


def _has_happened(moment: datetime | None, at: datetime, facts: WindowFacts) -> bool:
    """Whether it was seen by `at`, and after the last drug went in: what was seen before says nothing."""
    ended = facts.last_dose_ended_at
    return moment is not None and ended is not None and ended <= moment <= at


_HOUR = timedelta(hours=1) // timedelta(minutes=1)
