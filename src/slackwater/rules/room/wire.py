"""Entries' payloads from JSON and back: strict on the way in, canonical on the way out."""

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from slackwater.rules.fields import Fields, Json
from slackwater.rules.room import agreed, departure, presence, rescue, signals
from slackwater.rules.room.agreed import YesTo
from slackwater.rules.room.departure import AgainstAdvice
from slackwater.rules.room.heard import Heard, NameAnswer
from slackwater.rules.room.log import (
    Alertness,
    Banded,
    Baseline,
    Check,
    CheckItem,
    DoseGiven,
    EarlierLog,
    EntryKind,
    Left,
    Listening,
    NameCall,
    Note,
    Opened,
    Payload,
    Rating,
    RoomClock,
    SetAside,
    Speed,
    Stop,
    Struck,
    Vitals,
    VitalSource,
    Widened,
)
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex
from slackwater.terms.vitals import Quality, Reading, VitalCode
from slackwater.units import s_from_h

# These bound the size of what is kept. Clinical limits are the rules' own, and far tighter.
_MOST_UG = 10**9
_LONGEST_DOSE_S = int(s_from_h(24))
_LONGEST_TEXT = 2000
_LONGEST_REASON = 500
_LONGEST_NAME = 100
_MOST_TENTHS = 99_999
_MOST_READINGS = 20
_MOST_EARLIER = 20
_WIDEST_PERMILLE = 3000
_MOST_COUNTED = 10**6
_SAYS_NOTHING: dict[str, object] = {"widened": (), "check": "", "unchecked": ""}


def parse_payload(kind: EntryKind, value: object) -> Payload:
    """The payload of an entry of this kind.

    Raises RefusedError naming every field that is missing, unknown, of the wrong type or out of range.
    """
    given = Fields(value)
    payload = _PARSERS[kind](given)
    given.done()
    return payload


def parse_kind(value: object) -> EntryKind:
    """The kind of an entry; RefusedError when the word is unknown."""
    for kind in EntryKind:
        if isinstance(value, str) and value == kind.value:
            return kind
    words = ", ".join(kind.value for kind in EntryKind)
    raise RefusedError.of(
        field="kind",
        code="unknown-word",
        message="This kind of entry is not known.",
        mend=f"Send one of {words}.",
    )


def payload_json(payload: Payload) -> dict[str, Json]:
    """The payload as JSON: whole numbers and text only, absent where nothing is known."""
    return _object(payload)


