"""What a room has to do next, and what is overdue (M01 to M03, M07, M08).

Nothing here waits for a button: the drug never pauses, so what is due stays due in a stopped session and
while nobody is connected, until the patient has left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from slackwater.rules.basis import Threshold
from slackwater.rules.room.alerts import pressure_alerts
from slackwater.rules.room.fold import RoomState, RunDose
from slackwater.rules.room.limits import RoomLimits
from slackwater.rules.room.mandatory import mandatory_pressures
from slackwater.rules.room.words import ago, minutes_left
from slackwater.terms.route import Route
from slackwater.terms.vitals import VitalCode

_BY_MOUTH = frozenset({Route.LOZENGE, Route.FILM, Route.ORAL})


class Task(StrEnum):
    """What there is to do. Values are stable; screens choose their control by them."""

    PRESSURE = "pressure"
    SATURATION = "saturation"
    ALERTNESS = "alertness"
    RATING = "rating"

    @property
    def label(self) -> str:
        """The task as a nurse would name it."""
        return _LABELS[self]


class Timeliness(StrEnum):
    """Where a task stands now."""

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One task, with the rule that asks for it.

    due_at:      from when it is to be done
    late_at:     from when it is overdue; None where nothing is overdue, as before the first dose
    cannot_skip: shown until it is done, however late; it bars a booster and leaving meanwhile
    """

    rule: str
    task: Task
    due_at: datetime
    late_at: datetime | None
    name: str
    cannot_skip: bool = False

    def stands(self, at: datetime) -> Timeliness:
        """Whether it is upcoming, due or overdue at this moment."""
        if at < self.due_at:
            return Timeliness.UPCOMING
        is_late = self.late_at is not None and at >= self.late_at
        return Timeliness.OVERDUE if is_late else Timeliness.DUE

    def sentence(self, at: datetime) -> str:
        """What the screen says, such as `Blood pressure in 3 min`."""
        match self.stands(at):
            case Timeliness.UPCOMING:
                return f"{self.name} in {minutes_left(self.due_at - at)}"
            case Timeliness.DUE:
                return f"{self.name} now"
            case Timeliness.OVERDUE:
                late = f"{self.name} overdue, due {ago(at - self.due_at)}"
                return f"{late}; it can't be skipped" if self.cannot_skip else late


def next_due(state: RoomState, *, at: datetime, limits: RoomLimits) -> tuple[Due, ...]:
    """What is to be done, the most pressing first; nothing once the patient has left.

    Before the first dose these are the observations without which it is not given (P07).
    """
    if state.is_over or state.opened_at is None:
        return ()
    asked = (
        _in_session(state, at, limits) if state.doses else _before_dose(state, state.opened_at, at, limits)
    )
    found = tuple(asked)
    return tuple(sorted(found, key=lambda due: (due.due_at, _ORDER.index(due.task))))


def _before_dose(state: RoomState, opened_at: datetime, at: datetime, limits: RoomLimits) -> Iterator[Due]:
    fresh = limits.doses.baseline_within
    taken = {
        Task.PRESSURE: _last_pressure(state),
        Task.ALERTNESS: state.alertness[-1].at if state.alertness else None,
    }
    for task, last in taken.items():
        if last is None or at - last > fresh.minutes:
            # Nothing is overdue while no drug is in: a missing one only bars the first dose.
            yield Due(
                rule=fresh.rule,
                task=task,
                due_at=last + fresh.minutes if last else opened_at,
                late_at=None,
                name=f"{task.label} before the first dose",
            )


def _in_session(state: RoomState, at: datetime, limits: RoomLimits) -> Iterator[Due]:
    last_dose = max(state.doses, key=lambda dose: dose.started_at)
    mandatory = tuple(_mandatory(state, limits))
    routine = _routine_pressure(state, last_dose, limits)
    yield from mandatory
    if not _is_covered(routine, mandatory, limits):
        yield routine
    saturation = _saturation(state, last_dose, limits)
    # A connected oximeter sends by itself: it is only spoken of once it has gone quiet.
    if not _is_monitored(state) or at >= saturation.due_at:
        yield saturation
    for task, row, last in (
        (Task.ALERTNESS, limits.due.alertness_every, state.alertness[-1].at if state.alertness else None),
        (Task.RATING, limits.due.rating_every, state.ratings[-1].at if state.ratings else None),
    ):
        due_at = _since(last, last_dose) + row.minutes
        yield Due(
            rule=row.rule,
            task=task,
            due_at=due_at,
            late_at=due_at + limits.due.grace.minutes,
            name=task.label,
        )


