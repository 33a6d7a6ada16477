"""The card for the way home, on a screen and on paper."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from slackwater.actions import take_home
from slackwater.web.room.views.screen import seen
from slackwater.web.shared.asking import person


@login_required
@require_GET
def card(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = seen(request, session_id)
    context = {"session": session, "card": take_home.card(session, by=person(request), at=timezone.now())}
    return render(request, "room/card.html", context)


@login_required
@require_GET
def card_pdf(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = seen(request, session_id)
    name, pdf = take_home.card_pdf(session, by=person(request), at=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
