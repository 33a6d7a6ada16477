"""What was answered, by whom and when, put together into the facts that the criteria are asked about.

Only what a clinician has gone through counts. What a patient wrote alone is not known until then, for it
may rest on a word that was not understood; and where a patient has said something else since, nobody knows
either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

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
    SleepApnoea,
    UrineScreen,
)
from slackwater.rules.eligibility.dates import Answer, LastDay, LastTime
from slackwater.rules.eligibility.intake import (
    AirwayCheck,
    Anaesthetic,
    Breathing,
    Heart,
    Intake,
    Liver,
    Medicines,
    Mind,
    Nerves,
    OnFile,
    Organs,
    Person,
    Pressure,
    PrivateScreen,
    Purpose,
    Reproduction,
    Safety,
    Screened,
    Substances,
    SuicideScreen,
)
from slackwater.rules.eligibility.questions import Value
from slackwater.terms.sex import Sex

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer, None where it is not known or was not to be said; `by_staff` where a clinician gave it."""

    value: Value
    at: datetime
    by_staff: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the record says besides: none of it is asked twice."""

    age_years: int | None = None
    sex: Sex | None = None
    bmi_tenths: int | None = None
    teach_back_fails: int | None = None
    pressure: Pressure | None = None
    benzodiazepines: tuple[str, ...] | None = None


def counting(answers: Iterable[Given]) -> Given | None:
    """Of the answers to one question, in order, the one that counts; None where none does yet."""
    told = tuple(answers)
    staff = next((one for one in reversed(told) if one.by_staff), None)
    if staff is None:
        return None
    later = told[len(told) - tuple(reversed(told)).index(staff) :]
    if later and later[-1].value != staff.value:
        return None
    return staff


def is_waiting(answers: Iterable[Given]) -> bool:
    """Whether a patient has written something that no clinician has gone through."""
    told = tuple(answers)
    return bool(told) and not told[-1].by_staff and counting(told) is None


def intake_of(given: Mapping[str, Given], record: Record) -> Intake:
    """The facts. `given` holds for each question the answer that counts; what is not there is not known."""
    it = _Reader(given)
    return Intake(
        is_single_dose=it.yes("is_single_dose"),
        person=Person(
            age_years=record.age_years,
            sex=record.sex,
            bmi_tenths=record.bmi_tenths,
            has_capacity=it.yes("person.has_capacity"),
            teach_back_fails=record.teach_back_fails,
        ),
        heart=_heart(it, record),
        nerves=_nerves(it),
        mind=_mind(it),
        substances=_substances(it),
        reproduction=Reproduction(
            can_be_pregnant=it.yes("reproduction.can_be_pregnant"),
            test=it.answer("reproduction.test"),
            plans_pregnancy=it.yes("reproduction.plans_pregnancy"),
            is_breastfeeding=it.yes("reproduction.is_breastfeeding"),
        ),
        liver=_liver(it),
        organs=_organs(it),
        breathing=Breathing(sleep_apnoea=it.one("breathing.sleep_apnoea", SleepApnoea), today=_airway(it)),
        medicines=Medicines(
            is_hypersensitive=it.yes("medicines.is_hypersensitive"),
            benzodiazepine_ug=it.number("medicines.benzodiazepine_ug"),
            benzodiazepines=record.benzodiazepines,
        ),
        safety=_safety(it),
        anaesthetic=Anaesthetic(
            asa=it.number("anaesthetic.asa"),
            is_asa_unstable=it.yes("anaesthetic.is_asa_unstable"),
            ate=it.time("anaesthetic.ate"),
            drank=it.time("anaesthetic.drank"),
        ),
        purpose=Purpose(
            has_indication=it.yes("purpose.has_indication"),
            has_sexual_problem=it.yes("purpose.has_sexual_problem"),
            sexual_review=it.day("purpose.sexual_review"),
        ),
        on_file=OnFile(
            ecg=it.day("on_file.ecg"), kidney=it.day("on_file.kidney"), liver=it.day("on_file.liver")
        ),
    )


class _Reader:
    """Answers by the type that their question has."""

    def __init__(self, given: Mapping[str, Given]) -> None:
        self._given = given

    def at(self, name: str) -> datetime | None:
        found = self._given.get(name)
        return None if found is None or found.value is None else found.at

    def yes(self, name: str) -> bool | None:
        value = self._value(name)
        return value if isinstance(value, bool) else None

    def number(self, name: str) -> int | None:
        value = self._value(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def some(self, name: str, words: type[_Word]) -> frozenset[_Word] | None:
        value = self._value(name)
        return frozenset(words[one] for one in value) if isinstance(value, frozenset) else None

    def one(self, name: str, words: type[_Word]) -> _Word | None:
        value = self._value(name)
        return words[value] if isinstance(value, str) else None

    def day(self, name: str) -> LastDay | None:
        value = self._value(name)
        return value if isinstance(value, LastDay) else None

    def time(self, name: str) -> LastTime | None:
        value = self._value(name)
        return value if isinstance(value, LastTime) else None

    def answer(self, name: str) -> Answer | None:
        """A yes or a no with the moment at which it was given or read."""
        is_yes, at = self.yes(name), self.at(name)
        return None if is_yes is None or at is None else Answer(is_yes=is_yes, at=at)

    def _value(self, name: str) -> Value:
        found = self._given.get(name)
        return None if found is None else found.value


def _heart(it: _Reader, record: Record) -> Heart:
    return Heart(
        has_aneurysm=it.yes("heart.has_aneurysm"),
        hazards=it.some("heart.hazards", PressureHazard),
        last_event=it.day("heart.last_event"),
        conditions=it.some("heart.conditions", HeartOrLung),
        pressure=record.pressure,
    )


def _nerves(it: _Reader) -> Nerves:
    return Nerves(
        had_haemorrhage=it.yes("nerves.had_haemorrhage"),
        last_seizure=it.day("nerves.last_seizure"),
        conditions=it.some("nerves.conditions", BrainCondition),
    )


def _liver(it: _Reader) -> Liver:
    return Liver(
        child_pugh=it.one("liver.child_pugh", ChildPugh),
        alt=it.number("liver.alt"),
        ast=it.number("liver.ast"),
        alp=it.number("liver.alp"),
        ggt=it.number("liver.ggt"),
        is_cholestatic=it.yes("liver.is_cholestatic"),
    )


def _organs(it: _Reader) -> Organs:
    return Organs(
        bladder=_bladder(it),
        bpic_ss=it.number("organs.bpic_ss"),
        thyroid_uncontrolled=it.yes("organs.thyroid_uncontrolled"),
        eyes=it.some("organs.eyes", EyeProblem),
    )


def _bladder(it: _Reader) -> frozenset[BladderSign] | None:
    """As it was asked last: before the course, or since the last visit."""
    first, since = it.at("organs.bladder"), it.at("watch.bladder")
    is_newer = since is not None and (first is None or since >= first)
    return it.some("watch.bladder" if is_newer else "organs.bladder", BladderSign)


def _mind(it: _Reader) -> Mind:
    return Mind(
        psychosis=it.some("mind.psychosis", Psychosis),
        mood=it.some("mind.mood", Mood),
        relative_with_psychosis=it.yes("mind.relative_with_psychosis"),
        suicide=_suicide(it),
        untreated_dissociative_disorder=it.yes("mind.untreated_dissociative_disorder"),
        is_dissociating=it.yes("mind.is_dissociating"),
        cadss_sober=it.number("mind.cadss_sober"),
    )


def _suicide(it: _Reader) -> SuicideScreen | None:
    """As old as the oldest of its three answers."""
    names = ("mind.suicide.intent", "mind.suicide.plan", "mind.suicide.behaviour")
    times = [at for name in names if (at := it.at(name)) is not None]
    if not times:
        return None
    return SuicideScreen(
        at=min(times), intent=it.yes(names[0]), plan=it.yes(names[1]), behaviour=it.day(names[2])
    )


def _substances(it: _Reader) -> Substances:
    screen, screened_at = it.one("substances.urine_screen", UrineScreen), it.at("substances.urine_screen")
    return Substances(
        ketamine_disorder=it.yes("substances.ketamine_disorder"),
        ketamine_often=it.yes("substances.ketamine_often"),
        has_other_disorder=it.yes("substances.has_other_disorder"),
        audit_c=it.number("substances.audit_c"),
        dast_10=it.number("substances.dast_10"),
        intoxicated=it.answer("substances.intoxicated"),
        breath_alcohol=it.answer("substances.breath_alcohol"),
        stimulant=it.time("substances.stimulant"),
        urine_screen=Screened(result=screen, at=screened_at) if screen and screened_at else None,
        ghb=it.time("substances.ghb"),
        opioid_not_prescribed=it.time("substances.opioid_not_prescribed"),
        alcohol=it.time("substances.alcohol"),
    )


def _airway(it: _Reader) -> AirwayCheck | None:
    signs, at = it.some("breathing.today", AirwaySign), it.at("breathing.today")
    return None if signs is None or at is None else AirwayCheck(signs=signs, at=at)


def _safety(it: _Reader) -> Safety:
    told, at = it.some("safety.home.told", HomePressure), it.at("safety.home.told")
    was_alone = it.yes("safety.home.alone") is True
    home = None if told is None or at is None else PrivateScreen(told=told, was_alone=was_alone, at=at)
    return Safety(
        escort=it.answer("safety.escort"),
        escort_phone=it.answer("safety.escort_phone"),
        home=home,
        harm_by_staff=it.yes("safety.harm_by_staff"),
        harm_by_partner=it.yes("safety.harm_by_partner"),
    )
