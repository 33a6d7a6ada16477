"""A screening against which nothing stands, as it was long before: for demonstrations and tests."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from slackwater.actions.eligibility import deeds, found, lines
from slackwater.catalogue.intake import load_questions
from slackwater.records.models import Patient, User
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.dates import LastDay, LastTime
from slackwater.rules.eligibility.questions import CHOICES, Kind, Question, Section, Value

# A namespace of this project's own, so that the same patient and moment always give the same key.
_NAMESPACE = UUID("6f6f0a3e-6c0f-4b56-9a55-6c5a6d1b8a10")
_ON_FILE_DAYS, _FASTED_H, _DRANK_H = 30, 10, 3
_NUMBERS = {"anaesthetic.asa": 2, "person.height_cm": 172, "mind.cadss_sober": 1, "organs.bpic_ss": 3}
_LIVER = {"liver.alt", "liver.ast", "liver.alp", "liver.ggt"}
_LIVER_PERCENT = 80
_YES = {"person.has_capacity", "purpose.has_indication", "safety.home.alone", "safety.escort",
        "safety.escort_phone"}  # fmt: skip
# Nobody decides this before there was anything to decide about.
_LATER = {"course.review"}
_NEGATIVE = {"substances.urine_screen": "NEGATIVE"}


@transaction.atomic
def screen(
    patient: Patient,
    *,
    by: User,
    at: datetime,
    but: Mapping[str, Value] | None = None,
    is_opened: bool = True,
) -> None:
    """Every question outside the day is answered, and a course is opened unless told otherwise.

    by:  a prescriber
    but: what is otherwise than in somebody against whom nothing stands
    """
    asked = [one for one in load_questions().sections if not one.is_of_day]
    _answer(patient, asked, by=by, at=at, but=but or {})
    if is_opened and found.open_course(patient) is None:
        deeds.open_course(patient, by=by, at=at)


def keep_fresh(patient: Patient, *, by: User, at: datetime) -> None:
    """Ask again what has become too old for an order at this moment."""
    if found.of(patient, stage=Stage.ORDER, route=None, at=at).barring:
        screen(patient, by=by, at=at)


@transaction.atomic
def on_the_day(patient: Patient, *, by: User, at: datetime, but: Mapping[str, Value] | None = None) -> None:
    """What is asked on the day, and what is asked anew then, is answered at this moment."""
    asked = [one for one in load_questions().sections if one.is_of_day or one.name in {"home", "mind"}]
    _answer(patient, asked, by=by, at=at, but=but or {})


def _answer(
    patient: Patient, asked: Iterable[Section], *, by: User, at: datetime, but: Mapping[str, Value]
) -> None:
    savings = [
        (
            section.name,
            {
                one.name: but.get(one.name, _value(one, at))
                for one in section.questions
                if one.name not in _LATER
            },
            uuid5(_NAMESPACE, f"{patient.public_id} {section.name} {at.isoformat()} {sorted(but)}"),
        )
        for section in asked
    ]
    lines.add_many(lines.locked(patient), savings, by=by, at=at)


def _value(question: Question, at: datetime) -> Value:
    match question.kind:
        case Kind.YES_NO:
            return question.name in _YES
        case Kind.NUMBER:
            return _LIVER_PERCENT if question.name in _LIVER else _NUMBERS.get(question.name, 0)
        case Kind.ONE:
            return _NEGATIVE.get(question.name, next(iter(CHOICES[question.name].__members__)))
        case Kind.SOME:
            return frozenset()
        case Kind.LAST_DAY:
            return _last_day(question.name, at.date())
        case Kind.LAST_TIME:
            return _last_time(question.name, at)


def _last_day(name: str, today: date) -> LastDay:
    if name.startswith("on_file."):
        return LastDay(has_happened=True, on=today - timedelta(days=_ON_FILE_DAYS))
    return LastDay(has_happened=False)


def _last_time(name: str, at: datetime) -> LastTime:
    hours = {"anaesthetic.ate": _FASTED_H, "anaesthetic.drank": _DRANK_H}.get(name)
    return LastTime(has_happened=hours is not None, at=at - timedelta(hours=hours) if hours else None)
