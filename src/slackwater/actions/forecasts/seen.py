"""What the crowd is told of a session, from its log alone: what people wrote, pressures and heart rate."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from slackwater.actions import listening
from slackwater.pharma.expected import Known
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observations import Alertness, AnswersToName, Observation, Rating, Rise
from slackwater.rules.room.fold import RoomState, Timed
from slackwater.rules.room.log import Baseline
from slackwater.terms.vitals import Reading, VitalCode

_RISES = (
    (Sign.SYSTOLIC, VitalCode.SBP),
    (Sign.DIASTOLIC, VitalCode.DBP),
    (Sign.HEART_RATE, VitalCode.HR),
)
_TENTHS = 10


def seen(state: RoomState, *, version: int) -> list[Observation]:
    """All that was seen since the first dose. Of two of one kind and moment the one written last counts.

    version: the last entry that the forecast rests on; a monitor's readings after it wait for the next one
    """
    start = state.first_dose_at
    if start is None:
        return []

    def hours(at: datetime) -> float:
        return (at - start) / timedelta(hours=1)

    ratings = {one.at: one.said.depth for one in state.ratings if one.at >= start}
    scores = {one.at: one.said.moaas for one in state.alertness if one.at >= start}
    answers = {one.at: one.said.answer.answers for one in state.name_calls if one.at >= start}
    return [
        *(Rating(at_h=hours(at), depth=depth) for at, depth in ratings.items()),
        *(Alertness(at_h=hours(at), moaas=moaas) for at, moaas in scores.items()),
        *(AnswersToName(at_h=hours(at), answers=is_yes) for at, is_yes in answers.items()),
        *_rises(state, hours, version),
    ]


def told_before(state: RoomState, at_h: float) -> Known:
    """What the room's crowd had been told before a moment: `seen`, as the room asked it then.

    at_h: hours since the first dose
    An entry that was written late counts from when it happened, and one that was struck never does.
    """
    start = state.first_dose_at
    if start is None:
        return Known(observations=())
    version = max(
        (
            sequence
            for sequence, at in _entries(state)
            if sequence not in state.from_monitor and (at - start) / timedelta(hours=1) < at_h
        ),
        default=0,
    )
    switched = tuple(one for one in state.listening if (one.at - start) / timedelta(hours=1) < at_h)
    return Known(
        observations=tuple(one for one in seen(state, version=version) if one.at_h < at_h),
        using=listening.signs(replace(state, listening=switched)),
    )


def _entries(state: RoomState) -> Iterator[tuple[int, datetime]]:
    """What can change what the crowd says, as `version` counts it: which entry, and when."""
    yield from ((dose.sequence, dose.started_at) for dose in state.doses)
    yield from ((one.sequence, one.at) for one in state.ratings)
    yield from ((one.sequence, one.at) for one in state.alertness)
    yield from ((one.sequence, one.at) for one in state.name_calls)
    yield from ((one.sequence, one.at) for one in state.listening)
    yield from ((one.sequence, one.at) for one in state.readings)
    if state.stopped is not None:
        yield state.stopped.sequence, state.stopped.at


def _rises(state: RoomState, hours: Callable[[datetime], float], version: int) -> Iterator[Rise]:
    """Good readings above the last good one before the dose; none of a kind that has no baseline."""
    if state.baseline is None:
        return
    for sign, code in _RISES:
        before = _before(state.baseline, code)
        if before is None:
            continue
        counted = {
            one.at: one.said.tenths
            for one in state.good(code)
            if hours(one.at) > 0.0 and _counts(one, state, version)
        }
        for at, tenths in counted.items():
            yield Rise(at_h=hours(at), sign=sign, amount=(tenths - before) / _TENTHS)


def _counts(one: Timed[Reading], state: RoomState, version: int) -> bool:
    return one.sequence <= version or one.sequence not in state.from_monitor


def _before(baseline: Baseline, code: VitalCode) -> int | None:
    return {VitalCode.SBP: baseline.sbp, VitalCode.DBP: baseline.dbp, VitalCode.HR: baseline.hr}[code]
