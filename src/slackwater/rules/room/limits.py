"""The thresholds that a room needs, each a row of the catalogue. A field is the name of its row."""

from dataclasses import dataclass

from slackwater.rules.basis import Basis, Threshold, check_rising
from slackwater.rules.boosters import BoosterLimits
from slackwater.rules.pressures import PressureLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLimits:
    """When a reading is an alert (M03 to M07)."""

    spo2_alert: Threshold
    spo2_emergency: Threshold
    systolic_alert: Threshold
    diastolic_alert: Threshold
    systolic_rise: Threshold
    diastolic_rise: Threshold
    pressure_repeat: Threshold
    systolic_stop: Threshold
    diastolic_stop: Threshold
    heart_rate_low: Threshold
    heart_rate_high: Threshold
    moaas_alert: Threshold
    moaas_emergency: Threshold

    def __post_init__(self) -> None:
        check_rising(self.spo2_emergency, self.spo2_alert)
        check_rising(self.systolic_alert, self.systolic_stop)
        check_rising(self.diastolic_alert, self.diastolic_stop)
        check_rising(self.heart_rate_low, self.heart_rate_high)
        check_rising(self.moaas_emergency, self.moaas_alert)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLimits:
    """When what is next due (M01 to M03, M07, M08)."""

    pressure_early_from: Threshold
    pressure_early_until: Threshold
    pressure_mandatory: Threshold
    pressure_late_from: Threshold
    pressure_late_until: Threshold
    pressure_repeat: Threshold
    mouth_slots: tuple[Threshold, ...]
    alertness_every: Threshold
    rating_every: Threshold
    oximeter_silence: Threshold
    grace: Threshold

    def __post_init__(self) -> None:
        check_rising(self.pressure_early_from, self.pressure_early_until, self.pressure_mandatory)
        check_rising(self.pressure_late_from, self.pressure_late_until)
        check_rising(*self.mouth_slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseLimits:
    """When a dose may be given (AGR-09, E07 to E09, P07, P08, D11 to D15)."""

    consent_today: Basis
    baseline_within: Threshold
    baseline_moaas: Threshold
    repeat_apart: Threshold
    pressures: PressureLimits
    session_longest: Threshold
    booster_moaas: Threshold
    booster_spo2: Threshold
    booster_fresh: Threshold
    boosters: BoosterLimits

    def __post_init__(self) -> None:
        held = self.pressures
        check_rising(held.raised_systolic, held.raised_systolic_older, held.ceiling_systolic)
        check_rising(held.raised_diastolic, held.ceiling_diastolic)
        check_rising(held.raised_diastolic_older, held.ceiling_diastolic)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What cannot be, or hardly can be, a true reading; all chosen here."""

    systolic_low: Threshold
    systolic_high: Threshold
    diastolic_low: Threshold
    diastolic_high: Threshold
    heart_rate_lowest: Threshold
    heart_rate_highest: Threshold
    spo2_low: Threshold
    breathing_low: Threshold
    breathing_high: Threshold
    pulse_pressure_low: Threshold
    pulse_pressure_high: Threshold
    jump_systolic: Threshold
    jump_diastolic: Threshold
    jump_heart_rate: Threshold
    jump_within: Threshold
    pulse_apart: Threshold

    def __post_init__(self) -> None:
        check_rising(self.systolic_low, self.systolic_high)
        check_rising(self.diastolic_low, self.diastolic_high)
        check_rising(self.heart_rate_lowest, self.heart_rate_highest)
        check_rising(self.breathing_low, self.breathing_high)
        check_rising(self.pulse_pressure_low, self.pulse_pressure_high)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceLimits:
    """Who has to be with a patient (M09, M10)."""

    observer: Basis
    second_person: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalLimits:
    """How long alarms wait, all chosen here (ALM-02 to ALM-04); in seconds."""

    alarm_delay: Threshold
    alarm_joins: Threshold
    alarm_escalates: Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLimits:
    """All of a room's thresholds."""

    alarms: AlarmLimits
    due: DueLimits
    doses: DoseLimits
    readings: ReadingLimits
    presence: PresenceLimits
    signals: SignalLimits
