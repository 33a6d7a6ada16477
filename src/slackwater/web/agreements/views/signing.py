"""Signing: each with their own sign-in, and their password again."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from slackwater.actions import accounts
from slackwater.actions.agreements import deeds
from slackwater.actions.agreements.deeds import Deed
from slackwater.actions.agreements.held import held
from slackwater.actions.policy import Permission
from slackwater.terms.refusal import RefusedError
from slackwater.web.agreements import looks
from slackwater.web.agreements.forms import SignForm
from slackwater.web.agreements.views.overview import seen
from slackwater.web.shared import agreed as names
from slackwater.web.shared.asking import person


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient, by = seen(request, patient_id, Permission.SIGN_AGREEMENT), person(request)
    draft = looks.draft(held(patient, at=timezone.now()), names.called(names.staff()))
    if draft is None and request.method == "GET":
        return redirect("agreements:one", patient_id)
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.confirm(by, form.cleaned_data["password"], at=timezone.now())
            deed = Deed(by=by, at=timezone.now(), key=uuid4())
            deeds.sign(patient, _number(request), deed=deed)
            messages.success(request, "Signed. You can take any part of it back at any moment.")
            return redirect("agreements:one", patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {
        "here": "patients",
        "patient": patient,
        "is_own": patient.user_id == by.pk,
        "draft": draft,
        "form": form,
        "needs_password": accounts.has_password(by),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "agreements/sign.html", context, status=status)


def _number(request: HttpRequest) -> int:
    """The draft that was on the page when it was read, so that nobody signs another."""
    text = request.POST.get("draft", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Http404
    return int(text)
