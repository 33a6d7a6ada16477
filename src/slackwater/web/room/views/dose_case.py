"""A dose that went in without the check: two people look into it, and say what they found."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from slackwater.actions import second_person
from slackwater.actions.dose_checks import cases
from slackwater.actions.policy import Permission, require
from slackwater.terms.refusal import RefusedError
from slackwater.web.room.facts import person as shown_person
from slackwater.web.room.forms import DoseCaseForm
from slackwater.web.room.views.screen import seen
from slackwater.web.shared.asking import person


@login_required
@sensitive_post_parameters("second_password")
@require_http_methods(["GET", "POST"])
def dose_case(request: HttpRequest, case: UUID) -> HttpResponse:
    by, at = person(request), timezone.now()
    require(by, Permission.CLOSE_DOSE_CASE)
    found = cases.one(case)
    if found is None:
        raise Http404
    session = seen(request, found.opened.session.public_id)
    form = DoseCaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            second = second_person.confirm(
                *form.second(), by=by, permission=Permission.CHECK_DOSE, at=at, subject=case
            )
            cases.close(case, form.cleaned_data["words"], by=by, second=second, at=at)
            messages.success(request, "Kept, with both your names.")
            return redirect("people:home")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {"case": found, "session": session, "patient": shown_person(session), "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "room/dose_case.html", context, status=status)
