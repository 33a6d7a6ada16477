"""Write an order, see what it would do, read it over, sign it, void it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slackwater.actions import earlier, learning, orders
from slackwater.actions.policy import Permission, may, require
from slackwater.records.models import Order, Patient
from slackwater.terms.refusal import RefusedError
from slackwater.web.orders import said
from slackwater.web.orders.forms import OrderForm, VoidForm, order_form
from slackwater.web.orders.plan_form import plan_form
from slackwater.web.orders.plan_page import plan_page
from slackwater.web.orders.preview_page import preview_page, seen, sign_page
from slackwater.web.people.looks import patient_head
from slackwater.web.shared import faults
from slackwater.web.shared.asking import patient_for, person


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.SIGN_ORDER)
    if request.method == "GET" or "change" in request.POST:
        learning.begin(patient, at=timezone.now())
        return _form_page(request, patient, order_form(patient, typed_before=request.POST))
    form = order_form(patient, request.POST)
    draft = form.draft()
    if draft is not None and form.is_valid():
        try:
            orders.check(draft, patient, reason=form.why, by=person(request), at=timezone.now())
            return render(request, "orders/sign.html", sign_page(draft, patient, form, by=person(request)))
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _form_page(request, patient, form)


@require_POST
def preview(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.PREVIEW_ORDER)
    context = preview_page(order_form(patient, request.POST), patient, by=person(request))
    return render(
        request,
        "orders/_preview.html",
        context,
        status=422 if context["needs"] and context["started"] else 200,
    )


@require_POST
def plan(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, Permission.PREVIEW_ORDER)
    order = order_form(patient, request.POST)
    context = plan_page(plan_form(request.POST), order, patient, by=person(request))
    return render(request, "orders/_plan.html", context, status=422 if context.get("needs") else 200)


@require_POST
def sign(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    by, patient = person(request), patient_for(request, patient_id, Permission.SIGN_ORDER)
    form = order_form(patient, request.POST)
    draft = form.draft()
    if draft is None or not form.is_valid():
        return _form_page(request, patient, form)
    try:
        orders.check(draft, patient, reason=form.why, by=by, at=timezone.now())
        if request.POST.get("seen") != seen(draft, patient, form, by=by):
            # What was read over is not what would be signed, so it is shown again instead.
            page = sign_page(draft, patient, form, by=by)
            return render(request, "orders/sign.html", page | {"changed": True}, status=409)
        order = orders.sign(draft, patient, reason=form.why, by=by, at=timezone.now())
    except RefusedError as refusal:
        form.refuse(refusal.problems)
        return _form_page(request, patient, form)
    return redirect("orders:detail", order.public_id)


@require_safe
def detail(request: HttpRequest, order_id: UUID) -> HttpResponse:
    return _detail_page(request, _order(request, order_id), VoidForm())


@require_POST
def void(request: HttpRequest, order_id: UUID) -> HttpResponse:
    order, form = _order(request, order_id), VoidForm(request.POST)
    try:
        reason = form.why if form.is_valid() else ""
        orders.void(order.public_id, reason=reason, by=person(request), at=timezone.now())
    except RefusedError as refusal:
        if faults.is_conflict(refusal):
            raise
        form.refuse(refusal.problems)
        return _detail_page(request, order, form, status=422)
    return redirect("orders:detail", order_id)


def _order(request: HttpRequest, order_id: UUID) -> Order:
    by = person(request)
    require(by, Permission.SEE_PATIENTS)
    try:
        return orders.seen_by(by).get(public_id=order_id)
    except Order.DoesNotExist:
        raise Http404 from None


def _form_page(request: HttpRequest, patient: Patient, form: OrderForm) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = patient_head(patient) | {
        "form": form,
        "plan": plan_form(kept=form.as_asked),
        "has_earlier": earlier.has_any(patient),
    }
    return render(request, "orders/new.html", context, status=status)


def _detail_page(request: HttpRequest, order: Order, form: VoidForm, *, status: int = 200) -> HttpResponse:
    by = person(request)
    context = {
        "here": "patients",
        "order": order,
        "said": said.of_order(order),
        "session": getattr(order, "session", None),
        "findings": orders.kept_findings(order),
        "reasons": sorted({kept["reason"] for kept in order.overrides}),
        "form": form,
        "may_void": may(by, Permission.VOID_ORDER) and not order.is_void,
        "may_open": may(by, Permission.OPEN_SESSION) and not order.is_void,
    }
    return render(request, "orders/detail.html", context, status=status)
