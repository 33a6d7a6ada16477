"""The thresholds that leaving needs, each a row of the catalogue. A field is the name of its row."""

from dataclasses import dataclass

from slackwater.rules.basis import Basis, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryLimits:
    """What must hold before a patient leaves (CROWD-01, LEAVE-01, M01, M03, M04, M11, P06, R02 to R06)."""

    observation: Threshold
    pressure_mandatory: Threshold
    recovered_chance: Threshold
    leaving_fresh: Threshold
    leaving_moaas: Threshold
    leaving_systolic_above: Threshold
    leaving_falling: Basis
    systolic_alert: Threshold
    diastolic_alert: Threshold
    spo2_alert: Threshold
    leaving_oriented: Basis
    leaving_gait: Threshold
    leaving_drinks: Threshold
    leaving_distress: Basis
    leaving_safety: Basis
    leaving_perception: Basis
    leaving_advice: Basis
    escort: Basis
    leaving_against: Basis
