"""Whether a dose may be given at this moment, asked while the session is locked."""

from slackwater.actions import kit, order_terms
from slackwater.actions.agreements import dose as agreements
from slackwater.actions.entries.case import Case
from slackwater.catalogue.limits import load_limits
from slackwater.rules.findings import Finding, barring
from slackwater.rules.room.attending import attendance
from slackwater.rules.room.doses import FIRST, may_give
from slackwater.rules.room.log import DoseGiven
from slackwater.terms.refusal import Problem, RefusedError


def check(case: Case, dose: DoseGiven) -> None:
    """Raise RefusedError with every reason against this dose; none means that it may be given now."""
    room = case.room
    if not order_terms.holds(room.session.order):
        raise RefusedError(_ORDER_CHANGED)
    # The booster's window and the baseline's age are held against the server's clock, not the sender's.
    findings = may_give(
        dose,
        order_terms.terms(room.session.order),
        room.state,
        at=max(case.at, case.now),
        limits=load_limits().room,
    )
    # Read in the transaction that keeps the dose, so that a no that was kept before it always counts.
    agreed = agreements.findings(room.session, route=dose.route, number=dose.number, at=case.wall)
    here = attendance(room.state).gaps(load_limits().room.presence)
    ready = kit.findings(at=case.wall) if dose.number == FIRST else ()
    if reasons := barring([*agreed, *here, *ready, *findings]):
        raise RefusedError(*(_problem(finding) for finding in reasons))


def _problem(finding: Finding) -> Problem:
    return Problem(
        field="dose",
        code=finding.id,
        message=finding.sentence,
        mend=f"Do not give it; {finding.override.label}.",
    )


_ORDER_CHANGED = Problem(
    field="order",
    code="order-changed",
    message="This order is not the one that was signed.",
    mend="Give nothing; the prescriber voids it and signs another.",
)
