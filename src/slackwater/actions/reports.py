"""The printed report of a visit."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from slackwater.actions import audit, clock, listening, log, order_terms
from slackwater.actions import report_parts as parts
from slackwater.actions.forecasts.forecast import Forecast
from slackwater.actions.forecasts.forecast import forecast as ask
from slackwater.actions.policy import Permission, require
from slackwater.records.models import Session, User
from slackwater.reports.log_lines import log_lines, ratings
from slackwater.reports.session import Paper, Seal, SessionReport
from slackwater.reports.typeset import file_name, session_pdf
from slackwater.rules.room.fold import RoomState, fold
from slackwater.terms.refusal import RefusedError


def session_report(*, session_id: UUID, by: User, at: datetime, paper: Paper = Paper.A4) -> tuple[str, bytes]:
    """The report of a session as it stands, as a neutral file name and a PDF; that it was printed is kept.

    at: the wall's time
    Raises Session.DoesNotExist, and DeniedError for whoever may not watch the session.
    """
    sessions = Session.objects.select_related("patient", "order__prescriber")
    session = sessions.get(public_id=session_id, put_away_at=None)
    require(by, Permission.WATCH_SESSION, session)
    report = report_of(session, at=at, paper=paper)
    # Not in one transaction: setting a page takes longer than anybody may hold the database's one pen.
    pdf = session_pdf(report)
    audit.keep(audit.Act.REPORT_PRINTED, by=by, at=at, subject=session.public_id, entries=report.seal.entries)
    return file_name(report), pdf


def report_of(session: Session, *, at: datetime, paper: Paper = Paper.A4) -> SessionReport:
    """Everything the report says, from the session's log and the crowd it names."""
    rows = log.rows(session)
    entries = [log.entry(row) for row in rows]
    state = fold(entries)
    if state.opened is None or state.opened_at is None:
        raise ValueError("a session without its opening has no report")
    asked, refusal = _ask(session, state, version=rows[-1].sequence)
    return SessionReport(
        clinic=settings.CLINIC_NAME,
        patient=parts.patient(session.patient, state.opened),
        room=session.room,
        opened_at=state.opened_at,
        zero_at=state.first_dose_at or state.opened_at,
        generated_at=clock.room_time(state.clock, at),
        zone=timezone.get_default_timezone(),
        zone_name=timezone.get_default_timezone_name(),
        order=parts.order(session.order),
        leaving=parts.leaving(state, entries),
        basis=parts.basis(
            state.opened,
            asked,
            routes=frozenset(dose.route for dose in state.doses),
            refusal=refusal,
            unheard=listening.sentence(state),
        ),
        seal=Seal(entries=len(rows), head=rows[-1].leaf),
        doses=parts.doses(state, entries),
        ratings=ratings(entries),
        vitals=parts.vitals(state),
        forecast=parts.forecast(asked),
        log=log_lines(entries),
        people=parts.people(session.order, entries),
        is_demo=session.is_demo,
        paper=paper,
    )


def _ask(session: Session, state: RoomState, *, version: int) -> tuple[Forecast | None, str]:
    """The crowd's answer, or why it could not be asked: a record is printed all the same."""
    try:
        return ask(state, order_terms.terms(session.order), version=version), ""
    except RefusedError as refused:
        return None, " ".join(problem.message for problem in refused.problems)
