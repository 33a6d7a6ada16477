"""What a session's log says: entries in, the state of the room out. Nothing else holds that state.

Entries count in the order in which they happened, not in which they arrived, and all arithmetic is in UTC:
two moments that carry the same zone are otherwise subtracted by wall clock, which is an hour wrong across a
change of summer time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from slackwater.rules.room.heard import Heard, in_use
from slackwater.rules.room.log import (
    Alertness,
    Baseline,
    Check,
    CheckItem,
    DoseGiven,
    Left,
    Listening,
    LogEntry,
    NameCall,
    Note,
    Opened,
    Rating,
    RoomClock,
    Speed,
    Stop,
    Struck,
    Vitals,
    VitalSource,
)
from slackwater.rules.room.presence import CameIn, Coming, WentOut
from slackwater.rules.room.rescue import RescueStep
from slackwater.rules.room.signals import AlarmScored, AlarmSeen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.vitals import Reading, VitalCode

# An entry recorded this long after it happened is marked late (design).
LATE_AFTER = timedelta(minutes=2)

_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed(Generic[_Said]):
    """Something said in the log, and when it happened (UTC)."""

    at: datetime
    sequence: int
    by_role: str
    said: _Said
    by_name: str = ""

    def age(self, at: datetime) -> timedelta:
        """How old it is; never negative, as a tablet's clock may run ahead."""
        return max(at - self.at, timedelta(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDose:
    """A dose as it went in: an infusion ends when it is done or stopped, whichever is first."""

    sequence: int
    number: int
    drug: Drug
    route: Route
    amount_ug: int
    started_at: datetime
    planned_end_at: datetime
    ended_at: datetime
    unchecked: str = ""

    def is_running(self, at: datetime) -> bool:
        """Whether drug is going in at this moment."""
        return self.started_at <= at < self.ended_at

    @property
    def was_cut(self) -> bool:
        """Whether a stop ended it early."""
        return self.ended_at < self.planned_end_at


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomState:
    """All that the room knows, oldest first in each list; struck entries are not in it.

    from_monitor, struck and late hold entries' sequence numbers.
    """

    opened: Opened | None = None
    opened_at: datetime | None = None
    doses: tuple[RunDose, ...] = ()
    readings: tuple[Timed[Reading], ...] = ()
    ratings: tuple[Timed[Rating], ...] = ()
    alertness: tuple[Timed[Alertness], ...] = ()
    name_calls: tuple[Timed[NameCall], ...] = ()
    listening: tuple[Timed[Listening], ...] = ()
    checks: tuple[Timed[Check], ...] = ()
    notes: tuple[Timed[Note], ...] = ()
    stopped: Timed[Stop] | None = None
    left: Timed[Left] | None = None
    clock: RoomClock | None = None
    comings: tuple[Coming, ...] = ()
    alarms_seen: tuple[Timed[AlarmSeen], ...] = ()
    alarms_scored: tuple[Timed[AlarmScored], ...] = ()
    rescues: tuple[Timed[RescueStep], ...] = ()
    from_monitor: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    late: frozenset[int] = frozenset()

    @property
    def is_over(self) -> bool:
        """Whether the patient has left."""
        return self.left is not None

    @property
    def first_dose_at(self) -> datetime | None:
        """When the first dose began; the room's elapsed time counts from here."""
        return self.doses[0].started_at if self.doses else None

    @property
    def last_dose_ended_at(self) -> datetime | None:
        """When the last drug went in: M11 counts from here, on every route."""
        return max((dose.ended_at for dose in self.doses), default=None)

    @property
    def given_ug(self) -> int:
        """All that was started, whole even where a stop cut it: caps count what was drawn up."""
        return sum(dose.amount_ug for dose in self.doses)

    def elapsed(self, at: datetime) -> timedelta | None:
        """Time since the first dose began; None before it."""
        return None if self.first_dose_at is None else at - self.first_dose_at

    def dose(self, number: int) -> RunDose | None:
        """The first dose (1) or the booster (2), if given."""
        return next((dose for dose in self.doses if dose.number == number), None)

    def good(self, code: VitalCode) -> tuple[Timed[Reading], ...]:
        """The good readings of one vital sign, oldest first. Nothing else is ever a reading."""
        return tuple(one for one in self.readings if one.said.code is code and one.said.is_good)

    def latest(self, code: VitalCode) -> Timed[Reading] | None:
        """The last good reading of one vital sign, however old: show its age beside it."""
        return next(
            (one for one in reversed(self.readings) if one.said.code is code and one.said.is_good), None
        )

    def latest_of_any_quality(self, code: VitalCode) -> Timed[Reading] | None:
        """The last thing that came for one vital sign, so that a screen can say "not connected"."""
        return next((one for one in reversed(self.readings) if one.said.code is code), None)

    def check(self, item: CheckItem, *, since: datetime | None = None) -> Timed[Check] | None:
        """The last check of one item, at or after `since`; a later failure replaces an earlier pass."""
        found = (one for one in reversed(self.checks) if one.said.item is item)
        return next((one for one in found if since is None or one.at >= since), None)

    def listens(self, usual: frozenset[Heard]) -> frozenset[Heard]:
        """The signs that the crowd is reweighted by now; usual: where the opening does not say."""
        return in_use(self.listened_at_opening(usual), {one.said.sign: one.said.on for one in self.listening})

    def listened_at_opening(self, usual: frozenset[Heard]) -> frozenset[Heard]:
        """The same before anybody switched one."""
        opened = self.opened
        return usual if opened is None or opened.listens is None else frozenset(opened.listens)

    @property
    def baseline(self) -> Baseline | None:
        """Pressure before the drug: the last good pair before dose 1, else the one given at opening."""
        sbp, dbp = self._before_dose(VitalCode.SBP), self._before_dose(VitalCode.DBP)
        if sbp is not None and dbp is not None:
            return Baseline(sbp=sbp, dbp=dbp, hr=self._before_dose(VitalCode.HR))
        return self.opened.baseline if self.opened else None

    def _before_dose(self, code: VitalCode) -> int | None:
        start = self.first_dose_at
        found = (one for one in reversed(self.good(code)) if start is None or one.at <= start)
        return next((one.said.tenths for one in found), None)


def fold(entries: Iterable[LogEntry]) -> RoomState:
    """The state of a room from its log, in any order of arrival."""
    arrived = tuple(entries)
    struck = _struck(arrived)
    told = sorted(
        (entry for entry in arrived if entry.sequence not in struck), key=lambda e: (_utc(e), e.sequence)
    )
    stopped = _first(told, Stop)
    opened = _first(told, Opened)
    return RoomState(
        opened=opened.said if opened else None,
        opened_at=opened.at if opened else None,
        doses=_doses(told, stopped_at=stopped.at if stopped else None),
        readings=_readings(told),
        ratings=_all(told, Rating),
        alertness=_all(told, Alertness),
        name_calls=_all(told, NameCall),
        listening=_all(told, Listening),
        checks=_all(told, Check),
        notes=_all(told, Note),
        stopped=stopped,
        left=_first(told, Left),
        clock=_clock(told),
        comings=_comings(told),
        alarms_seen=_all(told, AlarmSeen),
        alarms_scored=_all(told, AlarmScored),
        rescues=_all(told, RescueStep),
        from_monitor=frozenset(e.sequence for e in told if _is_from_monitor(e)),
        struck=struck,
        late=frozenset(entry.sequence for entry in arrived if _is_late(entry)),
    )


def _struck(entries: tuple[LogEntry, ...]) -> frozenset[int]:
    can_be = {entry.sequence for entry in entries if entry.kind.can_be_struck}
    asked = {entry.payload.sequence for entry in entries if isinstance(entry.payload, Struck)}
    return frozenset(asked & can_be)


def _is_from_monitor(entry: LogEntry) -> bool:
    return isinstance(entry.payload, Vitals) and entry.payload.source is VitalSource.MONITOR


def _is_late(entry: LogEntry) -> bool:
    return entry.recorded_at.astimezone(UTC) - _utc(entry) > LATE_AFTER


def _utc(entry: LogEntry) -> datetime:
    return entry.happened_at.astimezone(UTC)


def _timed(entry: LogEntry, said: _Said) -> Timed[_Said]:
    return Timed(
        at=_utc(entry), sequence=entry.sequence, by_role=entry.by_role, said=said, by_name=entry.by_name
    )


def _all(entries: list[LogEntry], kind: type[_Said]) -> tuple[Timed[_Said], ...]:
    return tuple(_timed(entry, entry.payload) for entry in entries if isinstance(entry.payload, kind))


def _first(entries: list[LogEntry], kind: type[_Said]) -> Timed[_Said] | None:
    return next(iter(_all(entries, kind)), None)


def _readings(entries: list[LogEntry]) -> tuple[Timed[Reading], ...]:
    return tuple(
        _timed(entry, reading)
        for entry in entries
        if isinstance(entry.payload, Vitals)
        for reading in entry.payload.readings
    )


def _comings(entries: list[LogEntry]) -> tuple[Coming, ...]:
    return tuple(
        Coming(
            at=_utc(entry),
            sequence=entry.sequence,
            who=entry.payload.who,
            name=entry.by_name,
            role=entry.by_role,
            place=entry.payload.place if isinstance(entry.payload, CameIn) else None,
        )
        for entry in entries
        if isinstance(entry.payload, CameIn | WentOut)
    )


def _doses(entries: list[LogEntry], *, stopped_at: datetime | None) -> tuple[RunDose, ...]:
    return tuple(_run(timed, stopped_at) for timed in _all(entries, DoseGiven))


def _run(given: Timed[DoseGiven], stopped_at: datetime | None) -> RunDose:
    planned = given.at + timedelta(seconds=given.said.duration_s)
    # Only what was running is cut: a dose that began after the stop went in, whatever should have been.
    cut = stopped_at is not None and given.at <= stopped_at < planned
    return RunDose(
        sequence=given.sequence,
        number=given.said.number,
        drug=given.said.drug,
        route=given.said.route,
        amount_ug=given.said.amount_ug,
        started_at=given.at,
        planned_end_at=planned,
        ended_at=stopped_at if cut and stopped_at is not None else planned,
        unchecked=given.said.unchecked,
    )


def _clock(entries: list[LogEntry]) -> RoomClock | None:
    """Where the room's clock stands since its last change of pace."""
    clock: RoomClock | None = None
    for entry in entries:
        match entry.payload:
            case Opened(clock=opening):
                clock = opening
            case Speed(factor=factor, anchor_wall=wall) if clock is not None and wall is not None:
                clock = RoomClock(anchor_room=_utc(entry), anchor_wall=wall, factor=factor)
    return clock
