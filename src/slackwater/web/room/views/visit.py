"""What is left of a visit: its printed report, and in a demonstration a fresh start."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from slackwater.actions.demo import rooms
from slackwater.actions.reports import session_report
from slackwater.web.room.views.screen import seen
from slackwater.web.shared.asking import person


@login_required
@require_GET
def report(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = seen(request, session_id)
    name, pdf = session_report(session_id=session.public_id, by=person(request), at=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_required
@require_POST
def start_over(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = seen(request, session_id)
    begun = rooms.start_over(session.public_id, by=person(request), wall=timezone.now())
    return redirect("room:live", begun.public_id)
