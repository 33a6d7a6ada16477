"""A call after a visit: what is asked, and what became of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions import calls
from slackwater.actions.policy import Permission, may, require
from slackwater.records.models import Session
from slackwater.rules.findings import Severity
from slackwater.rules.recovery.calls import Call, Outcome
from slackwater.terms.refusal import RefusedError
from slackwater.web.room.facts import person as shown_person
from slackwater.web.room.forms import CallForm
from slackwater.web.room.views.screen import seen
from slackwater.web.shared.asking import key_of, person


@login_required
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, session_id: UUID, kind: str) -> HttpResponse:
    by, session = person(request), seen(request, session_id)
    require(by, Permission.CALL_AFTERWARDS, session)
    asked = _call(session, kind)
    form = CallForm(
        request.POST if request.method == "POST" else None,
        kind=asked.kind,
        may_say_recovered=may(by, Permission.SAY_RECOVERED, session),
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = calls.keep(session_id, form.said, by=by, at=timezone.now(), key=key_of(request))
            _tell(request, form.said, [one.sentence for one in found if one.severity is Severity.WARN])
            return redirect("people:home")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {
        "session": session,
        "patient": shown_person(session),
        "call": asked,
        "form": form,
    }
    context["key"] = request.POST.get("key") or str(uuid4())
    return render(request, "room/call.html", context, status=422 if form.is_bound and form.errors else 200)


def _call(session: Session, kind: str) -> Call:
    found = next((one for one in calls.of_visit(session) if one.kind.value == kind), None)
    if found is None:
        raise Http404
    return found


def _tell(request: HttpRequest, said: calls.Said, deeds: list[str]) -> None:
    for deed in deeds:
        messages.warning(request, deed)
    if said.outcome is Outcome.NOT_REACHED:
        messages.info(request, "Kept. The call stays on the list until somebody has spoken with them.")
    elif not deeds:
        messages.success(request, "Kept.")
