"""What a reading is worth, decided once, when it arrives.

A monitor's odd number is kept and marked: it is never shown as a reading, never averaged and never compared
with a limit, but `alerts` says that there is no true reading. A person's impossible number is a slip of the
hand and is refused, with what to do instead.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from slackwater.rules.room.fold import RoomState, Timed
from slackwater.rules.room.limits import ReadingLimits
from slackwater.rules.room.log import Vitals, VitalSource
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.vitals import Quality, Reading, VitalCode

_PRESSURES = frozenset({VitalCode.SBP, VitalCode.DBP})
_FULL_SATURATION = 1000


def assess(
    vitals: Vitals,
    state: RoomState,
    *,
    at: datetime,
    limits: ReadingLimits,
    pulse_tenths: int | None = None,
) -> Vitals:
    """The same readings, each with its quality.

    at:           when they were taken
    pulse_tenths: the oximeter's pulse, where a monitor gives it beside the heart rate
    A quality that a device gave is kept where it is worse than ours.
    Raises RefusedError when a person typed what cannot be, naming each value.
    """
    if vitals.source is VitalSource.HAND:
        return _typed(vitals, limits)
    marked = tuple(
        _worse(reading, _quality(reading, vitals, state, at=at, limits=limits)) for reading in vitals.readings
    )
    marked = _pulse_checked(marked, pulse_tenths, limits)
    return replace(vitals, readings=_pressures_together(marked))


def _typed(vitals: Vitals, limits: ReadingLimits) -> Vitals:
    problems = tuple(_problems(vitals, limits))
    if problems:
        raise RefusedError(*problems)
    return replace(vitals, readings=tuple(replace(one, quality=Quality.OK) for one in vitals.readings))


def _problems(vitals: Vitals, limits: ReadingLimits) -> Iterator[Problem]:
    for reading in vitals.readings:
        low, high = _range(reading.code, limits)
        if not low <= reading.tenths <= high:
            yield Problem(
                field=reading.code.value,
                code="not-a-reading",
                message=f"{reading.code.label} {reading.text} is not a reading.",
                mend="Take it again. If it is what you see, act on the patient first and write a note.",
            )
    sbp, dbp = vitals.of(VitalCode.SBP), vitals.of(VitalCode.DBP)
    if (sbp is None) != (dbp is None):
        missing = VitalCode.SBP if sbp is None else VitalCode.DBP
        yield Problem(
            field=missing.value,
            code="missing",
            message=f"{missing.label} is missing.",
            mend="Write both numbers of the pressure.",
        )
    if sbp is not None and dbp is not None and dbp.tenths >= sbp.tenths:
        yield Problem(
            field=VitalCode.DBP.value,
            code="upside-down",
            message=f"Diastolic {dbp.text} is not below systolic {sbp.text}.",
            mend="Check whether the two were swapped, and write the higher one first.",
        )


def _quality(
    reading: Reading, vitals: Vitals, state: RoomState, *, at: datetime, limits: ReadingLimits
) -> Quality:
    if reading.tenths == 0:
        return Quality.DISCONNECTED
    is_odd = not _is_plausible(reading, vitals.readings, limits)
    is_odd = is_odd or _is_jump(reading, state, at=at, limits=limits)
    return Quality.ARTEFACT if is_odd else Quality.OK


def _is_plausible(reading: Reading, together: tuple[Reading, ...], limits: ReadingLimits) -> bool:
    """Whether it could be true, looked at by itself and beside what was taken with it."""
    low, high = _range(reading.code, limits)
    if not low <= reading.tenths <= high:
        return False
    return reading.code not in _PRESSURES or not _is_odd_pair(together, limits)


def _range(code: VitalCode, limits: ReadingLimits) -> tuple[int, int]:
    """The lowest and highest that can be a true reading, in tenths."""
    match code:
        case VitalCode.SBP:
            return limits.systolic_low.tenths, limits.systolic_high.tenths
        case VitalCode.DBP:
            return limits.diastolic_low.tenths, limits.diastolic_high.tenths
        case VitalCode.HR:
            return limits.heart_rate_lowest.tenths, limits.heart_rate_highest.tenths
        case VitalCode.SPO2:
            return limits.spo2_low.tenths, _FULL_SATURATION
        case VitalCode.RR:
            return limits.breathing_low.tenths, limits.breathing_high.tenths


def _is_odd_pair(together: tuple[Reading, ...], limits: ReadingLimits) -> bool:
    """Whether the two numbers of a pressure do not belong together, or one is missing."""
    values = {one.code: one.tenths for one in together}
    if not values.keys() >= _PRESSURES:
        return True
    between = values[VitalCode.SBP] - values[VitalCode.DBP]
    return not limits.pulse_pressure_low.tenths <= between <= limits.pulse_pressure_high.tenths


def _is_jump(reading: Reading, state: RoomState, *, at: datetime, limits: ReadingLimits) -> bool:
    """Whether it lies far from the last good reading, with no second reading to bear it out.

    Saturation is left out on purpose: it may fall fast, and a true fall must never be taken for a slip.
    """
    most = _most_jump(reading.code, limits)
    if most is None:
        return False
    recent = [
        one
        for one in state.readings
        if one.said.code is reading.code and abs(at - one.at) <= limits.jump_within.minutes
    ]
    good = [one for one in recent if one.said.is_good]
    if not good or _near(reading, good[-1], most):
        return False
    # A second reading bears it out though it was marked as a jump itself, if it could be true in itself.
    second = [one for one in recent if _is_plausible(one.said, _taken_with(one, state), limits)]
    return not second or not _near(reading, second[-1], most)


def _taken_with(timed: Timed[Reading], state: RoomState) -> tuple[Reading, ...]:
    return tuple(one.said for one in state.readings if one.sequence == timed.sequence)


def _most_jump(code: VitalCode, limits: ReadingLimits) -> int | None:
    match code:
        case VitalCode.SBP:
            return limits.jump_systolic.tenths
        case VitalCode.DBP:
            return limits.jump_diastolic.tenths
        case VitalCode.HR:
            return limits.jump_heart_rate.tenths
        case _:
            return None


def _near(reading: Reading, other: Timed[Reading], most: int) -> bool:
    return abs(reading.tenths - other.said.tenths) <= most


def _worse(reading: Reading, ours: Quality) -> Reading:
    return replace(reading, quality=ours) if reading.is_good else reading


def _pulse_checked(
    readings: tuple[Reading, ...], pulse_tenths: int | None, limits: ReadingLimits
) -> tuple[Reading, ...]:
    """A heart rate and a pulse that disagree are not both true, and nobody knows which is."""
    if not pulse_tenths:
        return readings
    return tuple(
        replace(one, quality=Quality.ARTEFACT)
        if one.code is VitalCode.HR
        and one.is_good
        and abs(one.tenths - pulse_tenths) > limits.pulse_apart.tenths
        else one
        for one in readings
    )


def _pressures_together(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Both numbers of a pressure are good or neither is."""
    worst = next((one.quality for one in readings if one.code in _PRESSURES and not one.is_good), None)
    if worst is None:
        return readings
    return tuple(
        replace(one, quality=worst) if one.code in _PRESSURES and one.is_good else one for one in readings
    )
