"""The agreement as it stands, and its log."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from slackwater.actions import patients
from slackwater.actions.policy import Permission, may, require
from slackwater.records.models import Patient, Role
from slackwater.web.agreements import looks
from slackwater.web.shared.asking import person


def seen(request: HttpRequest, patient_id: UUID, permission: Permission) -> Patient:
    """The patient, for whoever may do this; one whose record they may not see is as none."""
    by = person(request)
    try:
        patient = patients.one_seen_by(by, patient_id)
    except Patient.DoesNotExist:
        raise Http404 from None
    if not may(by, Permission.SEE_AGREEMENT, patient):
        raise Http404
    require(by, permission, patient)
    return patient


@require_GET
def one(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient, by = seen(request, patient_id, Permission.SEE_AGREEMENT), person(request)
    page = "agreements/own.html" if by.role == Role.PATIENT else "agreements/one.html"
    return render(request, page, looks.page(patient, by=by, at=timezone.now()))


@require_GET
def log(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = seen(request, patient_id, Permission.SEE_AGREEMENT)
    context = {"here": "patients", "patient": patient, "rows": looks.history(patient)}
    return render(request, "agreements/log.html", context)
