"""What happens in a demonstration's room, and when: who writes what, in minutes from the first dose.

A task has a name, and its entry's key is made of session and name: however often the play is taken up again,
each is done once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import numpy as np

from slackwater.actions.demo.body import Felt, Hidden, felt
from slackwater.pharma.arrays import Vector
from slackwater.records.models import Order, Role
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import (
    Alertness,
    Check,
    CheckItem,
    DoseGiven,
    Left,
    Note,
    Payload,
    Rating,
    SetAside,
    Vitals,
    VitalSource,
)
from slackwater.rules.room.presence import CameIn, Place
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality, Reading, VitalCode

OPENED_MIN = -12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How far what is read strays from the body, as standard deviations in the reading's unit."""

    rating: float
    systolic: float
    diastolic: float


# A play that somebody watches should not look as if people could not tell how deep they are.
CALM = Noise(rating=0.4, systolic=2.5, diastolic=2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One patient's play.

    resting:   systolic, diastolic and heart rate before the drug
    ratings:   when the patient says how deep it is
    notes:     what the guide writes, and when
    booster:   when it is given, None where none is
    probe_off: when the finger probe slips for one reading, None if never
    leaving:   when leaving is first tried; it is tried again every five minutes
    set_aside: barriers that the prescriber sets aside then, each with a reason
    noise:     how readings and ratings stray
    """

    hidden: Hidden
    room: str
    resting: tuple[int, int, int]
    ratings: tuple[float, ...]
    notes: tuple[tuple[float, str], ...]
    leaving: float
    booster: float | None = None
    probe_off: float | None = None
    set_aside: tuple[tuple[str, str], ...] = ()
    noise: Noise = CALM


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One entry to come. `make` is asked when it is due, so that it shows the body as it then is."""

    name: str
    minute: float
    by: Role
    make: Callable[[RoomState, datetime], Payload]

    def key(self, session_id: UUID) -> UUID:
        """The entry's key."""
        return uuid5(session_id, self.name)


def zero(opened_at: datetime) -> datetime:
    """When the first dose is due in a session opened then."""
    return opened_at - timedelta(minutes=OPENED_MIN)


def tasks(script: Script, order: Order) -> list[Task]:
    """The whole play, in order of time."""
    found = [*_before(script), *_doses(script, order), *_during(script), *_after(script)]
    return sorted(found, key=lambda task: task.minute)


def _before(script: Script) -> Iterator[Task]:
    yield _came_in(Role.GUIDE)
    yield _came_in(Role.MONITOR)
    yield _vitals(script, -11)
    yield _alertness(script, -10)
    yield _note(-9, "Eyeshade and music chosen. Agreements read over together.")
    yield _check(-8, CheckItem.CONSENT_TODAY, "asked together, before anything else")
    yield _vitals(script, -3)
    yield _note(-1, "Order read aloud: drug, amount, route. Name and birth date asked.")


def _came_in(role: Role) -> Task:
    payload = CameIn(place=Place.ROOM)
    return Task(name=f"came in {role.value}", minute=-11.5, by=role, make=lambda _state, _at: payload)


def _doses(script: Script, order: Order) -> Iterator[Task]:
    yield _dose(0, order, number=1)
    if script.booster is not None:
        yield _alertness(script, script.booster - 2)
        yield _vitals(script, script.booster - 1)
        yield _dose(script.booster, order, number=2)


def _during(script: Script) -> Iterator[Task]:
    yield from (
        _vitals(script, minute) for minute in (10, 20, 30, 40, 50, 60, 75, 90, 105, 120, 135, 150, 165, 180)
    )
    yield from (
        _alertness(script, minute) for minute in (14, 28, 42, 56, 70, 85, 100, 115, 130, 145, 160, 175, 190)
    )
    yield from (_rating(script, minute) for minute in script.ratings)
    yield from (_note(minute, text) for minute, text in script.notes)
    if script.probe_off is not None:
        yield Task(name="probe-off", minute=script.probe_off, by=Role.MONITOR, make=_probe_off)


def _after(script: Script) -> Iterator[Task]:
    start = script.leaving
    for offset, item, detail in (
        (-9, CheckItem.DRINKS, "a glass of water"),
        (-8, CheckItem.ORIENTED, ""),
        (-7, CheckItem.GAIT, ""),
        (-6, CheckItem.DISTRESS, ""),
        (-6, CheckItem.HALLUCINATIONS, ""),
        (-5, CheckItem.SAFETY, ""),
        (-4, CheckItem.ADVICE, ""),
        (-2, CheckItem.ESCORT, "sister, in the waiting room"),
    ):
        yield _check(start + offset, item, detail)
    # Where the crowd or a reading still bars the door, look again and ask again.
    for attempt in range(12):
        minute = start + 5 * attempt
        yield _alertness(script, minute - 1.5)
        yield _rating(script, minute - 1.2)
        yield _vitals(script, minute - 1)
        yield _left(script, minute)


def _dose(minute: float, order: Order, *, number: int) -> Task:
    payload = DoseGiven(
        number=number,
        drug=Drug(order.drug),
        route=Route(order.route),
        amount_ug=order.dose_ug if number == 1 else order.booster_ug or 0,
        duration_s=order.duration_s if number == 1 else 0,
    )
    return Task(name=f"dose {number}", minute=minute, by=Role.MONITOR, make=lambda _state, _at: payload)


def _vitals(script: Script, minute: float) -> Task:
    def make(state: RoomState, at: datetime) -> Payload:
        body, waver = felt(script.hidden, state, at=at), _waver(script, minute)
        sbp, dbp, rate = script.resting
        values = {
            VitalCode.SBP: sbp + body.systolic_rise + script.noise.systolic * waver[0],
            VitalCode.DBP: dbp + body.diastolic_rise + script.noise.diastolic * waver[1],
            VitalCode.HR: rate + 0.5 * body.systolic_rise + 3.0 * waver[2],
            VitalCode.SPO2: min(98 - 0.12 * body.depth + 0.5 * waver[3], 100),
            VitalCode.RR: 14 - 0.2 * body.depth + waver[4],
        }
        readings = tuple(
            Reading(code=code, tenths=10 * round(value), quality=Quality.OK) for code, value in values.items()
        )
        return Vitals(source=VitalSource.HAND, readings=readings)

    return Task(name=f"vitals {minute:g}", minute=minute, by=Role.MONITOR, make=make)


def _rating(script: Script, minute: float) -> Task:
    def make(state: RoomState, at: datetime) -> Payload:
        depth, waver = felt(script.hidden, state, at=at).depth, float(_waver(script, minute)[5])
        return Rating(depth=min(max(round(depth + script.noise.rating * waver), 0), 10))

    return Task(name=f"rating {minute:g}", minute=minute, by=Role.GUIDE, make=make)


def _alertness(script: Script, minute: float) -> Task:
    def make(state: RoomState, at: datetime) -> Payload:
        return Alertness(moaas=_moaas(felt(script.hidden, state, at=at)))

    return Task(name=f"alertness {minute:g}", minute=minute, by=Role.MONITOR, make=make)


def _moaas(body: Felt) -> int:
    # Made up for the play: deep inside, people answer, but slowly.
    return 4 if body.depth >= 4 else 5


def _note(minute: float, text: str) -> Task:
    return Task(
        name=f"note {minute:g}", minute=minute, by=Role.GUIDE, make=lambda _state, _at: Note(text=text)
    )


def _check(minute: float, item: CheckItem, detail: str) -> Task:
    payload = Check(item=item, passed=True, detail=detail)
    return Task(name=f"check {item.value}", minute=minute, by=Role.MONITOR, make=lambda _state, _at: payload)


def _left(script: Script, minute: float) -> Task:
    payload = Left(
        overrides=tuple(SetAside(barrier=barrier, reason=reason) for barrier, reason in script.set_aside)
    )
    by = Role.PRESCRIBER if script.set_aside else Role.MONITOR
    return Task(name=f"left {minute:g}", minute=minute, by=by, make=lambda _state, _at: payload)


def _probe_off(_state: RoomState, _at: datetime) -> Payload:
    readings = (
        Reading(code=VitalCode.HR, tenths=0, quality=Quality.DISCONNECTED),
        Reading(code=VitalCode.SPO2, tenths=0, quality=Quality.DISCONNECTED),
    )
    return Vitals(source=VitalSource.MONITOR, readings=readings)


def _waver(script: Script, minute: float) -> Vector:
    """How readings and ratings stray at this minute; the same each time the play is played."""
    source = np.random.Philox(np.random.SeedSequence([script.hidden.seed, round(1000 + 10 * minute)]))
    return np.random.Generator(source).standard_normal(6)
