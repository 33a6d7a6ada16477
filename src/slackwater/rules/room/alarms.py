"""Alarms of a room, from its log alone: raised, seen, worse again, over, of use or not (ALM-01 to ALM-06).

An alarm stands until its condition has ended and somebody has seen it, whichever is later. Seeing it stops no
condition, and does not cover what gets worse afterwards. Entries that arrive late are counted at their time:
an alarm may then turn out to have begun earlier, and none that held is lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from slackwater.rules.basis import house
from slackwater.rules.room.conditions import Moment, moments
from slackwater.rules.room.fold import RoomState, Timed
from slackwater.rules.room.limits import RoomLimits, SignalLimits
from slackwater.rules.room.signals import AlarmSeen, Condition, Priority

STANDS = house("ALM-01", "an alarm stands until its condition has ended and somebody has seen it")
SEEN = house("ALM-05", "that an alarm was seen stops no condition and does not cover what gets worse")
SCORED = house("ALM-06", "an alarm that is over is said to have been of use or not, once it has been seen")


class Standing(StrEnum):
    """Where an alarm stands."""

    RAISED = "raised"
    SEEN = "seen"
    UNSEEN = "unseen"
    OVER = "over"

    @property
    def label(self) -> str:
        """As a screen says it."""
        return _STANDS[self]


_STANDS = {
    Standing.RAISED: "now",
    Standing.SEEN: "seen, and still so",
    Standing.UNSEEN: "over, and not yet seen",
    Standing.OVER: "over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm.

    worse_at: when it was raised, or last rose in rank; what was seen before that is not this
    times:    how often the condition came, where it kept coming and going
    useful:   what was said of it afterwards; None where nothing was
    """

    condition: Condition
    rule: str
    priority: Priority
    sentence: str
    raised_at: datetime
    worse_at: datetime
    ended_at: datetime | None = None
    times: int = 1
    seen_at: datetime | None = None
    seen_by: str = ""
    useful: bool | None = None

    @property
    def stands(self) -> Standing:
        """Where it stands."""
        if self.ended_at is None:
            return Standing.RAISED if self.seen_at is None else Standing.SEEN
        return Standing.UNSEEN if self.seen_at is None else Standing.OVER

    def is_elsewhere(self, at: datetime, limits: SignalLimits) -> bool:
        """Whether other screens show it: a high one at once, others once nobody has seen them for a while."""
        if self.seen_at is not None:
            return False
        waited = at - self.worse_at >= timedelta(seconds=limits.alarm_escalates.value)
        return waited or self.priority is Priority.HIGH


def alarms(state: RoomState, *, at: datetime, limits: RoomLimits) -> tuple[Alarm, ...]:
    """Every alarm up to `at`: those that nobody has seen first, then the higher rank, then the newer."""
    found = [
        alarm
        for condition, each in moments(state, at=at, limits=limits).items()
        for alarm in _scored(state, _joined(state, condition, each, at=at, limits=limits.signals))
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                _FIRST.index(one.stands),
                -one.priority,
                -one.raised_at.timestamp(),
                one.condition,
            ),
        )
    )


def share_useful(scores: Sequence[bool]) -> str:
    """How many of those that were scored were of use, in words that promise nothing."""
    if not scores:
        return "No alarm has been scored yet."
    return f"{sum(scores)} of {len(scores)} scored alarms were of use."


def _joined(
    state: RoomState, condition: Condition, each: Sequence[Moment], *, at: datetime, limits: SignalLimits
) -> Iterator[Alarm]:
    """Episodes as alarms. One that comes back before it was seen, or within a minute, is the same alarm."""
    seen = [one for one in state.alarms_seen if one.said.condition is condition and one.at <= at]
    before: Alarm | None = None
    for new in _episodes(condition, each, at=at, limits=limits):
        if before is not None and not _is_apart(before, new, seen, limits):
            before = _again(before, new)
            continue
        if before is not None:
            yield _seen(before, seen, until=new.raised_at)
        before = new
    if before is not None:
        yield _seen(before, seen, until=None)


def _episodes(
    condition: Condition, each: Sequence[Moment], *, at: datetime, limits: SignalLimits
) -> Iterator[Alarm]:
    """Each stretch over which the condition held long enough to count."""
    stretch: list[Moment] = []
    for one in each:
        if one.priority is not None:
            stretch.append(one)
        elif stretch:
            raised_at = _raised_at(stretch, limits)
            if raised_at < one.at or not all(moment.waits for moment in stretch):
                yield replace(_ranked(condition, stretch, raised_at, limits), ended_at=one.at)
            stretch = []
    if stretch and (raised_at := _raised_at(stretch, limits)) <= at:
        yield _ranked(condition, stretch, raised_at, limits)


def _raised_at(stretch: Sequence[Moment], limits: SignalLimits) -> datetime:
    """What a person wrote counts at once. What a monitor sent has to hold a while: one spike is no alarm."""
    held = stretch[0].at + timedelta(seconds=limits.alarm_delay.value)
    return min(held, next((one.at for one in stretch if not one.waits), held))


def _ranked(
    condition: Condition, stretch: Sequence[Moment], raised_at: datetime, limits: SignalLimits
) -> Alarm:
    """By the highest rank it had. It gets worse by rising to a rank that it never had, or not for a while."""
    joins = timedelta(seconds=limits.alarm_joins.value)
    before, worse_at = Priority.LOW, raised_at
    fell: dict[Priority, datetime] = {}
    top = stretch[0]
    for one in stretch:
        rank = one.priority or Priority.LOW
        if rank > before and (rank not in fell or one.at - fell[rank] >= joins):
            worse_at = max(one.at, raised_at)
        for lost in Priority:
            if rank < lost <= before:
                fell[lost] = one.at
        if rank >= (top.priority or Priority.LOW):
            top = one
        before = rank
    return Alarm(
        condition=condition,
        rule=top.rule,
        priority=top.priority or Priority.LOW,
        sentence=stretch[-1].sentence,
        raised_at=raised_at,
        worse_at=worse_at,
    )


def _is_apart(before: Alarm, new: Alarm, seen: Sequence[Timed[AlarmSeen]], limits: SignalLimits) -> bool:
    was_seen = any(before.worse_at <= one.at < new.raised_at for one in seen)
    ended = before.ended_at or new.raised_at
    return was_seen and new.raised_at - ended >= timedelta(seconds=limits.alarm_joins.value)


def _again(before: Alarm, new: Alarm) -> Alarm:
    is_worse = new.priority > before.priority
    return replace(
        before,
        rule=new.rule if is_worse else before.rule,
        priority=max(before.priority, new.priority),
        worse_at=new.worse_at if is_worse else before.worse_at,
        sentence=new.sentence,
        ended_at=new.ended_at,
        times=before.times + 1,
    )


def _seen(alarm: Alarm, seen: Sequence[Timed[AlarmSeen]], *, until: datetime | None) -> Alarm:
    """By whoever saw it first as it last was."""
    for one in seen:
        if one.at >= alarm.worse_at and (until is None or one.at < until):
            return replace(alarm, seen_at=one.at, seen_by=one.by_name)
    return alarm


def _scored(state: RoomState, found: Iterator[Alarm]) -> Iterator[Alarm]:
    scores = {(one.said.condition, one.said.raised_at): one.said.useful for one in state.alarms_scored}
    for alarm in found:
        yield replace(alarm, useful=scores.get((alarm.condition, alarm.raised_at)))


_FIRST = (Standing.RAISED, Standing.UNSEEN, Standing.SEEN, Standing.OVER)
