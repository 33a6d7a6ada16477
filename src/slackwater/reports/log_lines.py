"""A session's log in words, one line an entry, and what of it the chart draws."""

from collections.abc import Iterable
from typing import assert_never

from slackwater.reports.session import LogLine, RatingGiven, Strike
from slackwater.rules.room.agreed import AskedMore, SaidNo, YesTo
from slackwater.rules.room.departure import AgainstAdvice
from slackwater.rules.room.log import (
    Alertness,
    Check,
    DoseGiven,
    Left,
    Listening,
    LogEntry,
    NameCall,
    Note,
    Opened,
    Payload,
    Rating,
    Speed,
    Stop,
    Struck,
    Vitals,
    VitalSource,
)
from slackwater.rules.room.presence import CameIn, WentOut
from slackwater.rules.room.rescue import RescueStep
from slackwater.rules.room.signals import AlarmScored, AlarmSeen
from slackwater.terms.amounts import show_kg, show_mg
from slackwater.terms.vitals import Quality, Reading, VitalCode
from slackwater.units import min_from_s

_ON_THE_RAIL = (
    Alertness,
    NameCall,
    Listening,
    Check,
    Note,
    Stop,
    Struck,
    Left,
    SaidNo,
    AskedMore,
    CameIn,
    WentOut,
)
_KEY = (DoseGiven, Stop, Left, SaidNo)
_MOST_ALERT = 5
# The others go by the name that they have here.
_NAMED = {
    Stop: "Stopped",
    Struck: "Struck out",
    Speed: "Clock",
    NameCall: "Name called",
    Listening: "Crowd",
    SaidNo: "Said no",
    AskedMore: "Asked for more",
    CameIn: "Came in",
    WentOut: "Went out",
    AlarmSeen: "Alarm seen",
    AlarmScored: "Alarm",
    RescueStep: "Rescue",
}


def log_lines(entries: Iterable[LogEntry]) -> tuple[LogLine, ...]:
    """Every entry in the order of entry. A struck one stays, with the reason beside it."""
    ordered = sorted(entries, key=lambda entry: entry.sequence)
    strikes = _strikes(ordered)
    return tuple(_line(entry, strikes.get(entry.sequence)) for entry in ordered)


def ratings(entries: Iterable[LogEntry]) -> tuple[RatingGiven, ...]:
    """Every rating in the order in which they were given, those struck out marked."""
    told = tuple(entries)
    strikes = _strikes(told)
    given = (
        RatingGiven(at=entry.happened_at, depth=entry.payload.depth, is_struck=entry.sequence in strikes)
        for entry in told
        if isinstance(entry.payload, Rating)
    )
    return tuple(sorted(given, key=lambda rating: rating.at))


def author(entry: LogEntry) -> str:
    """`Robin Hale, monitor`."""
    return f"{entry.by_name}, {entry.by_role}" if entry.by_role else entry.by_name


def _strikes(entries: Iterable[LogEntry]) -> dict[int, Strike]:
    """By the struck entry's number; the first strike counts. What can't be struck stays whole."""
    told = tuple(entries)
    can_be = {entry.sequence for entry in told if entry.kind.can_be_struck}
    found: dict[int, Strike] = {}
    for entry in told:
        if isinstance(entry.payload, Struck) and entry.payload.sequence in can_be:
            strike = Strike(reason=entry.payload.reason, by=author(entry), at=entry.happened_at)
            found.setdefault(entry.payload.sequence, strike)
    return found


def _line(entry: LogEntry, struck: Strike | None) -> LogLine:
    return LogLine(
        sequence=entry.sequence,
        kind=_kind(entry.payload),
        text=_text(entry.payload),
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        by=author(entry),
        struck=struck,
        is_event=isinstance(entry.payload, _ON_THE_RAIL),
        is_key=isinstance(entry.payload, _KEY),
    )


def _kind(payload: Payload) -> str:
    match payload:
        case DoseGiven(number=number):
            return f"Dose {number}"
        case Vitals(source=source):
            return "Monitor" if source is VitalSource.MONITOR else "Vital signs"
        case _:
            return _NAMED.get(type(payload), type(payload).__name__)


