"""What the rules on reports rest on."""

from dataclasses import dataclass

from slackwater.rules.basis import Basis, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLimits:
    """report_*: of a report; visit_*: of a visit's log once the patient has left."""

    report_readers: Basis
    report_ending: Basis
    report_evidence: Basis
    visit_strikes_close: Threshold
    visit_notes_close: Threshold
