"""The teach-back: the patient tells in their own words what they would agree to."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions.agreements import deeds
from slackwater.actions.agreements.deeds import Deed
from slackwater.actions.agreements.held import held
from slackwater.actions.policy import Permission
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import AgreementLine, Patient
from slackwater.terms.refusal import RefusedError
from slackwater.web.agreements import looks
from slackwater.web.agreements.forms import TellBackForm
from slackwater.web.agreements.views.overview import seen
from slackwater.web.shared import agreed as names
from slackwater.web.shared.asking import person


@require_http_methods(["GET", "POST"])
def tell_back(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = seen(request, patient_id, Permission.HEAR_TEACH_BACK)
    texts, number = load_agreement_texts(), _about(patient)
    form = TellBackForm(request.POST if request.method == "POST" else None, texts=texts)
    if request.method == "POST" and form.is_valid():
        try:
            deed = Deed(by=person(request), at=timezone.now(), key=uuid4())
            rehearsed = form.cleaned_data["is_rehearsed"]
            line = deeds.hear_back(patient, number, form.answers, deed=deed, is_rehearsed=rehearsed)
            _tell(request, line)
            return redirect("agreements:one", patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    found = held(patient, at=timezone.now())
    context = {
        "here": "patients",
        "patient": patient,
        "form": form,
        "draft": looks.draft(found, names.called(names.staff())),
        "is_locked": found.now.is_locked,
        "pass_mark": settings.TEACH_BACK_PASS_MARK,
        "most": texts.most_points,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "agreements/tell_back.html", context, status=status)


def _about(patient: Patient) -> int:
    """The draft that waits; else the version that is held, to close a window; 0 where there is neither."""
    now = held(patient, at=timezone.now()).now
    if now.draft is not None:
        return now.draft
    return 0 if now.version is None else now.version.number


def _tell(request: HttpRequest, line: AgreementLine) -> None:
    if line.payload["passed"] == "yes":
        messages.success(request, "Told back, and understood. Now each of you signs.")
    else:
        messages.warning(
            request,
            "Not understood well enough yet. Go over it again together, in other words.",
        )