def _text(payload: Payload) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind reads as the table it is
    match payload:
        case Opened():
            return _opened(payload)
        case DoseGiven():
            return _dose(payload)
        case Vitals(readings=readings):
            return vitals_words(readings)
        case Rating(depth=depth):
            return f"{depth} of 10"
        case Alertness(moaas=moaas):
            return f"MOAA/S {moaas} of {_MOST_ALERT}"
        case NameCall(answer=answer):
            return f"Answers to the name: {answer.label}"
        case Listening():
            return _switch(payload)
        case Note(text=text):
            return text
        case Stop(reason=reason):
            return reason
        case Check(item=item, passed=passed, detail=detail):
            said = f"{item.label}: {'yes' if passed else 'no'}"
            return f"{said}, {detail}" if detail else said
        case Struck(sequence=sequence, reason=reason):
            return f"Entry {sequence}: {reason}"
        case Left(against=AgainstAdvice() as how):
            return _went(how)
        case Left(overrides=overrides):
            set_aside = "; ".join(f"{one.barrier} ({one.reason})" for one in overrides)
            return f"Set aside: {set_aside}" if set_aside else "Nothing set aside"
        case SaidNo(gone=gone, everything=everything):
            return "Everything, from now on" if everything else f"{_things(gone)}, from now on"
        case AskedMore(wishes=wishes):
            return f"{_things(wishes)}: kept for a sober day, and not agreed"
        case CameIn(place=place):
            return place.label.capitalize()
        case WentOut(is_fact=is_fact):
            return "Was out already" if is_fact else "Somebody else stayed"
        case AlarmSeen(condition=condition):
            return condition.label.capitalize()
        case AlarmScored(condition=condition, useful=useful):
            return f"{condition.label.capitalize()}: {'of use' if useful else 'of no use'}"
        case RescueStep(checklist=checklist, step=step, outcome=outcome):
            said = f"{checklist.capitalize()}: {step.replace('_', ' ')}"
            return f"{said}. {outcome.label}" if outcome else said
        case Speed(factor=factor):
            return f"The demonstration runs at {factor} times the pace"
        case _:
            assert_never(payload)


def _opened(opened: Opened) -> str:
    age = f"{opened.age_years} years" if opened.age_years is not None else "age unknown"
    medicines = f", taking {', '.join(opened.medicines)}" if opened.medicines else ""
    return f"The room was opened: {age}, {opened.sex}, {show_kg(opened.weight_g)}{medicines}"


def _things(things: tuple[YesTo, ...]) -> str:
    """What was agreed, without whose name it carries: a report is handed on."""
    named = (f"{one.item} ({one.of})" if one.of else one.item for one in things)
    return "; ".join(one.replace("_", " ") for one in named) or "Something"


def _went(how: AgainstAdvice) -> str:
    offered = "; ".join(one.label.lower() for one in how.offered)
    standing = f" ({', '.join(how.standing)} stood in the way)" if how.standing else ""
    said = f" They said: {how.said}" if how.said else ""
    return (
        f"Went against advice{standing}. Told: {how.told} Offered: {offered}. "
        f"{how.with_whom.label}. Informed: {how.informed}.{said}"
    )


def _switch(switch: Listening) -> str:
    words = f"{'Listens' if switch.on else 'No longer listens'} to: {switch.sign.label}"
    return f"{words}. {switch.reason}" if switch.reason else words


def _dose(dose: DoseGiven) -> str:
    words = f"{dose.drug.label} {show_mg(dose.amount_ug)} {dose.route.label}"
    over = f" over {min_from_s(dose.duration_s):g} min" if dose.duration_s else ""
    checked = f", without the check by two people: {dose.unchecked}" if dose.unchecked else ""
    return f"{words}{over}{checked}"


def vitals_words(readings: Iterable[Reading]) -> str:
    """`144/88 mmHg, pulse 82, SpO₂ 96 %`; what was no reading is said to be none."""
    by_code = {reading.code: reading for reading in readings}
    words = []
    systolic, diastolic = by_code.pop(VitalCode.SBP, None), by_code.pop(VitalCode.DBP, None)
    if systolic and diastolic and systolic.is_good and diastolic.is_good:
        words.append(f"{systolic.text}/{diastolic.text} mmHg")
    else:
        words += [_reading(one) for one in (systolic, diastolic) if one]
    return ", ".join(words + [_reading(one) for one in by_code.values()])


def _reading(reading: Reading) -> str:
    before, after = _AROUND[reading.code]
    if reading.quality is Quality.DISCONNECTED:
        return f"{before} {reading.quality.label}"
    value = f"{before} {reading.text}{after}"
    return value if reading.is_good else f"{value} ({reading.quality.label})"


_AROUND = {
    VitalCode.SBP: ("systolic", " mmHg"),
    VitalCode.DBP: ("diastolic", " mmHg"),
    VitalCode.HR: ("pulse", ""),
    VitalCode.SPO2: ("SpO₂", " %"),
    VitalCode.RR: ("breathing", " /min"),
}
