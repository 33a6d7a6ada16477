"""What stands against treating a patient, and how far the questions are."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from slackwater.actions import exposure, patients
from slackwater.actions.eligibility import found, lines
from slackwater.actions.policy import Permission, may, require
from slackwater.catalogue.intake import load_questions
from slackwater.records.models import Patient, Role
from slackwater.rules.eligibility.criteria import Stage
from slackwater.web.courses import looks
from slackwater.web.courses.forms import EndForm
from slackwater.web.people.looks import patient_head
from slackwater.web.shared.asking import person


def seen(request: HttpRequest, patient_id: UUID, permission: Permission) -> Patient:
    """The patient, for staff or for themselves; one whose record they may not see is as none."""
    by = person(request)
    try:
        patient = patients.one_seen_by(by, patient_id)
    except Patient.DoesNotExist:
        raise Http404 from None
    if not may(by, Permission.SEE_INTAKE, patient):
        raise Http404
    require(by, permission, patient)
    return patient


@require_safe
def one(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient, by, at = seen(request, patient_id, Permission.SEE_INTAKE), person(request), timezone.now()
    context: dict[str, Any] = {
        "here": "patients",
        "patient": patient,
        "sections": looks.sections(patient, by=by, at=at),
    }
    if by.role == Role.PATIENT:
        return render(request, "courses/own.html", context)
    stage = _stage(request)
    standing = found.of(patient, stage=stage, route=looks.route_of(patient), at=at)
    course = found.open_course(patient)
    context |= patient_head(patient) | {
        "stage": stage,
        "stages": looks.STAGES,
        "groups": looks.groups(standing, by=by),
        "barring": len(standing.barring),
        "lapsed": standing.lapsed,
        "course": course,
        "past": patient.courses.filter(end__isnull=False).select_related("end"),
        "may_open": may(by, Permission.OPEN_COURSE),
        "end_form": EndForm(),
        "route": looks.route_of(patient),
    }
    return render(request, "courses/one.html", context)


@require_safe
def answers(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Every answer that was ever given, by whom and when."""
    patient, by = seen(request, patient_id, Permission.SEE_INTAKE), person(request)
    shown = {one.name for one in load_questions().sections if looks.is_shown(one, by)}
    rows = [looks.saving(row, by=by) for row in reversed(lines.rows(patient)) if row.section in shown]
    context = {"here": "patients", "patient": patient, "rows": rows, "holds": lines.check(patient).holds}
    return render(request, "courses/answers.html", context)


@require_safe
def long_view(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """What was given in all, and what is watched for because of it."""
    patient, by, at = seen(request, patient_id, Permission.SEE_INTAKE), person(request), timezone.now()
    visits = exposure.visits(patient)
    context: dict[str, Any] = {
        "here": "patients",
        "patient": patient,
        "visits": tuple(reversed(visits)),
        "totals": exposure.totals(visits),
        "plot": looks.over_time(visits),
        "is_patient": by.role == Role.PATIENT,
    }
    if by.role != Role.PATIENT:
        context |= patient_head(patient) | {
            "findings": (*exposure.against_order(patient, at=at), *exposure.against_dose(patient, at=at)),
            "watched": looks.watched(patient, by=by),
        }
    return render(request, "courses/long_view.html", context)


def _stage(request: HttpRequest) -> Stage:
    asked = request.GET.get("stage", "")
    return next((one for one in looks.STAGES if one.value == asked), Stage.COURSE)
