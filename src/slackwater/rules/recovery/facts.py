"""What is known about a patient who would leave. Numbers only: whoever asks has already asked the crowd."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A check that somebody made: passed or not, and when."""

    passed: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A whole number that somebody read, and when; vital signs are in tenths of their unit."""

    value: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPressure:
    """A pressure that cannot be skipped and that nobody has taken, as the room names it."""

    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that leaving depends on; None where nothing is known, which is never taken as good.

    last_dose_ended_at: when the last drug went in, an infusion's end included; None if nothing was given
    chance_recovered:   share of the crowd, 0 to 1, that has recovered at the time asked about
    is_outside_crowd:   nobody in the crowd fits what was seen, so its chance says nothing
    systolic, diastolic, oxygen, alertness: the last good reading of each
    systolic_before:    the good reading before the last, at or after the last dose began
    owed_pressures:     pressures that cannot be skipped and were not taken, each with when it was due
    baseline_systolic:  in tenths of mmHg, before the first dose
    clinic_observation: a clinic's longer minimum; a shorter one has no effect
    clinic_systolic:    a clinic's own limit at leaving, in mmHg, instead of the baseline's
    """

    last_dose_ended_at: datetime | None
    chance_recovered: float | None = None
    is_outside_crowd: bool = False
    alertness: Measured | None = None
    systolic: Measured | None = None
    systolic_before: Measured | None = None
    diastolic: Measured | None = None
    oxygen: Measured | None = None
    baseline_systolic: int | None = None
    owed_pressures: tuple[OwedPressure, ...] | None = None
    falling: Seen | None = None
    oriented: Seen | None = None
    gait: Seen | None = None
    drinks: Seen | None = None
    distress: Seen | None = None
    safety: Seen | None = None
    hallucinations: Seen | None = None
    advice: Seen | None = None
    escort: Seen | None = None
    clinic_observation: timedelta = timedelta(0)
    clinic_systolic: int | None = None
