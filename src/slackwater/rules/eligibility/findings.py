"""Every reason against treating somebody, at whichever stage it is asked."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from slackwater.rules.eligibility.anaesthesia import anaesthetic_findings
from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.breathing import breathing_findings
from slackwater.rules.eligibility.criteria import Criterion, Stage
from slackwater.rules.eligibility.heart import heart_findings
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.eligibility.limits import EligibilityLimits
from slackwater.rules.eligibility.liver import liver_findings
from slackwater.rules.eligibility.medicines import medicine_findings
from slackwater.rules.eligibility.mind import mind_findings
from slackwater.rules.eligibility.nerves import nerve_findings
from slackwater.rules.eligibility.organs import organ_findings
from slackwater.rules.eligibility.person import person_findings
from slackwater.rules.eligibility.pressure import pressure_findings
from slackwater.rules.eligibility.purpose import purpose_findings
from slackwater.rules.eligibility.reproduction import reproduction_findings
from slackwater.rules.eligibility.safety import safety_findings
from slackwater.rules.eligibility.substances import substance_findings
from slackwater.rules.findings import Finding
from slackwater.terms.route import Route

_SUBJECTS = (
    heart_findings,
    pressure_findings,
    nerve_findings,
    mind_findings,
    substance_findings,
    reproduction_findings,
    liver_findings,
    organ_findings,
    breathing_findings,
    person_findings,
    medicine_findings,
    safety_findings,
    anaesthetic_findings,
    purpose_findings,
)


def findings(
    intake: Intake, *, stage: Stage, route: Route | None, at: datetime, limits: EligibilityLimits
) -> Iterator[Finding]:
    """Every reason at `at`, each with its source and who may set it aside; what nobody knows is a reason.

    route: None where nobody has chosen one, and then a reason against any route counts
    at:    with a time zone; days are counted in it
    """
    asked = Asked(stage=stage, route=route, at=at, limits=limits)
    rules = {row.rule for row in criteria_asked(stage=stage, route=route, limits=limits)}
    for subject in _SUBJECTS:
        yield from (finding for finding in subject(intake, asked) if finding.id in rules)


def criteria_asked(*, stage: Stage, route: Route | None, limits: EligibilityLimits) -> tuple[Criterion, ...]:
    """The criteria that are asked at a stage and for a route, in the order of the table."""
    rows = (getattr(limits.criteria, field.name) for field in fields(limits.criteria))
    return tuple(row for row in rows if row.is_asked(stage, route))
