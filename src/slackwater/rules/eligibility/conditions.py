"""The conditions that a criterion lists, each by its own name, so that a reason is coded."""

from enum import StrEnum


class PressureHazard(StrEnum):
    """A rise in blood or brain pressure would be a serious hazard (E04)."""

    BRAIN_PRESSURE = "raised pressure in the brain"
    STROKE = "a recent stroke"
    UNSTABLE_ANGINA = "unstable angina"
    HEART_FAILURE = "decompensated heart failure"
    VALVE = "severe valve disease"
    OTHER = "another condition in which a rise in pressure is a serious hazard"


class HeartOrLung(StrEnum):
    """Significant or unstable (E06)."""

    CORONARY = "coronary disease"
    HYPERTENSION = "poorly controlled high blood pressure"
    HEART_FAILURE = "heart failure of NYHA class III or IV"
    ARRHYTHMIA = "arrhythmia"
    LUNG = "pulmonary insufficiency, COPD included"
    OTHER = "another significant or unstable condition of heart or lungs"


class Psychosis(StrEnum):
    """Current, or ever for a primary psychotic disorder (E10)."""

    CURRENT = "psychosis now"
    SCHIZOPHRENIA = "schizophrenia or schizoaffective disorder"
    MANIC = "mania with psychosis"
    PRIMARY_EVER = "a primary psychotic disorder, now or before"


class Mood(StrEnum):
    """Now (E11)."""

    MANIA = "mania"
    MIXED = "a mixed state"
    NO_STABILISER = "bipolar disorder without a mood stabiliser"


class BrainCondition(StrEnum):
    """Now (E31)."""

    DEMENTIA = "dementia"
    DELIRIUM = "delirium"
    BRAIN_INJURY = "a traumatic brain injury with symptoms"


class BladderSign(StrEnum):
    """Now (E25)."""

    CYSTITIS = "cystitis"
    BLOOD = "blood in the urine"
    INTERSTITIAL = "interstitial cystitis"
    PAIN = "bladder pain"


class EyeProblem(StrEnum):
    """Known (E27)."""

    PRESSURE = "raised pressure in the eye"
    GLAUCOMA = "unstable or narrow-angle glaucoma"
    INJURY = "a recent injury or operation of the eye"


class AirwaySign(StrEnum):
    """On the day (E29); a blocked nose only bears on what is given by the nose."""

    INFECTION = "an acute infection of the upper airway"
    ASTHMA = "a severe flare of asthma"
    COPD = "a severe flare of COPD"
    CONGESTION = "a blocked nose"


class SleepApnoea(StrEnum):
    """How bad, and whether treated (E28)."""

    NONE = "none"
    MILD = "mild"
    TREATED = "moderate or severe, treated"
    UNTREATED = "moderate or severe, untreated"


class ChildPugh(StrEnum):
    """Class of hepatic impairment (E22, E23); NONE where the liver is not impaired."""

    NONE = "none"
    A = "A"
    B = "B"
    C = "C"


class UrineScreen(StrEnum):
    """What a urine screen for stimulants said (E18). NOT_MADE is known; None is that nobody knows."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NOT_MADE = "not made"


class Review(StrEnum):
    """What was decided at the end of induction."""

    GOES_ON = "it goes on as it is"
    CHANGES = "it goes on, changed"
    STOPS = "it stops"


class HomePressure(StrEnum):
    """What a patient tells in private (E37)."""

    VIOLENCE = "violence from a partner"
    MADE_TO_COME = "pressure to come here"
    MADE_TO_WIDEN = "pressure to go further sexually"
