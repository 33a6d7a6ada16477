"""A patient against whom nothing stands, on a day in autumn, for tests that change one thing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from slackwater.rules.eligibility.conditions import ChildPugh, SleepApnoea, UrineScreen
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
from slackwater.terms.sex import Sex

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
TODAY = NOW.date()
NEVER_DAY = LastDay(has_happened=False)
NEVER_TIME = LastTime(has_happened=False)
SOME_DAY = LastDay(has_happened=True)
SOME_TIME = LastTime(has_happened=True)


def ago(*, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
    """So long before now; negative for what is dated after it."""
    return NOW - timedelta(hours=hours, minutes=minutes, seconds=seconds)


def on(year: int, month: int, day: int) -> LastDay:
    return LastDay(has_happened=True, on=date(year, month, day))


def days_ago(days: int) -> LastDay:
    return LastDay(has_happened=True, on=TODAY - timedelta(days=days))


def hours_ago(hours: float, *, seconds: float = 0) -> LastTime:
    return LastTime(has_happened=True, at=ago(hours=hours, seconds=seconds))


def answer(is_yes: bool, *, hours: float = 0.25, seconds: float = 0) -> Answer:
    return Answer(is_yes=is_yes, at=ago(hours=hours, seconds=seconds))


def screen(*, hours: float = 0.25, **changes: object) -> SuicideScreen:
    none = SuicideScreen(at=ago(hours=hours), intent=False, plan=False, behaviour=NEVER_DAY)
    return replace(none, **changes)  # type: ignore[arg-type]  # fields of many types


def clear() -> Intake:
    """Everything is known, and nothing stands against her on the day."""
    return Intake(
        is_single_dose=False,
        person=Person(age_years=34, sex=Sex.FEMALE, bmi_tenths=225, has_capacity=True, teach_back_fails=0),
        heart=Heart(
            has_aneurysm=False,
            hazards=frozenset(),
            last_event=NEVER_DAY,
            conditions=frozenset(),
            pressure=Pressure(sbp=1180, dbp=760, at=ago(minutes=10)),
        ),
        nerves=Nerves(had_haemorrhage=False, last_seizure=NEVER_DAY, conditions=frozenset()),
        mind=Mind(
            psychosis=frozenset(),
            mood=frozenset(),
            relative_with_psychosis=False,
            suicide=screen(),
            untreated_dissociative_disorder=False,
            is_dissociating=False,
            cadss_sober=1,
        ),
        substances=_sober(),
        reproduction=Reproduction(
            can_be_pregnant=True,
            test=answer(False, hours=48),
            plans_pregnancy=False,
            is_breastfeeding=False,
        ),
        liver=Liver(child_pugh=ChildPugh.NONE, alt=80, ast=90, alp=60, ggt=70, is_cholestatic=False),
        organs=Organs(bladder=frozenset(), bpic_ss=3, thyroid_uncontrolled=False, eyes=frozenset()),
        breathing=Breathing(
            sleep_apnoea=SleepApnoea.NONE, today=AirwayCheck(signs=frozenset(), at=ago(hours=1))
        ),
        medicines=Medicines(is_hypersensitive=False, benzodiazepine_ug=0),
        safety=_safe(),
        anaesthetic=Anaesthetic(asa=2, is_asa_unstable=False, ate=hours_ago(10), drank=hours_ago(3)),
        purpose=Purpose(has_indication=True, has_sexual_problem=False, sexual_review=NEVER_DAY),
        on_file=OnFile(ecg=days_ago(30), kidney=days_ago(30), liver=days_ago(30)),
    )


def changed(subject: str | None, changes: dict[str, object], *, of: Intake | None = None) -> Intake:
    """The clear intake with these facts of one subject changed, or with its own where there is no subject."""
    intake = clear() if of is None else of
    if subject is None:
        return replace(intake, **changes)  # type: ignore[arg-type]  # fields of many types
    part = replace(getattr(intake, subject), **changes)
    return replace(intake, **{subject: part})


def _sober() -> Substances:
    return Substances(
        ketamine_disorder=False,
        ketamine_often=False,
        has_other_disorder=False,
        audit_c=1,
        dast_10=0,
        intoxicated=answer(False),
        breath_alcohol=answer(False),
        stimulant=NEVER_TIME,
        urine_screen=Screened(result=UrineScreen.NEGATIVE, at=ago(hours=1)),
        ghb=NEVER_TIME,
        opioid_not_prescribed=NEVER_TIME,
        alcohol=NEVER_TIME,
    )


def _safe() -> Safety:
    return Safety(
        escort=answer(True),
        escort_phone=answer(True),
        home=PrivateScreen(told=frozenset(), was_alone=True, at=ago(hours=1)),
        harm_by_staff=False,
        harm_by_partner=False,
    )
