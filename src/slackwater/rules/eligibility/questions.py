"""What is asked, and what an answer to it can be."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from slackwater.rules.eligibility.conditions import (
    AirwaySign,
    BladderSign,
    BrainCondition,
    ChildPugh,
    EyeProblem,
    HeartOrLung,
    HomePressure,
    Mood,
    PressureHazard,
    Psychosis,
    Review,
    SleepApnoea,
    UrineScreen,
)
from slackwater.rules.eligibility.dates import LastDay, LastTime
from slackwater.rules.fields import Fields, Json


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    SOME = "some"
    ONE = "one"
    NUMBER = "number"
    LAST_DAY = "last_day"
    LAST_TIME = "last_time"


Value: TypeAlias = bool | frozenset[str] | str | int | LastDay | LastTime | None

# What can be chosen where there is a list, by question; kept by its name, so that words may change.
CHOICES: Final[dict[str, type[StrEnum]]] = {
    "heart.hazards": PressureHazard,
    "heart.conditions": HeartOrLung,
    "nerves.conditions": BrainCondition,
    "mind.psychosis": Psychosis,
    "mind.mood": Mood,
    "organs.bladder": BladderSign,
    "watch.bladder": BladderSign,
    "course.review": Review,
    "organs.eyes": EyeProblem,
    "breathing.today": AirwaySign,
    "safety.home.told": HomePressure,
    "liver.child_pugh": ChildPugh,
    "breathing.sleep_apnoea": SleepApnoea,
    "substances.urine_screen": UrineScreen,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    asks, patient: as staff and as the patient read it; where `patient` is empty only staff answer
    when:          the question and the answer to it that make this one come up; always where it is None
    scale:         what is typed times this is what is kept
    low, high:     of what is kept
    plain:         the choices as the patient reads them, by name; every list that a patient sees has them
    """

    name: str
    kind: Kind
    asks: str
    patient: str = ""
    when: tuple[str, str] | None = None
    unit: str = ""
    scale: int = 1
    low: int = 0
    high: int = 0
    plain: tuple[tuple[str, str], ...] = ()

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Name and words of each choice."""
        return tuple((one.name, one.value) for one in CHOICES[self.name]) if self.name in CHOICES else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page of questions.

    about:   what the questions are about, said before they are shown; a sensitive section has it
    private: only whoever may read what a patient told alone sees it
    of_day:  asked on the day of a dose
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    about: str = ""
    is_sensitive: bool = False
    is_private: bool = False
    is_of_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All of it, in order."""

    version: str
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section | None:
        return next((one for one in self.sections if one.name == name), None)

    def question(self, name: str) -> Question:
        """KeyError where there is none of that name."""
        found = {one.name: one for section in self.sections for one in section.questions}
        return found[name]


def comes_up(question: Question, values: dict[str, Value]) -> bool:
    """Whether it is asked at all, by what was answered before."""
    if question.when is None:
        return True
    name, wanted = question.when
    value = values.get(name)
    shown = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return value is not None and shown == wanted


def value_json(value: Value) -> dict[str, Json]:  # noqa: PLR0911  one case a kind
    """An answer as it is kept: whole numbers and text only. None is kept as not known."""
    match value:
        case None:
            return {"known": "no"}
        case bool():
            return {"yes": "yes" if value else "no"}
        case int():
            return {"number": value}
        case str():
            return {"one": value}
        case frozenset():
            return {"some": [*sorted(value)]}
        case LastDay():
            return {
                "ever": "yes" if value.has_happened else "no",
                "on": value.on.isoformat() if value.on else "",
            }
        case LastTime():
            at = value.at.astimezone(UTC).isoformat() if value.at else ""
            return {"ever": "yes" if value.has_happened else "no", "at": at}


def parse_value(question: Question, fields: Fields) -> Value:  # noqa: PLR0911  one case a kind
    """An answer to this question from what was kept or sent. Faults are noted in `fields`."""
    if fields.has("known"):
        fields.text("known", longest=3)
        return None
    match question.kind:
        case Kind.YES_NO:
            return _yes(fields, "yes")
        case Kind.NUMBER:
            return fields.integer("number", low=question.low, high=question.high)
        case Kind.ONE:
            return _one(question, fields)
        case Kind.SOME:
            return _some(question, fields)
        case Kind.LAST_DAY:
            return _last_day(fields)
        case Kind.LAST_TIME:
            return _last_time(fields)


def _yes(fields: Fields, name: str) -> bool:
    text = fields.text(name, longest=3)
    if text and text not in {"yes", "no"}:
        fields.refuse(name, "unknown-word", f"{text} is neither yes nor no.", "Send yes or no.")
    return text == "yes"


def _one(question: Question, fields: Fields) -> str:
    text = fields.text("one", longest=40)
    if text and text not in CHOICES[question.name].__members__:
        fields.refuse("one", "unknown-word", "This is none of the choices.", "Choose again.")
    return text


def _some(question: Question, fields: Fields) -> frozenset[str]:
    found = fields.texts("some", longest=40, most=len(CHOICES[question.name].__members__))
    if set(found) - set(CHOICES[question.name].__members__):
        fields.refuse("some", "unknown-word", "This is none of the choices.", "Choose again.")
    return frozenset(found)


def _last_day(fields: Fields) -> LastDay:
    has_happened, on = _yes(fields, "ever"), _day(fields)
    if on is not None and not has_happened:
        fields.refuse(
            "on", "never", "What never happened has no day.", "Leave the day out, or say that it did."
        )
        return LastDay(has_happened=False)
    return LastDay(has_happened=has_happened, on=on)


def _last_time(fields: Fields) -> LastTime:
    has_happened, at = _yes(fields, "ever"), _time(fields)
    if at is not None and not has_happened:
        fields.refuse("at", "never", "What never happened has no time.", "Leave it out, or say that it did.")
        return LastTime(has_happened=False)
    return LastTime(has_happened=has_happened, at=at)


def _day(fields: Fields) -> date | None:
    text = fields.text("on", longest=10, empty=True)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fields.refuse("on", "not-a-day", "This is not a day.", "Send 2026-11-26, or nothing.")
        return None


def _time(fields: Fields) -> datetime | None:
    text = fields.text("at", longest=40, empty=True)
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        found = None
    if text and (found is None or found.tzinfo is None):
        fields.refuse("at", "not-a-time", "This is not a time with its zone.", "Send it again, or nothing.")
        return None
    return found
