"""The list of medicines: gone through, decided about, verified; and what it means beside ketamine."""

from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from slackwater.actions import interactions, patients, reconciling, second_person
from slackwater.actions.interactions import Wish
from slackwater.actions.policy import Permission, require
from slackwater.actions.reconciling import Deed
from slackwater.records.models import Patient, User
from slackwater.rules.findings import Override
from slackwater.terms.refusal import RefusedError
from slackwater.web.medicines import looks
from slackwater.web.medicines.forms import AnswerForm, AsideForm, DecisionForm, ToldForm
from slackwater.web.shared.asking import patient_for, person
from slackwater.web.shared.forms import PlainForm

_NOT_IN_KEYS = {"csrfmiddlewaretoken", second_person.NAME_FIELD, second_person.PASSWORD_FIELD}


@require_GET
def one(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.SEE_PATIENTS)
    route = looks.route_of(patient, request.GET.get("route", ""))
    return render(request, "medicines/one.html", looks.page(patient, by=person(request), route=route))


@require_POST
def tell(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.KEEP_MEDICINES)
    form = ToldForm(request.POST, auto_id="sent_%s")
    if form.is_valid():
        try:
            reconciling.tell(patient, form.told, deed=_deed(request))
            return _back(request, patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    name = request.POST.get("of", "")[:80]
    return _again(request, patient, ("tell", name), form)


@require_POST
def ask(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.KEEP_MEDICINES)
    form = AnswerForm(request.POST, auto_id="sent_%s")
    if form.is_valid():
        try:
            reconciling.answer(patient, form.answer, deed=_deed(request))
            return _back(request, patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _again(request, patient, ("ask", request.POST.get("name", "")), form)


@require_POST
def decide(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.DECIDE_MEDICINES)
    form = DecisionForm(request.POST, auto_id="sent_%s")
    if form.is_valid():
        try:
            reconciling.decide(patient, form.decision, deed=_deed(request))
            return _back(request, patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _again(request, patient, ("decide", request.POST.get("name", "")), form)


@require_POST
def end(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.KEEP_MEDICINES)
    patients.end_medicine(patient, name=request.POST.get("name", ""), by=person(request), at=timezone.now())
    return _back(request, patient_id)


@require_POST
def verify(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.VERIFY_MEDICINES)
    try:
        reconciling.verify(patient, deed=_deed(request))
    except RefusedError as refusal:
        form = PlainForm(request.POST)
        form.is_valid()
        form.refuse(refusal.problems)
        return _again(request, patient, ("verify", ""), form)
    messages.success(request, "Verified as it stands.")
    return _back(request, patient_id)


@sensitive_post_parameters("second_password")
@require_POST
def set_aside(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.SET_ASIDE_INTERACTION)
    form = AsideForm(request.POST, auto_id="sent_%s")
    if form.is_valid():
        try:
            _set_aside(patient, form, request)
            messages.success(request, "Set aside. It counts while it reads as it does now.")
            return _back(request, patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _again(request, patient, ("aside", request.POST.get("sentence", "")), form)


def _set_aside(patient: Patient, form: AsideForm, request: HttpRequest) -> None:
    by, at, wish = person(request), timezone.now(), form.wish
    second = _second(patient, wish, form, by=by)
    interactions.set_aside(patient, wish, second=second, by=by, at=at, key=_key(request))


def _second(patient: Patient, wish: Wish, form: AsideForm, *, by: User) -> User | None:
    """Who confirmed, where two are needed; nobody is asked for a password before there is a reason."""
    require(by, Permission.SET_ASIDE_INTERACTION, patient)
    at = timezone.now()
    found = interactions.asked_about(patient, wish, at=at)
    if found.override is not Override.PRESCRIBER_AND_SECOND or not wish.reason.strip():
        return None
    username, password = form.second()
    return second_person.confirm(
        username,
        password,
        by=by,
        permission=Permission.SECOND_INTERACTION,
        at=at,
        subject=patient.public_id,
    )


def _again(request: HttpRequest, patient: Patient, which: tuple[str, str], form: PlainForm) -> HttpResponse:
    """The page with what was typed still in it."""
    route = looks.route_of(patient, request.POST.get("route", ""))
    context = looks.page(patient, by=person(request), route=route, sent={which: form})
    return render(request, "medicines/one.html", context, status=422)


def _back(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.SEE_PATIENTS)
    route = looks.route_of(patient, request.POST.get("route", ""))
    return redirect(f"{reverse('medicines:one', args=[patient_id])}?route={route.value}")


def _deed(request: HttpRequest) -> Deed:
    return Deed(by=person(request), at=timezone.now(), key=_key(request))


def _key(request: HttpRequest) -> UUID:
    """The same for the same thing sent twice from one page, so that a button pressed twice is one deed."""
    sent = sorted((name, value) for name, value in request.POST.items() if name not in _NOT_IN_KEYS)
    try:
        return uuid5(UUID(request.POST.get("key", "")), repr((request.path, sent)))
    except ValueError:
        return uuid4()
