"""The pressure at 40 minutes after each dose, which nothing takes the place of (M01).

It stays owed until it is taken, however late, and bars a booster and leaving meanwhile. One that was taken
late counts, and is said to be late. Where its entry is struck out it is owed again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.rules.findings import Finding
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.limits import DueLimits
from slackwater.rules.room.words import ago, minutes
from slackwater.terms.vitals import VitalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatoryPressure:
    """One pressure that cannot be skipped.

    opens_at: from when a pressure counts as this one
    late_at:  from when it is overdue, and late when it comes
    taken_at: when the first that counts was taken; None while it is owed
    """

    dose: int
    due_at: datetime
    opens_at: datetime
    late_at: datetime
    taken_at: datetime | None
    name: str

    @property
    def is_owed(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.taken_at is None

    @property
    def late_by(self) -> timedelta:
        """How long after its time it was taken; nothing where that was within its grace, or not yet."""
        if self.taken_at is None or self.taken_at < self.late_at:
            return timedelta(0)
        return self.taken_at - self.due_at

    def sentence(self) -> str:
        """What a screen says of one that came late; nothing of one in time or owed."""
        late = self.late_by
        return f"{self.name} was taken {minutes(late)} late." if late else ""


def mandatory_pressures(state: RoomState, *, limits: DueLimits) -> tuple[MandatoryPressure, ...]:
    """The one after each dose, in order of the doses, with when it was taken."""
    row, grace = limits.pressure_mandatory, limits.grace.minutes
    taken = _taken(state)
    found = []
    for dose in state.doses:
        due_at = dose.started_at + row.minutes
        whose = "The" if dose.number == 1 else "The booster's"
        found.append(
            MandatoryPressure(
                dose=dose.number,
                due_at=due_at,
                opens_at=due_at - grace,
                late_at=due_at + grace,
                taken_at=next((at for at in taken if at >= due_at - grace), None),
                name=f"{whose} {row.value}-minute blood pressure",
            )
        )
    return tuple(found)


def late(state: RoomState, *, limits: DueLimits) -> Iterator[str]:
    """What came late, and once the patient has left what had fallen due and was never taken."""
    for one in mandatory_pressures(state, limits=limits):
        if one.late_by:
            yield one.sentence()
        elif one.is_owed and state.left and state.left.at >= one.due_at:
            yield f"{one.name} was never taken."


def owed(state: RoomState, *, at: datetime, limits: DueLimits) -> Iterator[Finding]:
    """A stop for each that has fallen due and was not taken. Nobody may set it aside: it is soon taken."""
    for one in mandatory_pressures(state, limits=limits):
        if one.is_owed and at >= one.due_at:
            yield limits.pressure_mandatory.stop(
                f"{one.name} has not been taken; it was due {ago(at - one.due_at)} and can't be skipped."
            )


def _taken(state: RoomState) -> list[datetime]:
    """When true pressures were taken, oldest first. Half of one is none."""
    diastolic = {one.sequence for one in state.good(VitalCode.DBP)}
    return [one.at for one in state.good(VitalCode.SBP) if one.sequence in diastolic]
