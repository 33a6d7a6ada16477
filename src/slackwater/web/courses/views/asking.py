"""One section of questions: said first what it is about, answered in any order, saved as one goes."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions.eligibility import deeds, lines
from slackwater.actions.policy import Permission
from slackwater.catalogue.intake import load_questions
from slackwater.records.models import Patient, Role
from slackwater.rules.eligibility.questions import Section, Value
from slackwater.terms.refusal import RefusedError
from slackwater.web.courses import looks
from slackwater.web.courses.forms import SectionForm
from slackwater.web.courses.views.overview import seen
from slackwater.web.shared.asking import person

_AUTOSAVE = "autosave"


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, patient_id: UUID, name: str) -> HttpResponse:
    patient, shown = _asked(request, patient_id, name)
    if request.method == "GET" and shown.is_sensitive and "go" not in request.GET:
        context = {"patient": patient, "section": shown, **_way(patient, shown, request)}
        return render(request, "courses/preview.html", context)
    given = lines.given(lines.rows(patient))
    held = looks.values_held(shown, given)
    form = _form(request, shown, held)
    if request.method == "POST" and form.is_valid() and _keep(request, patient, shown, form, held):
        if _AUTOSAVE in request.POST:
            return HttpResponse(
                f"Saved {timezone.localtime():%H:%M}", content_type="text/plain; charset=utf-8"
            )
        messages.success(request, f"{shown.title}: kept.")
        return redirect(_way(patient, shown, request)["onward"])
    progress = looks.progress(shown, given, by=person(request))
    context = {
        "patient": patient,
        "section": shown,
        "form": form,
        "key": uuid4(),
        "progress": progress,
        "is_patient": person(request).role == Role.PATIENT,
        **_way(patient, shown, request),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "courses/section.html", context, status=status)


def _asked(request: HttpRequest, patient_id: UUID, name: str) -> tuple[Patient, Section]:
    patient = seen(request, patient_id, Permission.KEEP_INTAKE)
    shown = load_questions().section(name)
    if shown is None or not looks.is_shown(shown, person(request)):
        raise Http404
    return patient, shown


def _form(request: HttpRequest, shown: Section, held: dict[str, Value]) -> SectionForm:
    by = person(request)
    return SectionForm(
        request.POST if request.method == "POST" else None,
        questions=looks.shown_questions(shown, by),
        is_patient=by.role == Role.PATIENT,
        held=held,
    )


def _keep(
    request: HttpRequest, patient: Patient, shown: Section, form: SectionForm, held: dict[str, Value]
) -> bool:
    """Keep what was answered. While one types, only what is new; once one says so, all that stands there."""
    values = form.values
    if _AUTOSAVE in request.POST:
        values = {name: value for name, value in values.items() if name not in held or held[name] != value}
        if not values:
            return True
    try:
        deeds.answer(patient, shown.name, values, by=person(request), at=timezone.now(), key=_key(request))
    except RefusedError as refusal:
        form.refuse(refusal.problems)
        return False
    return True


def _key(request: HttpRequest) -> UUID:
    """From the page, so that a button pressed twice is one saving; each autosave is one of its own."""
    try:
        return uuid4() if _AUTOSAVE in request.POST else UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _way(patient: Patient, shown: Section, request: HttpRequest) -> dict[str, Any]:
    """Where one goes after this section, and back."""
    by = person(request)
    names = [one.name for one in load_questions().sections if looks.is_shown(one, by)]
    after = names[names.index(shown.name) + 1 :]
    here = f"/patients/{patient.public_id}/screening/"
    return {
        "here": "patients",
        "back": here,
        "onward": f"{here}questions/{after[0]}/" if after else here,
        "place": names.index(shown.name) + 1,
        "of": len(names),
    }
