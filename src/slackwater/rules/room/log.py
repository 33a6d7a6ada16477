"""A session's log: the kinds of entry and what each one says.

A session is its log. Entries are only ever added, and everything a room shows is folded from them.
`rules/room/wire.py` reads these values from JSON and writes them back.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from slackwater.rules.room.agreed import AskedMore, SaidNo
from slackwater.rules.room.departure import AgainstAdvice
from slackwater.rules.room.heard import Heard, NameAnswer
from slackwater.rules.room.presence import CameIn, WentOut
from slackwater.rules.room.rescue import RescueStep
from slackwater.rules.room.signals import AlarmScored, AlarmSeen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex
from slackwater.terms.vitals import Reading, VitalCode


class EntryKind(StrEnum):
    """What an entry is about. Values are what the log and the wire carry."""

    OPENED = "opened"
    DOSE = "dose"
    VITALS = "vitals"
    RATING = "rating"
    ALERTNESS = "alertness"
    NAME_CALL = "name_call"
    LISTENING = "listening"
    NOTE = "note"
    STOP = "stop"
    CHECK = "check"
    STRUCK = "struck"
    LEFT = "left"
    SPEED = "speed"
    SAID_NO = "said_no"
    ASKED = "asked"
    CAME_IN = "came_in"
    WENT_OUT = "went_out"
    ALARM_SEEN = "alarm_seen"
    ALARM_SCORED = "alarm_scored"
    RESCUE_STEP = "rescue_step"

    @property
    def can_be_struck(self) -> bool:
        """Whether a mistaken entry of this kind may be struck out.

        Doses, openings, stops and departures happened: they can be explained in a note, never taken back.
        What the crowd listens to is switched back by another switch.
        """
        return self in _STRIKABLE


class VitalSource(StrEnum):
    """Who read the numbers."""

    HAND = "hand"
    MONITOR = "monitor"


class CheckItem(StrEnum):
    """What a person looks at and ticks. Some bear on the first dose, the rest on leaving."""

    PRESSURE_ACCEPTED = "pressure_accepted"
    CONSENT_TODAY = "consent_today"
    GAIT = "gait"
    ORIENTED = "oriented"
    DRINKS = "drinks"
    PRESSURE_FALLING = "pressure_falling"
    DISTRESS = "distress"
    SAFETY = "safety"
    HALLUCINATIONS = "hallucinations"
    ESCORT = "escort"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The question as it stands on the screen."""
        return _CHECK_LABELS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The pressure and heart rate before the first dose, in tenths of mmHg and of a beat a minute."""

    sbp: int
    dbp: int
    hr: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomClock:
    """Where a demonstration's clock starts: room time = anchor_room + (wall - anchor_wall) * factor."""

    anchor_room: datetime
    anchor_wall: datetime
    factor: int


class Banded(StrEnum):
    """What a room draws a band of. Values are those of the engine's quantities."""

    DEPTH = "depth"
    SYSTOLIC = "systolic_rise"
    DIASTOLIC = "diastolic_rise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Widened:
    """The bands of one quantity are drawn wider than the crowd's own, because those have not held.

    factor_permille: by how much they are stretched about their middle, 1000 or more
    held_permille:   of so many past `readings` in so many `sessions` the crowd's own 9-in-10 bands held this
    as_of:           when the last of those sessions was marked
    """

    quantity: Banded
    factor_permille: int
    held_permille: int
    readings: int
    sessions: int
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierLog:
    """An earlier session that a crowd has learned from, as its log stood when this one was opened.

    entries: how many entries of it count; what was added later is not known to the crowd
    head:    the leaf of the last of them, so that the same log gives the same crowd anywhere
    """

    session: str
    entries: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The session was opened: the person, the order and the crowd that will be asked.

    widened: kept here, so that the log alone gives the bands that the room showed
    earlier: sessions of this patient that the crowd has learned from, the oldest first; None where it knows
             the population alone
    listens: the signs that the crowd is reweighted by until somebody switches one; None in rooms that were
             opened before signs could be switched, where the catalogue's count
    """

    model: str
    drug: Drug
    seed: int
    subjects: int
    weight_g: int
    age_years: int | None
    sex: Sex
    medicines: tuple[str, ...]
    order: str
    baseline: Baseline | None = None
    clock: RoomClock | None = None
    widened: tuple[Widened, ...] = ()
    earlier: tuple[EarlierLog, ...] | None = None
    listens: tuple[Heard, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseGiven:
    """A dose was given. Number 1 is the first dose, number 2 the booster; there is no third.

    check:     the check by two people that it was given from; empty in logs from before there were any
    unchecked: why it went in without one: said afterwards, so that what happened is true in the log
    """

    number: int
    drug: Drug
    route: Route
    amount_ug: int
    duration_s: int
    check: str = ""
    unchecked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """Readings taken together."""

    source: VitalSource
    readings: tuple[Reading, ...]

    def of(self, code: VitalCode) -> Reading | None:
        """The reading of one vital sign, if it was taken."""
        return next((reading for reading in self.readings if reading.code is code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The patient's own depth of effect, 0 to 10."""

    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alertness:
    """MOAA/S, 0 (no response) to 5 (awake), as seen by staff (M07; Chernik 1990)."""

    moaas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCall:
    """The patient's name was called. It tells less than a score does, and never stands for one."""

    answer: NameAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """From now on the crowd listens to this sign, or no longer does.

    reason: why; a change away from what stood when the room was opened is not made without one
    """

    sign: Heard
    on: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a person wants kept."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The session was stopped: a running infusion ends here and nothing more may be given."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One ticked item, passed or not, with what was seen."""

    item: CheckItem
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """An earlier entry was a mistake. It stays in the log and is shown struck out."""

    sequence: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One barrier to leaving that a prescriber set aside, and why."""

    barrier: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The patient left the room; `against` says how, where something barred the way and they went."""

    overrides: tuple[SetAside, ...] = ()
    against: AgainstAdvice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """A demonstration's clock changed its pace; the server adds the wall time at which it did."""

    factor: int
    anchor_wall: datetime | None = None


