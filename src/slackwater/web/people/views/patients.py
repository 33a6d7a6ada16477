"""Patients: find one, add one, and what is known about one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from slackwater.actions import medicines, patients
from slackwater.actions.policy import Permission, may, require
from slackwater.records.models import Patient
from slackwater.terms.refusal import RefusedError
from slackwater.web.people.forms import MedicineForm, NewPatientForm, WeightForm
from slackwater.web.people.looks import changed_weight, medicine_form, patient_page
from slackwater.web.shared.asking import patient_for, person
from slackwater.web.shared.forms import PlainForm


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.SEE_PATIENTS)
    query = request.POST.get("q", "").strip()[:80]
    context = {
        "patients": patients.found(by, query),
        "query": query,
        "may_add": may(by, Permission.REGISTER_PATIENT),
        "here": "patients",
    }
    page = "people/_found.html" if request.headers.get("HX-Request") else "people/patients.html"
    return render(request, page, context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.REGISTER_PATIENT)
    form = NewPatientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            patient = patients.register(form.details(), by=by, at=timezone.now())
            return redirect("people:patient", patient.public_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return render(
        request, "people/new_patient.html", {"form": form, "here": "patients"}, status=_status(form)
    )


@require_http_methods(["GET"])
def one(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.SEE_PATIENTS)
    return render(request, "people/patient.html", patient_page(patient, by=person(request)))


@require_POST
def weigh(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.WEIGH_PATIENT)
    form = WeightForm(request.POST)
    if form.is_valid():
        before = patients.current_weight(patient)
        try:
            after = patients.weigh(
                patient, grams=form.cleaned_data["grams"], by=person(request), at=timezone.now()
            )
            messages.success(request, changed_weight(before, after))
            return redirect("people:patient", patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _again(request, patient, weigh_form=form)


@require_POST
def add_medicine(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.KEEP_MEDICINES)
    form = medicine_form(request.POST)
    if form.is_valid():
        try:
            name = medicines.from_words(form.cleaned_data["medicine"])
            patients.list_medicine(patient, name=name, by=person(request), at=timezone.now())
            return redirect("people:patient", patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _again(request, patient, medicine_form=form)


@require_POST
def end_medicine(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.KEEP_MEDICINES)
    patients.end_medicine(patient, name=request.POST.get("name", ""), by=person(request), at=timezone.now())
    return redirect("people:patient", patient_id)


def _again(request: HttpRequest, patient: Patient, **forms: WeightForm | MedicineForm) -> HttpResponse:
    context = patient_page(patient, by=person(request)) | forms | {"bad_form": next(iter(forms.values()))}
    return render(request, "people/patient.html", context, status=422)


def _status(form: PlainForm) -> int:
    return 422 if form.is_bound and form.errors else 200
