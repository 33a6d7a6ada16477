"""What a patient's agreement says against a dose that would be given now."""

from datetime import datetime

from slackwater.actions.agreements.held import permits_for_dose
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Session
from slackwater.rules.agreements.dose import against_dose
from slackwater.rules.findings import Finding
from slackwater.terms.route import Route


def findings(session: Session, *, route: Route, number: int, at: datetime) -> list[Finding]:
    """Every yes that is missing. `at` is the wall's time, by which agreements are kept."""
    permits = permits_for_dose(session.patient, str(session.public_id), at=at)
    return list(against_dose(permits, route=route, number=number, limits=load_limits().agreements))
