"""What bars a patient from leaving, asked of the log and of the crowd."""

from slackwater.catalogue.limits import load_limits
from slackwater.rules.recovery.facts import Facts, Measured, OwedPressure, Seen
from slackwater.rules.room.fold import RoomState, Timed
from slackwater.rules.room.log import Check, CheckItem
from slackwater.rules.room.mandatory import mandatory_pressures
from slackwater.terms.vitals import Reading, VitalCode


def facts(state: RoomState, *, chance: float | None, is_outside: bool) -> Facts:
    """All that leaving depends on, from what the room knows and what the crowd said.

    chance: share of the crowd that has recovered, None where there is no estimate
    """
    baseline = state.baseline
    return Facts(
        last_dose_ended_at=state.last_dose_ended_at,
        chance_recovered=chance,
        is_outside_crowd=is_outside,
        alertness=_alertness(state),
        systolic=_reading(state.latest(VitalCode.SBP)),
        systolic_before=_systolic_before(state),
        diastolic=_reading(state.latest(VitalCode.DBP)),
        oxygen=_reading(state.latest(VitalCode.SPO2)),
        baseline_systolic=baseline.sbp if baseline else None,
        owed_pressures=tuple(
            OwedPressure(name=one.name, due_at=one.due_at)
            for one in mandatory_pressures(state, limits=load_limits().room.due)
            if one.is_owed
        ),
        falling=_seen(state, CheckItem.PRESSURE_FALLING),
        oriented=_seen(state, CheckItem.ORIENTED),
        gait=_seen(state, CheckItem.GAIT),
        drinks=_seen(state, CheckItem.DRINKS),
        distress=_seen(state, CheckItem.DISTRESS),
        safety=_seen(state, CheckItem.SAFETY),
        hallucinations=_seen(state, CheckItem.HALLUCINATIONS),
        advice=_seen(state, CheckItem.ADVICE),
        escort=_seen(state, CheckItem.ESCORT),
    )


def _alertness(state: RoomState) -> Measured | None:
    last = state.alertness[-1] if state.alertness else None
    return Measured(value=last.said.moaas, at=last.at) if last else None


def _reading(last: Timed[Reading] | None) -> Measured | None:
    return Measured(value=last.said.tenths, at=last.at) if last else None


def _systolic_before(state: RoomState) -> Measured | None:
    """The good reading before the last, at or after the last dose began."""
    began = max((dose.started_at for dose in state.doses), default=None)
    since = [one for one in state.good(VitalCode.SBP) if began is not None and one.at >= began]
    return _reading(since[-2]) if len(since) > 1 else None


def _seen(state: RoomState, item: CheckItem) -> Seen | None:
    check: Timed[Check] | None = state.check(item)
    return Seen(passed=check.said.passed, at=check.at) if check else None
