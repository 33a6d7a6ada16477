"""Setting a finding aside; opening a course and ending it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from slackwater.actions import second_person
from slackwater.actions.eligibility import deeds
from slackwater.actions.policy import Permission
from slackwater.records.models import Patient, User
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.findings import Finding, Override
from slackwater.terms.refusal import RefusedError
from slackwater.web.courses import looks
from slackwater.web.courses.forms import AsideForm
from slackwater.web.courses.views.overview import seen
from slackwater.web.shared.asking import person


@sensitive_post_parameters("second_password")
@require_http_methods(["GET", "POST"])
def aside(request: HttpRequest, patient_id: UUID, stage: str, mark: str) -> HttpResponse:
    patient = seen(request, patient_id, Permission.SET_ASIDE_FINDING)
    at = next((one for one in looks.STAGES if one.value == stage), None)
    finding = looks.finding_at(patient, at, mark, at=timezone.now()) if at else None
    if at is None or finding is None:
        raise Http404
    form = AsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _set_aside(request, patient, finding, at, form)
            messages.success(request, f"{finding.id} is set aside, with your reason.")
            return redirect(f"/patients/{patient.public_id}/screening/?stage={at.value}")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {
        "here": "patients",
        "patient": patient,
        "finding": finding,
        "form": form,
        "key": request.POST.get("key") or str(uuid4()),
        "stage": at,
        "takes_two": finding.override is Override.PRESCRIBER_AND_SECOND,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "courses/aside.html", context, status=status)


def _set_aside(
    request: HttpRequest, patient: Patient, finding: Finding, stage: Stage, form: AsideForm
) -> None:
    by, now = person(request), timezone.now()
    second: User | None = None
    if finding.override is Override.PRESCRIBER_AND_SECOND:
        second = second_person.confirm(
            *form.second(), by=by, permission=deeds.second_for(finding), at=now, subject=patient.public_id
        )
    aside = deeds.Aside(
        finding=finding, stage=stage, reason=form.cleaned_data["reason"], prescriber=by, second=second
    )
    deeds.set_aside(patient, aside, at=now, key=_key(form.cleaned_data["key"]))


@require_POST
def open_course(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = seen(request, patient_id, Permission.OPEN_COURSE)
    try:
        deeds.open_course(patient, by=person(request), at=timezone.now())
        messages.success(request, "The course is open. Orders can be written now.")
    except RefusedError as refusal:
        several = len(refusal.problems)
        messages.warning(
            request, f"No course was opened: {several} of what is below still stands in the way."
        )
    return redirect("courses:one", patient_id)


@require_POST
def end_course(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = seen(request, patient_id, Permission.OPEN_COURSE)
    try:
        deeds.end_course(
            patient, reason=request.POST.get("reason", ""), by=person(request), at=timezone.now()
        )
        messages.success(request, "The course has ended.")
    except RefusedError as refusal:
        messages.warning(request, " ".join(f"{one.message} {one.mend}" for one in refusal.problems))
    return redirect("courses:one", patient_id)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
