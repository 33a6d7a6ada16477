"""Rows about one change to a patient against whom nothing stands, and the catalogue's rows behind them."""

from collections.abc import Iterable
from datetime import datetime

from tests.intakes import NOW, changed
from tests.spec.page import Case, Said, from_findings, rows_of

from slackwater.catalogue.eligibility import load_eligibility
from slackwater.rules.basis import Basis
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.findings import findings
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.eligibility.limits import EligibilityLimits
from slackwater.terms.route import Route

LIMITS = load_eligibility()
CONTENT = "Nothing stands against it."


def asking(
    when: str,
    *says: str,
    intake: Intake,
    stage: Stage = Stage.ORDER,
    route: Route | None = Route.IV,
    limits: EligibilityLimits = LIMITS,
    at: datetime = NOW,
) -> Case:
    """An intake, asked about at one stage for one route."""

    def asks() -> Iterable[Said]:
        return from_findings(findings(intake, stage=stage, route=route, at=at, limits=limits))

    return Case(when=when, asks=asks, says=says)


def case(
    when: str,
    *says: str,
    of: str | None,
    stage: Stage = Stage.ORDER,
    route: Route | None = Route.IV,
    **changes: object,
) -> Case:
    """One subject's facts changed, at an order by vein unless said otherwise."""
    return asking(when, *says, intake=changed(of, changes), stage=stage, route=route)


def rows_for(*rules: str) -> tuple[Basis, ...]:
    """The catalogue's rows of these criteria."""
    return tuple(row for row in rows_of(LIMITS) if row.rule in rules)
