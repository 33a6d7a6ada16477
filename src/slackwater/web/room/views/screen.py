"""The room's screens: the one that writes, the one that watches, and the JSON that both ask for."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_safe

from slackwater.actions import watching
from slackwater.actions.forecasts import latest
from slackwater.actions.forecasts.booster_wire import answers
from slackwater.actions.policy import Permission, require
from slackwater.records.models import Session
from slackwater.terms.refusal import RefusedError
from slackwater.web.room.facts import screen
from slackwater.web.room.picture import picture
from slackwater.web.shared.asking import person
from slackwater.web.shared.headers import CAMERA_FOR_CODES

_LARGEST_SEQUENCE_DIGITS = 9


def seen(request: HttpRequest, session_id: UUID) -> Session:
    """The session, if this person may watch it; a stranger's is as none."""
    session = watching.session_for(person(request), session_id)
    if session is None:
        raise Http404
    return session


@login_required
@require_safe
@ensure_csrf_cookie
def live(request: HttpRequest, session_id: UUID) -> HttpResponse:
    response = _page(request, session_id, is_watching=False)
    # The camera reads the code on a vial, and nothing else; it is off on every other page.
    response.headers["Permissions-Policy"] = CAMERA_FOR_CODES
    return response


@login_required
@require_safe
def watch(request: HttpRequest, session_id: UUID) -> HttpResponse:
    return _page(request, session_id, is_watching=True)


@require_GET
def state(request: HttpRequest, session_id: UUID) -> JsonResponse:
    after = request.GET.get("after", "0")
    is_number = after.isascii() and after.isdigit() and len(after) <= _LARGEST_SEQUENCE_DIGITS
    session = seen(request, session_id)
    return JsonResponse(picture(session, after=int(after) if is_number else 0, wall=_now()))


@require_GET
def forecast(request: HttpRequest, session_id: UUID) -> JsonResponse:
    session = seen(request, session_id)
    try:
        return JsonResponse(latest.as_json(session))
    except RefusedError as refusal:
        return JsonResponse({"problems": [asdict(problem) for problem in refusal.problems]}, status=422)


@require_GET
def booster(request: HttpRequest, session_id: UUID) -> JsonResponse:
    session = seen(request, session_id)
    require(person(request), Permission.GIVE_DOSE, session)
    try:
        return JsonResponse(answers.of(session, wall=_now()))
    except RefusedError as refusal:
        return JsonResponse({"problems": [asdict(problem) for problem in refusal.problems]}, status=422)


def _page(request: HttpRequest, session_id: UUID, *, is_watching: bool) -> HttpResponse:
    session = seen(request, session_id)
    context = screen(session, by=person(request), is_watching=is_watching, wall=_now())
    return render(request, "room/live.html", context)


def _now() -> datetime:
    return timezone.now()
