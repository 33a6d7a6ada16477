"""What the check of a dose by two people rests on. A field is the name of its row."""

from dataclasses import dataclass

from slackwater.rules.basis import Basis, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLimits:
    """Rows CHK-01 to CHK-14."""

    check_two: Basis
    check_patient: Basis
    check_drug: Basis
    check_strength: Basis
    check_amount: Basis
    check_tenfold: Basis
    check_volume: Basis
    check_label: Basis
    check_route: Basis
    check_pump: Basis
    check_pump_step: Threshold
    check_typed: Basis
    check_needed: Basis
    check_fresh: Threshold
    check_unchecked: Basis
