"""The card that a patient takes home from a visit, and finds on their own page."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from slackwater.actions import audit, boards, windows
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.take_home import load_card
from slackwater.records.models import Session, User
from slackwater.reports import card as reports
from slackwater.reports.card import HomeCard, Part


def card(session: Session, *, by: User, at: datetime) -> HomeCard:
    """The card of this visit as it stands. Raises DeniedError for whoever may not watch the session."""
    require(by, Permission.WATCH_SESSION, session)
    room, text = boards.room(session, at=at), load_card()
    window = windows.window(session, room.state, at=room.at)
    return HomeCard(
        clinic=settings.CLINIC_NAME,
        given_name=session.patient.given_name,
        visit_at=session.opened_at,
        until=window.not_before,
        phone=settings.CLINIC_PHONE,
        emergency=settings.EMERGENCY_NUMBER,
        parts=tuple(Part(title=part.title, says=part.says) for part in text.parts),
        version=text.version,
        is_demo=session.is_demo,
        drawn_at=room.at,
        zone=timezone.get_default_timezone(),
    )


def card_pdf(session: Session, *, by: User, at: datetime) -> tuple[str, bytes]:
    """The card as a neutral file name and a PDF; that it was printed is kept."""
    made = card(session, by=by, at=at)
    pdf = reports.card_pdf(made)
    audit.keep(audit.Act.CARD_PRINTED, by=by, at=at, subject=session.public_id)
    return reports.file_name(made), pdf
