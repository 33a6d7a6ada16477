"""The programs that write vital signs into a visit: let one in, and take that back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from slackwater.actions import devices
from slackwater.actions.policy import Permission, require
from slackwater.terms.refusal import RefusedError
from slackwater.web.room.facts import person as shown_person
from slackwater.web.room.forms import DeviceForm
from slackwater.web.room.views.screen import seen
from slackwater.web.shared.asking import person


@login_required
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Who may write here. A token is shown in the answer to its form, and never again."""
    by, at, session = person(request), timezone.now(), seen(request, session_id)
    require(by, Permission.ISSUE_DEVICE_TOKEN, session)
    form, token = DeviceForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            token = devices.allow(session, name=form.cleaned_data["name"], by=by, at=at)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {
        "session": session,
        "patient": shown_person(session),
        "devices": devices.of_session(session, at=at),
        "hours": int(devices.LASTS.total_seconds() // 3600),
        "form": DeviceForm() if token else form,
        "name": form.cleaned_data["name"] if token else "",
        "token": token,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "room/devices.html", context, status=status)


@login_required
@require_POST
def take_back(request: HttpRequest, session_id: UUID, device: UUID) -> HttpResponse:
    by, session = person(request), seen(request, session_id)
    require(by, Permission.ISSUE_DEVICE_TOKEN, session)
    found = devices.find(session, device)
    if found is None:
        raise Http404
    devices.revoke(found, by=by, at=timezone.now())
    messages.success(request, f"{found.name} writes here no more. What it wrote stays in the log.")
    return redirect("room:devices", session_id)
