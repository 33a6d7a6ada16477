"""Saying no, which works always and at once; and saying that one has slept."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from slackwater.actions.agreements import deeds, saying
from slackwater.actions.agreements.deeds import Deed
from slackwater.actions.policy import Permission
from slackwater.rules.agreements.log import Narrowed, Sign, everything
from slackwater.terms.refusal import RefusedError
from slackwater.web.agreements.views.overview import seen
from slackwater.web.shared import agreed as names
from slackwater.web.shared.asking import person


@require_POST
def no(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """No to these from now on; to everything where the button said so. Nothing stands against it."""
    patient, by = seen(request, patient_id, Permission.NARROW_AGREEMENT), person(request)
    at = timezone.now()
    if "everything" in request.POST:
        said = everything(Sign.TAP)
    else:
        try:
            gone = names.permits_of(request.POST.getlist("permits"), field="permits")
        except RefusedError as refusal:
            messages.warning(request, " ".join(one.message + " " + one.mend for one in refusal.problems))
            return redirect("agreements:one", patient_id)
        said = Narrowed(gone=gone, sign=Sign.TAP)
    saying.say_no(patient, said, by=by, at=at, key=uuid4())
    messages.success(request, "It is a no from now on. You owe nobody a reason.")
    return redirect("agreements:one", patient_id)


@require_POST
def slept(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient, by = seen(request, patient_id, Permission.SAY_SLEPT), person(request)
    try:
        deed = Deed(by=by, at=timezone.now(), key=uuid4())
        deeds.say_slept(patient, request.POST.get("session", "")[:64], deed=deed)
        messages.success(request, "Written down: a night's sleep since the visit.")
    except RefusedError as refusal:
        messages.warning(request, " ".join(one.message for one in refusal.problems))
    return redirect("agreements:one", patient_id)