Payload: TypeAlias = (
    Opened
    | DoseGiven
    | Vitals
    | Rating
    | Alertness
    | NameCall
    | Listening
    | Note
    | Stop
    | Check
    | Struck
    | Left
    | Speed
    | SaidNo
    | AskedMore
    | CameIn
    | WentOut
    | AlarmSeen
    | AlarmScored
    | RescueStep
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line of a session's log.

    sequence:    its place in the order of arrival, from 1, without gaps
    happened_at: when it happened, and recorded_at when the server took it; both carry a zone
    """

    sequence: int
    kind: EntryKind
    payload: Payload
    happened_at: datetime
    recorded_at: datetime
    by_name: str
    by_role: str

    def __post_init__(self) -> None:
        if self.happened_at.tzinfo is None or self.recorded_at.tzinfo is None:
            raise ValueError(f"entry {self.sequence} has a time without a zone")
        if KIND_OF[type(self.payload)] is not self.kind:
            raise ValueError(f"entry {self.sequence} is a {self.kind} with the payload of another kind")


KIND_OF: dict[type, EntryKind] = {
    Opened: EntryKind.OPENED,
    DoseGiven: EntryKind.DOSE,
    Vitals: EntryKind.VITALS,
    Rating: EntryKind.RATING,
    Alertness: EntryKind.ALERTNESS,
    NameCall: EntryKind.NAME_CALL,
    Listening: EntryKind.LISTENING,
    Note: EntryKind.NOTE,
    Stop: EntryKind.STOP,
    Check: EntryKind.CHECK,
    Struck: EntryKind.STRUCK,
    Left: EntryKind.LEFT,
    Speed: EntryKind.SPEED,
    SaidNo: EntryKind.SAID_NO,
    AskedMore: EntryKind.ASKED,
    CameIn: EntryKind.CAME_IN,
    WentOut: EntryKind.WENT_OUT,
    AlarmSeen: EntryKind.ALARM_SEEN,
    AlarmScored: EntryKind.ALARM_SCORED,
    RescueStep: EntryKind.RESCUE_STEP,
}

_STRIKABLE = frozenset(
    {
        EntryKind.VITALS,
        EntryKind.RATING,
        EntryKind.ALERTNESS,
        EntryKind.NAME_CALL,
        EntryKind.NOTE,
        EntryKind.CHECK,
    }
)

_CHECK_LABELS = {
    CheckItem.PRESSURE_ACCEPTED: "Raised pressure accepted before the dose",
    CheckItem.CONSENT_TODAY: "Asked today, sober: it is still a yes, as agreed",
    CheckItem.GAIT: "Walks heel to toe for 3 m, unaided",
    CheckItem.ORIENTED: "Knows person, place, time and situation",
    CheckItem.DRINKS: "Has drunk 100 ml and kept it down",
    CheckItem.PRESSURE_FALLING: "Blood pressure is falling",
    CheckItem.DISTRESS: "Distress has settled",
    CheckItem.SAFETY: "No thoughts of suicide or self-harm",
    CheckItem.HALLUCINATIONS: "No longer sees or hears what is not there",
    CheckItem.ESCORT: "A responsible adult is here to take them home",
    CheckItem.ADVICE: "Has written advice and a number to call",
}
