"""Whether a dose may be given at this moment, asked while the session is locked."""

from dataclasses import replace

from slackwater.actions import kit, order_terms, readiness
from slackwater.actions.agreements import dose as agreements
from slackwater.actions.dose_checks import cases, giving
from slackwater.actions.eligibility import found as eligibility
from slackwater.actions.entries.case import Case
from slackwater.catalogue.limits import load_limits
from slackwater.rules.findings import Finding, Severity, barring
from slackwater.rules.room.attending import attendance
from slackwater.rules.room.doses import FIRST, may_give
from slackwater.rules.room.log import DoseGiven
from slackwater.terms.refusal import Problem, RefusedError


def check(case: Case, dose: DoseGiven) -> None:
    """Raise RefusedError with every reason against this dose; none means that it may be given now.

    What is charted is written into the cabinet's ledger too, and neither stands without the other. A dose
    that went in without the check is kept whatever stands against it, because it happened: a case is opened.
    """
    if dose.unchecked:
        _keep_unchecked(case, dose)
        return
    room = case.room
    if not order_terms.holds(room.session.order):
        raise RefusedError(_ORDER_CHANGED)
    # Read in the transaction that keeps the dose, so that a no that was kept before it always counts.
    reasons = [_problem(finding) for finding in barring(_findings(case, dose))]
    if problems := [*reasons, *giving.against(case, dose)]:
        raise RefusedError(*problems)
    giving.take(case, dose)


def _findings(case: Case, dose: DoseGiven) -> list[Finding]:
    room = case.room
    agreed = agreements.findings(room.session, route=dose.route, number=dose.number, at=case.wall)
    # The booster's window and the baseline's age are held against the server's clock, not the sender's.
    found = may_give(
        dose,
        order_terms.terms(room.session.order),
        room.state,
        at=max(case.at, case.now),
        limits=load_limits().room,
    )
    here = attendance(room.state).gaps(load_limits().room.presence)
    return [*agreed, *here, *found, *_ready(case, dose)]


def _keep_unchecked(case: Case, dose: DoseGiven) -> None:
    """It went in. The log says so, once for each number, and two people look into it afterwards."""
    if dose.check:
        raise RefusedError(_BOTH)
    if case.room.state.dose(dose.number) is not None:
        raise RefusedError(_WRITTEN_ALREADY)
    stood = " ".join(finding.sentence for finding in barring(_findings(case, dose)))
    words = f"{dose.unchecked} {f'What stood against it: {stood}' if stood else ''}".strip()
    cases.begin(case.room.session, case.command.key, words, by=case.user, at=case.wall)


def _ready(case: Case, dose: DoseGiven) -> list[Finding]:
    """The rest of the day's board, which the first dose waits for: kit, medicines, screening."""
    if dose.number != FIRST:
        return []
    order = case.room.session.order
    return [
        *kit.findings(at=case.wall),
        *readiness.medicine_gaps(order, at=case.wall),
        *_screened(case, dose),
    ]


def _screened(case: Case, dose: DoseGiven) -> tuple[Finding, ...]:
    """What was found on the day and still stands, a caution that nobody set aside included."""
    session = case.room.session
    standing = eligibility.against_dose(
        session.patient, route=dose.route, at=case.wall, but=str(session.public_id)
    )
    standing = tuple(eligibility.as_shown(one, by=case.user) for one in standing)
    # Whatever stands bars; a caution waits for its word in writing.
    return tuple(replace(one, severity=Severity.STOP) if not one.severity.bars else one for one in standing)


def _problem(finding: Finding) -> Problem:
    return Problem(
        field="dose",
        code=finding.id,
        message=finding.sentence,
        mend=f"Do not give it; {finding.override.label}.",
    )


_BOTH = Problem(
    field="payload.unchecked",
    code="both",
    message="A dose was either checked or it was not.",
    mend="Send the check, or the reason why there is none.",
)
_WRITTEN_ALREADY = Problem(
    field="payload.number",
    code="ROOM-07",
    message="That dose is in the log already.",
    mend="If more went in, write a note with amount and time, and call the prescriber now.",
)
_ORDER_CHANGED = Problem(
    field="order",
    code="order-changed",
    message="This order is not the one that was signed.",
    mend="Give nothing; the prescriber voids it and signs another.",
)
