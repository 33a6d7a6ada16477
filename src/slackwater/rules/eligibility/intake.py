"""What is known of a patient who would be treated, by subject.

None is always "nobody knows", never "no". A set is None until each of its conditions was asked about; an
empty one says that none of them is there. As soon as one is a yes it may stand there alone.
"""

from dataclasses import dataclass, field
from datetime import datetime

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
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.sex import Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """bmi_tenths: body mass index in tenths of kg/m2; teach_back_fails: not passed so often in a row."""

    age_years: int | None = None
    sex: Sex | None = None
    bmi_tenths: int | None = None
    has_capacity: bool | None = None
    teach_back_fails: int | None = None

    def __post_init__(self) -> None:
        _check(
            ("age_years", self.age_years, 130),
            ("bmi_tenths", self.bmi_tenths, 2000),
            ("teach_back_fails", self.teach_back_fails, 99),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """One blood pressure before the dose, in tenths of mmHg; `at` has a time zone."""

    sbp: int
    dbp: int
    at: datetime

    def __post_init__(self) -> None:
        _check(("sbp", self.sbp, 4000), ("dbp", self.dbp, 4000))
        if self.at.tzinfo is None:
            raise ValueError("a pressure needs its time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heart:
    """last_event: the last cardiovascular event, a heart attack included."""

    has_aneurysm: bool | None = None
    hazards: frozenset[PressureHazard] | None = None
    last_event: LastDay | None = None
    conditions: frozenset[HeartOrLung] | None = None
    pressure: Pressure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nerves:
    """had_haemorrhage: bleeding within the brain, ever."""

    had_haemorrhage: bool | None = None
    last_seizure: LastDay | None = None
    conditions: frozenset[BrainCondition] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuicideScreen:
    """The C-SSRS screener: its items on intent, on a plan with it, and on the last behaviour (4, 5, 6)."""

    at: datetime
    intent: bool | None = None
    plan: bool | None = None
    behaviour: LastDay | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a screen needs its time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """is_dissociating: severe dissociation at baseline, as a clinician sees it; cadss_sober: 0 to 92."""

    psychosis: frozenset[Psychosis] | None = None
    mood: frozenset[Mood] | None = None
    relative_with_psychosis: bool | None = None
    suicide: SuicideScreen | None = None
    untreated_dissociative_disorder: bool | None = None
    is_dissociating: bool | None = None
    cadss_sober: int | None = None

    def __post_init__(self) -> None:
        _check(("cadss_sober", self.cadss_sober, 92))


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A urine screen and when it was made, or when somebody said that none is."""

    result: UrineScreen
    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a screen needs its time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Substances:
    """What is used and was used.

    has_other_disorder: an active use disorder, moderate or severe, as a clinician judges; alcohol included
    audit_c, dast_10:   scores of the screens that ask for that judgement
    intoxicated:        intoxicated or in withdrawal on the day; breath_alcohol: positive on the day
    """

    ketamine_disorder: bool | None = None
    ketamine_often: bool | None = None
    has_other_disorder: bool | None = None
    audit_c: int | None = None
    dast_10: int | None = None
    intoxicated: Answer | None = None
    breath_alcohol: Answer | None = None
    stimulant: LastTime | None = None
    urine_screen: Screened | None = None
    ghb: LastTime | None = None
    opioid_not_prescribed: LastTime | None = None
    alcohol: LastTime | None = None

    def __post_init__(self) -> None:
        _check(("audit_c", self.audit_c, 12), ("dast_10", self.dast_10, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction:
    """test: a pregnancy test, yes where it is positive."""

    can_be_pregnant: bool | None = None
    test: Answer | None = None
    plans_pregnancy: bool | None = None
    is_breastfeeding: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Liver:
    """Enzymes in percent of their upper limit of normal; is_cholestatic: a new cholestatic pattern."""

    child_pugh: ChildPugh | None = None
    alt: int | None = None
    ast: int | None = None
    alp: int | None = None
    ggt: int | None = None
    is_cholestatic: bool | None = None

    def __post_init__(self) -> None:
        _check(*((name, getattr(self, name), 100_000) for name in ("alt", "ast", "alp", "ggt")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Organs:
    """Bladder, thyroid and eyes. bpic_ss: 0 to 38."""

    bladder: frozenset[BladderSign] | None = None
    bpic_ss: int | None = None
    thyroid_uncontrolled: bool | None = None
    eyes: frozenset[EyeProblem] | None = None

    def __post_init__(self) -> None:
        _check(("bpic_ss", self.bpic_ss, 38))


@dataclass(frozen=True, slots=True, kw_only=True)
class AirwayCheck:
    """What was seen and heard of the airway on the day."""

    signs: frozenset[AirwaySign]
    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a check needs its time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Breathing:
    """Asleep, and on the day."""

    sleep_apnoea: SleepApnoea | None = None
    today: AirwayCheck | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicines:
    """benzodiazepine_ug: taken a day, in micrograms of lorazepam or what equals it; 0 for none.

    benzodiazepines: those on the list of medicines, by name; a list that nobody verified is INT-02's
    """

    is_hypersensitive: bool | None = None
    benzodiazepine_ug: int | None = None
    benzodiazepines: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        _check(("benzodiazepine_ug", self.benzodiazepine_ug, 1_000_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateScreen:
    """What the patient said of home. A no counts only where the patient was asked alone."""

    told: frozenset[HomePressure]
    was_alone: bool
    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a screen needs its time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """Who is around the patient.

    escort, escort_phone: whether a responsible adult is named who takes the patient home, and their number
    harm_by_staff:        somebody said to have harmed the patient works here and is in contact with them
    harm_by_partner:      or is the partner in the programme
    """

    escort: Answer | None = None
    escort_phone: Answer | None = None
    home: PrivateScreen | None = None
    harm_by_staff: bool | None = None
    harm_by_partner: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaesthetic:
    """asa: class 1 to 6; ate: food, or a drink that is not clear; drank: clear liquid."""

    asa: int | None = None
    is_asa_unstable: bool | None = None
    ate: LastTime | None = None
    drank: LastTime | None = None

    def __post_init__(self) -> None:
        _check(("asa", self.asa, 6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """has_indication: a depressive or PTSD-spectrum diagnosis; problem: new or changed, and sexual."""

    has_indication: bool | None = None
    has_sexual_problem: bool | None = None
    sexual_review: LastDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """The last of each test on file."""

    ecg: LastDay | None = None
    kidney: LastDay | None = None
    liver: LastDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """All of it. is_single_dose: one dose is planned and none was given before, for certain."""

    is_single_dose: bool | None = None
    person: Person = field(default_factory=Person)
    heart: Heart = field(default_factory=Heart)
    nerves: Nerves = field(default_factory=Nerves)
    mind: Mind = field(default_factory=Mind)
    substances: Substances = field(default_factory=Substances)
    reproduction: Reproduction = field(default_factory=Reproduction)
    liver: Liver = field(default_factory=Liver)
    organs: Organs = field(default_factory=Organs)
    breathing: Breathing = field(default_factory=Breathing)
    medicines: Medicines = field(default_factory=Medicines)
    safety: Safety = field(default_factory=Safety)
    anaesthetic: Anaesthetic = field(default_factory=Anaesthetic)
    purpose: Purpose = field(default_factory=Purpose)
    on_file: OnFile = field(default_factory=OnFile)


def _check(*numbers: tuple[str, int | None, int]) -> None:
    """Raise RefusedError for every number that no patient can have."""
    problems = [
        Problem(
            field=name,
            code="out-of-range",
            message=f"{value!r} cannot be.",
            mend=f"Write a whole number from 0 to {most}, or leave it empty where nobody knows.",
        )
        for name, value, most in numbers
        # bool is an int in Python; a float would let NaN in.
        if value is not None and (type(value) is not int or not 0 <= value <= most)
    ]
    if problems:
        raise RefusedError(*problems)