def moment_json(moment: datetime) -> str:
    """A moment as the wire writes it: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _object(
    record: Payload
    | Baseline
    | RoomClock
    | EarlierLog
    | Reading
    | SetAside
    | Widened
    | AgainstAdvice
    | YesTo,
) -> dict[str, Json]:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    # Entries from before these fields were known lack them; those that say nothing in them look the same.
    said = {name: value for name, value in values.items() if value != _SAYS_NOTHING.get(name)}
    return {name: _json(value) for name, value in said.items() if value is not None}


def _json(value: object) -> Json:
    match value:
        case StrEnum():
            return value.value
        case str():
            return value
        case int():
            return int(value)
        case datetime():
            return moment_json(value)
        case tuple():
            return [_json(one) for one in value]
        case (
            Baseline()
            | RoomClock()
            | EarlierLog()
            | Reading()
            | SetAside()
            | Widened()
            | AgainstAdvice()
            | YesTo()
        ):
            return _object(value)
    raise TypeError(f"a payload holds no {type(value).__name__}")


def _opened(given: Fields) -> Opened:
    return Opened(
        model=given.text("model", longest=_LONGEST_NAME),
        drug=given.choice("drug", Drug),
        seed=given.integer("seed", low=0, high=2**53 - 1),
        subjects=given.integer("subjects", low=1, high=1_000_000),
        weight_g=given.integer("weight_g", low=20_000, high=300_000),
        age_years=given.integer("age_years", low=0, high=130) if given.has("age_years") else None,
        sex=given.choice("sex", Sex),
        medicines=given.texts("medicines", longest=_LONGEST_NAME, most=100),
        order=_order(given),
        baseline=_baseline(given.child("baseline")) if given.has("baseline") else None,
        clock=_clock(given.child("clock")) if given.has("clock") else None,
        widened=_widened(given) if given.has("widened") else (),
        earlier=_earlier(given) if given.has("earlier") else None,
        listens=given.choices("listens", Heard) if given.has("listens") else None,
    )


def _earlier(given: Fields) -> tuple[EarlierLog, ...]:
    found: list[EarlierLog] = []
    for index, value in enumerate(given.items("earlier", fewest=1, most=_MOST_EARLIER)):
        one = given.within(value, f"earlier[{index}]")
        found.append(
            EarlierLog(
                session=one.text("session", longest=_LONGEST_NAME),
                entries=one.integer("entries", low=1, high=10**9),
                head=one.text("head", longest=_LONGEST_NAME),
            )
        )
        one.close()
    return tuple(found)


def _widened(given: Fields) -> tuple[Widened, ...]:
    found: list[Widened] = []
    for index, value in enumerate(given.items("widened", most=len(Banded))):
        one = given.within(value, f"widened[{index}]")
        found.append(
            Widened(
                quantity=one.choice("quantity", Banded),
                factor_permille=one.integer("factor_permille", low=1000, high=_WIDEST_PERMILLE),
                held_permille=one.integer("held_permille", low=0, high=1000),
                readings=one.integer("readings", low=1, high=_MOST_COUNTED),
                sessions=one.integer("sessions", low=1, high=_MOST_COUNTED),
                as_of=one.moment("as_of"),
            )
        )
        one.close()
    return tuple(found)


def _order(given: Fields) -> str:
    text = given.text("order", longest=_LONGEST_NAME)
    try:
        return str(UUID(text))
    except ValueError:
        if text:
            given.refuse("order", "not-an-id", "This is not an order's identifier.", "Send its UUID.")
        return text


def _baseline(given: Fields) -> Baseline:
    baseline = Baseline(
        sbp=given.integer("sbp", low=1, high=_MOST_TENTHS),
        dbp=given.integer("dbp", low=1, high=_MOST_TENTHS),
        hr=given.integer("hr", low=1, high=_MOST_TENTHS) if given.has("hr") else None,
    )
    given.close()
    return baseline


def _clock(given: Fields) -> RoomClock:
    clock = RoomClock(
        anchor_room=given.moment("anchor_room"),
        anchor_wall=given.moment("anchor_wall"),
        factor=_factor(given),
    )
    given.close()
    return clock


def _factor(given: Fields) -> int:
    # 600 plays a six-hour session in 36 seconds; faster than that nobody can watch.
    # Never 0: the drug doesn't pause, so neither does the clock.
    return given.integer("factor", low=1, high=600)


def _dose(given: Fields) -> DoseGiven:
    return DoseGiven(
        number=given.integer("number", low=1, high=2),
        drug=given.choice("drug", Drug),
        route=given.choice("route", Route),
        amount_ug=given.integer("amount_ug", low=1, high=_MOST_UG),
        duration_s=given.integer("duration_s", low=0, high=_LONGEST_DOSE_S),
        check=_check_key(given),
        unchecked=given.text("unchecked", longest=_LONGEST_REASON) if given.has("unchecked") else "",
    )


def _check_key(given: Fields) -> str:
    text = given.text("check", longest=36) if given.has("check") else ""
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        given.refuse("check", "not-an-id", "This is no check's identifier.", "Check the dose together again.")
        return ""


def _vitals(given: Fields) -> Vitals:
    source = given.choice("source", VitalSource)
    readings: list[Reading] = []
    for index, value in enumerate(given.items("readings", fewest=1, most=_MOST_READINGS)):
        readings.append(_reading(given.within(value, f"readings[{index}]")))
    if given.is_clean and len({reading.code for reading in readings}) < len(readings):
        given.refuse("readings", "twice", "One vital sign is here twice.", "Send each once.")
    return Vitals(source=source, readings=tuple(readings))


def _reading(given: Fields) -> Reading:
    reading = Reading(
        code=given.choice("code", VitalCode),
        tenths=given.integer("tenths", low=-_MOST_TENTHS, high=_MOST_TENTHS),
        quality=given.choice("quality", Quality) if given.has("quality") else Quality.OK,
    )
    given.close()
    return reading


def _listening(given: Fields) -> Listening:
    return Listening(
        sign=given.choice("sign", Heard),
        on=bool(given.integer("on", low=0, high=1)),
        reason=given.text("reason", longest=_LONGEST_REASON, empty=True) if given.has("reason") else "",
    )


def _check(given: Fields) -> Check:
    return Check(
        item=given.choice("item", CheckItem),
        passed=bool(given.integer("passed", low=0, high=1)),
        detail=given.text("detail", longest=_LONGEST_REASON, empty=True) if given.has("detail") else "",
    )


def _struck(given: Fields) -> Struck:
    return Struck(
        sequence=given.integer("sequence", low=1, high=10**9),
        reason=given.text("reason", longest=_LONGEST_REASON),
    )


def _left(given: Fields) -> Left:
    overrides: list[SetAside] = []
    values = given.items("overrides", most=50) if given.has("overrides") else []
    for index, value in enumerate(values):
        one = given.within(value, f"overrides[{index}]")
        overrides.append(
            SetAside(
                barrier=one.text("barrier", longest=_LONGEST_NAME),
                reason=one.text("reason", longest=_LONGEST_REASON),
            )
        )
        one.close()
    against = departure.read(given.child("against")) if given.has("against") else None
    return Left(overrides=tuple(overrides), against=against)


def _speed(given: Fields) -> Speed:
    return Speed(
        factor=_factor(given),
        anchor_wall=given.moment("anchor_wall") if given.has("anchor_wall") else None,
    )


_PARSERS: dict[EntryKind, Callable[[Fields], Payload]] = {
    EntryKind.OPENED: _opened,
    EntryKind.DOSE: _dose,
    EntryKind.VITALS: _vitals,
    EntryKind.RATING: lambda given: Rating(depth=given.integer("depth", low=0, high=10)),
    EntryKind.ALERTNESS: lambda given: Alertness(moaas=given.integer("moaas", low=0, high=5)),
    EntryKind.NAME_CALL: lambda given: NameCall(answer=given.choice("answer", NameAnswer)),
    EntryKind.LISTENING: _listening,
    EntryKind.NOTE: lambda given: Note(text=given.text("text", longest=_LONGEST_TEXT)),
    # A stop is never refused for want of a reason: whoever says stop is heard.
    EntryKind.STOP: lambda given: Stop(
        reason=given.text("reason", longest=_LONGEST_REASON, empty=True) if given.has("reason") else ""
    ),
    EntryKind.CHECK: _check,
    EntryKind.STRUCK: _struck,
    EntryKind.LEFT: _left,
    EntryKind.SPEED: _speed,
    EntryKind.SAID_NO: agreed.read_no,
    EntryKind.ASKED: agreed.read_asked,
    EntryKind.CAME_IN: presence.read_in,
    EntryKind.WENT_OUT: presence.read_out,
    EntryKind.ALARM_SEEN: signals.read_seen,
    EntryKind.ALARM_SCORED: signals.read_scored,
    EntryKind.RESCUE_STEP: rescue.read,
}