def _mandatory(state: RoomState, limits: RoomLimits) -> Iterator[Due]:
    """The pressure at 40 minutes after each dose, until one is taken."""
    for one in mandatory_pressures(state, limits=limits.due):
        if one.is_owed:
            yield Due(
                rule=limits.due.pressure_mandatory.rule,
                task=Task.PRESSURE,
                due_at=one.due_at,
                late_at=one.late_at,
                name=one.name,
                cannot_skip=True,
            )


def _routine_pressure(state: RoomState, dose: RunDose, limits: RoomLimits) -> Due:
    last = _since(_last_pressure(state), dose)
    if pressure_alerts(state, at=last, limits=limits.alarms) and last > dose.started_at:
        repeat = limits.due.pressure_repeat
        return _pressure(repeat.rule, last + repeat.minutes, last + repeat.minutes + limits.due.grace.minutes)
    if dose.route in _BY_MOUTH and (slot := _next_slot(state, dose, limits)):
        return slot
    opens, closes = _pace(last, dose, limits)
    return _pressure(opens.rule, last + opens.minutes, last + closes.minutes)


def _pace(last: datetime, dose: RunDose, limits: RoomLimits) -> tuple[Threshold, Threshold]:
    """From when and until when the next of its kind is due: closer together until the peak has passed."""
    peak_over = max(dose.started_at + limits.due.pressure_mandatory.minutes, dose.ended_at)
    if last < peak_over:
        return limits.due.pressure_early_from, limits.due.pressure_early_until
    return limits.due.pressure_late_from, limits.due.pressure_late_until


def _is_covered(routine: Due, mandatory: tuple[Due, ...], limits: RoomLimits) -> bool:
    """Whether a mandatory pressure falls due in time to do for the routine one too.

    The repeat of an alerting pressure is never covered: it is asked for sooner than either.
    """
    if routine.rule == limits.due.pressure_repeat.rule:
        return False
    return any(due.due_at <= (routine.late_at or routine.due_at) for due in mandatory)


def _next_slot(state: RoomState, dose: RunDose, limits: RoomLimits) -> Due | None:
    """M02's first time that no pressure covers yet; one reading covers every time before it."""
    grace = limits.due.grace.minutes
    times = [dose.started_at + row.minutes for row in limits.due.mouth_slots]
    last = _last_pressure(state)
    waiting = [time for time in times if last is None or last < time - grace]
    if not waiting:
        return None
    return _pressure(limits.due.mouth_slots[0].rule, waiting[0], waiting[0] + grace)


def _pressure(rule: str, due_at: datetime, late_at: datetime) -> Due:
    return Due(rule=rule, task=Task.PRESSURE, due_at=due_at, late_at=late_at, name=Task.PRESSURE.label)


def _saturation(state: RoomState, dose: RunDose, limits: RoomLimits) -> Due:
    """M03: written by hand it keeps the pressure's pace; from a monitor it must not go quiet."""
    good = state.good(VitalCode.SPO2)
    last = _since(good[-1].at if good else None, dose)
    silence = limits.due.oximeter_silence
    if _is_monitored(state):
        quiet = last + silence.minutes
        name = f"{Task.SATURATION.label} from the monitor"
        return Due(rule=silence.rule, task=Task.SATURATION, due_at=quiet, late_at=quiet, name=name)
    opens, closes = _pace(last, dose, limits)
    return Due(
        rule=silence.rule,
        task=Task.SATURATION,
        due_at=last + opens.minutes,
        late_at=last + closes.minutes,
        name=Task.SATURATION.label,
    )


def _is_monitored(state: RoomState) -> bool:
    last = state.latest_of_any_quality(VitalCode.SPO2)
    return last is not None and last.sequence in state.from_monitor


def _last_pressure(state: RoomState) -> datetime | None:
    last = state.latest(VitalCode.SBP)
    return last.at if last else None


def _since(last: datetime | None, dose: RunDose) -> datetime:
    """Each dose starts every interval anew."""
    return dose.started_at if last is None else max(last, dose.started_at)


_ORDER = tuple(Task)
_LABELS = {
    Task.PRESSURE: "Blood pressure",
    Task.SATURATION: "Oxygen saturation",
    Task.ALERTNESS: "Alertness",
    Task.RATING: "Rating",
}
